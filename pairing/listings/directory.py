"""The lists of the lines of a directory: the directory itself, and the public board."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q
from django.template.defaultfilters import truncatechars
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from core.tables import ListTable
from core.templatetags import look
from organisations.kinds import Kind, Resource, VillageClass
from organisations.models import Organisation
from pairing.directories import places_of
from pairing.figures.stages import PUBLIC_TONES, PublicStage, at_public_stage, partners
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

CLASSES = dict(VillageClass.choices)
KINDS = dict(Kind.choices)


def of_directory(filterset: type["LineFilter"], directory: int | None, **about) -> type["LineFilter"]:
    """The filter class for the lines of one directory, given by its primary key (None: no lines)."""
    return type(filterset.__name__, (filterset,), {"directory": directory, **about})


class LineFilter(filters.FilterSet):
    """By text and place: what every list of directory lines can be narrowed by. Used through `of_directory`."""

    directory: int | None

    q = filters.CharFilter(label=_("Search"), method="named")
    place = filters.ChoiceFilter(label=_("District or township"), method="lies_in", empty_label=_("All"))

    class Meta:
        model = DirectoryEntry
        fields: tuple = ()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["place"].extra["choices"] = lambda: self.places()

    def places(self) -> list[tuple[str, str]]:
        return [(name, name) for name in places_of(self.directory)]

    def named(self, queryset, name, value):
        found = Organisation.objects.found_by(value).order_by().values("pk")
        return queryset.filter(organisation__in=found)

    def lies_in(self, queryset, name, value):
        return queryset.filter(Q(area=value) | Q(township=value))


class VillageLineFilter(LineFilter):
    village_class = filters.ChoiceFilter(
        label=_("Class of village"), choices=VillageClass.choices, method="of_class", empty_label=_("All")
    )

    def of_class(self, queryset, name, value):
        return queryset.filter(classes__contains=[value])


class DirectoryVillageFilter(VillageLineFilter):
    resource = filters.ChoiceFilter(
        label=_("Needs"), choices=Resource.choices, method="needs", empty_label=_("Anything")
    )
    money = filters.ChoiceFilter(
        label=_("With money or without"),
        choices=[("1", _("takes money")), ("0", _("takes no money"))],
        method="takes_money",
        empty_label=_("Either"),
    )

    def needs(self, queryset, name, value):
        return queryset.filter(
            organisation__in=Organisation.objects.filter(needs__resource=value).order_by().values("pk")
        )

    def takes_money(self, queryset, name, value):
        wanted = Organisation.objects.filter(needs__takes_money=value == "1")
        return queryset.filter(organisation__in=wanted.order_by().values("pk"))


class DirectoryUnitFilter(LineFilter):
    kind = filters.ChoiceFilter(label=_("Kind of unit"), method="of_kind", empty_label=_("All"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.filters["kind"].extra["choices"] = lambda: self.kinds()

    def kinds(self) -> list:
        found = self.queryset.order_by("kind").values_list("kind", flat=True).distinct()
        return [(kind, KINDS[kind]) for kind in found]

    def of_kind(self, queryset, name, value):
        return queryset.filter(kind=value)


class BoardFilter(VillageLineFilter):
    round: Round
    stage = filters.ChoiceFilter(
        label=_("Progress"), choices=PublicStage.choices, method="at_stage", empty_label=_("All")
    )

    def at_stage(self, queryset, name, value):
        return queryset.filter(at_public_stage(self.round, Side.VILLAGE, value))


class LineTable(ListTable):
    """A directory line as it was published."""

    name = tables.Column(verbose_name=_("Name"))
    area = tables.Column(verbose_name=_("District or township"), order_by=("area", "township"), empty_values=())

    class Meta(ListTable.Meta):
        model = DirectoryEntry
        fields: tuple[str, ...] = ("name", "area")

    def render_area(self, record: DirectoryEntry) -> str:
        names = dict.fromkeys(name for name in (record.area, record.township) if name)
        return " · ".join(names) or "—"


class VillageLineTable(LineTable):
    classes = tables.Column(verbose_name=_("Class of village"), orderable=False, empty_values=())

    def render_classes(self, record: DirectoryEntry) -> str:
        return format_html_join(" ", '<span class="label">{}</span>', ((name,) for name in self.names(record)))

    def value_classes(self, record: DirectoryEntry) -> str:
        return "、".join(self.names(record))

    def names(self, record: DirectoryEntry) -> list[str]:
        """The classes of a village; a township or county on the same side says what it is."""
        other = [] if record.kind == Kind.VILLAGE else [str(KINDS[record.kind])]
        return other + [str(CLASSES[key]) for key in record.classes]


class DirectoryVillageTable(VillageLineTable):
    needs = tables.Column(verbose_name=_("Needs"), orderable=False, empty_values=())

    class Meta(LineTable.Meta):
        fields = ("name", "area", "classes", "needs")

    def render_needs(self, record: DirectoryEntry) -> str:
        return truncatechars(self.value_needs(record), 60)

    def value_needs(self, record: DirectoryEntry) -> str:
        return "、".join(need.name for need in record.organisation.needs.all())


class DirectoryUnitTable(LineTable):
    kind = tables.Column(verbose_name=_("Kind of unit"))

    class Meta(LineTable.Meta):
        fields = ("name", "kind", "area")


class BoardTable(VillageLineTable):
    stage = tables.Column(verbose_name=_("Progress"), orderable=False)
    partners = tables.Column(verbose_name=_("Aided by"), orderable=False, empty_values=())

    class Meta(LineTable.Meta):
        fields = ("name", "area", "classes", "stage", "partners")

    def render_stage(self, value: str) -> str:
        stage = PublicStage(value)
        return look.tag(PUBLIC_TONES[stage], stage.label)

    def value_stage(self, value: str) -> str:
        return str(PublicStage(value).label)

    def render_partners(self, record: DirectoryEntry) -> str:
        return "、".join(unit.name for unit in partners(record))
