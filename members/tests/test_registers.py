"""The rosters of members, households and persons: lists, pages, forms; what is masked, and who may change what."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from members.actions import households as household_acts
from members.kinds import ROSTERS, Mark
from members.models import Household, PersonalReading, PersonPair
from members.tests import factories
from members.tests.registered import PHONE, registered
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.market import statements

assert signed_in
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def place():
    return registered()


def names(answer) -> set[str]:
    return {row.record.full_name for row in answer.context["table"].rows}


def cells(answer) -> list[str]:
    return [str(cell) for row in openpyxl.load_workbook(BytesIO(answer.getvalue())).active.values for cell in row]


@pytest.mark.parametrize(("name", "most"), [("members", 9), ("households", 8), ("persons", 8)])
def test_a_list_costs_the_same_with_one_and_three_rows(place, signed_in, name, most):
    client = signed_in(place.organiser)
    factories.person(place.village)
    once = statements(client, reverse(name))
    for _ in range(3):
        other = factories.household(place.village)
        factories.helps(factories.member(place.unit), other)
        factories.person(place.village)
    assert (statements(client, reverse(name)), once) == (most, most)


@pytest.mark.parametrize(("name", "most"), [("helper", 11), ("needy", 10)])
def test_a_page_costs_the_same_with_one_and_three_rows(place, signed_in, name, most):
    client = signed_in(place.organiser)
    address = getattr(place, name).get_absolute_url()
    factories.registration(place.helper, place.village)
    once = statements(client, address)
    for _ in range(3):
        factories.helps(place.helper, factories.household(place.village))
        factories.helps(factories.member(place.unit), place.needy)
        factories.person(place.village, household=place.needy)
    assert (statements(client, address), once) == (most, most)


@pytest.mark.clause("SF-12", "AH-37")
def test_the_rosters_of_the_texts_are_ready_filters_with_their_counts(place, signed_in):
    for key, marks in ROSTERS.items():
        for mark in marks:
            factories.member(place.village, f"王{mark}", marks=[mark], rank="")
        factories.member(place.village, marks=[marks[0]], left_on=TODAY())
        client = signed_in(place.organiser)
        answer = client.get(f"{reverse('members')}?roster={key}")
        counts = {roster.key: roster.count for roster in answer.context["rosters"]}
        assert counts[key] == answer.context["found"] >= len(marks)
        assert {mark for row in answer.context["table"].rows for mark in row.record.marks} == set(marks)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"陈光", "王五", "赵六"}),
        ("place=观音洞", {"王五", "赵六"}),
        ("rank=section", {"王五"}),
        ("mark=needy", {"赵六"}),
        ("presence=left", {"孙七"}),
        ("presence=all", {"陈光", "王五", "赵六", "孙七"}),
        ("q=cg", {"陈光"}),
        ("q=赵六", set()),
    ],
)
def test_members_are_filtered_by_address(place, signed_in, query, found):
    factories.member(place.village, "王五", rank="section")
    factories.member(place.village, "赵六", marks=[Mark.NEEDY])
    factories.member(place.village, "孙七", left_on=TODAY())
    auditor = people.user("auditor", place.county)
    answer = signed_in(auditor).get(f"{reverse('members')}?{query}")
    assert names(answer) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"任福林", "田云华", "石大山"}),
        ("unhelped=yes", {"田云华"}),
        ("needy=yes", {"任福林", "田云华"}),
        ("able=yes", {"石大山"}),
        ("unsurveyed=yes", {"任福林", "石大山"}),
        ("place=马岭", {"任福林"}),
        ("q=任福林", set()),
    ],
)
def test_households_are_filtered_and_not_found_by_a_name_that_is_masked(place, signed_in, query, found):
    factories.household(place.next_village, "田云华", surveyed_on=people.LONG_AGO)
    factories.household(place.next_village, "石大山", is_needy=False, is_able=True)
    answer = signed_in(place.organiser).get(f"{reverse('households')}?{query}")
    assert names(answer) == found
    assert query.startswith("q=") or "任福林" not in answer.content.decode()


def test_names_and_phones_are_masked_on_list_page_and_export_unless_one_is_near(place, signed_in):
    address = place.needy.get_absolute_url()
    client = signed_in(place.organiser)
    for page in (reverse("households"), address, place.helper.get_absolute_url()):
        text = client.get(page).content.decode()
        assert "任**" in text
        assert "任福林" not in text
        assert PHONE not in text
    written = cells(client.get(f"{reverse('households')}?export=xlsx"))
    assert "任**" in written
    assert "任福林" not in written
    assert PHONE not in written
    client = signed_in(place.village_secretary)
    assert "任福林" in client.get(address).content.decode()
    assert PHONE not in client.get(address).content.decode()
    assert "任福林" in cells(client.get(f"{reverse('households')}?export=xlsx"))


def test_history_and_readers_of_a_record_give_no_name_away(place, signed_in):
    client = signed_in(place.organiser)
    household_acts.change_household(
        by=place.village_secretary, household=place.needy, fields={"people": 5, "head": "任福林"}
    )
    pair = PersonPair.objects.get()
    for address in (
        reverse("history", args=["members.household", place.needy.pk]),
        reverse("readers", args=["members.household", place.needy.pk]),
        reverse("history", args=["members.personpair", pair.pk]),
    ):
        text = client.get(address).content.decode()
        assert "任福林" not in text


def test_class_causes_and_wish_are_for_those_who_are_near(place, signed_in):
    Household.objects.update(household_class="lagging", causes=["schooling"], wish="想养牛", wished_on=TODAY())
    address = place.needy.get_absolute_url()
    for user, reads in ((place.organiser, False), (place.village_secretary, True), (place.cadre, True)):
        text = signed_in(user).get(address).content.decode()
        assert [word in text for word in ("想养牛", "后进户", "因学")] == [reads] * 3


def test_showing_in_full_takes_a_reason_and_is_recorded_and_listed(place, signed_in):
    client = signed_in(place.organiser)
    address = reverse("household_in_full", args=[place.needy.pk])
    for reason in ("", "任福林要见我"):
        text = client.post(address, {"reason": reason}).content.decode()
        assert PHONE not in text
        assert not PersonalReading.objects.exists()
    answer = client.post(address, {"reason": "安排走访"})
    assert PHONE in answer.content.decode()
    assert "任福林" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert (PersonalReading.objects.get().read_by, PersonalReading.objects.get().reason) == (
        place.organiser,
        "安排走访",
    )
    assert "安排走访" in client.get(place.needy.get_absolute_url()).content.decode()


def test_whoever_only_knows_a_name_may_not_read_the_phone(place, signed_in):
    """A working roster shows the names of members to everybody who reads it; their phones need a permission."""
    liaison = people.user("liaison_officer", place.unit)
    answer = signed_in(liaison).post(reverse("member_in_full", args=[place.helper.pk]), {"reason": "联系工作"})
    assert "陈光" in answer.content.decode()
    assert PHONE not in answer.content.decode()
    assert not PersonalReading.objects.exists()


def test_a_stranger_finds_nothing_and_changes_nothing(place, signed_in):
    client = signed_in(place.stranger)
    for record in (place.helper, place.needy):
        name = record._meta.model_name
        assert client.get(record.get_absolute_url()).status_code == 404
        for step in (f"edit_{name}", f"{name}_leaves", f"{name}_in_full", f"{name}_returns"):
            assert client.post(reverse(step, args=[record.pk]), {"reason": "看看"}).status_code in (404, 405)
        assert reread(record).left_on is None
    assert not PersonalReading.objects.exists()
    assert names(client.get(reverse("members"))) == set()
