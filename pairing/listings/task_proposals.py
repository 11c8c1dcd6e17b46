"""The list of task proposals, each with how far it is."""

from collections.abc import Mapping

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, ListTable, NumberColumn, RecordColumn
from core.templatetags import look
from pairing.figures.task_proposals import Place, Standing
from pairing.models import TaskProposal
from pairing.states import Side

ISSUED = [("yes", _("issued")), ("no", _("draft"))]


class TaskProposalFilter(filters.FilterSet):
    side = filters.ChoiceFilter(label=_("Side"), choices=Side.choices, empty_label=_("Both"))
    issued = filters.ChoiceFilter(label=_("State"), choices=ISSUED, method="is_issued", empty_label=_("All"))

    class Meta:
        model = TaskProposal
        fields: tuple = ()

    def is_issued(self, queryset, name, value):
        return queryset.filter(issued_at__isnull=value == "no")


class StandingColumn(NumberColumn):
    """A figure of the committee, by the name of the column."""

    def __init__(self, title):
        super().__init__(verbose_name=title, empty_values=(), orderable=False)

    def render(self, record, table, bound_column):
        return getattr(table.standing(record), bound_column.name)

    def value(self, **cell):  # type: ignore[override]  # a table gives what is asked for
        return self.render(cell["record"], cell["table"], cell["bound_column"])


class TaskProposalTable(ListTable):
    """Used through `for_round`, which gives the figures by committee."""

    always = ("committee",)
    standings: Mapping[Place, Standing]

    committee = RecordColumn(order_by="committee__path")
    side = tables.Column()
    lines = StandingColumn(_("In the directory"))
    base = StandingColumn(_("Base number"))
    suggested = NumberColumn()
    suggested_weak = NumberColumn()
    pairings = StandingColumn(_("Intentions reached"))
    signed = StandingColumn(_("Agreements signed"))
    shortfall = NumberColumn(verbose_name=_("Shortfall"), empty_values=(), orderable=False)
    issued_at = DateColumn(verbose_name=_("Issued on"))

    class Meta(ListTable.Meta):
        model = TaskProposal
        fields = (
            "committee", "side", "lines", "base", "suggested", "suggested_weak", "pairings", "signed", "shortfall",
            "issued_at",
        )  # fmt: skip

    def standing(self, record: TaskProposal) -> Standing:
        return self.standings.get((record.committee.path, record.side), Standing())

    def render_shortfall(self, record: TaskProposal) -> str | int:
        short = self.value_shortfall(record)
        return look.tag("late", short) if short else 0

    def value_shortfall(self, record: TaskProposal) -> int:
        """What is missing to the suggested number, or to the base number where that is higher (SH-18)."""
        return self.standing(record).short_of(record.suggested)
