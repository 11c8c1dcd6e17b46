"""Who may record a visit at a door, under which pair and round, what is asked there, and on whom it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.aids import KEEPING, looking_after
from members.actions.pairs import MANAGE
from members.kinds import PersonKind
from members.models import Household, Member, Person, PersonPair
from members.nearness import Rosterable, place_of
from members.ruling import ruling_between
from organisations.models import Organisation, User
from pairing.models import Pairing, Round
from pairing.schemes.visits import VisitRules
from pairing.schemes.words import VisitKind
from visits.models import HouseholdVisit

LOG = "visit.log"
SIDES: dict[str, type[Rosterable]] = {"household": Household, "member": Member, "person": Person}


@dataclass(frozen=True)
class Standing:
    """As what somebody stands at the door: in a pair, or from an organisation that visits."""

    pair: PersonPair | None
    unit: Organisation
    round: Round | None

    @property
    def rules(self) -> VisitRules:
        return self.round.rules.visits if self.round else VisitRules()


def standing_of(user: User, target: Rosterable) -> Standing | None:
    """First as the helper, then for the helper, then for the village or a unit paired with it; else None."""
    village = place_of(target)
    pairs = PersonPair.objects.active().filter(**{f"target_{target._meta.model_name}": target})
    known = list(pairs.select_related("helper_member", "round__scheme_version", "unit", "village").order_by("pk"))
    own = [pair for pair in known if pair.helper_member and pair.helper_member.user_id == user.pk]
    for pair in own or known:
        if looking_after(user, pair)[0]:
            return Standing(pair, pair.unit, pair.round or ruling_between(pair.unit, village).round)
    unit = visiting_unit(user, village)
    return Standing(None, unit, ruling_between(unit, village).round) if unit else None


def own_doors(user: User) -> list[tuple[tuple[str, int], PersonPair]]:
    """Side and key of those whom the user helps, each with the pair. No phone keeps what is a minor's (P-34)."""
    pairs = PersonPair.objects.of_helper(user).active().filter(target_organisation=None).with_people()
    known = pairs.with_nearness(user).order_by("pk")
    return [((pair.target._meta.model_name, pair.target.pk), pair) for pair in known if may_be_kept(pair.target)]


def may_be_kept(target: Rosterable) -> bool:
    return not (isinstance(target, Person) and target.is_minor)


def visiting_unit(user: User, village: Organisation) -> Organisation | None:
    """The village itself, or a unit of the user that is paired with it."""
    if user.can(LOG, village):
        return village
    paired = Pairing.objects.standing().filter(village=village).select_related("unit").order_by("pk")
    return next((each.unit for each in paired if user.can(LOG, each.unit)), None)


def asked_at(target: Rosterable, standing: Standing) -> list[str]:
    """All questions of the scheme, until one visit of the round has answered them all (XY-08)."""
    asked = [str(key) for key in standing.rules.asked]
    if not asked:
        return []
    earlier = HouseholdVisit.objects.at(target).paid().filter(round=standing.round)
    return [] if earlier.filter(answered__contains=asked).exists() else asked


def known_answers(target: Rosterable, standing: Standing) -> dict[str, str]:
    """What an earlier visit of the round, which left something open, has heard already: the newest words of each."""
    found: dict[str, str] = {}
    for visit in HouseholdVisit.objects.at(target).incomplete().filter(round=standing.round)[:5]:
        for key in visit.answered:
            found.setdefault(key, getattr(visit, key))
    return found


def known_kinds(target: Rosterable) -> list[str]:
    """On whom the register says that the visit is (XY-10)."""
    if isinstance(target, Member):
        return [kind for kind in VisitKind if kind in target.marks]
    if isinstance(target, Person):
        return [VisitKind.LEFT_BEHIND_CHILD] if is_left_behind(target) else []
    children = target.persons.present().filter(kind=PersonKind.LEFT_BEHIND_CHILD)
    return [VisitKind.LEFT_BEHIND_CHILD] if children.exists() else []


def is_left_behind(target: Rosterable) -> bool:
    return isinstance(target, Person) and target.kind == PersonKind.LEFT_BEHIND_CHILD


def likely_kinds(target: Rosterable) -> list[str]:
    """Also a member of the village called as the head of the household: a suggestion, the visitor decides."""
    kinds = known_kinds(target)
    if isinstance(target, Household) and target.head:
        alike = Member.objects.present().filter(organisation=target.village, name=target.head)
        marks = {mark for found in alike.values_list("marks", flat=True) for mark in found}
        kinds += [kind for kind in VisitKind if kind in marks]
    return kinds


def checked_kinds(chosen: Sequence[str], target: Rosterable, rules: VisitRules) -> list[str]:
    """Those of the register, and those chosen among what the scheme names."""
    named = [each.key for each in rules.kinds]
    if unknown := [kind for kind in chosen if kind not in named]:
        raise Refused(_("The scheme does not name “%(kind)s” among those to call on.") % {"kind": unknown[0]})
    found = {*known_kinds(target), *chosen}
    return [kind for kind in VisitKind if kind in found]


def reads_words(user: User, visit: HouseholdVisit) -> bool:
    """Whoever wrote it, helps, manages the helpers of the unit, or keeps the households of the village.

    Of a minor not those who manage the helpers (P-34).
    """
    if visit.recorded_by_id == user.pk or user.can(KEEPING, visit.village):
        return True
    if not visit.is_at_a_minor and user.can(MANAGE, visit.unit):
        return True
    sides = {f"target_{visit.target._meta.model_name}": visit.target}
    return PersonPair.objects.active().of_helper(user).filter(**sides).exists()


def last_seen(record: PersonPair | Household) -> date | None:
    """The last visit in a pair, or at a household (settings.SEEN_IN)."""
    of = Q(pair=record) if isinstance(record, PersonPair) else Q(target_household=record)
    return HouseholdVisit.objects.paid().filter(of).aggregate(last=Max("on"))["last"]
