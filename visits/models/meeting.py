"""The joint meeting of a committee on pairing, city-wide and of no single pairing (SF-22)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from visits.querysets.around import MeetingQuerySet


@with_history()
class CommitteeMeeting(models.Model):
    """Who met when and what was decided; read by the committee and by everybody below it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="committee_meetings", verbose_name=_("committee")
    )
    on = models.DateField(_("day"))
    title = models.CharField(_("meeting"), max_length=80)
    attended = models.CharField(_("who took part"), max_length=500)
    minutes = models.TextField(_("minutes"), max_length=5000)
    decided = models.TextField(_("what was decided"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint meeting of a committee")
        verbose_name_plural = _("joint meetings of committees")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(minutes=""),
                name="committee_meeting_has_minutes",
                violation_error_message=_("A meeting has a name and minutes."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("committee_meeting", args=[self.pk])
