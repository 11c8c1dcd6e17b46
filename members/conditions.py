"""Whether somebody may help somebody: sides, presence, need, who helps, where, composition. Each refusal is a sentence.

A quota is a measure, not a bar: whoever helps more than the text asks for is not stopped (`load`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.kinds import SIDES, Mark, PairKind
from members.models import Household, Member, Person, PersonPair
from members.ruling import Ruling
from organisations.models import Organisation
from pairing.schemes.persons import Composition, PersonRules
from pairing.schemes.words import Participants

Helper: TypeAlias = Organisation | Member | Household
Target: TypeAlias = Organisation | Member | Household | Person
ABLE_HOUSEHOLD, VILLAGE_CADRE, MEMBER = "able_household", "village_cadre", "member"
NEEDY_TARGETS = (PairKind.BRANCH_PERSON, PairKind.MEMBER_PERSON)


def column(side: str, record: Helper | Target) -> str:
    """The column of a pair that holds this record on this side."""
    return f"{side}_{type(record)._meta.model_name}"


def place_of(record: Helper | Target) -> Organisation:
    """The organisation to which somebody belongs."""
    if isinstance(record, Organisation):
        return record
    return record.organisation if isinstance(record, Member) else record.village


def check_pair(kind: str, helper: Helper, target: Target, ruling: Ruling) -> None:
    check_sides(kind, helper, target)
    check_present(helper, _("This helper is no longer at %(name)s; choose somebody else."))
    check_present(target, _("Whoever is to be helped is no longer in %(name)s."))
    check_need(kind, target)
    check_village(kind, helper, target, ruling)
    check_helper(kind, helper, ruling.rules)
    check_survey(target, ruling.rules)
    check_free(kind, helper, target)
    rule = ruling.rules.rule(kind)
    if rule and rule.composition:
        check_composition(rule.composition, helped_members_and_villagers(helper, kind), target)


def check_sides(kind: str, helper: Helper, target: Target) -> None:
    helpers, targets = SIDES[kind]
    if column("helper", helper) not in helpers or column("target", target) not in targets:
        raise Refused(_("These two do not make a pair of this kind. Choose another kind or another helper."))
    if helper == target:
        raise Refused(_("Nobody helps themselves."))


def check_present(record: Helper | Target, sentence) -> None:
    gone = record.closed_on if isinstance(record, Organisation) else record.left_on or record.erased_at
    if gone:
        raise Refused(sentence % {"name": place_of(record).name})


def check_need(kind: str, target: Target) -> None:
    """Kinds that are for people in need (SF-13, TN-03), and the chain within a village (QX-16)."""
    if kind in NEEDY_TARGETS and isinstance(target, Member) and Mark.NEEDY not in target.marks:
        raise Refused(_("This member is not on the roster of needy members. Mark them there first."))
    if kind == PairKind.CHAIN and isinstance(target, Household) and not target.is_needy:
        raise Refused(_("This household is not marked as in need; the chain is for households in need."))


def check_village(kind: str, helper: Helper, target: Target, ruling: Ruling) -> None:
    """TN-03: in the paired village. QX-16: within one village."""
    if kind == PairKind.CHAIN and place_of(helper).pk != place_of(target).pk:
        raise Refused(_("A helper within the village comes from the same village."))
    rule = ruling.rules.rule(kind)
    if rule and rule.paired_village_only and ruling.pairing is None:
        places = {"unit": place_of(helper).name, "village": place_of(target).name}
        raise Refused(
            _("The scheme asks for the paired village, and %(unit)s is not paired with %(village)s.") % places
        )


def check_helper(kind: str, helper: Helper, rules: PersonRules) -> None:
    """TN-02 says everybody in service, TN-04 those able to help: as the scheme has it. QX-16 names three helpers."""
    if kind == PairKind.CHAIN:
        if not chain_role(helper):
            raise Refused(_("Within a village a village cadre, a Party member or an able household helps."))
        return
    if not isinstance(helper, Member) or rules.rule(kind) is None:
        return
    if rules.participants == Participants.IN_SERVICE and Mark.IN_SERVICE not in helper.marks and not helper.rank:
        raise Refused(_("By the scheme members and cadres in service help; this one is not marked so."))
    if rules.participants == Participants.ABLE and Mark.ABLE_TO_HELP not in helper.marks:
        raise Refused(_("By the scheme those able to help do so; this one is not marked so on the roster."))


def chain_role(helper: Helper) -> str:
    """As which of the three somebody helps within the village, the first that fits; nothing where none does."""
    if isinstance(helper, Household):
        return ABLE_HOUSEHOLD if helper.is_able else ""
    if not isinstance(helper, Member):
        return ""
    if Mark.VILLAGE_CADRE in helper.marks:
        return VILLAGE_CADRE
    return MEMBER if helper.is_party_member else ""


def check_survey(target: Target, rules: PersonRules) -> None:
    """QX-11: first the survey, then the target, then the duty."""
    if rules.survey_first and isinstance(target, Household) and target.surveyed_on is None:
        raise Refused(_("By the scheme a household is surveyed before its helper is decided. Enter the survey first."))


def check_free(kind: str, helper: Helper, target: Target) -> None:
    same = {"kind": kind, column("helper", helper): helper, column("target", target): target}
    if PersonPair.objects.active().filter(**same).exists():
        raise Refused(_("These two are paired already."))


def helped_members_and_villagers(helper: Helper, kind: str) -> tuple[int, int]:
    """How many needy members and how many needy villagers somebody helps already."""
    mine = PersonPair.objects.active().filter(kind=kind, **{column("helper", helper): helper})
    members = mine.filter(target_member__isnull=False, target_member__left_on=None).count()
    return members, mine.filter(target_person__isnull=False, target_person__left_on=None).count()


def check_composition(asked: Composition, helped: tuple[int, int], target: Target) -> None:
    """TN-03: one needy member and one needy villager, no third."""
    members, villagers = helped
    if isinstance(target, Member) and members >= asked.needy_members:
        raise Refused(
            _("This helper already has %(number)s needy member, as the scheme asks; choose another helper.")
            % {"number": members}
        )
    if isinstance(target, Person) and villagers >= asked.needy_villagers:
        raise Refused(
            _("This helper already has %(number)s needy villager, as the scheme asks; choose another helper.")
            % {"number": villagers}
        )


@dataclass(frozen=True)
class Load:
    """How many somebody helps in one kind of pair, and how many the text asks of them; None: it names no number."""

    number: int
    quota: int | None

    @property
    def is_over(self) -> bool:
        return self.quota is not None and self.number > self.quota

    @property
    def short(self) -> int:
        return max((self.quota or 0) - self.number, 0)


def load(kind: str, helper: Helper, rules: PersonRules) -> Load:
    mine = PersonPair.objects.effective().filter(kind=kind, **{column("helper", helper): helper})
    role = QUOTA_ROLES.get(PairKind(kind), rank_of)(helper)
    return Load(mine.count(), rules.quota(kind).get(role))


def rank_of(helper: Helper) -> str:
    return helper.rank if isinstance(helper, Member) else ""


QUOTA_ROLES: dict[PairKind, Callable[[Helper], str]] = {PairKind.CHAIN: chain_role}
