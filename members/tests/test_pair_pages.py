"""The pages of person-to-person pairs: naming, ending, handing on, the list with its filters; and who gets nowhere."""

import pytest

from members.kinds import PairKind
from members.models import PersonPair
from members.tests import factories
from members.tests.helping import LATER, Place, place_under
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.factories import agreement
from pairing.tests.market import statements

assert signed_in
pytestmark = pytest.mark.django_db


@pytest.fixture
def qianxi() -> Place:
    return place_under("qianxi")


@pytest.mark.clause("QX-10", "QX-16")
def test_a_helper_is_named_by_typing_the_name(qianxi, signed_in):
    address = f"/person-pairs/new/household/{qianxi.household.pk}/"
    page = signed_in(qianxi.secretary).get(address)
    kinds = [kind for kind, _rule in page.context["offered"]]
    assert kinds == [PairKind.CADRE_HOUSEHOLD, PairKind.CHAIN, PairKind.HOUSEHOLD_HOUSEHOLD]
    assert "4321" in page.content.decode()
    assert "任福林" not in page.content.decode()
    wrong = signed_in(qianxi.secretary).post(f"{address}cadre_household/", {"helper": "无此人"})
    assert wrong.context["form"].errors["helper"]
    assert not PersonPair.objects.exists()
    answer = signed_in(qianxi.secretary).post(f"{address}cadre_household/", {"helper": "陈光"})
    assert answer.url == PersonPair.objects.get().get_absolute_url()
    assert (PersonPair.objects.get().helper, PersonPair.objects.get().target) == (qianxi.helper, qianxi.household)


def test_namesakes_are_told_apart(qianxi, signed_in):
    twin = factories.member(qianxi.unit, "陈光", number="17")
    address = f"/person-pairs/new/household/{qianxi.household.pk}/cadre_household/"
    answer = signed_in(qianxi.secretary).post(address, {"helper": "陈光"})
    assert "林业局 陈光 17" in str(answer.context["form"].errors["helper"])
    signed_in(qianxi.secretary).post(address, {"helper": "林业局 陈光 17"})
    assert PersonPair.objects.get().helper == twin


