"""The lists over a round: which pairings have which plans, and how far the targets are."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import LinkColumn, ListTable, NumberColumn, StatusColumn
from core.templatetags import look
from pairing.listings.pairings import PartiesFilter
from pairing.models import Pairing, Round, Target
from pairing.plans import asked as plans
from pairing.plans.asked import Asked
from pairing.plans.letters import printed
from pairing.plans.states import PlanStanding
from pairing.states import TargetState


def plans_address(record: Pairing) -> str:
    return reverse("pairing_plans", args=[record.pk])


class PlanningFilter(PartiesFilter):
    """Used through `of_round`."""

    asked: Sequence[Asked] = ()
    year = 0
    round = None
    what = filters.ChoiceFilter(label=_("Plan or promise"), method="unchanged")
    there = filters.ChoiceFilter(
        label=_("Is it there"), choices=[("no", _("missing or not confirmed")), ("yes", _("there"))], method="unchanged"
    )

    class Meta:
        model = Pairing
        fields = ("q", "what", "there", "township", "kind")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["what"].extra["choices"] = [(each.kind, each.name) for each in self.asked]

    def unchanged(self, pairings: QuerySet, name: str, value: str) -> QuerySet:
        return pairings

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        pairings = super().filter_queryset(queryset)
        what, there = self.form.cleaned_data["what"], self.form.cleaned_data["there"]
        asked = [each for each in self.asked if what in ("", each.kind)]
        if there == "no":
            return plans.lacking(pairings, asked, self.year)
        if there == "yes":
            for each in asked:
                pairings = pairings.filter(plans.is_there(each, self.year))
        return pairings


class StandingColumn(tables.Column):
    """How far one plan is; nothing begun is what counts as late."""

    def __init__(self, asked: Asked):
        super().__init__(verbose_name=asked.name, empty_values=(), orderable=False)
        self.asked = asked

    def standing(self, value: str | None) -> PlanStanding:
        return PlanStanding(value or PlanStanding.MISSING)

    def render(self, value):
        standing = self.standing(value)
        return look.tag(standing.tone, self.asked.words(standing))

    def value(self, value, **cell):
        return str(self.asked.words(self.standing(value)))


class PlanningTable(ListTable):
    """Used through `of_round`."""

    always: tuple[str, ...] = ("unit", "village")
    unit = LinkColumn(verbose_name=_("Aiding unit"), order_by="unit__name", linkify=plans_address)
    village = tables.Column(verbose_name=_("Paired village"), order_by="village__name")
    targets_total = NumberColumn(verbose_name=_("Targets met"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        sequence: tuple[str, ...] = ("unit", "village", "...", "targets_total")
        fields: tuple[str, ...] = ()

    def render_unit(self, record: Pairing) -> str:
        return record.unit.name

    def render_targets_total(self, record: Any) -> str:
        return f"{record.targets_met} / {record.targets_total}" if record.targets_total else "—"


def of_round(round: Round, asked: Sequence[Asked], year: int) -> tuple[type[PlanningFilter], type[PlanningTable]]:
    """The filter and the table with one column for each thing that the scheme of the round asks for.

    The table is named after the scheme, so that chosen columns are remembered for each.
    """
    filterset = type("PlanningFilter", (PlanningFilter,), {"asked": asked, "year": year})
    columns = {each.column: StandingColumn(each) for each in asked} | {"Meta": PlanningTable.Meta}
    return filterset, type(f"PlanningTable{round.scheme_version_id}", (PlanningTable,), columns)


class TargetFilter(PartiesFilter):
    """Used through `targets_of_round`."""

    through = "pairing__"
    rules: Any = None
    round = None
    goal = filters.ChoiceFilter(label=_("Goal of the scheme"), method="for_goal")
    state = filters.ChoiceFilter(label=_("State"), choices=TargetState.choices)

    class Meta:
        model = Target
        fields = ("q", "goal", "state", "township", "kind")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["goal"].extra["choices"] = [
            (f"{goals.key}:{goal.key}", goal.name) for goals in self.rules.goals for goal in goals.goals
        ] + [("own", _("the two sides' own"))]

    def for_goal(self, targets: QuerySet, name: str, value: str) -> QuerySet:
        if value == "own":
            return targets.filter(goal_key="")
        set_key, _colon, goal_key = value.partition(":")
        return targets.filter(set_key=set_key, goal_key=goal_key)


class FigureColumn(NumberColumn):
    """2,600 - without zeros that say nothing."""

    def render(self, value):
        return printed(value)


class TargetTable(ListTable):
    always = ("name", "unit", "village")
    name = LinkColumn(verbose_name=_("Target"))
    unit = tables.Column(verbose_name=_("Aiding unit"), accessor="pairing__unit__name")
    village = tables.Column(verbose_name=_("Paired village"), accessor="pairing__village__name")
    state = StatusColumn(verbose_name=_("State"))
    baseline = FigureColumn(verbose_name=_("Baseline"))
    final = FigureColumn(verbose_name=_("Value to be reached"))
    unit_of_measure = tables.Column(verbose_name=_("Unit of measure"), orderable=False)
    horizon_year = tables.Column(verbose_name=_("By the year"))

    class Meta(ListTable.Meta):
        fields = ("name", "unit", "village", "state", "baseline", "final", "unit_of_measure", "horizon_year")
