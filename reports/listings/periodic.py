"""The lists of periodic reports: one's own, those that came in, and the records behind a figure."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.periods import words_of
from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn, PickColumn, StatusColumn
from core.templatetags import look
from members.nearness import Reader
from organisations.models import Organisation
from pairing.models import Round
from pairing.schemes.duty_words import Desk
from reports.actions.periodic import receiving_post
from reports.models import PeriodicReport
from reports.states import ReportState

LATE, IN_TIME, MINE = "late", "in_time", "mine"


class ReportFilter(filters.FilterSet):
    round = filters.ModelChoiceFilter(label=_("Round"), queryset=lambda request: Round.objects.visible_to(request.user))
    period = filters.ChoiceFilter(label=_("period"), choices=[])
    state = filters.ChoiceFilter(label=_("state"), choices=ReportState.choices)
    late = filters.ChoiceFilter(
        label=_("In time"), choices=[(LATE, _("late")), (IN_TIME, _("in time"))], method="in_time"
    )

    class Meta:
        model = PeriodicReport
        fields: list[str] = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        known = self.queryset.order_by().values_list("period", flat=True).distinct()
        self.filters["period"].extra["choices"] = [(key, words_of(key)) for key in sorted(known, reverse=True)]

    def in_time(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        handed_in = TruncDate("submitted_at")
        late = Q(day__gt=F("due_on")) | Q(submitted_at=None, due_on__lt=timezone.localdate())
        rows = rows.annotate(day=handed_in)
        return rows.filter(late) if value == LATE else rows.exclude(late)


class ReceivedFilter(ReportFilter):
    q = filters.CharFilter(label=_("Organisation"), method="found")
    line = filters.ChoiceFilter(label=_("goes to"), choices=Desk.choices)
    turn = filters.ChoiceFilter(label=_("Whose turn"), choices=[(MINE, _("waits for me"))], method="waits")

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        hits = Organisation.objects.found_by(value).order_by().values("pk")
        return rows.filter(Q(organisation__in=hits) | Q(member__organisation__in=hits))

    def waits(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        user = self.request.user
        mine = PeriodicReport.objects.received_by(user).exclude(PeriodicReport.objects.owed(user)).order_by()
        return rows.filter(pk__in=mine.values("pk"), state=ReportState.SUBMITTED)


class LateColumn(tables.Column):
    def render(self, record):
        return look.tag("late", _("late")) if record.is_late else "—"

    def value(self, record):
        return str(_("late") if record.is_late else _("in time"))


class MyReportTable(ListTable):
    always = ("name",)
    name = LinkColumn(verbose_name=_("report"), accessor="name", orderable=False)
    period = tables.Column(verbose_name=_("period"), accessor="period_words", order_by=("ends_on", "pk"))
    desk = tables.Column(verbose_name=_("received by"), accessor="desk__name", orderable=False)
    due_on = DateColumn(verbose_name=_("to be handed in by"))
    submitted_at = DateColumn(verbose_name=_("handed in at"))
    late = LateColumn(verbose_name=_("In time"), accessor="pk", orderable=False)
    state = StatusColumn(verbose_name=_("state"))

    class Meta(ListTable.Meta):
        model = PeriodicReport
        fields: tuple[str, ...] = ("name", "period", "desk", "due_on", "submitted_at", "late", "state")
        sequence = fields


TO_ACCEPT = (ReportState.SUBMITTED,)


class MayAcceptColumn(PickColumn):
    """A box where the reader takes the report in."""

    def render(self, value, record, table):
        return super().render(value, record, table) if receiving_post(table.request.user, record) else ""


class ReceivedTable(MyReportTable):
    always = ("reporter",)
    pick = MayAcceptColumn(of=TO_ACCEPT, named="value_reporter")
    reporter = tables.Column(verbose_name=_("reported by"), accessor="pk", orderable=False)
    place = tables.Column(verbose_name=_("organisation"), accessor="place__name", orderable=False)
    name = tables.Column(verbose_name=_("report"), accessor="name", orderable=False)

    class Meta(ListTable.Meta):
        model = PeriodicReport
        fields = ("pick", "reporter", "place", "name", "period", "desk", "submitted_at", "late", "state")
        exclude = ("due_on",)
        sequence = fields

    @cached_property
    def can_pick(self) -> bool:
        """Whether a report of this page waits for the reader to take it in."""
        shown = [row.record for row in self.paginated_rows]
        return any(each.state in TO_ACCEPT and receiving_post(self.request.user, each) for each in shown)

    def before_render(self, request) -> None:
        if not self.can_pick:
            self.columns.hide("pick")

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.request.user)

    def value_reporter(self, record: PeriodicReport) -> str:
        return self.reader.name_of(record.member) if record.member else record.place.name

    def render_reporter(self, record: PeriodicReport):
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), self.value_reporter(record))


class RowFilter(filters.FilterSet):
    pass


class RowTable(ListTable):
    """Used through `rows_table`, which knows what each record adds."""

    adds: dict = {}
    what = LinkColumn(verbose_name=_("record"), accessor="pk", orderable=False)
    n = NumberColumn(verbose_name=_("in the number"), accessor="pk", orderable=False)
    of = NumberColumn(verbose_name=_("in the denominator"), accessor="pk", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("what", "n", "of")

    def render_what(self, record):
        return str(record)

    value_what = render_what

    def render_n(self, record):
        return self.adds[record.pk][0]

    def render_of(self, record):
        return self.adds[record.pk][1]

    value_n, value_of = render_n, render_of


def rows_table(adds: dict) -> type[RowTable]:
    return type("RowTable", (RowTable,), {"adds": adds})
