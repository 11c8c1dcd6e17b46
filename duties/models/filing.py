"""That something was handed in which meets a duty: a report, a circular, a notice, a survey."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duties.models.duty import Duty
from organisations.history import with_history
from organisations.models import User


@with_history()
class Filing(models.Model):
    """Made by the action that hands it in (duties/filing.py); withdrawn when it is returned: the duty is owed again.

    `address`: where that which was handed in can be read, by whoever may.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="filings", verbose_name=_("duty"))
    address = models.CharField(_("address"), max_length=200)
    filed_at = models.DateTimeField(_("handed in at"))
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("handed in by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(withdrawn_at=None), name="filing_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="filing_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.duty)
