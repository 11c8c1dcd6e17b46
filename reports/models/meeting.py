"""On-site meetings (现场会): a committee shows at a place below it what others can learn there (AH-25)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from reports.inspection.states import Addressee
from reports.praise.states import MeetingState, tone
from reports.protection import changed_beside
from reports.querysets.praise import OnsiteMeetingQuerySet

OVER = [MeetingState.HELD, MeetingState.CALLED_OFF]


@with_history()
class OnsiteMeeting(models.Model):
    """Announced to those who are asked to come, then recorded; read by the committee and by everybody below it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="onsite_meetings", verbose_name=_("held by")
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="onsite_meetings", verbose_name=_("round"))
    title = models.CharField(_("on-site meeting"), max_length=80)
    on = models.DateField(_("day"))
    venue = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("where it is held"))
    about = models.TextField(_("what is to be seen there"), max_length=1000)
    to = ArrayField(
        models.CharField(max_length=12, choices=Addressee.choices), verbose_name=_("who is asked to come"), default=list
    )
    state = models.CharField(_("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    attended = models.CharField(_("who took part"), max_length=500, blank=True)
    came = models.PositiveIntegerField(_("people who came"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), max_length=5000, blank=True)
    decided = models.TextField(_("what was decided"), max_length=2000, blank=True)
    reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    planned_at = models.DateTimeField(_("announced at"))
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("announced by"))
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    objects = OnsiteMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("on-site meeting")
        verbose_name_plural = _("on-site meetings")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=MeetingState.PLANNED, recorded_at=None, recorded_by=None)
                | ~Q(state=MeetingState.PLANNED) & Q(recorded_at__isnull=False, recorded_by__isnull=False),
                name="onsite_meeting_recorded_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.HELD) | Q(came__isnull=False) & ~Q(minutes="") & ~Q(attended=""),
                name="onsite_meeting_held_with_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CALLED_OFF) | ~Q(reason=""),
                name="onsite_meeting_called_off_with_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="onsite_meeting_over_unchangeable",
                operation=pgtrigger.Update,
                condition=changed_beside(OVER, "organisation_id"),
            ),
            pgtrigger.Protect(name="onsite_meeting_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("onsite_meeting", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(MeetingState(self.state))

    @property
    def to_names(self) -> list[str]:
        return [str(Addressee(each).label) for each in self.to]
