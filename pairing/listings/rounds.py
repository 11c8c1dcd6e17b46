"""The lists of rounds, and of those that are behind in one."""

from datetime import date

import django_filters as filters
import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, StatusColumn
from core.templatetags import look
from pairing.figures.stages import BEHIND, Stage, due_on, partners
from pairing.listings.directory import LineFilter, LineTable
from pairing.models import DirectoryEntry, Round
from pairing.states import RoundState, Side


class RoundFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("State"), choices=RoundState.choices, empty_label=_("All"))

    class Meta:
        model = Round
        fields: tuple = ()


class RoundTable(ListTable):
    name = LinkColumn()
    organiser = tables.Column(verbose_name=_("Area"), order_by="organiser__path")
    scheme = tables.Column(accessor="scheme_version__scheme__name", verbose_name=_("Scheme"))
    number = tables.Column(verbose_name=_("Round number"))
    state = StatusColumn()
    starts_on = DateColumn()
    ends_on = DateColumn(order_by="ends_on")

    class Meta(ListTable.Meta):
        model = Round
        fields = ("name", "organiser", "scheme", "number", "state", "starts_on", "ends_on")

    def render_ends_on(self, record: Round) -> str:
        return record.end_as_printed


class BehindFilter(LineFilter):
    side = filters.ChoiceFilter(label=_("Side"), choices=Side.choices, empty_label=_("Both"))
    stage = filters.ChoiceFilter(
        label=_("What is missing"), choices=[(stage, stage.label) for stage in BEHIND], empty_label=_("All")
    )


class BehindTable(LineTable):
    stage = tables.Column(verbose_name=_("What is missing"))
    due_on = tables.Column(verbose_name=_("Due"), orderable=False, empty_values=())
    partners = tables.Column(verbose_name=_("With"), orderable=False, empty_values=())
    contact = tables.Column(verbose_name=_("Contact"), accessor="organisation__contact_name", orderable=False)

    class Meta(LineTable.Meta):
        fields: tuple[str, ...] = ("name", "area", "stage", "due_on", "partners", "contact")

    def render_name(self, record: DirectoryEntry) -> str:
        return format_html('<a href="{}">{}</a>', record.organisation.get_absolute_url(), record.name)

    def value_name(self, value: str) -> str:
        return value

    def render_stage(self, value: str) -> str:
        return str(Stage(value).label)

    def render_due_on(self, record: DirectoryEntry) -> str:
        day = due_on(record)
        return look.days_left(day) if day else "—"

    def value_due_on(self, record: DirectoryEntry) -> date | None:
        return due_on(record)

    def render_partners(self, record: DirectoryEntry) -> str:
        return "、".join(partner.name for partner in partners(record)) or "—"


class BehindTableWithReminder(BehindTable):
    """For the organiser: one more column, leading to the reminder of one organisation."""

    remind = tables.Column(verbose_name=_("Remind"), orderable=False, empty_values=(), exclude_from_export=True)

    class Meta(BehindTable.Meta):
        fields = (*BehindTable.Meta.fields, "remind")

    def render_remind(self, record) -> str:
        address = reverse("remind", args=[record.round_pk])
        return format_html('<a href="{}?organisation={}">{}</a>', address, record.organisation_id, _("Remind"))
