"""Applicants who work away from home: two places cultivate, inspect, ask and give notice (AH-35, TC-03)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Desk, StepKind
from members.models.retained import Retained, kept_longer_with_a_reason
from members.querysets.floating import ApplicantQuerySet
from members.states import ApplicantState, tone
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history(exclude=("name",))
class FloatingApplicant(Retained):
    """An applicant handed between two places; `lead` is the one in charge (一方为主)."""

    name = models.CharField(_("name of the person"), max_length=60, blank=True)
    origin = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applicants_from", verbose_name=_("place of origin")
    )
    destination = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applicants_at", verbose_name=_("destination")
    )
    lead = models.CharField(_("in charge"), max_length=20, choices=Desk.choices)
    applied_on = models.DateField(_("applied on"))
    state = models.CharField(
        _("state"), max_length=20, choices=ApplicantState.choices, default=ApplicantState.CULTIVATED
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    end_words = models.CharField(_("why it ended"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = ApplicantQuerySet.as_manager()
    history_parts = ("steps",)

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")
        ordering = ["origin__path", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(origin=F("destination")),
                name="applicant_between_two_places",
                violation_error_message=_("Name two different places."),
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicantState.CULTIVATED, closed_on=None)
                | ~Q(state=ApplicantState.CULTIVATED) & Q(closed_on__isnull=False),
                name="applicant_closed_with_state",
            ),
            kept_longer_with_a_reason("applicant"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("erased"))

    def get_absolute_url(self) -> str:
        return reverse("floating_applicant", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(ApplicantState(self.state))


@with_history(exclude=("words",))
class ApplicantStep(models.Model):
    """What one of the two places did. Talks of cultivation are many; the rest happens once at each place."""

    applicant = models.ForeignKey(FloatingApplicant, models.CASCADE, related_name="steps", verbose_name=_("applicant"))
    kind = models.CharField(_("step"), max_length=20, choices=StepKind.choices)
    desk = models.CharField(_("place"), max_length=20, choices=Desk.choices)
    on = models.DateField(_("day"))
    until = models.DateField(_("notice until"), null=True, blank=True)
    words = models.TextField(_("result"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("step of an applicant")
        verbose_name_plural = _("steps of applicants")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "kind", "desk"],
                condition=~Q(kind=StepKind.CULTIVATION),
                name="applicant_step_once_a_place",
                violation_error_message=_("This place has done this already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.NOTICE, until__isnull=False, until__gte=F("on"))
                | ~Q(kind=StepKind.NOTICE) & Q(until=None),
                name="applicant_notice_has_an_end",
                violation_error_message=_("A public notice has a last day, not before its first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_desk_display()}"
