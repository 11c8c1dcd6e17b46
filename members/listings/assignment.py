"""The list of proposed helpers: what is shown, filtered and exported. Names of households are masked."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core import masking
from core.counts import count_by
from core.tables import DateColumn, ListTable, NumberColumn, PickColumn, StatusColumn
from members.assignment.measuring import with_load
from members.assignment.sharing import Why
from members.assignment.wording import reason
from members.models import AssignmentProposal, AssignmentRun, Member
from members.states import AssignmentState
from organisations.models import Organisation

MAY_PICK = (AssignmentState.PROPOSED,)


def with_loads(proposals: QuerySet[AssignmentProposal], run: AssignmentRun) -> QuerySet[AssignmentProposal]:
    """Adds `load`: the households of the helper if all that is proposed were issued."""
    loads = with_load(Member.objects.filter(pk=OuterRef("member")), run).order_by().values("load")
    return proposals.annotate(load=Subquery(loads)).select_related("household", "village", "member__organisation")


class ProposalFilter(filters.FilterSet):
    """The view sets `run` on the request's subclass (`for_round`)."""

    run: AssignmentRun
    q = filters.CharFilter(label=_("Village, unit or helper"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=AssignmentState.choices)
    why = filters.ChoiceFilter(label=_("Why"), choices=Why.choices)

    class Meta:
        model = AssignmentProposal
        fields: list[str] = []

    def found(self, proposals: QuerySet, name: str, value: str) -> QuerySet:
        places = Organisation.objects.found_by(value).order_by().values("pk")
        members = Member.objects.found_by(value).order_by().values("pk")
        return proposals.filter(Q(village__in=places) | Q(member__in=members) | Q(member__organisation__in=places))


class ProposalTable(ListTable):
    always = ("household",)
    pick = PickColumn(of=MAY_PICK, named="value_household")
    village = tables.Column(verbose_name=_("Village"), order_by="village__path")
    household = tables.Column(verbose_name=_("Household"), orderable=False)
    member = tables.Column(verbose_name=_("Proposed helper"), order_by="member", empty_values=())
    unit = tables.Column(verbose_name=_("Team or unit"), accessor="member__organisation", orderable=False)
    reason = tables.Column(verbose_name=_("Why"), empty_values=(), orderable=False)
    state = StatusColumn(verbose_name=_("State"))

    class Meta(ListTable.Meta):
        fields = ("pick", "village", "household", "member", "unit", "reason", "state")
        sequence = fields

    def render_household(self, record):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), self.value_household(record))

    def value_household(self, record):
        number = f" {record.household.number}" if record.household.number else ""
        return f"{masking.mask_name(record.household.head)}{number}"

    def render_member(self, record):
        return str(record.member) if record.member else "—"

    def render_reason(self, record):
        return reason(record, record.load if record.state == AssignmentState.PROPOSED else None)


class RunFilter(filters.FilterSet):
    class Meta:
        model = AssignmentRun
        fields: list[str] = []


class RunTable(ListTable):
    name = tables.Column(verbose_name=_("Assignment"), accessor="pk", linkify=True)
    started_at = DateColumn(verbose_name=_("Started at"))
    started_by = tables.Column(verbose_name=_("Started by"))
    households = NumberColumn(verbose_name=_("households without a helper"))
    still = NumberColumn(verbose_name=_("Still proposed"), accessor="still_proposed")
    issued = NumberColumn(verbose_name=_("Paired"), accessor="was_issued")
    progress = tables.Column(verbose_name=_("State"), accessor="job__get_state_display", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "started_at", "started_by", "households", "still", "issued", "progress")
        sequence = fields

    def render_name(self, record):
        return str(record)


def runs_of(user) -> QuerySet[AssignmentRun]:
    """Adds how many households are still proposed to somebody, and how many were paired."""
    mine = AssignmentProposal.objects.filter(run=OuterRef("pk"))
    runs = AssignmentRun.objects.visible_to(user).select_related("place", "started_by", "job")
    return runs.annotate(
        still_proposed=count_by(mine.filter(state=AssignmentState.PROPOSED), "run"),
        was_issued=count_by(mine.filter(state=AssignmentState.ISSUED), "run"),
    ).order_by("-pk")
