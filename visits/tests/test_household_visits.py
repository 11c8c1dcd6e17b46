"""Household visits: what a first one asks, whom it is on, when it counts, who reads it (XY-08, XY-10)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from core.refusals import Refused
from members.actions.aids import note_aid, withdraw_aid
from members.actions.erasing import erase_person
from members.kinds import Mark, PersonKind
from members.models import Consent, Household, PersonPair
from members.tests import factories as members
from organisations.actions.restructuring import merge
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.tests.market import statements
from visits import calling
from visits.actions import household_visits as acts
from visits.actions.household_visits import Call
from visits.models import HouseholdVisit
from visits.tests.playing import NOW, TODAY, Place, place_under

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
ALL = {"situation": "四口人，三亩田", "livelihood": "缺水", "wishes": "想种三华李"}


class Door(Place):
    pair: PersonPair
    household: Household


@pytest.fixture
def door(db) -> Any:
    """The cadre helps a household of the paired village under the scheme of Xinyi."""
    return door_under("xinyi")


def door_under(scheme: str) -> Any:
    found: Any = place_under(scheme)
    helper = members.member(found.unit, "苏晓梅", user=found.cadre)
    found.household = members.household(found.village, "任福林")
    found.pair = members.helps(helper, found.household, round=found.pairing.round, pairing=found.pairing)
    return found


def visited(door, *, by=None, target=None, at=NOW, **changes) -> HouseholdVisit:
    said: dict[str, Any] = {"on": TODAY, "met": "head", "words": "坐了半天", "answers": {}, "kinds": ()}
    call = Call(**(said | changes))
    return acts.record_visit(by=by or door.cadre, target=target or door.household, call=call, key=uuid.uuid4(), at=at)


def sent(**changes) -> dict:
    return {"on": "2026-03-01", "met": "head", "words": "坐了半天", "key": str(uuid.uuid4()), **changes}


@pytest.mark.clause("XY-08")
def test_a_first_visit_is_incomplete_until_all_three_are_answered(door):
    first = visited(door, answers={"situation": "四口人"})
    assert (first.asks, first.missing) == (["situation", "livelihood", "wishes"], ["livelihood", "wishes"])
    assert list(HouseholdVisit.objects.incomplete()) == [first]
    acts.complete_visit(by=door.cadre, visit=first, answers={"livelihood": "缺水", "situation": "改写"}, at=NOW)
    assert (reread(first).missing, reread(first).situation) == (["wishes"], "四口人")
    acts.complete_visit(by=door.cadre, visit=first, answers={"wishes": "想种三华李"}, at=NOW)
    assert reread(first).missing == []
    assert list(HouseholdVisit.objects.complete()) == [first]
    later = visited(door, words="苗已种下")
    assert (later.asks, later.missing) == ([], [])
    assert visited(door, words="", answers={"wishes": "再种两亩"}).answered == ["wishes"]


@pytest.mark.clause("XY-08")
def test_the_form_asks_until_one_visit_has_all_answers_and_says_what_is_open(door, signed_in):
    client = signed_in(door.cadre)
    address = f"/household-visits/new/household/{door.household.pk}/"
    assert client.get(address).context["asked"] == ["situation", "livelihood", "wishes"]
    answer = client.post(address, sent(situation="四口人"), follow=True)
    assert "首次走访还不完整：问民生问题知民艰、问发展意向知民意" in answer.content.decode()
    again = client.get(address)
    assert (again.context["asked"], again.context["form"]["situation"].value()) == (
        ["situation", "livelihood", "wishes"],
        "四口人",
    )
    client.post(address, sent(**ALL))
    assert client.get(address).context["asked"] == []
    page = client.post(address, sent(words=""))
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["words"])
    assert HouseholdVisit.objects.count() == 2


def test_other_schemes_ask_nothing_and_name_nobody(signed_in):
    door = door_under("qianxi")
    page = signed_in(door.cadre).get(f"/household-visits/new/household/{door.household.pk}/")
    assert (page.context["asked"], "kinds" in page.content.decode()) == ([], False)
    assert visited(door).missing == []
    with pytest.raises(Refused, match="方案"):
        visited(door, kinds=["veteran_member"])
    assert HouseholdVisit.objects.count() == 1


def test_from_my_households_with_one_tap(door, signed_in):
    client = signed_in(door.cadre)
    tap = f"/person-pairs/{door.pair.pk}/visits/new/"
    assert tap in client.get("/my-households/").content.decode()
    assert tap in client.get("/my-households/", headers=PART).content.decode()
    form = client.get(tap, follow=True)
    assert form.redirect_chain[-1][0] == f"/household-visits/new/household/{door.household.pk}/"
    client.post(form.redirect_chain[-1][0], sent(**ALL))
    visit = HouseholdVisit.objects.get()
    assert (visit.pair, visit.unit, visit.round) == (door.pair, door.unit, door.pairing.round)
    panel = client.get(f"/household-visits/at/household/{door.household.pk}/", headers=PART).content.decode()
    assert visit.get_absolute_url() in panel
    assert (
        f"/household-visits/at/household/{door.household.pk}/"
        in client.get(door.household.get_absolute_url()).content.decode()
    )


def test_the_same_key_twice_is_one_visit(door, signed_in):
    data = sent(**ALL)
    client = signed_in(door.cadre)
    first = client.post(f"/household-visits/new/household/{door.household.pk}/", data)
    second = client.post(f"/household-visits/new/household/{door.household.pk}/", data)
    assert (first.url, HouseholdVisit.objects.count()) == (second.url, 1)


def test_a_visit_sets_when_they_were_last_seen_and_taking_it_back_looks_again(door):
    early, late = TODAY - timedelta(days=9), TODAY - timedelta(days=2)
    note = note_aid(by=door.cadre, pair=door.pair, sort="talk", on=early, words="谈心", at=NOW)
    visit = visited(door, on=late, answers=ALL)
    assert (reread(door.pair).seen_on, reread(door.household).seen_on) == (late, late)
    withdraw_aid(by=door.cadre, note=note, words="记错", at=NOW)
    assert reread(door.pair).seen_on == late
    acts.withdraw_visit(by=door.cadre, visit=visit, words="走错了门", at=NOW)
    assert (reread(door.pair).seen_on, reread(door.household).seen_on) == (None, None)
    assert visited(door).asks == ["situation", "livelihood", "wishes"]


def test_nobody_met_counts_as_nothing_and_is_kept(door, signed_in):
    client = signed_in(door.cadre)
    address = f"/household-visits/missed/household/{door.household.pk}/"
    assert "words" in client.post(address, sent(words="")).context["form"].errors
    client.post(address, sent(words="大雨封路"))
    missed = HouseholdVisit.objects.get()
    assert (missed.took_place, missed.missed_words) == (False, "大雨封路")
    assert (reread(door.pair).seen_on, HouseholdVisit.objects.paid().count()) == (None, 0)
    assert "大雨封路" in client.get(missed.get_absolute_url()).content.decode()
    with pytest.raises(IntegrityError, match="missed_counts_as_nothing"), transaction.atomic():
        HouseholdVisit.objects.filter(pk=missed.pk).update(kinds=["veteran_member"])


def test_the_wish_heard_at_the_door_is_the_wish_of_the_household(door):
    visited(door, answers=ALL)
    assert reread(door.household).wish == "想种三华李"


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_to_come_or_before_the_pair_is_refused(door, days):
    PersonPair.objects.filter(pk=door.pair.pk).update(since=TODAY - timedelta(days=100))
    with pytest.raises(Refused):
        visited(door, on=TODAY + timedelta(days=days))
    assert not HouseholdVisit.objects.exists()


@pytest.mark.clause("XY-10")
def test_on_whom_is_known_from_the_register_else_chosen(door):
    veteran = members.member(door.village, "汤文金", marks=[Mark.VETERAN_MEMBER, Mark.PARTY_DELEGATE], rank="")
    child = members.person(door.village, "卢小妹", kind=PersonKind.LEFT_BEHIND_CHILD, guardian="卢桂英")
    of_veteran = visited(door, by=door.secretary, target=veteran, met="self")
    consented(child, door.village_secretary)
    of_child = visited(door, by=door.village_secretary, target=child, met="guardian", care=["learning"])
    chosen = visited(door, kinds=["veteran_model"])
    assert [str(kind) for kind in of_veteran.kinds] == ["veteran_member", "party_delegate"]
    assert (of_child.kinds, chosen.kinds) == (["left_behind_child"], ["veteran_model"])
    members.person(door.village, "任小宝", kind=PersonKind.LEFT_BEHIND_CHILD, guardian="任", household=door.household)
    assert visited(door).kinds == ["left_behind_child"]


def consented(child, by) -> None:
    Consent.objects.create(person=child, purpose="minor", given_on=TODAY, by_guardian=True, recorded_by=by)


@pytest.fixture
def child(door):
    """Helped by the cadre, kept with the guardian's consent."""
    found = members.person(door.village, "卢小妹", kind=PersonKind.LEFT_BEHIND_CHILD, guardian="卢桂英")
    members.helps(door.pair.helper_member, found, kind="member_person", round=door.pairing.round)
    consented(found, door.village_secretary)
    return found


