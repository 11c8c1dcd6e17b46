"""The lists of the market: villages for a unit, units for a village. Lines of the published directory only."""

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.tables import ListTable, NumberColumn
from core.templatetags.look import tag
from organisations.kinds import UNITS, Kind, Level, Resource, VillageClass
from organisations.models import Need, Organisation, Strength
from pairing.figures import helpers
from pairing.figures.interest import alone, unpaired, with_proposals
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

ALONE = [("alone", _("without anybody")), ("unpaired", _("without a partner"))]
INTEREST = [("1", _("at least one")), ("2", _("at least two"))]


class PartyFilter(filters.FilterSet):
    """What both lists share. The view sets `round` and `side` on the request's subclass (`for_round`)."""

    round: Round
    side: Side
    q = filters.CharFilter(label=_("Search"), method="found")
    area = filters.ChoiceFilter(label=_("District or township"), field_name="area")
    standing = filters.ChoiceFilter(label=_("Without"), choices=ALONE, method="standing_alone")
    interest = filters.ChoiceFilter(label=_("Open proposals"), choices=INTEREST, method="interesting")

    class Meta:
        model = DirectoryEntry
        fields: list[str] = []

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["area"].extra["choices"] = [(area, area) for area in areas_of(self.round, self.side)]

    def found(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(organisation__in=Organisation.objects.found_by(value).order_by().values("pk"))

    def standing_alone(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter((alone if value == "alone" else unpaired)(self.round, self.side))

    def interesting(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(with_proposals(self.round, self.side, int(value)))


def areas_of(round: Round, side: Side) -> list[str]:
    """Where the lines of the newest directory lie. A published directory never changes, so this is kept."""
    directory = round.newest_directory
    if directory is None:
        return []
    lines = directory.entries.filter(side=side).exclude(area="").order_by("area")
    key = f"directory:{directory.pk}:{directory.published_at.timestamp()}:{side}:areas"
    return cache.get_or_set(key, lambda: list(lines.values_list("area", flat=True).distinct()), timeout=24 * 3600) or []


class VillageFilter(PartyFilter):
    side = Side.VILLAGE
    village_class = filters.ChoiceFilter(label=_("Class"), choices=VillageClass.choices, method="of_class")
    need = filters.ChoiceFilter(label=_("Need"), choices=Resource.choices, method="needing")
    money = filters.ChoiceFilter(
        label=_("Money"),
        choices=[("yes", _("has a need that takes money")), ("no", _("has a need without money"))],
        method="by_money",
    )

    def of_class(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(classes__contains=[value])

    def needing(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(organisation__in=Need.objects.filter(resource=value).order_by().values("village"))

    def by_money(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        needs = Need.objects.filter(takes_money=value == "yes")
        return lines.filter(organisation__in=needs.order_by().values("village"))


class UnitFilter(PartyFilter):
    side = Side.UNIT
    kind = filters.ChoiceFilter(label=_("Kind"), choices=[(kind.value, kind.label) for kind in Kind if kind in UNITS])
    level = filters.ChoiceFilter(label=_("Level"), choices=Level.choices)
    strength = filters.ChoiceFilter(label=_("Strength"), choices=Resource.choices, method="offering")

    def offering(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(organisation__in=Strength.objects.filter(resource=value).order_by().values("unit"))


class PartyTable(ListTable):
    always = ("name",)
    name = tables.Column(verbose_name=_("Name"))
    area = tables.Column(verbose_name=_("District or township"))
    interested = NumberColumn(verbose_name=_("Open proposals"))
    partners = NumberColumn(verbose_name=_("Partners"))

    leads_to: str  # the page of a row, by its address name
    round_pk: int = 0

    def render_name(self, value, record):
        url = reverse(self.leads_to, args=[self.round_pk, record.organisation_id])
        badge = format_html(" {}", tag("done", _("fits"))) if getattr(record, "fits", 0) else ""
        return format_html('<a href="{}">{}</a>{}', url, value, badge)

    def value_name(self, value):
        return value


class VillageTable(PartyTable):
    leads_to = "market_village"
    classes = tables.Column(verbose_name=_("Class"), orderable=False)
    needs = tables.Column(verbose_name=_("Needs"), accessor="organisation__needs", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "area", "classes", "needs", "interested", "partners")
        sequence = fields

    def render_classes(self, value):
        return "、".join(str(VillageClass(each).label) for each in value) or "—"

    def render_needs(self, value):
        return "、".join(need.name for need in value.all()) or "—"


class UnitTable(PartyTable):
    leads_to = "market_unit"
    kind = tables.Column(verbose_name=_("Kind"))
    strengths = tables.Column(verbose_name=_("Strengths"), accessor="organisation__strengths", orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "area", "kind", "strengths", "interested", "partners")
        sequence = fields

    def render_strengths(self, value):
        return "、".join(strength.name for strength in value.all()) or "—"


class DecideTable(VillageTable):
    """The same list on the organiser's desk: a name leads to the decision."""

    leads_to = "decide"

    class Meta(VillageTable.Meta):
        pass


class HelperFilter(VillageFilter):
    helped = filters.ChoiceFilter(
        label=_("Helpers"), choices=[("several", _("several, unlinked")), ("none", _("none"))], method="helped_by"
    )
    contact = filters.ChoiceFilter(
        label=_("Contact point"), choices=[(each, each) for each in helpers.CONTACT_TAGS], method="marked"
    )

    def helped_by(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter((helpers.several if value == "several" else helpers.none)(self.round))

    def marked(self, lines: QuerySet, name: str, value: str) -> QuerySet:
        return lines.filter(organisation__tags__contains=[value])


class HelperTable(PartyTable):
    """Villages with several helpers that nobody arranged together, or none; a name leads to the decision."""

    leads_to = "decide"
    contacts = tables.Column(verbose_name=_("Contact point of"), accessor="organisation__tags", orderable=False)
    warning = tables.Column(verbose_name=_("Warning"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        fields = ("name", "area", "partners", "contacts", "interested", "warning")
        sequence = fields

    def render_contacts(self, value):
        return "、".join(each for each in value if each in helpers.CONTACT_TAGS) or "—"

    def render_warning(self, record):
        return tag("late", _("no helper")) if not record.partners else tag("soon", _("several, unlinked"))

    def value_warning(self, record):
        return str(_("no helper") if not record.partners else _("several, unlinked"))


def for_round(cls: Any, **fixed) -> type:
    """The filter or the table of one round. `Meta` is named again, because a table reads it from its own class only."""
    return type(cls.__name__, (cls,), {"__module__": cls.__module__, "Meta": cls.Meta, **fixed})
