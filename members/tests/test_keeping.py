"""Keeping the rosters: adding, changing, registering, surveying, leaving; what is refused leaves everything as it was."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from members.actions import households as household_acts
from members.actions import members as member_acts
from members.actions.leaving import come_back, leave
from members.kinds import Hardship, Mark, PairKind, PersonKind
from members.models import Consent, Household, Member, Person, PersonPair, Registration
from members.tests import factories
from members.tests.registered import PHONE, registered
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.factories import SPRING

assert signed_in
pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def place():
    return registered()


def test_a_member_is_added_by_whoever_keeps_the_roster_and_two_of_one_name_need_a_number(place, signed_in):
    client = signed_in(place.secretary)
    given = {"organisation": "林业局", "name": "李强", "rank": "section", "marks": ["in_service", "able_to_help"]}
    client.post(reverse("add_member"), given | {"phone": "139-0000 1111"})
    added = Member.objects.get(name="李强")
    assert (added.organisation, added.rank, added.marks) == (place.unit, "section", ["in_service", "able_to_help"])
    again = client.post(reverse("add_member"), given)
    assert "李强已在该名册中" in again.content.decode()
    client.post(reverse("add_member"), given | {"number": "2"})
    assert Member.objects.filter(name="李强").count() == 2
    with pytest.raises(Refused):
        member_acts.add_member(by=place.secretary, organisation=place.village, fields={"name": "外人"})
    assert not Member.objects.filter(name="外人").exists()


def test_a_form_keeps_the_phone_that_it_does_not_show_and_a_hyphen_removes_it(place, signed_in):
    client = signed_in(place.secretary)
    address = reverse("edit_member", args=[place.helper.pk])
    assert PHONE not in client.get(address).content.decode()
    client.post(address, {"name": "陈光", "post": "科长", "account": place.cadre.username})
    assert (reread(place.helper).phone, reread(place.helper).post) == (PHONE, "科长")
    wrong = client.post(address, {"name": "陈光", "phone": "没有电话"})
    assert "13800001234" in wrong.content.decode()
    client.post(address, {"name": "陈光", "phone": "-"})
    assert (reread(place.helper).phone, reread(place.helper).user) == ("", None)


def test_an_account_belongs_to_one_entry(place):
    with pytest.raises(Refused):
        member_acts.add_member(
            by=place.secretary, organisation=place.unit, fields={"name": "李强", "user": place.cadre}
        )
    assert not Member.objects.filter(name="李强").exists()


@pytest.mark.clause("SF-07", "TC-04")
def test_a_member_is_registered_at_home_and_at_work_once_each_until_it_ends(place, signed_in):
    client = signed_in(place.secretary)
    address = reverse("register_member", args=[place.helper.pk])
    client.post(address, {"kind": "residence", "organisation": "马岭村", "since": "2026-01-01"})
    registration = Registration.objects.get()
    assert (registration.organisation, registration.kind) == (place.village, "residence")
    assert "马岭村" in client.get(place.helper.get_absolute_url()).content.decode()
    client.post(address, {"kind": "residence", "organisation": "东村", "since": "2026-01-01"})
    assert Registration.objects.count() == 1
    client.post(reverse("end_registration", args=[registration.pk]), {"on": "2025-12-31"})
    assert reread(registration).until is None
    home = signed_in(place.village_secretary)
    assert "陈光" in home.get(reverse("members")).content.decode()
    home.post(reverse("end_registration", args=[registration.pk]), {"on": "2026-05-01"})
    assert reread(registration).until == date(2026, 5, 1)
    assert signed_in(place.village_secretary).get(place.helper.get_absolute_url()).status_code == 404


@pytest.mark.clause("QX-16")
def test_whoever_leaves_with_pairs_is_refused_or_they_end_with_the_reason_and_the_gaps_are_named(place, signed_in):
    other = factories.household(place.village, "田云华")
    factories.helps(place.helper, other)
    factories.helps(factories.member(place.unit), other)
    with pytest.raises(Refused):
        leave(by=place.secretary, record=place.helper, on=TODAY(), ends_pairs=False)
    assert PersonPair.objects.active().count() == 3
    client = signed_in(place.secretary)
    address = reverse("member_leaves", args=[place.helper.pk])
    assert "任**" in client.get(address).content.decode()
    answer = client.post(address, {"on": TODAY().isoformat(), "ends_pairs": "on"}, follow=True)
    assert "任**" in answer.content.decode()
    ended = PersonPair.objects.filter(helper_member=place.helper)
    assert {(pair.state, pair.end_reason, pair.until, pair.ended_by) for pair in ended} == {
        ("ended", "helper_left", TODAY(), place.secretary)
    }
    assert list(Household.objects.all().without_helper([place.needy.village_id])) == [place.needy]
    assert reread(place.helper).left_on == TODAY()
    come_back(by=place.secretary, record=place.helper)
    assert PersonPair.objects.active().count() == 1


def test_a_household_that_moves_away_ends_its_pairs_as_changed(place):
    with pytest.raises(Refused):
        leave(by=place.village_secretary, record=place.needy, on=date(2019, 1, 1), ends_pairs=True)
    assert reread(place.needy).left_on is None
    left = leave(by=place.village_secretary, record=place.needy, on=TODAY(), ends_pairs=True)
    assert (left.ended, left.gaps) == (1, [])
    assert PersonPair.objects.get().end_reason == "target_changed"
    with pytest.raises(Refused):
        household_acts.change_household(by=place.village_secretary, household=place.needy, fields={"people": 9})


def survey(place, **fields):
    on = {"by": place.village_secretary, "household": place.needy, "on": TODAY(), "at": SPRING}
    return household_acts.survey_household(**on, **fields)


@pytest.mark.clause("QX-11", "XY-03", "XC-11")
def test_the_survey_comes_first_with_class_causes_and_the_wish_in_own_words(place):
    with pytest.raises(Refused):
        survey(place, fields={"wish": "想养牛", "wished_on": None})
    found = {"household_class": "poor", "causes": [Hardship.SCHOOLING], "wish": "想养牛", "wished_on": TODAY()}
    household = survey(place, fields=found)
    assert (household.surveyed_on, household.surveyed_by) == (TODAY(), place.village_secretary)
    assert (household.household_class, household.wish) == ("poor", "想养牛")


def test_illness_is_kept_only_with_the_consent_of_the_household(place, signed_in):
    client = signed_in(place.village_secretary)
    address = reverse("survey_household", args=[place.needy.pk])
    given = {"on": TODAY().isoformat(), "people": "4", "is_needy": "on", "causes": ["illness", "schooling"]}
    assert "同意" in client.post(address, given).content.decode()
    assert reread(place.needy).causes == []
    client.post(address, given | {"consent_on": TODAY().isoformat()})
    assert reread(place.needy).causes == ["illness", "schooling"]
    consent = Consent.objects.get()
    assert (consent.purpose, consent.household, consent.by_guardian) == ("health", place.needy, False)


def test_a_minor_is_kept_with_the_name_and_the_consent_of_the_guardian_or_not_at_all(place, signed_in):
    client = signed_in(place.village_secretary)
    given = {"village": "马岭村", "name": "小红", "kind": PersonKind.LEFT_BEHIND_CHILD}
    for incomplete in (given, given | {"guardian": "钱爷爷"}, given | {"consent_on": TODAY().isoformat()}):
        client.post(reverse("add_person"), incomplete)
        assert not Person.objects.exists()
        assert not Consent.objects.exists()
    client.post(reverse("add_person"), given | {"guardian": "钱爷爷", "consent_on": TODAY().isoformat()})
    person = Person.objects.get()
    assert Consent.objects.get(person=person).by_guardian
    text = signed_in(place.organiser).get(person.get_absolute_url()).content.decode()
    assert "小*" in text
    assert "小红" not in text
    assert "钱爷爷" not in text


def test_a_person_is_added_from_the_page_of_the_household(place, signed_in):
    client = signed_in(place.village_secretary)
    address = f"{reverse('add_person')}?household={place.needy.pk}"
    assert address.replace("&", "&amp;") in client.get(place.needy.get_absolute_url()).content.decode()
    client.post(address, {"name": "钱六", "kind": PersonKind.NEEDY_VILLAGER})
    person = Person.objects.get()
    assert (person.village, person.household) == (place.village, place.needy)
    assert "钱六" in client.get(place.needy.get_absolute_url()).content.decode()
    elsewhere = factories.household(place.next_village)
    other = client.post(f"{reverse('add_person')}?household={elsewhere.pk}", {"name": "孙七", "kind": "elder"})
    assert (other.status_code, Person.objects.count()) == (404, 1)


def test_a_household_is_kept_by_its_own_village_only(place, signed_in):
    client = signed_in(place.village_secretary)
    client.post(reverse("add_household"), {"village": "马岭村", "head": "钱大", "people": "3", "is_needy": "on"})
    assert Household.objects.get(head="钱大").village == place.village
    with pytest.raises(Refused):
        household_acts.add_household(by=place.village_secretary, village=place.next_village, fields={"head": "孙二"})
    assert signed_in(place.secretary).get(reverse("add_household")).status_code == 404
    assert signed_in(place.organiser).get(reverse("edit_household", args=[place.needy.pk])).status_code == 404
    assert not Household.objects.filter(head="孙二").exists()


@pytest.mark.clause("SF-13", "XY-02")
def test_the_page_names_both_levels_of_help_now_and_before(place, signed_in):
    needy = factories.member(place.village, "汤文金", marks=[Mark.NEEDY])
    factories.helps(place.unit, needy, PairKind.BRANCH_PERSON)
    text = signed_in(place.village_secretary).get(needy.get_absolute_url()).content.decode()
    assert "林业局" in text
    leave(by=place.secretary, record=place.helper, on=TODAY(), ends_pairs=True)
    text = signed_in(place.village_secretary).get(place.needy.get_absolute_url()).content.decode()
    assert "陈光" in text