@pytest.mark.clause("TN-10")
def test_care_for_a_left_behind_child_says_which_of_three_aspects(door, child, signed_in):
    with pytest.raises(Refused, match="生活"):
        visited(door, target=child, met="guardian")
    client = signed_in(door.cadre)
    address = f"/household-visits/new/person/{child.pk}/"
    assert "care" in client.post(address, sent(met="guardian")).context["form"].errors
    assert not HouseholdVisit.objects.exists()
    client.post(address, sent(met="guardian", care=["learning", "growing"]))
    visit = HouseholdVisit.objects.get()
    assert (visit.care, visit.kinds) == (["learning", "growing"], ["left_behind_child"])
    assert visited(door).care == []
    with pytest.raises(IntegrityError, match="care_for_a_person"), transaction.atomic():
        HouseholdVisit.objects.filter(target_household=door.household).update(care=["living"])


@pytest.mark.clause("TN-10")
def test_what_is_written_of_a_minor_is_read_by_fewest_and_needs_consent(door, child, signed_in):
    visit = visited(door, target=child, met="guardian", care=["living"], words="爷爷带着")
    for reader, reads in ((door.cadre, True), (door.village_secretary, True), (door.secretary, False)):
        page = signed_in(reader).get(visit.get_absolute_url()).content.decode()
        assert ("爷爷带着" in page, "卢小妹" in page) == (reads, reads)
    assert signed_in(door.stranger).get(visit.get_absolute_url()).status_code == 404
    child.consents.update(withdrawn_on=TODAY)
    with pytest.raises(Refused, match="监护人"):
        visited(door, target=child, met="guardian", care=["living"])
    assert HouseholdVisit.objects.count() == 1


