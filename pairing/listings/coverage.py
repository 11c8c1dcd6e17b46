"""The lists behind the figures of coverage: lines of the directory, and pairings, as of a day."""

from datetime import date

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from core.marks import Remembered
from core.tables import DateColumn, ListTable, PairColumn
from core.templatetags import look
from organisations.kinds import AREAS, UNITS, Kind
from organisations.querysets import within
from pairing.figures.coverage import area_length, committees, signed_on, standing_on
from pairing.figures.stages import PUBLIC_TONES, PublicStage, partners
from pairing.listings.directory import LineTable, VillageLineFilter
from pairing.models import Directory, DirectoryEntry, Pairing, Round
from pairing.states import Side

OWN, CITY_WIDE = "own", "city_wide"
REACHED, SIGNED, MISSING = "reached", "signed", "missing"
COVERED = [(REACHED, _("intention reached")), (SIGNED, _("agreement signed")), (MISSING, _("nobody yet"))]
LISTED_KINDS = [(kind.value, kind.label) for kind in (*UNITS, Kind.VILLAGE, Kind.TOWNSHIP, *AREAS)]


def lines_on(round: Round, directory: Directory | None, day: date) -> QuerySet[DirectoryEntry]:
    """The lines of that day's directory, each with its pairings of that day."""
    standing = standing_on(round, day).order_by("pk")
    prefetched = (
        Prefetch(
            f"organisation__pairings_as_{side}",
            standing.select_related(side.other).only("round", "signed_on", side, f"{side.other}__name"),
            to_attr=f"standing_as_{side}",
        )
        for side in Side
    )
    return (
        DirectoryEntry.objects.filter(directory=directory).select_related("organisation").prefetch_related(*prefetched)
    )


def takes_part(pairings: QuerySet[Pairing]) -> Q:
    """Lines whose organisation stands in one of these, on its own side."""
    sides = (Q(side=side, organisation__in=pairings.values(side)) for side in Side)
    return next(sides) | next(sides)


class DayFilter(filters.FilterSet):
    """Keeps the day of the page beside the other filters; the view has read it already."""

    on = filters.DateFilter(
        label=_("As of"), method="keep", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def keep(self, queryset, name, value):
        return queryset


class CoverageFilter(VillageLineFilter, DayFilter):
    """Of one round on one day: see `of_directory`, which gives both."""

    round: Round
    day: date

    side = filters.ChoiceFilter(label=_("Side"), choices=Side.choices, empty_label=_("Both"))
    kind = filters.ChoiceFilter(label=_("Kind"), choices=LISTED_KINDS, empty_label=_("All"))
    covered = filters.ChoiceFilter(label=_("Progress"), choices=COVERED, method="is_covered", empty_label=_("All"))

    def is_covered(self, queryset, name, value):
        pairings = signed_on(self.round, self.day) if value == SIGNED else standing_on(self.round, self.day)
        return queryset.exclude(takes_part(pairings)) if value == MISSING else queryset.filter(takes_part(pairings))


class CoverageTable(LineTable):
    kind = tables.Column(verbose_name=_("Kind"))
    stage = tables.Column(verbose_name=_("Progress"), orderable=False, empty_values=(), accessor="pk")
    partners = tables.Column(verbose_name=_("With"), orderable=False, empty_values=())

    class Meta(LineTable.Meta):
        fields = ("name", "kind", "area", "stage", "partners")

    day: date

    def stage_of(self, record: DirectoryEntry) -> PublicStage:
        pairings = getattr(record.organisation, f"standing_as_{record.side}")
        if any(pairing.signed_on and pairing.signed_on <= self.day for pairing in pairings):
            return PublicStage.SIGNED
        return PublicStage.REACHED if pairings else PublicStage.NOBODY

    def render_stage(self, record: DirectoryEntry) -> str:
        stage = self.stage_of(record)
        return look.tag(PUBLIC_TONES[stage], stage.label)

    def value_stage(self, record: DirectoryEntry) -> str:
        return str(self.stage_of(record).label)

    def render_partners(self, record: DirectoryEntry) -> str:
        return "、".join(partner.name for partner in partners(record)) or "—"


class CoveragePairingFilter(DayFilter):
    """Pairings by the committee above the unit, and whether they stay in its own district (SH-10)."""

    round: Round

    committee = filters.ChoiceFilter(label=_("Committee of the unit"), method="under", empty_label=_("All"))
    reach = filters.ChoiceFilter(
        label=_("Own district or city-wide"),
        choices=[(OWN, _("own district")), (CITY_WIDE, _("city-wide"))],
        method="reaches",
        empty_label=_("Both"),
    )

    class Meta:
        model = Pairing
        fields: tuple = ()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.committees = listed_committees(self.round)
        self.filters["committee"].extra["choices"] = [(key, name) for key, name, _path in self.committees]

    def under(self, queryset, name, value):
        return queryset.filter(
            within([path for key, _name, path in self.committees if str(key) == value], "unit__path")
        )

    def reaches(self, queryset, name, value):
        length = area_length(self.round)
        inside = Q(unit_area=F("village_area"))
        areas = queryset.annotate(unit_area=Left("unit__path", length), village_area=Left("village__path", length))
        return areas.filter(inside if value == OWN else ~inside)


def listed_committees(round: Round) -> list[tuple[int, str, str]]:
    """Key, name and tree path of each; remembered until somebody changes an organisation or publishes a directory."""
    lines = DirectoryEntry.objects.current(round).units()
    read = Remembered(lines.values("organisation__path", "organisation__name"))
    return read.get("committees", lambda: list(committees(round).values_list("pk", "name", "path")))


class CoveragePairingTable(ListTable):
    always = ("pair",)
    pair = PairColumn("unit", "village", verbose_name=_("Pairing"), accessor="pk", orderable=False)
    formed_at = DateColumn(verbose_name=_("Intention reached on"))
    signed_on = DateColumn(verbose_name=_("Signed on"))

    class Meta(ListTable.Meta):
        fields = ("pair", "formed_at", "signed_on")
