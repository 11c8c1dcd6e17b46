"""Sharing households fairly among helpers: pure arithmetic, no database.

A village is helped by the teams that serve it (a work team, or the unit paired with it). Within a team everybody gets
to the same number of households, give or take one, as far as quotas and what they have already allow.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Why(models.TextChoices):
    """Why this helper."""

    TIE = "tie", _("helped this household before")
    SAME_VILLAGE = "same_village", _("helps others in this village")
    BALANCE = "balance", _("has the fewest households of the team")
    BY_HAND = "by_hand", _("chosen by hand")


class LeftOver(models.TextChoices):
    """Why nobody."""

    NO_TEAM = "no_team", _("no team serves the village and no unit is paired with it")
    NO_HELPER = "no_helper", _("the team has nobody who could help")
    QUOTA_USED = "quota_used", _("everybody in the team has as many households as the quota says")


@dataclass
class Helper:
    """`load`: households helped already. `most`: the quota, None for no limit. `villages`: where they help."""

    pk: int
    load: int = 0
    most: int | None = None
    villages: frozenset[int] = frozenset()

    @property
    def room(self) -> int | float:
        return float("inf") if self.most is None else max(self.most - self.load, 0)


@dataclass
class Task:
    """`households`: key and village of each without a helper. `teams`: the helpers of each team. `serving`: which
    teams may help in a village. `ties`: who helped a household last."""

    households: Sequence[tuple[int, int]]
    teams: dict[int, list[Helper]]
    serving: dict[int, list[int]]
    ties: dict[int, int] = field(default_factory=dict)


@dataclass
class Share:
    """What was found for one household: a helper and why, or why nobody."""

    household: int
    village: int
    helper: int | None = None
    why: str = ""
    left_over: str = ""


def share(task: Task, progress: Callable[[int, int], None] = lambda done, of: None) -> list[Share]:
    """A share for every household, in the order of teams and villages. `progress` may raise to stop the work."""
    by_team, shares = split_by_team(task)
    done = len(shares)
    for team, households in by_team.items():
        shares += share_in_team(task.teams[team], households, task.ties)
        done += len(households)
        progress(done, len(task.households))
    return shares


def split_by_team(task: Task) -> tuple[dict[int, list[tuple[int, int]]], list[Share]]:
    """Which team takes which households; and those that no team can take.

    Villages with one team come first; where several serve, each household goes to the team that is least busy then.
    """
    by_village: dict[int, list[int]] = defaultdict(list)
    for household, village in task.households:
        by_village[village].append(household)
    by_team: dict[int, list[tuple[int, int]]] = defaultdict(list)
    left: list[Share] = []
    busy = {team: float(sum(helper.load for helper in helpers)) for team, helpers in task.teams.items()}
    for village in sorted(by_village, key=lambda each: (len(task.serving.get(each, ())), each)):
        serving = task.serving.get(village, [])
        able = [team for team in serving if task.teams.get(team)]
        if not able:
            why = LeftOver.NO_HELPER if serving else LeftOver.NO_TEAM
            left += [Share(household, village, left_over=why) for household in by_village[village]]
            continue
        for household in by_village[village]:
            team = tied(task, able, household) or min(able, key=lambda each: (busy[each] / len(task.teams[each]), each))
            busy[team] += 1
            by_team[team].append((household, village))
    return by_team, left


def tied(task: Task, teams: Sequence[int], household: int) -> int | None:
    """Where several teams serve a village: the one whose member helped the household last."""
    if len(teams) == 1:
        return teams[0]
    helper = task.ties.get(household)
    return next((team for team in teams if any(each.pk == helper for each in task.teams[team])), None)


def share_in_team(helpers: Sequence[Helper], households: list[tuple[int, int]], ties: dict[int, int]) -> list[Share]:
    """Old helpers first, then village by village, so that a helper goes to as few villages as possible."""
    free = targets(helpers, len(households))
    shares: list[Share] = []
    rest: list[tuple[int, int]] = []
    for household, village in households:
        helper = ties.get(household)
        if helper is not None and free.get(helper, 0) > 0:
            free[helper] -= 1
            shares.append(Share(household, village, helper, Why.TIE))
        else:
            rest.append((household, village))
    villages: dict[int, list[int]] = defaultdict(list)
    for household, village in rest:
        villages[village].append(household)
    whole = dict(free)
    for village, mine in villages.items():
        waiting = [helper for helper in helpers if free[helper.pk] > 0]
        # Who helps here already; then who has begun in the village before; last who helps in another of these.
        waiting.sort(
            key=lambda helper: (
                village not in helper.villages,
                free[helper.pk] == whole[helper.pk],
                not helper.villages.isdisjoint(villages),
                helper.pk,
            )
        )
        shares += share_village(village, mine, waiting, free)
    return shares


def share_village(village: int, households: list[int], queue: list[Helper], free: dict[int, int]) -> list[Share]:
    """One helper after the other takes what is free for them."""
    shares, position = [], 0
    for household in households:
        while position < len(queue) and free[queue[position].pk] == 0:
            position += 1
        if position == len(queue):
            shares.append(Share(household, village, left_over=LeftOver.QUOTA_USED))
            continue
        helper = queue[position]
        free[helper.pk] -= 1
        why = Why.SAME_VILLAGE if village in helper.villages else Why.BALANCE
        shares.append(Share(household, village, helper.pk, why))
    return shares


def targets(helpers: Sequence[Helper], number: int) -> dict[int, int]:
    """How many of `number` each gets: poured in like water, the emptiest first, none above the quota.

    Whoever gets any ends at the same level as the others who do, give or take one - unless the quota ends it earlier.
    """
    if not helpers:
        return {}
    low, high = min(helper.load for helper in helpers), max(helper.load for helper in helpers) + number
    while low < high:
        middle = (low + high) // 2
        if poured(helpers, middle) >= number:
            high = middle
        else:
            low = middle + 1
    found = {helper.pk: int(min(max(low - helper.load, 0), helper.room)) for helper in helpers}
    surplus = sum(found.values()) - number
    for helper in reversed(helpers):
        if surplus > 0 and found[helper.pk] > 0 and helper.load + found[helper.pk] == low:
            found[helper.pk] -= 1
            surplus -= 1
    return found


def poured(helpers: Sequence[Helper], level: int) -> float:
    """How many households bring everybody up to `level`."""
    return sum(min(max(level - helper.load, 0), helper.room) for helper in helpers)
