"""The goals of a scheme as they apply to one pairing, and its targets grouped by them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from pairing.models import Pairing, Target
from pairing.schemes.scheme import GoalSet, SchemeText
from pairing.states import TargetState


def sets_for(pairing: Pairing) -> list[GoalSet]:
    """The sets of goals for this village: some are for lagging villages only (TC-07)."""
    classes = pairing.village.classes
    return [goals for goals in pairing.round.rules.goals if applies(goals, classes)]


def applies(goals: GoalSet, classes: Iterable[str]) -> bool:
    return goals.village_class is None or goals.village_class in classes


@dataclass
class Group:
    """The targets of one set of goals; without a set, those of the two sides' own."""

    goals: GoalSet | None
    targets: list[Target]

    @property
    def met(self) -> int:
        return sum(target.state == TargetState.MET for target in self.targets)

    @property
    def is_incomplete(self) -> bool:
        """Goals of the scheme that no target stands for yet."""
        return self.goals is not None and len(self.targets) < len(self.goals.goals)


def grouped(pairing: Pairing, targets: Iterable[Target]) -> list[Group]:
    """In the order of the scheme, its sets without a target too."""
    targets, applying = list(targets), sets_for(pairing)
    known = [*applying, *(goals for goals in pairing.round.rules.goals if goals not in applying)]
    found = [Group(goals, [target for target in targets if target.set_key == goals.key]) for goals in known]
    own = Group(None, [target for target in targets if not target.set_key])
    return [group for group in [*found, own] if group.targets or group.goals in applying]


def with_target_counts(pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
    """Adds `targets_total`, `targets_met` and `targets_claimed`; counted for the rows on show only."""
    states = {"total": None, "met": TargetState.MET, "claimed": TargetState.CLAIMED}
    return pairings.annotate(**{f"targets_{name}": _number(state) for name, state in states.items()})


def _number(state: TargetState | None) -> Coalesce:
    targets = Target.objects.filter(pairing=OuterRef("pk")).order_by()
    if state is not None:
        targets = targets.filter(state=state)
    return Coalesce(Subquery(targets.values("pairing").annotate(number=Count("pk")).values("number")), 0)


def tally(pairings: QuerySet[Pairing], rules: SchemeText) -> list[dict]:
    """For each goal of the scheme: how many pairings have it as a target, and have met it. One statement."""
    rows = Target.objects.filter(pairing__in=pairings.order_by().values("pk")).exclude(goal_key="").order_by()
    counted = {
        (row["set_key"], row["goal_key"]): row
        for row in rows.values("set_key", "goal_key").annotate(
            total=Count("pk"),
            met=Count("pk", filter=Q(state=TargetState.MET)),
            claimed=Count("pk", filter=Q(state=TargetState.CLAIMED)),
        )
    }
    none = {"total": 0, "met": 0, "claimed": 0}
    return [
        {"set": goals, "goal": goal, **counted.get((goals.key, goal.key), none)}
        for goals in rules.goals
        for goal in goals.goals
    ]
