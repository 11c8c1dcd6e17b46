"""The lists of facilities, and of the decisions that changed the tree: which filters, which columns."""

import django_filters as filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, LinkColumn, ListTable, NumberColumn
from organisations.kinds import FacilityKind, Function
from organisations.lists import MOST_TOWNSHIPS
from organisations.models import Facility, Organisation, Succession
from organisations.querysets import within


class FacilityFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("organisation, or what it belongs to"), method="at_place")
    kind = filters.ChoiceFilter(label=_("kind"), choices=FacilityKind.choices)
    function = filters.ChoiceFilter(label=_("function"), choices=Function.choices, method="with_function")
    helped = filters.ChoiceFilter(
        label=_("help recorded"), choices=[("yes", _("Yes")), ("no", _("No"))], method="was_helped"
    )
    state = filters.ChoiceFilter(
        label=_("state"), choices=[("open", _("in use")), ("closed", _("out of use"))], method="in_state"
    )

    class Meta:
        model = Facility
        fields: tuple[str, ...] = ()

    def at_place(self, queryset, _name, words):
        places = Organisation.objects.order_by().found_by(words)
        return queryset.filter(within(places.values_list("path", flat=True)[:MOST_TOWNSHIPS], "organisation__path"))

    def with_function(self, queryset, _name, function):
        return queryset.filter(functions__contains=[function])

    def was_helped(self, queryset, _name, answer):
        return queryset.filter(help_count__gt=0) if answer == "yes" else queryset.filter(help_count=0)

    def in_state(self, queryset, _name, state):
        return queryset.filter(until__isnull=state == "open")


class FunctionsColumn(tables.Column):
    def render(self, value):
        return "、".join(str(Function(one).label) for one in value)


class FacilityTable(ListTable):
    name = LinkColumn(verbose_name=_("name"))
    organisation = LinkColumn(verbose_name=_("organisation"), order_by="organisation__path")
    kind = tables.Column(verbose_name=_("kind"))
    functions = FunctionsColumn(verbose_name=_("functions"), orderable=False)
    help_count = NumberColumn(verbose_name=_("times helped"))
    since = DateColumn(verbose_name=_("in use since"))
    until = DateColumn(verbose_name=_("in use until"), visible=False)
    note = tables.Column(verbose_name=_("note"), orderable=False, visible=False)

    class Meta(ListTable.Meta):
        model = Facility
        fields: tuple[str, ...] = ()


class SuccessionFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("kind"), choices=Succession.Kind.choices)
    name = filters.CharFilter(label=_("former or present name"), method="of_name")
    year = filters.NumberFilter(label=_("year"), field_name="on__year")

    class Meta:
        model = Succession
        fields: tuple[str, ...] = ()

    def of_name(self, queryset, _name, words):
        found = queryset.filter(steps__old_name__contains=words) | queryset.filter(steps__new_name__contains=words)
        return found.distinct()


class NamesColumn(tables.Column):
    """The names before, or after; read for the whole page by the view's prefetch."""

    def __init__(self, side: str, **options):
        super().__init__(**{"empty_values": (), "orderable": False, **options})
        self.side = side

    def render(self, record):
        return "、".join(dict.fromkeys(getattr(step, self.side) or "—" for step in record.steps.all()))


class SuccessionTable(ListTable):
    on = DateColumn(verbose_name=_("counts from"), linkify=True)
    kind = tables.Column(verbose_name=_("kind"))
    before = NamesColumn("old_name", verbose_name=_("former organisation"))
    after = NamesColumn("new_name", verbose_name=_("organisation that follows"))
    reason = tables.Column(verbose_name=_("reason"), orderable=False)
    decided_by = tables.Column(verbose_name=_("decided by"), orderable=False)

    class Meta(ListTable.Meta):
        model = Succession
        fields: tuple[str, ...] = ()
