"""Contests among townships or villages (三比三看): what was done, what came of it, who was selected (YD-03)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.protection import append_only
from pairing.models import Round
from pairing.schemes.contest import Comparison
from reports.praise.states import Contestant, ContestState, SupportKind, tone
from reports.protection import changed_beside, kept_with
from reports.querysets.praise import ContestEntryQuerySet, ContestQuerySet

OVER = [ContestState.CLOSED, ContestState.DROPPED]
OF_ENTRY = (
    "JOIN reports_contestentry entry ON entry.id = touched.entry_id "
    "JOIN reports_contest whole ON whole.id = entry.contest_id"
)


@with_history()
class Contest(models.Model):
    """`items`: the comparisons of the scheme as they were when it was opened; `since` to `until`: the days counted."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contests", verbose_name=_("organised by")
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="contests", verbose_name=_("round"))
    title = models.CharField(_("contest"), max_length=80)
    among = models.CharField(_("who competes"), max_length=10, choices=Contestant.choices)
    since = models.DateField(_("counts the days from"))
    until = models.DateField(_("up to"))
    due_on = models.DateField(_("sheets are handed in by"))
    items = models.JSONField(_("comparisons"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=ContestState.choices, default=ContestState.OPEN)
    words = models.CharField(_("why it was given up"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = ContestQuerySet.as_manager()
    history_parts = ("entries",)

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__lte=F("until")),
                name="contest_since_before_until",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(state=ContestState.OPEN, closed_at=None, closed_by=None)
                | ~Q(state=ContestState.OPEN) & Q(closed_at__isnull=False, closed_by__isnull=False),
                name="contest_closed_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="contest_over_unchangeable",
                operation=pgtrigger.Update,
                condition=changed_beside(OVER, "organisation_id"),
            ),
            pgtrigger.Protect(name="contest_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("contest", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(ContestState(self.state))

    @property
    def comparisons(self) -> list[Comparison]:
        return [Comparison(**item) for item in self.items]


@with_history()
class ContestEntry(models.Model):
    """The sheet of one organisation, which it may write anew until the contest is closed. `why`: it was selected."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries", verbose_name=_("contest"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contest_entries", verbose_name=_("contestant")
    )
    is_selected = models.BooleanField(_("selected"), default=False)
    why = models.CharField(_("why it was selected"), max_length=300, blank=True)
    submitted_at = models.DateTimeField(_("handed in at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("handed in by"))

    objects = ContestEntryQuerySet.as_manager()
    history_parts = ("lines", "supports")

    class Meta:
        verbose_name = _("contest sheet")
        verbose_name_plural = _("contest sheets")
        ordering = ["organisation__path"]
        constraints = [
            models.UniqueConstraint(fields=["contest", "organisation"], name="contest_sheet_once"),
            models.CheckConstraint(
                condition=Q(is_selected=False, why="") | Q(is_selected=True) & ~Q(why=""),
                name="contest_selected_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="contest_sheet_not_deleted", operation=pgtrigger.Delete),
            *kept_with("JOIN reports_contest whole ON whole.id = touched.contest_id", OVER),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.contest}"

    def get_absolute_url(self) -> str:
        return reverse("contest_entry", args=[self.pk])


@with_history()
class ContestLine(models.Model):
    """One comparison of a sheet. `figures`: [{"name", "words", "url"}] of the records, as of `submitted_at`."""

    entry = models.ForeignKey(ContestEntry, models.PROTECT, related_name="lines", verbose_name=_("contest sheet"))
    item = models.CharField(_("code in the scheme"), max_length=40)
    position = models.PositiveSmallIntegerField(_("number"))
    done = models.TextField(pgettext_lazy("contest sheet", "what was done"), max_length=1000)
    outcome = models.TextField(_("what the outcome is"), max_length=1000)
    figures = models.JSONField(_("figures"), default=list, blank=True)

    class Meta:
        verbose_name = _("line of a contest sheet")
        verbose_name_plural = _("lines of contest sheets")
        ordering = ["entry", "position"]
        constraints = [models.UniqueConstraint(fields=["entry", "item"], name="contest_line_once")]
        triggers = [*kept_with(OF_ENTRY, OVER)]

    def __str__(self) -> str:
        return f"{self.entry} {self.item}"


@with_history()
class ContestSupport(models.Model):
    """What a selected contestant was given: policy, funds, training. Append-only."""

    entry = models.ForeignKey(ContestEntry, models.PROTECT, related_name="supports", verbose_name=_("contest sheet"))
    kind = models.CharField(_("kind of support"), max_length=10, choices=SupportKind.choices)
    words = models.CharField(_("what it was given"), max_length=300)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True)
    on = models.DateField(_("day"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("support of a contest")
        verbose_name_plural = _("support of contests")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount=None) | Q(kind=SupportKind.FUNDS, amount__gt=0),
                name="contest_support_amount_of_funds",
            )
        ]
        triggers = [append_only("contest_support")]

    def __str__(self) -> str:
        return f"{self.entry} {self.get_kind_display()}"
