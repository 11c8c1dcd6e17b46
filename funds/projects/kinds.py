"""What projects are about, for whom, how, and by what they are measured: closed lists from the texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.kinds import AREAS, Kind


class ProjectKind(models.TextChoices):
    VENUE = "venue", _("village activity site")
    TRANSPORT = "transport", _("roads and transport")
    WATER = "water", _("water works")
    ENERGY = "energy", _("rural new energy")
    CULTURE = "culture", _("cultural facilities")
    CLINIC = "clinic", _("rural health station")
    SHOP = "shop", _("rural supermarket")
    LIBRARY = "library", _("farmers' reading room")
    SPORTS = "sports", _("sports facilities")
    STOVE = "stove", _("better heating stoves")
    KITCHEN = "kitchen", _("better kitchen ranges")
    TOILET = "toilet", _("better toilets")
    BIOGAS = "biogas", _("biogas digesters")
    INDUSTRY = "industry", _("development of an industry")
    MARKET = "market", _("opening of markets")
    COOPERATIVE = "cooperative", _("farmers' co-operative")
    BRANDING = "branding", _("branded special products")
    COMMUNITY = "community", _("rural community")
    PARTY_BUILDING = "party_building", _("Party-building project")
    OTHER = "other", _("other project")


K = ProjectKind
# The heading of each group, as the forms show it.
GROUPS: tuple[tuple[object, tuple[ProjectKind, ...]], ...] = (
    (_("Infrastructure"), (K.VENUE, K.TRANSPORT, K.WATER, K.ENERGY, K.CULTURE)),  # TN-14
    (_("Facilities around the village site"), (K.CLINIC, K.SHOP, K.LIBRARY, K.SPORTS)),  # TN-18
    (_("Household improvement"), (K.STOVE, K.KITCHEN, K.TOILET, K.BIOGAS)),  # QX-27
    (_("Industry and income"), (K.INDUSTRY, K.MARKET, K.COOPERATIVE, K.BRANDING)),  # SH-19
    (_("Community and Party building"), (K.COMMUNITY, K.PARTY_BUILDING)),  # YD-05, YD-20
    (_("Other"), (K.OTHER,)),
)
# Built on what the villagers themselves want (YD-05), or inside their houses (QX-27): nothing begins without them.
NEEDS_CONSENT = (K.COMMUNITY, K.STOVE, K.KITCHEN, K.TOILET, K.BIOGAS)


class ProjectLevel(models.TextChoices):
    """Where it is carried out (SH-40)."""

    VILLAGE = "village", _("village level")
    TOWNSHIP = "township", _("township level")
    COUNTY = "county", _("county level")


class WorkField(models.TextChoices):
    """The four fields of SH-11."""

    ECONOMY = "economy", _("economic development")
    LIVELIHOOD = "livelihood", _("people's livelihood")
    CULTURE_SOCIETY = "culture_society", _("culture and social undertakings")
    PARTY_BUILDING = "party_building", _("Party building")


class ProjectMode(models.TextChoices):
    """How a community is built (YD-05)."""

    UPGRADE = "upgrade", _("upgrading")
    PACKAGE = "package", _("packaging")
    INTEGRATE = "integrate", _("integration")
    BUILD = "build", _("new building")


class PartnerKind(models.TextChoices):
    """Who of the village builds with them (YD-06)."""

    FIVE_ELDERS = "five_elders", _("group of the five elders")
    VILLAGE_COUNCIL = "village_council", _("village council")
    COOPERATIVE = "cooperative", pgettext_lazy("partner", "farmers' co-operative")
    VOLUNTEERS = "volunteers", _("volunteers")
    OTHER = "other", pgettext_lazy("partner", "others")


class ConsentForm(models.TextChoices):
    """How the villagers were asked."""

    ASSEMBLY = "assembly", _("villagers' assembly")
    REPRESENTATIVES = "representatives", _("meeting of villagers' representatives")
    HOUSEHOLDS = "households", _("each household asked")
    GROUP = "group", _("meeting of a villagers' group")


class Measure(models.TextChoices):
    """What came of it (SH-19: farm efficiency, farmers' income)."""

    INCOME_EACH = "income_each", _("more income a year for each person (yuan)")
    INCOME_VILLAGE = "income_village", _("more collective income a year (yuan)")
    EFFICIENCY = "efficiency", _("more yield or value of each mu (per cent)")
    HOUSEHOLDS = "households", _("households that benefit")
    PERSONS = "persons", _("people who benefit")
    MU = "mu", _("land (mu)")
    KILOMETRES = "kilometres", _("road or channel (kilometres)")
    SQUARE_METRES = "square_metres", _("floor space (square metres)")
    JOBS = "jobs", _("people employed")


class Qualifier(models.TextChoices):
    """How exact a figure is, as the source prints it."""

    EXACT = "exact", _("exactly")
    OVER = "over", _("a little more than")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")


def kind_choices() -> list[tuple[object, list[tuple[str, object]]]]:
    return [(heading, [(str(kind.value), kind.label) for kind in kinds]) for heading, kinds in GROUPS]


def asks_villagers(kind: str, mode: str) -> bool:
    """Whether the consent of the villagers has to be recorded before it begins."""
    return bool(mode) or kind in NEEDS_CONSENT


def level_of(place_kind: str) -> ProjectLevel:
    """By what kind of organisation the place is."""
    if place_kind in (Kind.TOWNSHIP, Kind.SUBDISTRICT):
        return ProjectLevel.TOWNSHIP
    return ProjectLevel.COUNTY if place_kind in AREAS else ProjectLevel.VILLAGE
