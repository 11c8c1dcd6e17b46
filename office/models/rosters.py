"""An uploaded roster: the file, its sheets as they were recognised, its rows as they were read."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.roster import Verdict
from office.models.files import StoredFile
from office.models.jobs import Job
from office.rosters.states import TONES, RosterState
from organisations.history import with_history
from organisations.models import Organisation
from organisations.querysets import within

VERDICTS = [
    (Verdict.CREATED.value, _("new")),
    (Verdict.UPDATED.value, _("changed")),
    (Verdict.UNCHANGED.value, _("unchanged")),
    (Verdict.DOUBTFUL.value, _("doubtful")),
    (Verdict.REJECTED.value, _("rejected")),
    (Verdict.SKIPPED.value, _("passed over")),
]


class RosterImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own imports, and those below a post that grants `roster.import`."""
        return self.filter(Q(started_by=user) | within(user.scopes("roster.import"), "place__path"))

    def open(self):
        return self.filter(state=RosterState.READY)


@with_history(exclude=["planned", "options"])
class RosterImport(models.Model):
    """One roster on its way in. `file` is missing only while the command line looks without keeping anything."""

    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    name = models.CharField(_("file name"), max_length=200)
    place = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("goes under")
    )
    new_place = models.CharField(_("place to be created"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the facts"), default=0)
    options = models.JSONField(_("choices"), default=dict)
    planned = models.JSONField(_("will be created besides"), default=list)
    state = models.CharField(_("state"), max_length=20, choices=RosterState.choices, default=RosterState.READING)
    job = models.ForeignKey(
        Job, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("background work")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("started by")
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    error = models.TextField(_("why it failed"), blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | ~Q(state__in=["applied", "undone"]),
                name="roster_import_applied_at_set",
                violation_error_message=_("What was applied has a moment at which it was applied."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False, state="undone") | Q(undone_at=None) & ~Q(state="undone"),
                name="roster_import_undone_at_set",
                violation_error_message=_("What was undone has a moment at which it was undone."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roster_import", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return TONES[RosterState(self.state)]

    @property
    def place_name(self) -> str:
        return self.place.name if self.place else self.new_place


class RosterSheet(models.Model):
    """One sheet as it was recognised, or as a person said it is. `described` names the roster; empty: not imported."""

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="sheets", verbose_name=_("roster import"))
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("sheet"), max_length=120)
    described = models.CharField(_("roster"), max_length=40, blank=True)
    reason = models.CharField(_("why it is not imported"), max_length=200, blank=True)
    titles = models.JSONField(_("titles"), default=list)
    headings = models.JSONField(_("headings"), default=list)
    header_rows = ArrayField(models.PositiveIntegerField(), verbose_name=_("rows of headings"), default=list)
    mapping = models.JSONField(_("columns"), default=dict)
    scales = models.JSONField(_("units of money"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)

    class Meta:
        verbose_name = _("roster sheet")
        verbose_name_plural = _("roster sheets")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["roster", "position"], name="roster_sheet_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_imported(self) -> bool:
        return bool(self.described)


class RosterRow(models.Model):
    """One row: cells as typed, what a person changed or decided, and what is said about it.

    `edits` maps the key of a column to another text; `kept` lists doubts ("column:code") that a person has settled
    by keeping the cell; `left_out` says that the row is to be passed over. The rest is computed by the check.
    """

    sheet = models.ForeignKey(RosterSheet, models.CASCADE, related_name="rows", verbose_name=_("sheet"))
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(_("cells as typed"), default=list)
    edits = models.JSONField(_("changed here"), default=dict)
    kept = models.JSONField(_("kept as typed"), default=list)
    left_out = models.BooleanField(_("left out"), default=False)
    verdict = models.CharField(_("verdict"), max_length=20, choices=VERDICTS)
    reason = models.CharField(_("why it is passed over"), max_length=40, blank=True)
    notes = models.JSONField(_("read as"), default=dict)
    doubts = models.JSONField(_("doubts"), default=list)
    changes = models.JSONField(_("changes"), default=list)

    class Meta:
        verbose_name = _("roster row")
        verbose_name_plural = _("roster rows")
        ordering = ["sheet", "number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="roster_row_once")]
        indexes = [models.Index(fields=["sheet", "verdict", "number"], name="roster_row_verdict")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"


class RosterChange(models.Model):
    """What an import did to one table, enough to undo it: new keys, rows before and after, deleted rows."""

    roster = models.ForeignKey(
        RosterImport, models.CASCADE, related_name="made_changes", verbose_name=_("roster import")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    model = models.CharField(_("table"), max_length=80)
    created = ArrayField(models.BigIntegerField(), verbose_name=_("created"), default=list)
    updated = models.JSONField(_("updated"), default=list, encoder=DjangoJSONEncoder)
    deleted = models.JSONField(_("deleted"), default=list, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change of a roster import")
        verbose_name_plural = _("changes of a roster import")
        ordering = ["roster", "position"]
        constraints = [models.UniqueConstraint(fields=["roster", "position"], name="roster_change_position_once")]

    def __str__(self) -> str:
        return f"{self.roster} {self.model}"
