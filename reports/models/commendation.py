"""Who is commended (评比表彰): the lines of a commendation circular, organisations only (AH-28)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation
from reports.models.notice import SENT, Notice
from reports.protection import kept_with


@with_history()
class CommendationLine(models.Model):
    """One organisation, what it is commended as, and why. Once the circular is issued it stays."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="awards", verbose_name=_("circular"))
    position = models.PositiveSmallIntegerField(_("number"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="commendations", verbose_name=_("who is commended")
    )
    award = models.CharField(_("commended as"), max_length=40)
    reason = models.CharField(_("reason"), max_length=400)

    class Meta:
        verbose_name = _("line of a commendation list")
        verbose_name_plural = _("lines of commendation lists")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "organisation"], name="commended_once"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(award=""), name="commended_with_a_reason"),
        ]
        triggers = [*kept_with("JOIN reports_notice whole ON whole.id = touched.notice_id", SENT)]

    def __str__(self) -> str:
        return f"{self.organisation} {self.award}"
