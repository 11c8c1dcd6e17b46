"""Inspections (督促检查, TN-28, TN-30): villages drawn by lot, a checklist filled from the records, a second person."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.protection import append_only
from pairing.models import Issue, Round
from pairing.schemes.inspection import CheckItem
from reports.inspection.states import Among, CheckResult, InspectionState, Strata, tone
from reports.protection import changed_beside, kept_with
from reports.querysets.inspection import InspectedQuerySet, InspectionQuerySet

OF_PLACE = (
    "JOIN reports_inspectedvillage place ON place.id = touched.place_id "
    "JOIN reports_inspection whole ON whole.id = place.inspection_id"
)
DONE = [InspectionState.CLOSED, InspectionState.DROPPED]


@with_history()
class Inspection(models.Model):
    """`since` to `until`: the days that are looked at; `on`: the day on which it begins.

    `seed`, `listed`, `list_hash`: what the draw can be repeated from (reports/inspection/drawing.py). `items`: the
    checklist as it was when the villages were drawn.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="inspections", verbose_name=_("inspecting organisation")
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="inspections", verbose_name=_("round"))
    title = models.CharField(_("name of the inspection"), max_length=80)
    is_planned = models.BooleanField(_("in the plan of the year"), default=True)
    on = models.DateField(_("begins on"))
    since = models.DateField(_("looks at the days from"))
    until = models.DateField(_("up to"))
    purpose = models.TextField(_("purpose"), max_length=500, blank=True)
    among = models.CharField(_("drawn from"), max_length=10, choices=Among.choices, default=Among.DIRECTORY)
    strata = models.CharField(_("strata"), max_length=10, choices=Strata.choices, default=Strata.BOTH)
    size = models.PositiveSmallIntegerField(_("number of villages"))
    state = models.CharField(
        _("state"), max_length=10, choices=InspectionState.choices, default=InspectionState.PLANNED
    )
    seed = models.CharField(_("seed of the draw"), max_length=20, blank=True)
    listed = models.PositiveIntegerField(_("villages on the list"), null=True, blank=True)
    list_hash = models.CharField(_("hash of the list"), max_length=64, blank=True)
    shares = models.JSONField(_("strata as drawn"), default=list, blank=True)
    items = models.JSONField(_("checklist"), default=list, blank=True)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("planned by"))
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    drawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drawn by")
    )
    submitted_at = models.DateTimeField(_("handed on at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed on by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    words = models.CharField(_("why it was sent back or not carried out"), max_length=300, blank=True)

    objects = InspectionQuerySet.as_manager()
    history_parts = ("places",)

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("until")),
                name="inspection_since_before_until",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(drawn_at=None, drawn_by=None, seed="")
                | Q(drawn_at__isnull=False, drawn_by__isnull=False) & ~Q(seed=""),
                name="inspection_drawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="inspection_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=InspectionState.CLOSED, confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("submitted_by"))
                | ~Q(state=InspectionState.CLOSED) & Q(confirmed_at=None, confirmed_by=None),
                name="inspection_closed_by_a_second_person",
                violation_error_message=_("Somebody else confirms an inspection."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="inspection_closed_unchangeable",
                operation=pgtrigger.Update,
                condition=changed_beside(DONE, "organisation_id"),
            ),
            pgtrigger.Protect(
                name="inspection_drawn_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__seed="") & pgtrigger.Q(old__seed__df=pgtrigger.F("new__seed")),
            ),
            pgtrigger.Protect(name="inspection_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("inspection", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(InspectionState(self.state))

    @property
    def checklist(self) -> list[CheckItem]:
        return [CheckItem(**item) for item in self.items]


@with_history()
class InspectedVillage(models.Model):
    """A village of the sample. `instead_of`: taken by hand for one that was drawn, with `reason`; that one is out."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="places", verbose_name=_("inspection"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("village"))
    stratum = models.CharField(_("stratum"), max_length=160, blank=True)
    position = models.PositiveIntegerField(_("number in the draw"))
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("taken instead of")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    looked_on = models.DateField(_("looked at on"), null=True, blank=True)
    words = models.TextField(_("remarks of the inspectors"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("recorded by")
    )

    objects = InspectedQuerySet.as_manager()
    history_parts = ("lines", "findings")

    class Meta:
        verbose_name = _("inspected village")
        verbose_name_plural = _("inspected villages")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "village"], name="inspected_village_once"),
            models.CheckConstraint(
                condition=Q(instead_of=None, reason="") | Q(instead_of__isnull=False) & ~Q(reason=""),
                name="inspected_village_replaced_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(recorded_at=None, recorded_by=None, looked_on=None)
                | Q(recorded_at__isnull=False, recorded_by__isnull=False, looked_on__isnull=False),
                name="inspected_village_recorded_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="inspected_village_not_deleted", operation=pgtrigger.Delete),
            *kept_with("JOIN reports_inspection whole ON whole.id = touched.inspection_id", DONE),
        ]

    def __str__(self) -> str:
        return str(self.village)

    def get_absolute_url(self) -> str:
        return reverse("inspected_village", args=[self.pk])


@with_history()
class CheckLine(models.Model):
    """One line of the checklist at one village. `value` of `of`: what the records said, as of `filled_at`."""

    place = models.ForeignKey(
        InspectedVillage, models.PROTECT, related_name="lines", verbose_name=_("inspected village")
    )
    item = models.CharField(_("code in the scheme"), max_length=40)
    position = models.PositiveSmallIntegerField(_("number"))
    value = models.PositiveIntegerField(_("counted"), null=True, blank=True)
    of = models.PositiveIntegerField(_("of"), null=True, blank=True)
    url = models.CharField(_("address of the records"), max_length=300, blank=True)
    filled_at = models.DateTimeField(_("filled at"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=CheckResult.choices, blank=True)
    words = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of checklists")
        ordering = ["place", "position"]
        constraints = [
            models.UniqueConstraint(fields=["place", "item"], name="check_line_once"),
            models.CheckConstraint(
                condition=Q(value=None, of=None) | Q(value__isnull=False, of__isnull=False, value__lte=F("of")),
                name="check_line_value_within_its_denominator",
            ),
        ]
        triggers = [*kept_with(OF_PLACE, DONE)]

    def __str__(self) -> str:
        return f"{self.place} {self.item}"

    @property
    def result_tone(self) -> str:
        return tone(CheckResult(self.result)) if self.result else "wait"


@with_history()
class InspectionIssue(models.Model):
    """What an inspection found at a village and put into the issue ledger."""

    place = models.ForeignKey(
        InspectedVillage, models.PROTECT, related_name="findings", verbose_name=_("inspected village")
    )
    issue = models.OneToOneField(Issue, models.PROTECT, related_name="+", verbose_name=_("issue"))

    class Meta:
        verbose_name = _("issue of an inspection")
        verbose_name_plural = _("issues of inspections")
        ordering = ["pk"]
        triggers = [append_only("inspection_issue"), *kept_with(OF_PLACE, DONE)]

    def __str__(self) -> str:
        return str(self.issue)
