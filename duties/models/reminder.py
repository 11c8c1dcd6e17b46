"""That somebody was reminded of a duty: once for each stage, whatever happened to the machine in between."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duties.models.duty import Duty
from organisations.models import Organisation, User


class Reminder(models.Model):
    """A stage of a duty that has passed and was recorded (design §5). Append-only in effect: nothing changes it.

    `stage`: days from the last day on, negative before it. `due_on`: as it was then - where the date moves, the stages
    are armed anew. `organisation` and `permission`: at which posts it is aimed; whoever holds them on the day reads it.
    `digest_on`: the day of the digest that carried it; one a day for each organisation. `sent_by`: who sent it by hand,
    besides the stages; None: the clock did.
    """

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="reminders", verbose_name=_("duty"))
    stage = models.SmallIntegerField(_("days after the last day"))
    is_escalation = models.BooleanField(_("told to the superior"), default=False)
    due_on = models.DateField(_("last day"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("whose posts were reminded")
    )
    permission = models.CharField(_("permission"), max_length=40)
    digest_on = models.DateField(_("day of the digest"))
    made_at = models.DateTimeField(_("made at"))
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "stage", "is_escalation", "due_on", "organisation"],
                condition=Q(sent_by=None),
                name="reminder_once",
            ),
            models.UniqueConstraint(
                fields=["duty", "digest_on", "organisation", "permission"],
                condition=Q(sent_by__isnull=False),
                name="reminder_by_hand_once",
            ),
        ]
        indexes = [models.Index(fields=["digest_on", "organisation", "permission"], name="reminder_of_digest")]

    def __str__(self) -> str:
        return f"{self.duty} {self.stage:+}"
