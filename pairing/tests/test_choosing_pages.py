"""The pages of consortia, choices for others, counter-proposals, the organiser's moves and the board of clashes."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.models import Intention, Pairing, PairingPartner, SelectionBatch, VillagersChoice
from pairing.states import IntentionState, PairingState, PartnerState
from pairing.tests import factories
from pairing.tests.market import county, formed, statements
from pairing.together import spread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def place():
    return county(units_per_village=None)


@pytest.fixture
def other():
    return county("绿水县")


def sign_in(client, user):
    client.force_login(user)
    return client


def url(name, *args, **query):
    address = reverse(name, args=args)
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def unit_with_secretary(place, name):
    unit = people.unit(place.root, name)
    factories.directory(place.round)
    return unit, people.user("branch_secretary", unit)


@pytest.mark.clause("SH-13")
def test_a_consortium_is_made_on_its_page_by_lead_and_partner(client, place):
    pairing = formed(place)
    bank, banker = unit_with_secretary(place, "农商行")
    page = url("consortium", pairing.pk)
    sent = {"verb": "invite", "party": bank.pk, "share": "30", "contribution": "小额贷款"}
    assert sign_in(client, place.secretary).post(page, sent).status_code == 302
    answer = sign_in(client, banker).get(page)
    assert "小额贷款" in answer.content.decode()
    assert set(answer.context["present"]) == {PairingPartner.objects.get()}
    client.post(page, {"verb": "join", "words": "愿意"})
    assert PairingPartner.objects.get().state == PartnerState.JOINED
    assert (
        "牵头单位：青山县林业局，承担70%。" in client.get(pairing.agreements.get().get_absolute_url()).content.decode()
    )
    client.post(page, {"verb": "end", "partner": PairingPartner.objects.get().pk, "words": "任务调整"})
    assert PairingPartner.objects.get().state == PartnerState.LEFT


def test_a_refused_share_shows_its_sentence(client, place):
    pairing = formed(place)
    bank, _ = unit_with_secretary(place, "农商行")
    PairingPartner.objects.create(pairing=pairing, unit=people.unit(place.root), share=80)
    answer = sign_in(client, place.secretary).post(
        url("consortium", pairing.pk), {"verb": "invite", "party": bank.pk, "share": "30"}
    )
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert PairingPartner.objects.count() == 1


def test_nobody_else_finds_or_changes_a_consortium(client, place, other):
    pairing = formed(place)
    bank, banker = unit_with_secretary(place, "农商行")
    page = url("consortium", pairing.pk)
    sent = {"verb": "invite", "party": bank.pk, "share": "30"}
    for stranger in (banker, other.secretary, other.organiser, people.user()):
        assert sign_in(client, stranger).post(page, sent).status_code == 404
    for reader in (place.village_secretary, place.organiser):
        assert sign_in(client, reader).post(page, sent).status_code == 200
    assert not PairingPartner.objects.exists()


@pytest.mark.clause("SH-13")
def test_a_unit_that_was_asked_finds_it_on_its_desk(client, place):
    pairing = formed(place)
    bank, banker = unit_with_secretary(place, "农商行")
    assert "尚无结对" in home(client, banker) or "还没有结对" in home(client, banker)
    PairingPartner.objects.create(pairing=pairing, unit=bank, share=30)
    assert "邀请贵单位共同帮扶" in home(client, banker)


def home(client, user) -> str:
    return sign_in(client, user).get(reverse("home")).content.decode()


def test_the_village_proposes_something_else_and_the_chain_stands_on_the_page(client, place):
    first = factories.intention(place.round, place.unit, place.village, words="种树")
    sign_in(client, place.village_secretary)
    client.post(first.get_absolute_url(), {"verb": "counter", "mode": "", "words": "请先修路"})
    second = Intention.objects.get(counter_to=first)
    page = sign_in(client, place.secretary).get(second.get_absolute_url())
    assert page.context["chain"] == [first, second]
    assert "请先修路" in page.content.decode()
    client.post(second.get_absolute_url(), {"verb": "accept", "words": ""})
    assert Pairing.objects.get().intention == second


def test_an_empty_counter_proposal_is_refused_with_its_sentence(client, place):
    first = factories.intention(place.round, place.unit, place.village)
    answer = sign_in(client, place.village_secretary).post(first.get_absolute_url(), {"verb": "counter", "words": " "})
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert Intention.objects.get().state == IntentionState.PROPOSED


def test_a_side_withdraws_on_its_page(client, place):
    accepted = factories.intention(place.round, place.unit, place.village, state=IntentionState.ACCEPTED)
    pairing = formed(place, intention=accepted)
    page = url("step_back", pairing.pk)
    for stranger in (place.organiser, people.user("auditor", place.root)):
        assert sign_in(client, stranger).post(page, {"words": "因"}).status_code == 404
    sign_in(client, place.secretary).post(page, {"words": "人员变动"})
    assert Pairing.objects.get().state == PairingState.RELEASED


@pytest.fixture
def committee(place):
    made = people.organisation("青山县直工委", kind=Kind.WORK_COMMITTEE, parent=place.root)
    staff = people.user("committee_staff", made)
    area = people.township(place.root, "北镇")
    pairs = [(people.unit(made, f"工委{n}局"), people.village(area, f"北{n}村")) for n in range(3)]
    factories.directory(place.round)
    return staff, area, pairs


@pytest.mark.clause("SH-36")
def test_a_committee_fills_in_the_grid_and_proposes_all_at_once(client, place, committee):
    staff, area, pairs = committee
    sign_in(client, staff)
    page = url("choose_together", place.round.pk, area=area.pk)
    assert "北镇" in client.get(url("choose_together", place.round.pk)).content.decode()
    found = client.get(page).context["found"]
    assert [line.name for line in found.units] == [unit.name for unit, _village in pairs]
    assert [line.name for line in found.villages] == [village.name for _unit, village in pairs]
    client.post(page, {f"unit_{unit.pk}": village.pk for unit, village in pairs} | {"words": "集中帮扶"})
    batch = SelectionBatch.objects.get()
    assert batch.intentions.count() == 3
    shown = client.get(batch.get_absolute_url())
    assert [(state, number) for state, number in shown.context["states"]] == [(IntentionState.PROPOSED, 3)]
    assert client.get(page).context["found"].units == []


@pytest.mark.clause("SH-36")
def test_what_failed_stands_at_its_row_and_nothing_was_proposed(client, place, committee):
    staff, area, pairs = committee
    type(place.round).objects.update(open_proposals_per_village=1)
    village = pairs[0][1]
    page = url("choose_together", place.round.pk, area=area.pk)
    answer = sign_in(client, staff).post(page, {f"unit_{unit.pk}": village.pk for unit, _own in pairs})
    assert sorted(answer.context["form"].errors) == sorted(f"unit_{unit.pk}" for unit, _own in pairs[1:])
    assert not Intention.objects.exists()


def test_a_first_suggestion_gives_each_village_one_before_any_gets_two(client, place, committee):
    staff, area, pairs = committee
    page = sign_in(client, staff).get(url("choose_together", place.round.pk, area=area.pk, spread=1))
    given = {field.initial for _unit, field in page.context["form"].rows()}
    assert given == {village.pk for _unit, village in pairs}
    found = page.context["found"]
    assert sorted(spread(found.units, found.villages[:2], None).values()).count(pairs[0][1].pk) == 2
    assert len(spread(found.units, found.villages[:1], 2)) == 2
    assert spread(found.units, [], None) == {}


def test_only_committee_staff_chooses_together(client, place, committee, other):
    _staff, area, pairs = committee
    sent = {f"unit_{unit.pk}": village.pk for unit, village in pairs}
    stranger = people.user("committee_staff", other.root)
    for person in (place.secretary, place.village_secretary, place.organiser, stranger, people.user()):
        page = url("choose_together", place.round.pk, area=area.pk)
        assert sign_in(client, person).post(page, sent).status_code == 404
    assert not Intention.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_grid_takes_the_same_queries_whatever_the_rows(rows, client, place):
    made = people.organisation("青山县直工委", kind=Kind.WORK_COMMITTEE, parent=place.root)
    area = people.township(place.root, "北镇")
    for _ in range(rows):
        people.unit(made)
        people.village(area)
    factories.directory(place.round)
    sign_in(client, people.user("committee_staff", made))
    assert statements(client, url("choose_together", place.round.pk, area=area.pk)) == GRID_QUERIES


GRID_QUERIES = 10


@pytest.fixture
def choosing(place):
    version = place.round.scheme_version
    content = version.content | {"pairing": version.content["pairing"] | {"origins": ["voluntary", "villagers_choice"]}}
    made = type(version).objects.create(scheme=version.scheme, number=2, text=version.text, content=content)
    type(place.round).objects.update(scheme_version=made)
    return place


@pytest.mark.clause("TC-05")
def test_a_village_records_the_choice_of_its_villagers(client, choosing):
    place = choosing
    page = url("market_choice", place.round.pk, place.unit.pk)
    sent = {"party": place.village.pk, "words": "群众选出", "mode": "", "needs_posted_on": "2026-04-01"}
    sent |= {"held_on": "2026-04-12", "way": "assembly", "persons_present": 40, "votes": 31, "remark": ""}
    sign_in(client, place.village_secretary)
    assert (
        url("market_choice", place.round.pk, place.unit.pk)
        in client.get(url("market_unit", place.round.pk, place.unit.pk)).content.decode()
    )
    assert client.post(page, sent | {"votes": 41}).context["form"].errors
    client.post(page, sent)
    intention = Intention.objects.get()
    shown = client.get(intention.get_absolute_url()).content.decode()
    assert "到场 40 人，得票 31 票" in shown
    assert VillagersChoice.objects.get().intention == intention
    assert client.get(url("choice_scan", intention.pk)).status_code == 404


def test_where_the_scheme_has_no_choice_by_villagers_there_is_no_such_page(client, place):
    page = url("market_choice", place.round.pk, place.unit.pk)
    assert sign_in(client, place.village_secretary).get(page).status_code == 404
    assert "market_choice" not in client.get(url("market_unit", place.round.pk, place.unit.pk)).content.decode()


@pytest.mark.clause("XY-24")
def test_needs_without_money_are_entered_and_found_by_units(client, place):
    needs = url("edit_needs", place.village.pk)
    blank = {"needs-TOTAL_FORMS": 1, "needs-INITIAL_FORMS": 0, "needs-0-name": "政策支持"}
    place.village.needs.all().delete()
    sign_in(client, place.village_secretary)
    client.post(needs, blank | {"needs-0-resource": "information", "needs-0-takes_money": "false"})
    assert list(place.village.needs.values_list("name", "takes_money")) == [("政策支持", False)]
    sign_in(client, place.secretary)
    for money, names in (("no", [place.village.name]), ("yes", [])):
        rows = client.get(url("market_villages", place.round.pk, money=money)).context["table"].rows
        assert [row.record.name for row in rows] == names
