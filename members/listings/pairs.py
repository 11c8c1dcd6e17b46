"""The lists of person-to-person pairs, and how the two sides of one are named."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core import masking
from core.filters import KeyFilter
from core.tables import DateColumn, LinkColumn, ListTable, StatusColumn
from core.templatetags import look
from members.coverage.places import OF_PEOPLE, has_plan
from members.kinds import EndReason, PairKind
from members.listings.columns import shown_name
from members.listings.narrowed import FromFigures, StoodOn
from members.models import Member, PersonPair
from members.querysets.pairs import PersonPairQuerySet
from members.states import PairState
from organisations.models import Organisation

GAP = "gap"
STATES = [*PairState.choices, (GAP, _("in force, but somebody has left"))]


def shown_target(pair: PersonPair) -> str:
    """In full where the reader is near (`with_nearness`), else the family name only."""
    target = pair.target
    if isinstance(target, Organisation):
        return target.name
    if pair.is_near or target.erased_at:  # type: ignore[attr-defined]  # annotated
        return target.full_name
    return masking.mask_name(target.full_name)


def shown_helper(pair: PersonPair) -> str:
    """A working roster names its helpers; a household and a member in need only to those who are near."""
    helper = pair.helper
    return helper.name if isinstance(helper, Organisation) else shown_name(helper, near=pair.is_near)  # type: ignore[attr-defined]  # annotated


class PairFilter(StoodOn, FromFigures):
    since = until = None
    place_columns = ("unit", "village")
    round = KeyFilter(_("Round"))
    q = filters.CharFilter(label=_("Helper, unit or village"), method="found")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=PairKind.choices)
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    plan = filters.ChoiceFilter(
        label=_("Plan for leaving hardship"), choices=[("missing", _("not written yet"))], method="without_plan"
    )
    seen = filters.ChoiceFilter(label=_("Last seen"), choices=[("never", _("never seen"))], method="is_seen")
    reason = filters.ChoiceFilter(label=_("reason for the end"), field_name="end_reason", choices=EndReason.choices)

    class Meta:
        model = PersonPair
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        places = Organisation.objects.found_by(value).order_by().values("pk")
        helpers = Member.objects.readable_names(self.request.user).found_by(value).order_by().values("pk")
        return rows.filter(Q(unit__in=places) | Q(village__in=places) | Q(helper_member__in=helpers))

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.gaps() if value == GAP else rows.filter(state=value)  # type: ignore[attr-defined]  # of pairs

    def without_plan(self, rows: PersonPairQuerySet, _name: str, _value: str) -> QuerySet:
        """Of the pairs of which the scheme asks a plan (TN-16)."""
        return rows.effective().filter(OF_PEOPLE).exclude(has_plan())

    def is_seen(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.active().filter(seen_on=None)  # type: ignore[attr-defined]  # those of pairs


class PairTable(ListTable):
    always = ("sides",)
    sides = tables.Column(verbose_name=_("Who helps whom"), accessor="pk", order_by=("unit__path", "pk"))
    kind = tables.Column(verbose_name=_("Kind"))
    unit = LinkColumn(verbose_name=_("organisation of the helper"), order_by="unit__path")
    village = LinkColumn(verbose_name=_("village"), order_by="village__path")
    since = DateColumn(verbose_name=_("first day"))
    seen_on = DateColumn(verbose_name=_("Last seen"))
    state = StatusColumn(verbose_name=_("State"))
    until = DateColumn(verbose_name=_("last day"), visible=False)
    end_reason = tables.Column(verbose_name=_("reason for the end"), visible=False)

    class Meta(ListTable.Meta):
        model = PersonPair
        fields: tuple[str, ...] = ()

    def render_sides(self, record: PersonPair) -> str:
        left = format_html(" {}", look.tag("late", _("somebody has left"))) if record.is_gap else ""
        return format_html('<a href="{}">{}</a>{}', record.get_absolute_url(), self.value_sides(record), left)

    def value_sides(self, record: PersonPair) -> str:
        return f"{shown_helper(record)} → {shown_target(record)}"