def test_more_than_the_quota_is_allowed_and_said(qianxi, signed_in):
    helper = factories.member(qianxi.unit, "周敏")  # a general cadre: one household
    factories.helps(helper, factories.household(qianxi.village))
    address = f"/person-pairs/new/household/{qianxi.household.pk}/cadre_household/"
    page = signed_in(qianxi.secretary).post(address, {"helper": "周敏"}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["success", "warning"]
    assert PersonPair.objects.count() == 2


def test_ending_and_handing_on_from_the_page(qianxi, signed_in):
    pair = factories.helps(qianxi.helper, qianxi.household)
    other = factories.member(qianxi.unit, "周敏")
    reason = {"reason": "reassigned", "words": "工作调整"}
    for user in (qianxi.stranger, qianxi.cadre):
        for step in ("end", "replace"):
            assert signed_in(user).post(f"/person-pairs/{pair.pk}/{step}/", reason).status_code == 404
    assert reread(pair).state == "active"
    signed_in(qianxi.secretary).post(f"/person-pairs/{pair.pk}/replace/", reason | {"helper": "周敏"})
    following = PersonPair.objects.active().get()
    assert (following.helper, reread(pair).end_words) == (other, "工作调整")
    page = signed_in(qianxi.secretary).get(following.get_absolute_url())
    assert page.context["course"].former == [pair]
    signed_in(qianxi.secretary).post(f"/person-pairs/{following.pk}/end/", reason)
    assert not PersonPair.objects.active().exists()


def test_the_list_is_filtered_and_exported_as_masked_as_the_page(qianxi, signed_in):
    pair = factories.helps(qianxi.helper, qianxi.household)
    factories.helps(qianxi.helper, qianxi.elsewhere, state="ended", until=LATER.date(), end_reason="term")
    client = signed_in(qianxi.organiser)

    def found(query: str) -> list:
        return [row.record for row in client.get(f"/person-pairs/{query}").context["table"].rows]

    assert found("?state=active") == found("?q=马岭") == [pair]
    assert len(found("?q=陈光")) == 2
    assert found("?state=gap") == []
    qianxi.helper.left_on = LATER.date()
    qianxi.helper.save()
    assert found("?state=gap") == [pair]
    assert found("?q=任福林") == []
    assert "任福林" not in client.get("/person-pairs/").content.decode()
    assert client.get("/person-pairs/?export=xlsx").status_code == 200


def test_strangers_find_nothing(qianxi, signed_in):
    pair = factories.helps(qianxi.helper, qianxi.household)
    client = signed_in(qianxi.stranger)
    for address in (
        pair.get_absolute_url(),
        f"/person-pairs/new/household/{qianxi.household.pk}/",
        f"/person-pairs/new/household/{qianxi.household.pk}/cadre_household/",
        f"/person-pairs/new/nothing/{qianxi.household.pk}/",
        f"/person-pairs/new/member/{qianxi.needy_member.pk}/leader_village/",
    ):
        assert client.get(address).status_code == 404
    assert list(client.get("/person-pairs/").context["table"].rows) == []


def test_pages_of_a_pair_ask_a_fixed_number_of_statements(qianxi, signed_in):
    pair = factories.helps(qianxi.helper, qianxi.household)
    client = signed_in(qianxi.secretary)
    addresses = (pair.get_absolute_url(), f"/person-pairs/{pair.pk}/replace/", f"/person-pairs/{pair.pk}/end/")
    few = [statements(client, address) for address in addresses]
    for _number in range(3):
        helper = factories.member(qianxi.unit)
        factories.helps(helper, qianxi.household, state="ended", until=LATER.date(), end_reason="term")
    assert few == [statements(client, address) for address in addresses] == [9, 6, 6]


@pytest.mark.clause("QX-17", "XY-02", "SF-13")
def test_a_village_shows_its_leaders_branches_cadres_and_links(qianxi, signed_in):
    leader = factories.member(qianxi.county, "罗县长", rank="county", post="副县长")
    factories.helps(leader, qianxi.village, PairKind.LEADER_VILLAGE)
    factories.helps(qianxi.unit, qianxi.needy_person, PairKind.BRANCH_PERSON)
    factories.helps(qianxi.helper, qianxi.household)
    factories.helps(qianxi.village, qianxi.next_village, PairKind.VILLAGE_VILLAGE)
    factories.helps(qianxi.elsewhere, qianxi.household, PairKind.HOUSEHOLD_HOUSEHOLD)
    page = signed_in(qianxi.village_secretary).get(f"/person-pairs/village/{qianxi.village.pk}/")
    assert [(group.kind, group.number) for group in page.context["groups"]] == [
        ("branch_person", 1),
        ("cadre_household", 1),
        ("leader_village", 1),
        ("household_household", 1),
        ("village_village", 1),
    ]
    assert "罗县长 → 马岭村" in page.content.decode()
    from_above = signed_in(qianxi.organiser).get(f"/person-pairs/village/{qianxi.village.pk}/").content.decode()
    assert "陈光 → 任**" in from_above
    assert "任福林" not in from_above
    assert "卢桂英" not in from_above
    assert signed_in(qianxi.stranger).get(f"/person-pairs/village/{qianxi.village.pk}/").status_code == 404


@pytest.mark.clause("QX-17")
def test_villages_are_linked_and_leaders_named_from_the_page(qianxi, signed_in):
    factories.member(qianxi.county, "罗县长", rank="county")
    client, address = signed_in(qianxi.organiser), f"/person-pairs/new/village/{qianxi.village.pk}/"
    assert [kind for kind, _rule in client.get(address).context["offered"]] == ["village_village", "leader_village"]
    client.post(f"{address}leader_village/", {"helper": "罗县长"})
    client.post(f"{address}village_village/", {"helper": "东村"})
    assert sorted(map(str, PersonPair.objects.all())) == ["东村 → 马岭村", "罗县长 → 马岭村"]


@pytest.mark.clause("QX-02", "XY-02")
def test_the_page_of_a_pairing_fetches_who_helps_whom_under_it(qianxi, signed_in):
    factories.helps(qianxi.helper, qianxi.household, pairing=qianxi.pairing)
    agreement(qianxi.pairing, state="signed")
    client = signed_in(qianxi.secretary)
    address = f"/pairings/{qianxi.pairing.pk}/persons/"
    assert f'hx-get="{address}"' in client.get(qianxi.pairing.get_absolute_url()).content.decode()
    panel = client.get(address, headers={"HX-Request": "true"})
    assert panel.context["counts"] == [("cadre_household", 1)]
    assert "<html" not in panel.content.decode()
    assert "陈光 → 任**" in client.get(address).content.decode()
    assert signed_in(qianxi.stranger).get(address).status_code == 404


def test_the_first_page_fetches_my_households(qianxi, signed_in):
    factories.helps(qianxi.helper, qianxi.household)
    for user in (qianxi.cadre, qianxi.organiser):
        assert 'hx-get="/my-households/"' in signed_in(user).get("/").content.decode()


def test_pages_of_a_village_and_a_pairing_ask_a_fixed_number_of_statements(qianxi, signed_in):
    factories.helps(qianxi.helper, qianxi.household, pairing=qianxi.pairing)
    client = signed_in(qianxi.organiser)
    addresses = (f"/person-pairs/village/{qianxi.village.pk}/", f"/pairings/{qianxi.pairing.pk}/persons/")
    few = [statements(client, address) for address in addresses]
    for _number in range(3):
        household = factories.household(qianxi.village)
        factories.helps(factories.member(qianxi.unit), household, pairing=qianxi.pairing)
    assert few == [statements(client, address) for address in addresses] == [8, 10]
