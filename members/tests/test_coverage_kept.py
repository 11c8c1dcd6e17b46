"""What the coverage board keeps is never out of date, and only touched places are counted anew."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event, Thread

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from core.marks import mark_of_models
from members.coverage import keeping
from members.coverage.counting import coverage
from members.kinds import Mark, PairKind, Rank
from members.listings.coverage import without_helper
from members.models import HardshipPlan, Household, Member, Person, PersonPair
from members.succession import hand_over
from members.tests import factories
from members.tests.helping import LATER, Place, place_under
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def alone(monkeypatch):
    """The transaction of the test counts as settled: nobody else writes."""
    monkeypatch.setattr(keeping, "mark_of_models", lambda *models: replace(mark_of_models(*models), is_settled=True))


@pytest.fixture(params=["qianxi", "town"])
def place(request) -> Place:
    """With every kind of pair that the board counts."""
    made = place_under(request.param)
    factories.helps(made.helper, made.household)
    factories.helps(factories.household(made.village, is_able=True, is_needy=False), made.household, PairKind.CHAIN)
    factories.helps(made.helper, made.needy_member, PairKind.MEMBER_PERSON)
    factories.helps(made.helper, made.needy_person, PairKind.MEMBER_PERSON)
    return made


def figures(place: Place) -> list:
    """Of each reader, in an order that does not depend on which place was counted last."""
    users = (place.organiser, place.secretary, place.village_secretary, place.cadre)
    found = [coverage(User.objects.get(pk=user.pk), place.round.rules.persons) for user in users]
    for each in found:
        each.villages.sort(key=lambda line: line.pk)
        each.units.sort(key=lambda line: line.key)
    return found


def changes(place: Place) -> dict[str, Callable[[], object]]:
    """Whatever moves a figure, one after the other."""
    other_unit, pairs = people.unit(place.county, "水利局"), PersonPair.objects.order_by("pk")
    members, households = Member.objects, Household.objects
    first = pairs.get(kind=PairKind.CADRE_HOUSEHOLD)
    with_plan = pairs.filter(kind=PairKind.MEMBER_PERSON)[0]
    ended = {"state": "ended", "until": LATER.date(), "end_reason": "term"}
    return {
        "a helper": lambda: factories.helps(place.helper, place.elsewhere),
        "a household": lambda: factories.household(place.village),
        "a member": lambda: factories.member(other_unit, rank=Rank.COUNTY, marks=[Mark.ABLE_TO_HELP]),
        "the helper leaves": lambda: members.filter(pk=place.helper.pk).update(left_on=LATER.date()),
        "and comes back": lambda: members.filter(pk=place.helper.pk).update(left_on=None),
        "another rank": lambda: members.filter(pk=place.helper.pk).update(rank=Rank.COUNTY),
        "other marks": lambda: members.filter(pk=place.helper.pk).update(marks=[]),
        "another unit": lambda: members.filter(pk=place.helper.pk).update(organisation=other_unit),
        "the chain breaks": lambda: households.filter(is_able=True).update(left_on=LATER.date()),
        "a household leaves": lambda: households.filter(pk=place.household.pk).update(left_on=LATER.date()),
        "is there again": lambda: households.filter(pk=place.household.pk).update(left_on=None),
        "is no longer in need": lambda: households.filter(pk=place.household.pk).update(is_needy=False),
        "a plan": lambda: HardshipPlan.objects.create(
            pair=with_plan, number=1, content="…", measures="…", leaves_on=LATER.date()
        ),
        "a person leaves": lambda: Person.objects.filter(pk=place.needy_person.pk).update(left_on=LATER.date()),
        "a needy member leaves": lambda: members.filter(pk=place.needy_member.pk).update(left_on=LATER.date()),
        "an account": lambda: members.filter(pk=place.needy_member.pk).update(user=place.stranger),
        "a pair ends": lambda: pairs.filter(pk=first.pk).update(**ended),
        "a pair is deleted": lambda: pairs.get(kind=PairKind.CHAIN).delete(),
        "villages are merged": lambda: hand_over(
            by=None,
            successions=[(place.village, place.next_village)],
            kind="merged",
            reason="",
            on=LATER.date(),
            at=LATER,
        ),
        "a name": lambda: Organisation.objects.filter(pk=place.next_village.pk).update(name="新东村"),
        "the pairing ends": lambda: Pairing.objects.update(state="released"),
    }


def test_after_every_change_the_kept_figures_are_those_of_a_new_count(place, alone):
    figures(place)
    for name, change in changes(place).items():
        change()
        kept = figures(place)
        cache.clear()
        assert kept == figures(place), name


def test_after_every_change_the_lists_behind_show_as_many_as_the_board_counts(place, alone):
    """Though they look only where the kept figures have a gap."""
    for name, change in changes(place).items():
        change()
        for user in (place.organiser, place.secretary, place.village_secretary):
            reader = User.objects.get(pk=user.pk)
            found, seen = coverage(reader, place.round.rules.persons), Household.objects.visible_to(reader).in_need()
            lists = [without_helper(seen, reader, chain=chain).count() for chain in (False, True)]
            assert lists == [found.households.missing, found.chain.missing], (name, user)


def test_nothing_is_counted_again_where_nothing_happened_and_only_what_was_touched(place, alone, monkeypatch):
    found = figures(place)
    before = len(found[0].villages)
    calls: list[frozenset[int] | None] = []
    count = keeping.Part.rows

    def rows(part: keeping.Part, places: frozenset[int] | None = None) -> keeping.Rows:
        calls.append(places)
        return count(part, places)

    monkeypatch.setattr(keeping.Part, "rows", rows)
    assert figures(place) == found
    assert not calls
    Household.objects.filter(pk=place.household.pk).update(is_able=True)
    assert len(figures(place)[0].villages) == before
    assert set(calls) == {frozenset([place.village.pk]), frozenset([place.unit.pk, place.village.pk])}
    calls.clear()
    monkeypatch.setattr(keeping, "MOST_EVENTS", 0)
    Household.objects.filter(pk=place.household.pk).update(is_able=False)
    figures(place)
    assert set(calls) == {None}


@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_not_committed_yet_is_not_missed():
    """On real connections: its event is older than the newest one that is seen when the figures are counted."""
    place = place_under("qianxi")
    figures(place)
    with transaction.atomic():
        factories.household(place.village)
        assert figures(place)[0].households.total == 3
        transaction.set_rollback(True)
    assert figures(place)[0].households.total == 2
    written, may_commit = Event(), Event()

    def slow() -> None:
        with transaction.atomic():
            Household.objects.filter(pk=place.elsewhere.pk).update(is_needy=False)
            written.set()
            may_commit.wait(10)
        connection.close()

    thread = Thread(target=slow)
    thread.start()
    written.wait(10)
    factories.household(place.village)  # a newer event, committed at once
    assert figures(place)[0].households.total == 3
    may_commit.set()
    thread.join()
    assert figures(place)[0].households.total == 2


def test_the_board_asks_no_more_after_many_changes(place, alone, client):
    client.force_login(place.organiser)
    numbers = []
    for rows in (1, 3):
        statements(client, "/helper-coverage/")
        for _number in range(rows):
            factories.helps(factories.member(place.unit), factories.household(people.village(place.town)))
        numbers.append(statements(client, "/helper-coverage/"))
    assert numbers == [numbers[0]] * 2
    assert numbers[0] <= 12
    assert statements(client, "/helper-coverage/") == 8


@pytest.mark.django_db(transaction=True)
def test_the_lists_behind_ask_little_though_everything_has_to_be_counted_anew(client):
    """On real connections, where long lists are remembered: with nothing kept, after a change, and unchanged."""
    place = place_under("qianxi")
    client.force_login(place.organiser)
    for address in (
        "/helper-coverage/households/?missing=helper",
        "/households/?unhelped=yes",
        "/person-pairs/?state=gap",
    ):
        cache.clear()
        client.force_login(place.organiser)
        cold = statements(client, address)
        Household.objects.filter(pk=place.household.pk).update(is_able=True)
        factories.helps(factories.member(place.unit), factories.household(place.village))
        changed = statements(client, address)
        assert max(cold, changed) <= 12, address
        assert statements(client, address) <= 9, address
