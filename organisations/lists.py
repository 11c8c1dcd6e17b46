"""The lists of organisations and people: which filters, which columns."""

import django_filters as filters
import django_tables2 as tables
from django.db.models import CharField, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Length, Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, LinkColumn, ListTable, MoneyColumn, NumberColumn, PhoneColumn
from organisations.causes import codes_of, pattern_of
from organisations.kinds import UNITS, Cause, Kind, LaggingReason, Level, Tier, UnitCategory, VillageClass
from organisations.models import Appointment, Organisation, User, VillageFacts
from organisations.querysets import within
from organisations.roles import role_choices
from organisations.statistics import category_of

SIDES = (("unit", _("urban side: units")), ("village", _("rural side: villages")))
STATES = (("open", pgettext_lazy("organisation", "open")), ("closed", pgettext_lazy("organisation", "closed")))
MOST_TOWNSHIPS = 50
# The two classes of SH-09 are a flag: what is not economically weak is one of the other villages.
NOT_WEAK = "not_weak"
CLASSES = (*VillageClass.choices, (NOT_WEAK, _("other than economically weak")))
NO_LEVEL = "none"
LEVELS = (*Level.choices, (NO_LEVEL, _("no level")))
STEP = Organisation.steplen


def with_parent_name(organisations):
    """Adds `parent_name`: the name one step up the tree. The wide search columns stay unread."""
    above = Organisation.objects.order_by().filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - STEP))
    named = organisations.annotate(parent_name=Subquery(above.values("name")[:1], output_field=CharField()))
    return named.defer("search_text", "search_grams")


def with_newest_facts(villages):
    """Adds what the newest year says of tier, reasons, causes and income."""
    newest = VillageFacts.objects.filter(village=OuterRef("pk")).order_by("-year")
    names = ("tier", "lagging_reasons", "causes", "collective_income", "villagers_income")
    return villages.annotate(**{name: Subquery(newest.values(name)[:1]) for name in names})


class OrganisationFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name, code or initials"), method="find")
    kind = filters.ChoiceFilter(label=_("kind"), choices=Kind.choices)
    side = filters.ChoiceFilter(label=_("side"), choices=SIDES, method="on_side")
    village_class = filters.ChoiceFilter(label=_("class"), choices=CLASSES, method="of_class")
    tag = filters.CharFilter(label=_("tag"), method="tagged")
    township = filters.CharFilter(label=_("township"), method="in_township")
    state = filters.ChoiceFilter(
        label=_("state"), choices=STATES, method="in_state", empty_label=_("open and closed"), null_label=None
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def find(self, queryset, _name, query):
        return queryset.found_by(query)

    def on_side(self, queryset, _name, side):
        return queryset.units() if side == "unit" else queryset.villages()

    def of_class(self, queryset, _name, village_class):
        if village_class == NOT_WEAK:
            return queryset.villages().exclude(classes__contains=[VillageClass.WEAK])
        return queryset.filter(classes__contains=[village_class])

    def tagged(self, queryset, _name, tag):
        return queryset.filter(tags__contains=[tag.strip()])

    def in_state(self, queryset, _name, state):
        return queryset.filter(closed_on__isnull=state == "open")

    def in_township(self, queryset, _name, name):
        """By words instead of a choice: a province has more than a thousand townships."""
        townships = Organisation.objects.order_by().filter(kind=Kind.TOWNSHIP).found_by(name)
        return queryset.filter(within(townships.values_list("path", flat=True)[:MOST_TOWNSHIPS]))


class VillageFilter(OrganisationFilter):
    """How a village is judged, by its newest year."""

    kind = side = None
    tier = filters.ChoiceFilter(label=_("tier"), choices=Tier.choices)
    reason = filters.ChoiceFilter(label=_("why it is lagging"), choices=LaggingReason.choices, method="lagging_because")
    cause = filters.ChoiceFilter(label=_("cause of poverty"), choices=Cause.choices, method="poor_because")

    def lagging_because(self, queryset, _name, reason):
        return queryset.filter(lagging_reasons__contains=[reason])

    def poor_because(self, queryset, _name, cause):
        return queryset.annotate(
            cause_words=Func(F("causes"), Value("\n"), function="array_to_string", output_field=CharField())
        ).filter(cause_words__regex=pattern_of(cause))


class UnitFilter(OrganisationFilter):
    kind = filters.ChoiceFilter(
        label=_("kind"), choices=[(kind.value, kind.label) for kind in UNITS], field_name="kind"
    )
    side = village_class = None
    category = filters.ChoiceFilter(label=_("Kind of unit"), choices=UnitCategory.choices, method="in_category")
    level = filters.ChoiceFilter(label=_("level"), choices=LEVELS, method="on_level")

    def in_category(self, queryset, _name, category):
        return queryset.alias(category=category_of()).filter(category=category)

    def on_level(self, queryset, _name, level):
        return queryset.filter(level="" if level == NO_LEVEL else level)


class WordsColumn(tables.Column):
    """Several words in one cell."""

    def render(self, value):
        return "、".join(value)


class ClassesColumn(tables.Column):
    def render(self, value):
        return "、".join(str(VillageClass(one).label) for one in value)


class ReasonsColumn(tables.Column):
    def render(self, value):
        return "、".join(str(LaggingReason(one).label) for one in value)


class TierColumn(tables.Column):
    def render(self, value):
        return Tier(value).label


class CausesColumn(tables.Column):
    """The office's words, and the codes that they lead to (QX-14)."""

    def render(self, value):
        codes = [str(code.label) for code in codes_of(value)]
        words = "、".join(value)
        return words if set(codes) <= set(value) else f"{'、'.join(codes)}（{words}）"


class OrganisationTable(ListTable):
    name = LinkColumn(verbose_name=_("name"))
    kind = tables.Column(verbose_name=_("kind"))
    parent_name = tables.Column(verbose_name=_("belongs to"), order_by="path")
    level = tables.Column(verbose_name=_("level"))
    classes = ClassesColumn(verbose_name=_("classes"), orderable=False)
    tags = WordsColumn(verbose_name=_("tags"), orderable=False)
    party_members = NumberColumn(verbose_name=_("Party members"))
    division_code = tables.Column(verbose_name=_("division code"))
    uscc = tables.Column(verbose_name=_("unified social credit code"), visible=False)
    contact_name = tables.Column(verbose_name=_("contact person"))
    contact_phone = PhoneColumn(verbose_name=_("contact phone"), orderable=False)
    closed_on = DateColumn(verbose_name=_("closed on"), visible=False)

    class Meta(ListTable.Meta):
        model = Organisation
        fields: tuple[str, ...] = ()


class VillageTable(OrganisationTable):
    parent_name = tables.Column(verbose_name=_("township"), order_by="path")
    tier = TierColumn(verbose_name=_("tier"), orderable=False)
    lagging_reasons = ReasonsColumn(verbose_name=_("why it is lagging"), orderable=False, visible=False)
    causes = CausesColumn(verbose_name=_("causes of poverty"), orderable=False, visible=False)
    collective_income = MoneyColumn(verbose_name=_("collective income"), orderable=False, visible=False)
    villagers_income = MoneyColumn(verbose_name=_("villagers' income"), orderable=False, visible=False)

    class Meta(OrganisationTable.Meta):
        exclude = ("kind", "level", "uscc")


class UnitTable(OrganisationTable):
    class Meta(OrganisationTable.Meta):
        exclude = ("classes", "division_code")


class UserFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Name, user name or initials"), method="find")
    role = filters.ChoiceFilter(label=_("role"), choices=role_choices, method="in_role")
    is_active = filters.TypedChoiceFilter(
        label=_("may sign in"), choices=[("true", _("Yes")), ("false", _("No"))], coerce="true".__eq__
    )

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def find(self, queryset, _name, query):
        return queryset.found_by(query)

    def in_role(self, queryset, _name, role):
        return queryset.filter(pk__in=Appointment.objects.current().filter(role=role).values("user"))


class PostsColumn(tables.Column):
    """The posts held today; read for the whole page by the view's prefetch."""

    def render(self, record):
        return "；".join(str(post) for post in record.current_posts)


class YesNoColumn(tables.Column):
    def render(self, value):
        return _("yes") if value else _("no")


class UserTable(ListTable):
    name = LinkColumn(verbose_name=_("name of the person"))
    username = tables.Column(verbose_name=_("user name"))
    posts_held = PostsColumn(verbose_name=_("posts"), empty_values=(), orderable=False)
    phone = PhoneColumn(verbose_name=_("mobile number"), orderable=False)
    is_active = YesNoColumn(verbose_name=_("may sign in"), empty_values=())
    last_login = DateColumn(verbose_name=_("last signed in"))

    class Meta(ListTable.Meta):
        model = User
        fields: tuple[str, ...] = ()
