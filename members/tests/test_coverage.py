"""The coverage board: every figure is the number of a list behind it, and only of what the reader may see."""

import pytest

from core.refusals import Refused
from members.actions.reminding import remind_behind
from members.coverage import counting as figures
from members.kinds import Mark, PairKind, Rank
from members.models import HardshipPlan, Member, PersonPair
from members.tests import factories
from members.tests.helping import LATER, Place, place_under
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from pairing.tests.market import statements

assert signed_in
pytestmark = pytest.mark.django_db


@pytest.fixture
def qianxi() -> Place:
    return place_under("qianxi")


def covered(place: Place, user=None) -> figures.Coverage:
    return figures.coverage(user or place.organiser, place.round.rules.persons)


def tally(found: figures.Tally | None) -> tuple[int, int]:
    assert found
    return found.done, found.total


@pytest.mark.clause("YD-01", "QX-16")
def test_every_needy_household_has_a_helper_or_is_counted_as_missing(qianxi):
    factories.household(qianxi.village, is_needy=False)
    factories.household(qianxi.village, left_on=LATER.date())
    assert (tally(covered(qianxi).households), tally(covered(qianxi).chain)) == ((0, 2), (0, 2))
    pair = factories.helps(qianxi.helper, qianxi.household)
    factories.helps(factories.member(qianxi.village), qianxi.household, PairKind.CHAIN)
    found = covered(qianxi)
    assert (tally(found.households), tally(found.chain), tally(found.covered_villages)) == ((1, 2), (1, 2), (1, 2))
    assert [(line.name, line.total, line.helped, line.missing) for line in found.worst_villages] == [
        ("东村", 1, 0, 1),
        ("马岭村", 1, 1, 0),
    ]
    PersonPair.objects.exclude(pk=pair.pk).update(state="ended", until=LATER.date(), end_reason="term")
    Member.objects.filter(pk=qianxi.helper.pk).update(left_on=LATER.date())
    found = covered(qianxi)
    assert (tally(found.households), found.gaps) == ((0, 2), 1)


@pytest.mark.clause("QX-10")
def test_quotas_by_rank_and_unit_with_the_shortfall_list(qianxi, signed_in):
    leader = factories.member(qianxi.unit, "罗县长", rank=Rank.COUNTY)
    other_unit = people.unit(qianxi.county, "水利局")
    factories.member(other_unit, "周股长", rank=Rank.SUB_SECTION)
    factories.member(other_unit, "吴退休", rank=Rank.GENERAL, left_on=LATER.date())
    for _number in range(4):
        factories.helps(leader, factories.household(qianxi.village))
    factories.helps(qianxi.helper, qianxi.household)
    found = covered(qianxi)
    assert [(line.key, line.quota, line.people, line.linked, line.asked, line.short) for line in found.ranks] == [
        ("county", 4, 1, 4, 4, 0),
        ("section", 3, 1, 1, 3, 1),
        ("sub_section", 2, 1, 0, 2, 1),
        ("general", 1, 0, 0, 0, 0),
    ]
    assert [(line.name, line.people, line.linked, line.asked, line.short) for line in found.worst_units] == [
        ("林业局", 2, 5, 7, 1),
        ("水利局", 1, 0, 2, 1),
    ]
    assert tally(found.quotas) == (1, 3)
    client = signed_in(qianxi.organiser)
    rows = client.get("/helper-coverage/quotas/?short=yes").context["table"].rows
    assert {(str(row.record), row.get_cell_value("short")) for row in rows} == {("陈光", 2), ("周股长", 2)}
    assert len(client.get("/helper-coverage/quotas/").context["table"].rows) == 3
    own = signed_in(qianxi.secretary).get("/helper-coverage/quotas/?short=yes").context["table"].rows
    assert [str(row.record) for row in own] == ["陈光"]


