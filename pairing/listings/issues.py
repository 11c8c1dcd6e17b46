"""The lists of issues and of suggestions."""

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import KeyFilter
from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, StatusColumn
from core.templatetags import look
from organisations.areas import AreaFilter
from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.querysets import within
from pairing.forms.figures import near
from pairing.listings.pairings import MOST_TOWNSHIPS
from pairing.models import Issue, Round, Suggestion
from pairing.speaking import own_organisations
from pairing.states import UNSOLVED, IssueState, SuggestionState

UNSOLVED_WORD, WAITING_WORD, NOT_WITHDRAWN, NOBODY = "unsolved", "waiting", "kept", "nobody"
STATES = [
    (UNSOLVED_WORD, _("not solved yet")),
    (WAITING_WORD, _("to be confirmed or closed")),
    (NOT_WITHDRAWN, _("all but the withdrawn")),
    *IssueState.choices,
]
SEVERAL = {
    UNSOLVED_WORD: UNSOLVED,
    WAITING_WORD: (IssueState.CLAIMED, IssueState.CONFIRMED),
    NOT_WITHDRAWN: tuple(state for state in IssueState if state != IssueState.WITHDRAWN),
}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class IssueFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Issue or organisation"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    overdue = filters.ChoiceFilter(label=_("Deadline"), choices=[("yes", _("overdue"))], method="is_overdue")
    mine = filters.ChoiceFilter(label=_("Our own"), choices=[("yes", _("to be solved by us"))], method="is_mine")
    kind = filters.ChoiceFilter(label=_("Kind"), choices=Issue.Kind.choices)
    source = filters.ChoiceFilter(label=_("Found by"), choices=Issue.Source.choices)
    township = filters.CharFilter(label=_("Township"), method="in_township")
    round = filters.ModelChoiceFilter(
        label=_("Round"), field_name="pairing__round", queryset=lambda request: Round.objects.visible_to(request.user)
    )
    since = filters.DateFilter(
        label=_("Raised from"), field_name="raised_at", lookup_expr="date__gte", widget=day_input()
    )
    until = filters.DateFilter(
        label=_("Raised up to"), field_name="raised_at", lookup_expr="date__lte", widget=day_input()
    )
    place = filters.CharFilter(label=_("Area, unit or village"), method="near", widget=forms.HiddenInput)
    at = KeyFilter(_("village"), method="about")
    area = AreaFilter("organisation")
    owner = filters.CharFilter(label=_("Owner"), method="owned", widget=forms.HiddenInput)

    class Meta:
        model = Issue
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        parties = Q(organisation__in=hits) | Q(pairing__unit__in=hits) | Q(pairing__village__in=hits)
        return rows.filter(Q(title__contains=value.strip()) | Q(owner__in=hits) | parties)

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(state__in=SEVERAL.get(value, [value]))

    def near(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        paths = ("organisation", "owner", "pairing__unit", "pairing__village")
        return rows.filter(near(self.request.user, value, *paths))

    def about(self, rows: QuerySet, _name: str, value) -> QuerySet:
        return rows.filter(Q(pairing__village=int(value)) | Q(pairing=None, organisation=int(value)))

    def owned(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        if value == NOBODY:
            return rows.filter(owner=None)
        return rows.filter(owner=int(value)) if value.isdecimal() and len(value) < 10 else rows.none()

    def is_overdue(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.overdue(timezone.localdate())  # type: ignore[attr-defined]  # those of the ledger

    def is_mine(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.filter(owner__in=own_organisations(self.request.user).order_by().values("pk"))

    def in_township(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        townships = Organisation.objects.visible_to(self.request.user).filter(kind=Kind.TOWNSHIP).found_by(value)
        return rows.filter(within(townships.values_list("path", flat=True)[:MOST_TOWNSHIPS], "organisation__path"))


class IssueTable(ListTable):
    always = ("title",)
    title = LinkColumn(verbose_name=_("The issue"))
    organisation = tables.Column(verbose_name=_("Whom it is about"), order_by="organisation__path")
    kind = tables.Column(verbose_name=_("Kind"), accessor="kind_named", order_by="kind")
    source = tables.Column(verbose_name=_("Found by"), visible=False)
    owner = tables.Column(verbose_name=_("Who solves it"), order_by="owner__name")
    due_on = DateColumn(verbose_name=_("Deadline"))
    late = NumberColumn(verbose_name=_("Days overdue"), empty_values=(), order_by="due_on")
    state = StatusColumn(verbose_name=_("State"))
    raised_at = DateColumn(verbose_name=_("Raised on"))
    closed_at = DateColumn(verbose_name=_("Closed on"), visible=False)
    days = NumberColumn(verbose_name=_("Days until closed"), empty_values=(), orderable=False, visible=False)

    class Meta(ListTable.Meta):
        model = Issue
        fields: tuple[str, ...] = ()

    def render_organisation(self, record: Issue) -> str:
        pairing = record.pairing
        return f"{pairing.unit.name} → {pairing.village.name}" if pairing else record.organisation.name

    def render_late(self, record: Issue):
        days = self.value_late(record)
        return look.tag("late", days) if days else "—"

    def value_late(self, record: Issue) -> int | None:
        return record.days_late(timezone.localdate()) or None

    def render_days(self, record: Issue):
        return self.value_days(record) if record.closed_at else "—"

    def value_days(self, record: Issue) -> int | None:
        return (look.local_day(record.closed_at) - look.local_day(record.raised_at)).days if record.closed_at else None


class SuggestionFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("What or who"), method="found")
    state = filters.ChoiceFilter(label=_("State"), choices=SuggestionState.choices)

    class Meta:
        model = Suggestion
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        value = value.strip()
        return rows.filter(Q(title__contains=value) | Q(words__contains=value) | Q(organisation__name__contains=value))


class SuggestionTable(ListTable):
    always = ("title",)
    title = LinkColumn(verbose_name=_("Suggestion"))
    organisation = tables.Column(verbose_name=_("Comes from"), order_by="organisation__name")
    organiser = tables.Column(verbose_name=_("Addressee"), order_by="organiser__name")
    written_at = DateColumn(verbose_name=_("Written on"))
    state = StatusColumn(verbose_name=_("State"))
    replied_at = DateColumn(verbose_name=_("Replied on"))

    class Meta(ListTable.Meta):
        model = Suggestion
        fields: tuple[str, ...] = ()
