"""A member goes over to another organisation: what goes on, what ends, and who may say so."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.refusals import Refused
from members.actions.moving import move_member
from members.kinds import EndReason, PairKind
from members.models import Liaison, Member, PersonPair, Registration, Secondment, ZoneMember
from members.tests import factories
from members.tests.floating import floating
from members.tests.helping import place_under
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import LONG_AGO, reread
from pairing.tests import factories as pairs

assert signed_in
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def place() -> SimpleNamespace:
    """A scheme that asks for the paired village, and another unit, paired with the other village alone."""
    found = place_under("town")
    other = people.unit(found.county, "农业局")
    pairs.pairing(found.round, other, found.next_village, state="signed")
    return SimpleNamespace(**vars(found), other=other)


def move(place, to, *, by=None, member=None, on: date | None = None, ends_pairs: bool = True):
    return move_member(
        by=by or place.organiser, member=member or place.helper, to=to, on=on or TODAY(), ends_pairs=ends_pairs,
        at=timezone.now(),
    )  # fmt: skip


def state_of(place) -> tuple:
    pair = [(each.unit, each.state, each.pairing) for each in PersonPair.objects.order_by("pk")]
    return reread(place.helper).organisation, pair, Message.objects.count()


def test_pairs_that_the_scheme_allows_go_on_with_all_that_was_done_in_them(place):
    free = factories.helps(place.helper, place.household, pairing=place.pairing, round=place.round)
    aid = factories.aid(free)
    moved = move(place, place.other, ends_pairs=False)
    pair = reread(free)
    assert (reread(place.helper).organisation, pair.unit, pair.state) == (place.other, place.other, "active")
    assert (pair.pairing, pair.round, pair.since, reread(aid).pair) == (None, place.round, LONG_AGO, pair)
    assert (moved.going_on, moved.ended, moved.gaps) == (1, 0, [])
    before = apps.get_model("members.MemberEvent").objects.filter(pgh_obj_id=place.helper.pk).order_by("pgh_id")
    assert list(before.values_list("organisation", flat=True)) == [place.unit.pk, place.other.pk]


def test_a_pair_that_only_the_paired_unit_may_have_ends_with_the_reason_and_leaves_a_gap(place):
    kept = factories.helps(place.helper, place.needy_person, PairKind.MEMBER_PERSON, pairing=place.pairing)
    before = state_of(place)
    with pytest.raises(Refused, match="1"):
        move(place, place.other, ends_pairs=False)
    assert state_of(place) == before
    moved = move(place, place.other)
    pair = reread(kept)
    assert (pair.state, pair.end_reason, pair.until, pair.unit) == ("ended", EndReason.HELPER_LEFT, TODAY(), place.unit)
    assert (moved.going_on, moved.ended, moved.gaps) == (0, 1, [place.needy_person])
    told = Message.objects.filter(organisation=place.village).get()
    assert place.needy_person.name not in f"{told.subject_text}{told.params}"


def test_a_helper_of_the_village_itself_no_longer_helps_from_another_and_who_is_helped_moves_along(place):
    neighbour = factories.member(place.village, "石耀", is_party_member=True)
    chain = factories.helps(neighbour, place.household, PairKind.CHAIN)
    helped = factories.helps(place.helper, neighbour, PairKind.MEMBER_MEMBER)
    move(place, place.next_village, member=neighbour)
    assert (reread(chain).state, reread(helped).state, reread(helped).village) == (
        "ended",
        "active",
        place.next_village,
    )


def test_the_record_of_a_floating_member_goes_along_and_ends_where_the_destination_takes_over(place):
    one, two = factories.member(place.village, "汤金"), factories.member(place.village, "段丽")
    away, there = floating(place.village, member=one, place="贵阳市"), floating(place.village, place.other, member=two)
    move(place, place.next_village, member=one)
    assert (reread(away).origin, reread(away).state) == (place.next_village, "departed")
    move(place, place.other, member=two)
    ended = reread(there)
    assert (ended.origin, ended.state, ended.ended_on) == (place.village, "ended", TODAY())
    assert ended.end_words == "自此由流入地编入名册"


def test_what_hangs_on_the_place_ends_with_it(place):
    member = factories.member(place.village, "汤金")
    work = factories.registration(member, place.other, Registration.Kind.WORK)
    away = Secondment.objects.create(
        member=member, sender=place.village, host=place.other, kind="graduate", direction="up", post="干事",
        since=LONG_AGO,
    )  # fmt: skip
    liaison = Liaison.objects.create(pairing=place.pairing, member=member, since=LONG_AGO)
    zone = place.village.zones.create(name="一组")
    ZoneMember.objects.create(zone=zone, member=member)
    move(place, place.other, member=member)
    assert (reread(work).until, reread(away).until, reread(liaison).until) == (TODAY(), TODAY(), TODAY())
    assert not ZoneMember.objects.exists()


@pytest.mark.parametrize("case", ["same", "closed", "future", "namesake", "left", "identity"])
def test_what_does_not_fit_is_refused_and_nothing_moves(place, case):
    factories.helps(place.helper, place.household)
    to, on = place.other, TODAY()
    if case == "same":
        to = place.unit
    if case == "closed":
        type(to).objects.filter(pk=to.pk).update(closed_on=LONG_AGO)
    if case == "future":
        on += timedelta(days=1)
    if case == "namesake":
        factories.member(to, place.helper.name)
    if case == "identity":
        factories.member(to, identity_hash="ab" * 32)
        Member.objects.filter(pk=place.helper.pk).update(identity_hash="ab" * 32)
    if case == "left":
        Member.objects.filter(pk=place.helper.pk).update(left_on=LONG_AGO)
    before = state_of(place)
    with pytest.raises(Refused):
        move(place, to, on=on)
    assert state_of(place) == before


def test_only_whoever_keeps_both_rosters_moves_somebody(place, signed_in):
    other = people.user("branch_secretary", place.other)
    before = state_of(place)
    for by in (place.secretary, other, place.stranger):
        with pytest.raises(Refused):
            move(place, place.other, by=by)
    address = f"/members/{place.helper.pk}/move/"
    assert signed_in(place.stranger).get(address).status_code == 404
    assert "move/" not in signed_in(place.secretary).get(place.helper.get_absolute_url()).content.decode()
    signed_in(place.secretary).post(address, {"to": "农业局", "on": TODAY().isoformat()})
    assert state_of(place) == before


def test_the_page_lists_what_would_end_before_anything_happens(place, signed_in):
    factories.helps(place.helper, place.needy_person, PairKind.MEMBER_PERSON, pairing=place.pairing)
    client, address = signed_in(place.organiser), f"/members/{place.helper.pk}/move/"
    assert address in client.get(place.helper.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 200
    given = {"to": "农业局", "on": TODAY().isoformat()}
    page = client.post(address, given).content.decode()
    assert "这些结对不能带过去" in page
    assert reread(place.helper).organisation == place.unit
    page = client.post(address, given | {"ends_pairs": "on"}, follow=True).content.decode()
    assert "目前没有人帮扶" in page
    assert reread(place.helper).organisation == place.other


def test_ten_pairs_move_in_as_many_statements_as_two(place):
    asked = []
    assert place.organiser.posts  # read once for each person
    for number in (2, 10):
        member = factories.member(place.unit)
        for _each in range(number):
            factories.helps(member, factories.household(place.village))
            factories.helps(member, factories.person(place.village), PairKind.MEMBER_PERSON, pairing=place.pairing)
        with CaptureQueriesContext(connection) as found:
            move(place, place.other, member=member)
        asked.append(len(found))
    assert asked[0] == asked[1]
    assert PersonPair.objects.active().filter(unit=place.other).count() == 12
    assert PersonPair.objects.filter(state="ended", unit=place.unit).count() == 12


@pytest.mark.parametrize("method", ["get", "post"])
def test_as_many_queries_for_one_pair_as_for_three(place, signed_in, method):
    client, asked = signed_in(place.organiser), []
    for number in (1, 2):
        for _each in range(number):
            factories.helps(
                place.helper, factories.person(place.village), PairKind.MEMBER_PERSON, pairing=place.pairing
            )
        given = {"to": "农业局", "on": TODAY().isoformat()} if method == "post" else {}
        getattr(client, method)(f"/members/{place.helper.pk}/move/", given)
        with CaptureQueriesContext(connection) as found:
            assert getattr(client, method)(f"/members/{place.helper.pk}/move/", given).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
