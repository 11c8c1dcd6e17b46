"""The list of projects: what, between whom, how far it is, whose turn it is."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, MoneyColumn, NumberColumn, StatusColumn
from core.templatetags import look
from funds.models.project import Project
from funds.projects.kinds import ProjectKind, ProjectLevel, WorkField
from funds.projects.states import OPEN, OVER, ProjectState
from funds.projects.turns import turn_of
from organisations.models import Organisation
from pairing.models import Round

GOING_ON, CLOSED = "open", "over"
STATES = [(GOING_ON, _("going on")), (CLOSED, _("accepted or stopped")), *ProjectState.choices]
SEVERAL = {GOING_ON: OPEN, CLOSED: OVER}


class ProjectFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Project, unit or village"), method="found")
    round = filters.ModelChoiceFilter(label=_("Round"), queryset=lambda request: Round.objects.visible_to(request.user))
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, method="in_state")
    mine = filters.ChoiceFilter(label=_("Whose turn"), choices=[("yes", _("ours"))], method="is_mine")
    late = filters.ChoiceFilter(label=_("Deadline"), choices=[("yes", _("overdue"))], method="is_late")
    kind = filters.ChoiceFilter(label=_("Kind of project"), choices=ProjectKind.choices)
    field = filters.ChoiceFilter(label=_("Field of work"), choices=WorkField.choices)
    level = filters.ChoiceFilter(label=_("Level"), choices=ProjectLevel.choices)
    pooled = filters.ChoiceFilter(
        label=_("Who gives"), choices=[("no", _("one pairing")), ("yes", _("several, pooled"))], method="is_pooled"
    )

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def found(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        parties = Q(pairing__unit__in=hits) | Q(pairing__village__in=hits) | Q(place__in=hits) | Q(committee__in=hits)
        return rows.filter(Q(title__contains=value.strip()) | parties)

    def in_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(state__in=SEVERAL.get(value, [value]))

    def is_mine(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.waiting_for(self.request.user)  # type: ignore[attr-defined]  # those of projects

    def is_late(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows.late(timezone.localdate())  # type: ignore[attr-defined]

    def is_pooled(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return rows.filter(committee__isnull=value != "yes")


class ProjectTable(ListTable):
    always = ("title",)
    title = LinkColumn(verbose_name=_("project"))
    between = tables.Column(verbose_name=_("who gives → where"), accessor="place", order_by="place__path")
    kind = tables.Column(verbose_name=_("kind of project"), accessor="kind_named", order_by="kind")
    field = tables.Column(verbose_name=_("field of work"), visible=False)
    level = tables.Column(verbose_name=_("level"), visible=False)
    budget = MoneyColumn(verbose_name=_("budget"))
    due_on = DateColumn(verbose_name=_("deadline"))
    late = NumberColumn(verbose_name=_("days overdue"), empty_values=(), order_by="due_on")
    state = StatusColumn(verbose_name=_("state"))
    turn = tables.Column(verbose_name=_("whose turn"), empty_values=(), orderable=False)
    accepted_at = DateColumn(verbose_name=_("accepted on"), visible=False)

    class Meta(ListTable.Meta):
        model = Project
        fields: tuple[str, ...] = ()

    def render_between(self, record: Project) -> str:
        return f"{record.giver.name} → {record.place.name}"

    def value_between(self, record: Project) -> str:
        return self.render_between(record)

    def render_late(self, record: Project):
        days = self.value_late(record)
        return look.tag("late", days) if days else "—"

    def value_late(self, record: Project) -> int | None:
        return record.days_late(timezone.localdate()) or None

    def render_turn(self, record: Project) -> str:
        turn = turn_of(record, shares_open=record.shares_open)
        if turn.need is None:
            return "—"
        return turn.party.name if turn.party else str(_("the givers"))

    def value_turn(self, record: Project) -> str:
        return self.render_turn(record)
