"""Villages with what was visited of what should be: both numbers, never a share alone."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import NUMERIC, ListTable
from members.listings.places import MOST_PLACES
from organisations.models import Organisation
from organisations.querysets import within

MISSING = [
    ("homes", _("households not visited")),
    ("veterans", _("three veterans not visited")),
    ("children", _("left-behind children not visited")),
    ("delegates", _("delegates not visited")),
]


class CallFilter(filters.FilterSet):
    place = filters.CharFilter(label=_("Village or township"), method="at_place")
    missing = filters.ChoiceFilter(label=_("Missing"), choices=MISSING, method="is_missing", empty_label=_("All"))

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def at_place(self, rows: QuerySet, _name: str, words: str) -> QuerySet:
        places = Organisation.objects.order_by().found_by(words).values_list("path", flat=True)[:MOST_PLACES]
        return rows.filter(within(places))

    def is_missing(self, rows: QuerySet, _name: str, which: str) -> QuerySet:
        return rows.filter(**{f"{which}__gt": F(f"{which}_visited")})


class OfColumn(tables.Column):
    """Visited of known: 2 / 5; a dash where nobody is known."""

    def __init__(self, of: str, **options):
        super().__init__(**{"attrs": NUMERIC, "orderable": False, "empty_values": (), **options})
        self.of = of

    def render(self, record, value):
        known = getattr(record, self.of)
        return f"{value} / {known}" if known else "—"


class CallTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("village"), order_by="path")
    homes = OfColumn("homes", accessor="homes_visited", verbose_name=_("households in need visited"))
    asked = OfColumn("homes", accessor="homes_asked", verbose_name=_("all questions answered"))
    veterans = OfColumn("veterans", accessor="veterans_visited", verbose_name=_("three veterans"))
    children = OfColumn("children", accessor="children_visited", verbose_name=_("left-behind children"))
    delegates = OfColumn(
        "delegates", accessor="delegates_visited", verbose_name=_("delegates, deputies and CPPCC members")
    )

    class Meta(ListTable.Meta):
        model = Organisation
        fields: tuple[str, ...] = ()

    def render_name(self, record: Organisation) -> str:
        return format_html('<a href="{}">{}</a>', reverse("village_visits", args=[record.pk]), record.name)

    def value_name(self, record: Organisation) -> str:
        return record.name