@pytest.mark.clause("XY-10")
def test_coverage_of_a_village_says_how_many_of_how_many(door, signed_in):
    marks = [[Mark.VETERAN_MEMBER], [Mark.VETERAN_CADRE], [Mark.VETERAN_MODEL], [Mark.PEOPLES_DEPUTY]]
    known = [members.member(door.village, marks=each, rank="") for each in marks]
    members.member(door.village, marks=[Mark.CPPCC_MEMBER], left_on=TODAY)
    child = members.person(door.village, kind=PersonKind.LEFT_BEHIND_CHILD, guardian="王", household=door.household)
    members.household(door.village)
    for target in known[:2]:
        visited(door, by=door.secretary, target=target, met="self")
    visited(door, answers=ALL)
    missed = {"on": TODAY, "words": "外出", "key": uuid.uuid4(), "at": NOW}
    acts.miss_visit(by=door.secretary, target=known[3], **missed)
    client = signed_in(door.organiser)
    row = next(r for r in client.get("/household-visits/coverage/").context["table"].data if r.pk == door.village.pk)
    assert (row.homes_visited, row.homes, row.homes_asked) == (1, 2, 1)
    assert (row.veterans_visited, row.veterans) == (2, 3)
    assert (row.children_visited, row.children, row.delegates_visited, row.delegates) == (1, 1, 0, 1)
    page = client.get(f"/household-visits/villages/{door.village.pk}/")
    found = {str(each.kind): (each.visited, len(each.people)) for each, _waiting in page.context["calls"]}
    assert len(found) == 7
    assert (found["veteran_member"], found["veteran_model"], found["left_behind_child"]) == ((1, 1), (0, 1), (1, 1))
    assert child.full_name not in page.content.decode()
    assert signed_in(door.stranger).get(f"/household-visits/villages/{door.village.pk}/").status_code == 404
    assert calling.villages_of(door.cadre).count() == 0