@pytest.mark.clause("TN-02", "TN-03", "TN-04", "TN-16")
def test_the_composition_and_the_plans_of_one_plus_two(signed_in):
    place = place_under("town")
    whole = factories.member(place.unit, "全组", marks=[Mark.IN_SERVICE])
    factories.member(place.unit, "退休", rank="")  # not in service: does not count
    pairs = [factories.helps(whole, target, "member_person") for target in (place.needy_member, place.needy_person)]
    factories.helps(place.helper, factories.person(place.village), "member_person")
    HardshipPlan.objects.create(pair=pairs[0], number=1, content="…", measures="…", leaves_on=LATER.date())
    found = covered(place)
    assert (tally(found.composition), tally(found.plans)) == ((1, 2), (1, 3))
    client = signed_in(place.organiser)
    rows = client.get("/helper-coverage/compositions/?composed=no").context["table"].rows
    assert [(str(row.record), row.record.needy_members, row.record.needy_villagers) for row in rows] == [("陈光", 0, 1)]
    assert len(client.get("/person-pairs/?plan=missing").context["table"].rows) == 2


@pytest.mark.clause("QX-16")
def test_the_list_of_households_without_a_helper_leads_to_naming_one(qianxi, signed_in):
    factories.helps(qianxi.helper, qianxi.household)
    page = signed_in(qianxi.organiser).get("/helper-coverage/households/?missing=helper")
    assert [row.record for row in page.context["table"].rows] == [qianxi.elsewhere]
    text = page.content.decode()
    assert f"/person-pairs/new/household/{qianxi.elsewhere.pk}/" in text
    assert "田**" in text
    assert "田云华" not in text
    chain = signed_in(qianxi.village_secretary).get("/helper-coverage/households/?missing=chain")
    assert [row.record for row in chain.context["table"].rows] == [qianxi.household]
    assert "任福林" in chain.content.decode()
    whole = signed_in(qianxi.organiser).get("/helper-coverage/households/").content.decode()
    addresses = [f"/person-pairs/new/household/{each.pk}/" in whole for each in (qianxi.elsewhere, qianxi.household)]
    assert addresses == [True, False]  # who has a helper is offered none
    place = f"/helper-coverage/households/?organisation={qianxi.village.pk}"
    assert len(signed_in(qianxi.organiser).get(place).context["table"].rows) == 1
    assert signed_in(qianxi.organiser).get("/helper-coverage/households/?export=xlsx").status_code == 200


def test_each_sees_the_figures_of_their_own_scope(qianxi, signed_in):
    assert tally(covered(qianxi, qianxi.village_secretary).households) == (0, 1)
    assert tally(covered(qianxi, qianxi.secretary).households) == (0, 1)  # of the paired village
    assert tally(covered(qianxi, qianxi.stranger).households) == (0, 0)
    assert signed_in(qianxi.cadre).get("/helper-coverage/").status_code == 404
    for address in ("households", "quotas", "compositions", "remind"):
        assert signed_in(qianxi.cadre).get(f"/helper-coverage/{address}/").status_code == 404


def test_reminding_tells_units_and_villages_that_are_behind_once_a_day(qianxi, signed_in):
    rules = qianxi.round.rules.persons
    for by in (qianxi.secretary, qianxi.village_secretary, qianxi.cadre):
        with pytest.raises(Refused):
            remind_behind(by=by, rules=rules, at=LATER)
    assert not Message.objects.exists()
    for _again in range(2):
        assert remind_behind(by=qianxi.organiser, rules=rules, at=LATER) == 3
    told = Message.objects.order_by("pk").values_list("organisation__name", "permission", "params__count")
    assert set(told) == {
        ("林业局", "pair.manage", 1),
        ("马岭村", "household.edit", 1),
        ("东村", "household.edit", 1),
    }
    assert not any("任" in str(message.params) for message in Message.objects.all())
    page = signed_in(qianxi.organiser).get("/helper-coverage/remind/").content.decode()
    assert "马岭村（1）" in page
    assert signed_in(qianxi.secretary).post("/helper-coverage/remind/").status_code == 404
    assert signed_in(qianxi.organiser).post("/helper-coverage/remind/").url == "/helper-coverage/"


def test_the_board_asks_no_more_for_many(qianxi, signed_in):
    addresses = [f"/helper-coverage/{each}" for each in ("", "households/", "quotas/")]
    client = signed_in(qianxi.organiser)
    factories.helps(qianxi.helper, qianxi.household)
    few = [statements(client, address) for address in addresses]
    for _number in range(3):
        village = people.village(qianxi.town)
        unit = people.unit(qianxi.county)
        factories.helps(factories.member(unit), factories.household(village))
        factories.household(village)
    assert few == [statements(client, address) for address in addresses] == [11, 8, 9]
