"""The arithmetic of sharing: even within a team, quotas kept, old helpers kept, nobody forgotten."""

import random

import pytest

from members.assignment.sharing import Helper, LeftOver, Task, Why, share, targets


def task(households: dict[int, int], teams: dict[int, list[Helper]], serving: dict[int, list[int]], **more) -> Task:
    """`households`: how many stand in each village."""
    listed = [(village * 1000 + number, village) for village, count in households.items() for number in range(count)]
    return Task(listed, teams, serving, **more)


def loads(found, helpers: list[Helper]) -> list[int]:
    return [helper.load + sum(each.helper == helper.pk for each in found) for helper in helpers]


@pytest.mark.parametrize(
    ("standing", "number", "expected"),
    [
        ([0, 0, 0], 7, [3, 2, 2]),
        ([5, 0, 0], 4, [0, 2, 2]),
        ([5, 0, 0], 11, [1, 5, 5]),
        ([0], 3, [3]),
        ([2, 2], 0, [0, 0]),
    ],
)
def test_water_fills_the_emptiest_first(standing, number, expected):
    helpers = [Helper(pk, load) for pk, load in enumerate(standing)]
    assert list(targets(helpers, number).values()) == expected


def test_nobody_gets_more_than_the_quota_and_the_rest_is_named():
    helpers = [Helper(1, most=4), Helper(2, most=1), Helper(3, most=1, load=1)]
    found = share(task({1: 7}, {9: helpers}, {1: [9]}))
    assert loads(found, helpers) == [4, 1, 1]
    assert [each.left_over for each in found if each.helper is None] == [LeftOver.QUOTA_USED] * 2


def test_old_helpers_come_first_but_not_beyond_their_share():
    helpers = [Helper(1), Helper(2)]
    ties = {1000: 1, 1001: 1, 1002: 1}
    found = share(task({1: 4}, {9: helpers}, {1: [9]}, ties=ties))
    assert loads(found, helpers) == [2, 2]
    assert sorted(each.household for each in found if each.why == Why.TIE) == [1000, 1001]


def test_a_helper_goes_to_as_few_villages_as_possible():
    helpers = [Helper(1), Helper(2, villages=frozenset({3})), Helper(3)]
    found = share(task({1: 4, 2: 4, 3: 4}, {9: helpers}, {1: [9], 2: [9], 3: [9]}))
    villages = {helper.pk: {each.village for each in found if each.helper == helper.pk} for helper in helpers}
    assert villages == {1: {1}, 2: {3}, 3: {2}}
    assert {each.why for each in found if each.helper == 2} == {Why.SAME_VILLAGE}


def test_villages_that_nobody_serves_and_teams_without_people_are_named():
    found = share(task({1: 1, 2: 1}, {9: []}, {2: [9]}))
    assert {each.village: each.left_over for each in found} == {1: LeftOver.NO_TEAM, 2: LeftOver.NO_HELPER}


def test_several_teams_of_a_village_share_its_households_by_their_size():
    teams = {8: [Helper(1)], 9: [Helper(2), Helper(3)]}
    found = share(task({1: 9}, teams, {1: [8, 9]}))
    assert loads(found, [*teams[8], *teams[9]]) == [3, 3, 3]


@pytest.mark.parametrize("seed", range(30))
def test_within_a_team_loads_differ_by_one_at_most_where_nothing_stood_before(seed):
    chance = random.Random(seed)
    teams = {team: [Helper(team * 100 + n) for n in range(chance.randint(1, 6))] for team in range(1, 6)}
    serving = {village: [chance.randint(1, 5)] for village in range(20)}
    made = task({village: chance.randint(0, 30) for village in serving}, teams, serving)
    made.ties = {pk: chance.choice(teams[serving[village][0]]).pk for pk, village in made.households if pk % 3 == 0}
    found = share(made)
    assert sorted(each.household for each in found) == sorted(pk for pk, _village in made.households)
    for helpers in teams.values():
        of_team = loads(found, helpers)
        assert max(of_team) - min(of_team) <= 1