def test_words_are_read_by_helpers_their_unit_and_the_village(door, signed_in):
    visit = visited(door, answers=ALL, words="坐了半天")
    colleague = people.user("cadre", door.unit)
    auditor = people.user("auditor", door.pairing.round.organiser)
    for reader in (door.cadre, door.secretary, door.village_secretary, door.organiser):
        assert "缺水" in signed_in(reader).get(visit.get_absolute_url()).content.decode()
    page = signed_in(auditor).get(visit.get_absolute_url()).content.decode()
    assert ("缺水" in page, "任福林" in page, "任**" in page) == (False, False, True)
    for other in (colleague, door.stranger):
        assert signed_in(other).get(visit.get_absolute_url()).status_code == 404
        assert signed_in(other).get(f"/household-visits/new/household/{door.household.pk}/").status_code == 404
    assert "任福林" not in signed_in(door.secretary).get("/household-visits/").content.decode()
    assert "任福林" in signed_in(door.cadre).get("/household-visits/").content.decode()


def test_only_author_and_managers_complete_or_take_back(door, signed_in):
    visit = visited(door, answers={"situation": "四口人"})
    other = members.member(door.unit, user=people.user("cadre", door.unit))
    members.helps(other, door.household, round=door.pairing.round)
    client = signed_in(other.user)
    assert client.get(visit.get_absolute_url()).status_code == 200
    for act, data in (("complete", {"wishes": "养蜂"}), ("withdraw", {"words": "x"})):
        assert client.post(f"/household-visits/{visit.pk}/{act}/", data).status_code == 404
    with pytest.raises(Refused):
        acts.withdraw_visit(by=other.user, visit=visit, words="x", at=NOW)
    assert (reread(visit).withdrawn_at, reread(visit).answered) == (None, ["situation"])
    signed_in(door.village_secretary).post(f"/household-visits/{visit.pk}/withdraw/", {"words": "记错"})
    assert reread(visit).withdrawn_by == door.village_secretary
    assert "已撤回" in signed_in(door.cadre).get("/household-visits/?state=withdrawn").content.decode()


@pytest.mark.parametrize(("state", "number"), [("complete", 1), ("incomplete", 1), ("missed", 1), ("withdrawn", 0)])
def test_the_list_filters_by_state(door, signed_in, state, number):
    visited(door, answers={"situation": "四口人"})
    visited(door, answers=ALL)
    acts.miss_visit(by=door.cadre, target=door.household, on=TODAY, words="外出", key=uuid.uuid4(), at=NOW)
    found = signed_in(door.organiser).get(f"/household-visits/?state={state}&place={door.village.name}")
    assert len(found.context["table"].data) == number


def test_an_erasure_leaves_the_number_and_no_word(door):
    visit = visited(door, answers=ALL, words="任福林家")
    erase_person(by=door.organiser, record=door.household, reason="本人要求", at=NOW)
    visit = reread(visit)
    assert (visit.situation, visit.livelihood, visit.wishes, visit.words) == ("", "", "", "")
    assert (visit.missing, HouseholdVisit.objects.complete().count()) == ([], 1)
    assert not any("三华李" in str(row) for row in type(visit).pgh_event_model.objects.values())


def test_where_villages_are_merged_the_new_one_reads_the_visits(door):
    visit = visited(door)
    town = people.township(door.pairing.round.organiser, "水口镇")
    new = people.village(town, "新村")
    merge(by=door.organiser, organisation=door.village, into=new, reason="并村", on=TODAY, at=NOW)
    assert reread(visit).village == new


@pytest.mark.parametrize("path", ["list", "coverage", "village", "panel", "page", "form"])
def test_as_many_statements_with_three_as_with_one(door, signed_in, path):
    visit = visited(door, answers={"situation": "四口人"})
    members.member(door.village, marks=[Mark.VETERAN_CADRE], rank="")
    door_at = f"household/{door.household.pk}/"
    address = {
        "list": "/household-visits/", "coverage": "/household-visits/coverage/", "page": visit.get_absolute_url(),
        "village": f"/household-visits/villages/{door.village.pk}/", "panel": f"/household-visits/at/{door_at}",
        "form": f"/household-visits/new/{door_at}",
    }[path]  # fmt: skip
    client, found = signed_in(door.secretary), []
    for more in range(2):
        for _number in range(2 * more):
            visited(door, answers={"livelihood": "缺水"})
            target = members.member(door.village, marks=[Mark.VETERAN_MODEL], rank="")
            visited(door, by=door.secretary, target=target, met="self")
            members.person(door.village, kind=PersonKind.LEFT_BEHIND_CHILD, guardian="王")
        cache.clear()
        found.append(statements(client, address))
    assert found[0] == found[1] <= 12
