"""The words of the members' app: ranks, marks, kinds of households, of persons and of person-to-person pairs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rank(models.TextChoices):
    """An office at county level (domain §6.7): 4321 counts households by it (QX-10)."""

    COUNTY = "county", _("county-level cadre")
    SECTION = "section", _("section-level cadre")
    SUB_SECTION = "sub_section", _("sub-section-level cadre")
    GENERAL = "general", _("general cadre")


class Mark(models.TextChoices):
    """What a member or cadre is beside their office; several may hold. The rosters of the texts are lists by mark."""

    IN_SERVICE = "in_service", _("in-service member")
    ABLE_TO_HELP = "able_to_help", _("able to help")
    RESERVE_CADRE = "reserve_cadre", _("reserve cadre")
    YOUNG_CADRE = "young_cadre", _("young cadre")
    VILLAGE_CADRE = "village_cadre", _("village cadre")
    NEEDY = "needy", _("needy member")
    ELDERLY = "elderly", _("elderly member")
    RETIRED = "retired", _("retired from an enterprise")
    UNEMPLOYED = "unemployed", _("unemployed member")
    VETERAN_MEMBER = "veteran_member", _("veteran member")
    VETERAN_CADRE = "veteran_cadre", _("veteran cadre")
    VETERAN_MODEL = "veteran_model", _("veteran model worker")
    FIVE_ELDERS = "five_elders", _("one of the five elders")
    PARTY_DELEGATE = "party_delegate", _("Party delegate")
    PEOPLES_DEPUTY = "peoples_deputy", _("people's deputy")
    CPPCC_MEMBER = "cppcc_member", _("CPPCC member")
    PROSPERITY_LEADER = "prosperity_leader", _("leader in getting rich")
    PRACTICAL_TALENT = "practical_talent", _("practical talent")


# Who is in need, is told apart only by those who have to know (domain §6.8).
SENSITIVE_MARKS = (Mark.NEEDY, Mark.UNEMPLOYED)
THREE_VETERANS = (Mark.VETERAN_MEMBER, Mark.VETERAN_CADRE, Mark.VETERAN_MODEL)
DELEGATES = (Mark.PARTY_DELEGATE, Mark.PEOPLES_DEPUTY, Mark.CPPCC_MEMBER)


class HouseholdClass(models.TextChoices):
    """Four classes, each with its measure (XC-11). Never public."""

    MODEL = "model", _("model household")
    MIDDLE = "middle", _("middle household")
    POOR = "poor", _("poor household")
    LAGGING = "lagging", _("lagging household")


class Hardship(models.TextChoices):
    """Why a household is in need. Sensitive: health is among them."""

    ILLNESS = "illness", _("illness")
    DISABILITY = "disability", _("disability")
    SCHOOLING = "schooling", _("cost of schooling")
    DISASTER = "disaster", _("disaster or accident")
    NO_LABOUR = "no_labour", _("lack of labour")
    NO_FUNDS = "no_funds", _("lack of funds")
    NO_TECHNIQUE = "no_technique", _("lack of technique")
    OTHER = "other", _("other")


class PersonKind(models.TextChoices):
    """Somebody without a place among the members: kept only where the work needs a person, not a household."""

    NEEDY_VILLAGER = "needy_villager", _("needy villager")
    LEFT_BEHIND_CHILD = "left_behind_child", _("left-behind child")
    POOR_PUPIL = "poor_pupil", _("poor pupil")
    ELDER = "elder", _("elder living alone")
    OTHER = "other", _("other")


# Health is sensitive beyond all else: kept only with the consent of the household (P-34, art. 29).
HEALTH = (Hardship.ILLNESS, Hardship.DISABILITY)
MINORS = (PersonKind.LEFT_BEHIND_CHILD, PersonKind.POOR_PUPIL)


class PairKind(models.TextChoices):
    """Who helps whom (domain §7.3)."""

    BRANCH_PERSON = "branch_person", _("branch and needy person")
    MEMBER_MEMBER = "member_member", _("member and rural member")
    MEMBER_PERSON = "member_person", _("member and needy persons")
    CADRE_HOUSEHOLD = "cadre_household", _("cadre and household")
    CHAIN = "chain", _("helper within the village")
    LEADER_VILLAGE = "leader_village", _("leader and village")
    HOUSEHOLD_HOUSEHOLD = "household_household", _("household and household")
    VILLAGE_VILLAGE = "village_village", _("village and village")


HELPERS = ("helper_organisation", "helper_member", "helper_household")
TARGETS = ("target_organisation", "target_member", "target_household", "target_person")
# Which columns name the two sides of each kind.
SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PairKind.BRANCH_PERSON: (("helper_organisation",), ("target_member", "target_person")),
    PairKind.MEMBER_MEMBER: (("helper_member",), ("target_member",)),
    PairKind.MEMBER_PERSON: (("helper_member",), ("target_member", "target_person")),
    PairKind.CADRE_HOUSEHOLD: (("helper_member",), ("target_household",)),
    PairKind.CHAIN: (("helper_member", "helper_household"), ("target_household",)),
    PairKind.LEADER_VILLAGE: (("helper_member",), ("target_organisation",)),
    PairKind.HOUSEHOLD_HOUSEHOLD: (("helper_household",), ("target_household",)),
    PairKind.VILLAGE_VILLAGE: (("helper_organisation",), ("target_organisation",)),
}


class EndReason(models.TextChoices):
    HELPER_LEFT = "helper_left", _("the helper left")
    TARGET_CHANGED = "target_changed", _("the household or person moved or needs no help any more")
    REASSIGNED = "reassigned", _("reassigned")
    TERM = "term", _("the term ended")
    MISTAKE = "mistake", _("entered by mistake")


class PairOrigin(models.TextChoices):
    ROSTER = "roster", _("came with a roster")
    CHOSEN = "chosen", _("chosen by hand")
    PROPOSED = "proposed", _("proposed by the assignment")


# The ready rosters of the texts: a key for the address, and the marks of which one is enough (SF-12, AH-37).
ROSTERS: dict[str, tuple[str, ...]] = {
    "in_service": (Mark.IN_SERVICE,),
    "able_to_help": (Mark.ABLE_TO_HELP,),
    "reserve": (Mark.RESERVE_CADRE,),
    "young": (Mark.YOUNG_CADRE,),
    "needy": (Mark.NEEDY,),
    "elderly": (Mark.ELDERLY,),
    "retired": (Mark.RETIRED,),
    "unemployed": (Mark.UNEMPLOYED,),
    "veterans": THREE_VETERANS,
    "elders": (Mark.FIVE_ELDERS,),
    "delegates": DELEGATES,
}
ROSTER_NAMES = {
    "in_service": _("In-service members"),
    "able_to_help": _("Able to help"),
    "reserve": _("Reserve cadres"),
    "young": _("Young cadres"),
    "needy": _("Needy members"),
    "elderly": _("Elderly members"),
    "retired": _("Retired from enterprises"),
    "unemployed": _("Unemployed members"),
    "veterans": _("Three veterans"),
    "elders": _("Five elders"),
    "delegates": _("Delegates, deputies and CPPCC members"),
}
