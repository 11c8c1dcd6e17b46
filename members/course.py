"""The course of one pair for its page: the steps in their order, what was given, the plan, who helped before."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.actions.aids import looking_after, rules_of
from members.kinds import TARGETS, PairKind
from members.models import Aid, HardshipPlan, Household, PersonPair
from members.states import PairState
from organisations.models import User
from pairing.schemes.persons import PairRule, PersonRules

SHOWN_AIDS = 30


@dataclass(frozen=True)
class Step:
    """One link of the chain of responsibility; `on`: since when it is done, None where it is not known."""

    name: object
    done: bool
    on: date | None = None


@dataclass
class Course:
    pair: PersonPair
    rules: PersonRules
    rule: PairRule | None
    aids: list[Aid]
    plan: HardshipPlan | None
    plans: int
    former: list[PersonPair]
    may_manage: bool
    may_note: bool
    reads_words: bool

    @property
    def household(self) -> Household | None:
        return self.pair.target_household

    @property
    def is_for_people(self) -> bool:
        """A village has no wish and no plan for leaving hardship."""
        return self.pair.target_organisation_id is None

    @property
    def measure(self) -> str:
        """How households of this class are treated (XC-11): only for those who are near."""
        known = self.household is not None and self.reads_words
        return self.rules.measure(self.household.household_class) if known and self.household else ""

    @property
    def wish_is_missing(self) -> bool:
        return self.rules.wish_first and self.household is not None and not self.household.wish

    @property
    def plan_is_missing(self) -> bool:
        return self.rules.needs_plan and self.is_for_people and self.plan is None

    @property
    def steps(self) -> list[Step]:
        """QX-11: survey, target, duty, supervision; XY-03 puts the wish before the measures, TN-16 a plan."""
        pair, household, found = self.pair, self.household, []
        if household is not None:
            found.append(Step(_("Survey"), household.surveyed_on is not None, household.surveyed_on))
        found.append(Step(_("Target decided"), True))
        found.append(Step(_("Duty: helper named"), pair.state == PairState.ACTIVE and not pair.is_gap, pair.since))
        if household is not None:
            found.append(Step(_("Wish recorded"), bool(household.wish), household.wished_on))
        if self.is_for_people:
            written = self.plan.written_at.date() if self.plan else None
            found.append(Step(_("Plan for leaving hardship"), self.plan is not None, written))
        found.append(Step(_("Carried out: seen"), pair.seen_on is not None, pair.seen_on))
        return found


def course_of(pair: PersonPair, user: User) -> Course:
    rules = rules_of(pair)
    same = same_target(pair)
    plans = list(HardshipPlan.objects.filter(pair__in=same.values("pk")).select_related("written_by"))
    may_write, _post = looking_after(user, pair)
    manages = user.can("pair.manage", pair.unit) or user.can("pair.manage", pair.village)
    active = pair.state == PairState.ACTIVE
    return Course(
        pair=pair,
        rules=rules,
        rule=rules.rule(pair.kind),
        aids=list(pair.aids.select_related("noted_by", "withdrawn_by")[:SHOWN_AIDS]),
        plan=plans[0] if plans else None,
        plans=len(plans),
        former=list(same.exclude(pk=pair.pk).with_people().with_nearness(user).order_by("-since", "-pk")),
        may_manage=manages and active,
        may_note=may_write and active,
        reads_words=may_write or user.can("household.edit", pair.village),
    )


def same_target(pair: PersonPair):
    """All pairs, of one sort of help, in which the same one is helped."""
    target = next(column for column in TARGETS if getattr(pair, f"{column}_id") is not None)
    chain = Q(kind=PairKind.CHAIN)
    of_sort = chain if pair.kind == PairKind.CHAIN else ~chain
    return PersonPair.objects.order_by().filter(of_sort, **{target: getattr(pair, f"{target}_id")})
