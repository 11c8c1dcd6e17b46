"""What is missing since a back-up was restored, and who took note of it; it never makes a ledger whole again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funds.protection import never_emptied
from funds.querysets.ledger import LossQuerySet
from organisations.models import Appointment, User
from organisations.protection import append_only


class AcknowledgedLoss(models.Model):
    """Lines of the file outside that the ledger of a fund no longer has, by number and hash.

    `fund_key` is no reference: the fund itself may be missing too.
    """

    fund_key = models.BigIntegerField(_("number of the fund"))
    numbers = ArrayField(models.PositiveIntegerField(), verbose_name=_("numbers of entries"))
    hashes = ArrayField(models.CharField(max_length=64), verbose_name=_("hashes of entries"))
    words = models.CharField(_("what happened"), max_length=500)
    acknowledged_at = models.DateTimeField(_("acknowledged at"))
    acknowledged_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("acknowledged by"))
    acknowledged_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))

    objects = LossQuerySet.as_manager()

    class Meta:
        verbose_name = _("acknowledged loss of a ledger")
        verbose_name_plural = _("acknowledged losses of ledgers")
        ordering = ["-acknowledged_at", "-pk"]
        indexes = [models.Index(fields=["fund_key"], name="acknowledged_loss_fund")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="acknowledged_loss_says_what_happened")]
        triggers = [append_only("acknowledged_loss"), never_emptied("acknowledged_loss")]

    def __str__(self) -> str:
        return self.words
