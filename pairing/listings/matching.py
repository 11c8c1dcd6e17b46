"""The list of proposed pairs: what is shown, filtered and exported."""

import django_filters as filters
import django_tables2 as tables
from django.core.cache import cache
from django.db.models import OuterRef, Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.counts import count_by
from core.tables import DateColumn, ListTable, NumberColumn, PickColumn, StatusColumn
from organisations.models import Organisation
from pairing.levels import Level
from pairing.matching.states import MatchState, may_become
from pairing.matching.wording import in_one, reasons
from pairing.models import MatchingRun, MatchProposal, Pairing

MAY_PICK = may_become(MatchState.ISSUED)
WHY = {
    "tie": (_("old ties"), Q(tie__isnull=False)),
    "wish": (_("wishes"), ~Q(wish="")),
    "unmet": (_("meets no need"), Q(unit__isnull=False, met_count=0)),
    "moved": (_("chosen by hand"), Q(moved_at__isnull=False)),
}


def with_load(proposals: QuerySet[MatchProposal], run: MatchingRun) -> QuerySet[MatchProposal]:
    """Adds `load`: the villages of the unit if all that is proposed were issued."""
    standing = Pairing.objects.standing().filter(round=run.round_id, level=Level.UNIT_VILLAGE, unit=OuterRef("unit"))
    proposed = MatchProposal.objects.filter(run=run, state=MatchState.PROPOSED, unit=OuterRef("unit"))
    return proposals.annotate(load=count_by(standing, "unit") + count_by(proposed, "unit"))


class ProposalFilter(filters.FilterSet):
    """The view sets `run` on the request's subclass (`for_round`)."""

    run: MatchingRun
    q = filters.CharFilter(label=_("Village or unit"), method="found")
    area = filters.ChoiceFilter(label=_("District or township"))
    state = filters.ChoiceFilter(label=_("State"), choices=MatchState.choices)
    why = filters.ChoiceFilter(
        label=_("Why"), choices=[(key, name) for key, (name, _q) in WHY.items()], method="because"
    )

    class Meta:
        model = MatchProposal
        fields: list[str] = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["area"].extra["choices"] = [(area, area) for area in areas_of(self.run)]

    def found(self, proposals: QuerySet, name: str, value: str) -> QuerySet:
        known = Organisation.objects.found_by(value).order_by().values("pk")
        return proposals.filter(Q(village__in=known) | Q(unit__in=known))

    def because(self, proposals: QuerySet, name: str, value: str) -> QuerySet:
        return proposals.filter(WHY[value][1])


def areas_of(run: MatchingRun) -> list[str]:
    """Where the villages of a finished run lie. They stay the same, so this is kept."""
    areas = run.proposals.exclude(area="").order_by("area").values_list("area", flat=True).distinct()
    key = f"matching:{run.pk}:{run.finished_at.timestamp() if run.finished_at else 0}:areas"
    return cache.get_or_set(key, lambda: list(areas), timeout=24 * 3600) or []


class ProposalTable(ListTable):
    always = ("village",)
    pick = PickColumn(of=MAY_PICK, named="value_village")
    village = tables.Column(verbose_name=_("Village"), order_by="village__path")
    area = tables.Column(verbose_name=_("District or township"))
    unit = tables.Column(verbose_name=_("Proposed unit"), order_by="unit__path", empty_values=())
    reasons = tables.Column(verbose_name=_("Reasons"), empty_values=(), orderable=False)
    points = NumberColumn(verbose_name=_("Points"))
    state = StatusColumn(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        fields = ("pick", "village", "area", "unit", "reasons", "points", "state")
        sequence = fields

    def render_village(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.village.name)

    def value_village(self, record):
        return record.village.name

    def render_unit(self, record):
        return record.unit.name if record.unit else "—"

    def render_reasons(self, record):
        counts = record.state == MatchState.PROPOSED
        found = in_one(reasons(record, record.load if counts else None))
        return format_html('{}<div class="quiet">{}</div>', found, record.note) if record.note else found or "—"

    def value_reasons(self, record):
        return in_one([*reasons(record), *([record.note] if record.note else [])])


class RunFilter(filters.FilterSet):
    class Meta:
        model = MatchingRun
        fields: list[str] = []


class RunTable(ListTable):
    number = tables.Column(verbose_name=_("Matching"), linkify=True)
    started_at = DateColumn(verbose_name=_("Started at"))
    started_by = tables.Column(verbose_name=_("Started by"))
    villages = NumberColumn(verbose_name=_("Open villages"))
    proposed = NumberColumn(verbose_name=_("Still proposed"), accessor="still_proposed")
    issued = NumberColumn(verbose_name=_("Issued"), accessor="was_issued")
    progress = tables.Column(verbose_name=_("State"), accessor="job__get_state_display", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("number", "started_at", "started_by", "villages", "proposed", "issued", "progress")
        sequence = fields

    def render_number(self, record):
        return str(record)


def runs_of(round) -> QuerySet[MatchingRun]:
    """Adds how many pairs are still proposed, and how many were issued."""
    mine = MatchProposal.objects.filter(run=OuterRef("pk"))
    issued = mine.filter(state__in=[MatchState.ISSUED, MatchState.RECOMMENDED])
    runs = MatchingRun.objects.filter(round=round).select_related("started_by", "job")
    return runs.annotate(
        still_proposed=count_by(mine.filter(state=MatchState.PROPOSED), "run"), was_issued=count_by(issued, "run")
    ).order_by("-pk")
