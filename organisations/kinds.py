"""What an organisation can be (domain §3), which side of a pairing it stands on, and its classes and tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """One node of the tree. A county or township node stands for its Party committee."""

    PROVINCE = "province", _("province or municipality")
    PREFECTURE = "prefecture", _("prefecture or city")
    COUNTY = "county", _("district or county")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    WORK_COMMITTEE = "work_committee", _("Party work committee")
    ORGANS_WORK_COMMITTEE = "organs_work_committee", _("organs work committee")
    ORGANISATION_DEPT = "organisation_dept", _("organisation department")
    RURAL_WORK_OFFICE = "rural_work_office", _("rural work office")
    PARTY_GROUP = "party_group", _("leading Party members group")
    GENERAL_BRANCH = "general_branch", _("general Party branch")
    PARTY_BRANCH = "party_branch", _("Party branch")
    FLOATING_BRANCH = "floating_branch", _("floating Party branch")
    JOINT_PARTY_ORG = "joint_party_org", _("joint Party organisation")
    WORK_TEAM = "work_team", _("work team")
    AGENCY = "agency", _("agency")
    PUBLIC_INSTITUTION = "public_institution", _("public institution")
    ENTERPRISE = "enterprise", _("enterprise")
    FINANCIAL_INSTITUTION = "financial_institution", _("financial institution")
    UNIVERSITY = "university", _("university or college")
    RESEARCH_INSTITUTE = "research_institute", _("research institute")
    HEALTH_INSTITUTION = "health_institution", _("health institution")
    CULTURE_MEDIA = "culture_media", _("culture or media unit")
    NEW_ECONOMIC_ORG = "new_economic_org", _("new economic organisation")
    NEW_SOCIAL_ORG = "new_social_org", _("new social organisation")
    PROFESSIONAL_ASSOCIATION = "professional_association", _("professional association")
    COOPERATIVE = "cooperative", _("farmers' specialised co-operative")
    SUBDISTRICT = "subdistrict", _("sub-district")
    COMMUNITY = "community", _("residential community")
    TOWNSHIP = "township", _("township")
    VILLAGE = "village", _("administrative village")
    VILLAGERS_GROUP = "villagers_group", _("villagers' group")
    VILLAGE_COMMITTEE = "village_committee", _("village committee")
    VILLAGE_SUPERVISION_COMMITTEE = "village_supervision_committee", _("village affairs supervision committee")
    VILLAGE_COUNCIL = "village_council", _("village council")
    DONATION_CHANNEL = "donation_channel", _("charity foundation or Red Cross")


AREAS = (Kind.PROVINCE, Kind.PREFECTURE, Kind.COUNTY)
# The urban side: whoever may aid (SH-04, SH-08, AH-03).
UNITS = (
    Kind.AGENCY,
    Kind.PUBLIC_INSTITUTION,
    Kind.ENTERPRISE,
    Kind.FINANCIAL_INSTITUTION,
    Kind.UNIVERSITY,
    Kind.RESEARCH_INSTITUTE,
    Kind.HEALTH_INSTITUTION,
    Kind.CULTURE_MEDIA,
    Kind.NEW_ECONOMIC_ORG,
    Kind.NEW_SOCIAL_ORG,
    Kind.PROFESSIONAL_ASSOCIATION,
    Kind.COOPERATIVE,
    Kind.SUBDISTRICT,
    Kind.COMMUNITY,
)
# Party committees, and the places whose node stands for one.
COMMITTEES = (
    *AREAS, Kind.TOWNSHIP, Kind.SUBDISTRICT, Kind.PARTY_COMMITTEE, Kind.WORK_COMMITTEE, Kind.ORGANS_WORK_COMMITTEE,
)  # fmt: skip
# Desks of a committee: whoever is appointed there works for the committee above and all below it.
DESKS = (Kind.ORGANISATION_DEPT, Kind.RURAL_WORK_OFFICE)


class Level(models.TextChoices):
    """Whose unit it is (地直、县直…): a level, not a type."""

    CENTRAL = "central", _("central")
    PROVINCE = "province", _("provincial")
    PREFECTURE = "prefecture", _("prefecture level")
    COUNTY = "county", _("county level")
    TOWNSHIP = "township", _("township level")
    VILLAGE = "village", _("village level")


class VillageClass(models.TextChoices):
    WEAK = "weak", _("economically weak village")
    POOR_1 = "poor_1", _("class-1 poor village")
    LAGGING = "lagging", _("lagging village")


class Resource(models.TextChoices):
    """The nine aid resources of SH-02, and the rest."""

    TALENT = "talent", _("talent")
    INTELLECT = "intellect", _("expertise")
    TECHNOLOGY = "technology", _("technology")
    SCIENCE = "science", _("popular science")
    EDUCATION = "education", _("education")
    CULTURE = "culture", _("culture")
    INFORMATION = "information", _("information")
    VENUE = "venue", _("venues")
    FUNDS = "funds", _("funds")
    OTHER = "other", _("other")


class UnitCategory(models.TextChoices):
    """The eight categories of aiding units of SH-08, and the rest."""

    ORGANS = "organs", _("municipal organs")
    ENTERPRISES = "enterprises", _("municipal enterprises")
    FINANCE = "finance", _("financial institutions")
    UNIVERSITIES = "universities", _("universities and colleges")
    RESEARCH = "research", _("research institutes")
    HEALTH = "health", _("health institutions")
    CULTURE = "culture", _("culture and media units")
    CENTRAL = "central", _("central units stationed here")
    OTHER = "other", _("other units")


CATEGORY_OF_KIND = {
    Kind.AGENCY: UnitCategory.ORGANS,
    Kind.ENTERPRISE: UnitCategory.ENTERPRISES,
    Kind.FINANCIAL_INSTITUTION: UnitCategory.FINANCE,
    Kind.UNIVERSITY: UnitCategory.UNIVERSITIES,
    Kind.RESEARCH_INSTITUTE: UnitCategory.RESEARCH,
    Kind.HEALTH_INSTITUTION: UnitCategory.HEALTH,
    Kind.CULTURE_MEDIA: UnitCategory.CULTURE,
}


class Tier(models.TextChoices):
    """How the Party organisation of a village stands among the others (XY-14)."""

    LEADING = "leading", _("leading")
    LUKEWARM = "lukewarm", _("lukewarm")
    LAGGING = "lagging", _("lagging")


class LaggingReason(models.TextChoices):
    """What is wrong with the leadership of a lagging village: 软、散、懒、瘫、乱 (TC-06)."""

    SOFT = "soft", _("soft")
    LOOSE = "loose", _("loose")
    LAZY = "lazy", _("lazy")
    PARALYSED = "paralysed", _("paralysed")
    CHAOTIC = "chaotic", _("chaotic")


class Cause(models.TextChoices):
    """Why a village is poor (QX-14)."""

    POOR_SOIL = "poor_soil", _("poor soil")
    TRANSPORT = "transport", _("backward transport")
    RESOURCES = "resources", _("scarce resources")
    ORGANISATION = "organisation", _("slack village organisation")
    INFRASTRUCTURE = "infrastructure", _("backward infrastructure")


class FacilityKind(models.TextChoices):
    SERVICE_CENTRE = "service_centre", _("Party-member service centre")
    VILLAGE_SITE = "village_site", _("activity site of a village")
    FLOATING_STATION = "floating_station", _("service station for floating members")
    VENUE = "venue", _("venue")


class Function(models.TextChoices):
    """The five of a township's Party-member service centre (SH-24), and the five of a village's activity site."""

    POLITICAL_ACTIVITY = "political_activity", _("political activity centre")
    EDUCATION_TRAINING = "education_training", _("education and training centre")
    GUIDANCE_SERVICE = "guidance_service", _("guidance and service centre")
    TALENT_SHOW = "talent_show", _("talent show centre")
    SOCIAL_SERVICE = "social_service", _("social service centre")
    POLITICAL_LIFE = "political_life", _("political life centre")
    SERVICE_DESK = "service_desk", _("service desk centre")
    CULTURAL_ACTIVITY = "cultural_activity", _("cultural activity centre")
    EDUCATION_INFORMATION = "education_information", _("education and information centre")
    DAILY_SUPPORT = "daily_support", _("production and daily life support centre")


FUNCTIONS_OF_KIND: dict[str, tuple[Function, ...]] = {
    FacilityKind.SERVICE_CENTRE: tuple(Function)[:5],
    FacilityKind.VILLAGE_SITE: tuple(Function)[5:],
    FacilityKind.FLOATING_STATION: (),
    FacilityKind.VENUE: (),
}

# Which kind of link a holder has (the values of OrganisationLink.Kind), and what it joins:
# villages with each other, with communities or with enterprises (AH-30); a team serves villages.
LINKS_OF_KIND = {Kind.JOINT_PARTY_ORG.value: "member", Kind.WORK_TEAM.value: "served"}
JOINABLE = {
    "member": (
        Kind.VILLAGE,
        Kind.COMMUNITY,
        Kind.ENTERPRISE,
        Kind.NEW_ECONOMIC_ORG,
        Kind.COOPERATIVE,
        Kind.PARTY_BRANCH,
        Kind.GENERAL_BRANCH,
    ),
    "served": (Kind.VILLAGE,),
}
