"""What those who supervise aid money found when they checked a village (SH-52)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from funds.querysets.supervision import MoneyCheckQuerySet
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only


class MoneyCheck(models.Model):
    """One check, in words. It is never changed: what was wrong in it stands in the next."""

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="money_checks", verbose_name=_("village"))
    words = models.CharField(_("what was checked and found"), max_length=500)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    noted_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))

    objects = MoneyCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of aid money")
        verbose_name_plural = _("checks of aid money")
        ordering = ["-noted_at", "-pk"]
        triggers = [append_only("money_check")]

    def __str__(self) -> str:
        return self.words
