"""The organiser's board of clashes, gaps and load, its list of warnings, and the pages of the moves (SH-30, AH-06)."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.actions import overrides
from pairing.figures.balance import computed, mark
from pairing.figures.helpers import CONTACT_TAGS
from pairing.models import Decision, Pairing, PairingPartner
from pairing.states import Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county, formed, statements

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


@pytest.mark.clause("SH-30")
def test_the_organiser_moves_merges_and_adds_on_their_pages(client, place):
    bank, _ = unit_with_secretary(place, "农商行")
    water, _ = unit_with_secretary(place, "水利局")
    first, second = formed(place), factories.pairing(place.round, bank, place.village)
    factories.agreement(second)
    sign_in(client, place.organiser)
    decide = client.get(url("decide", place.round.pk, place.village.pk)).content.decode()
    assert url("merge_pairings", place.round.pk, place.village.pk) in decide
    client.post(url("reassign_pairing", second.pk), {"party": water.pk, "reason": "调整", "seen": 0})
    moved = Pairing.objects.standing().get(unit=water)
    seen = {"reason": "合力帮扶", "seen": Decision.objects.latest("pk").pk}
    merge = url("merge_pairings", place.round.pk, place.village.pk)
    client.post(merge, {"lead": first.pk, f"share_{first.pk}": "50", f"share_{moved.pk}": "40", **seen})
    assert (Pairing.objects.standing().get(), PairingPartner.objects.get().unit) == (first, water)
    seen = {"reason": "增加力量", "seen": Decision.objects.latest("pk").pk}
    client.post(url("add_partner", first.pk), {"party": bank.pk, "share": "10", "contribution": "", **seen})
    assert [str(each) for each in PairingPartner.objects.values_list("share", flat=True)] == ["40.00", "10.00"]
    stale = client.post(url("add_partner", first.pk), {"party": bank.pk, "share": "10", **seen})
    assert stale.context["form"].non_field_errors()
    assert [each.verb for each in Decision.objects.order_by("pk")] == ["reassign", "merge", "add"]


def test_nobody_but_the_organiser_reaches_the_moves(client, place, other):
    bank, _ = unit_with_secretary(place, "农商行")
    pairing = formed(place)
    sent = {"party": bank.pk, "share": "10", "reason": "因", "seen": 0, "lead": pairing.pk}
    for person in (place.secretary, place.village_secretary, other.organiser, people.user("auditor", place.root)):
        sign_in(client, person)
        for page in (
            url("reassign_pairing", pairing.pk),
            url("add_partner", pairing.pk),
            url("arrange_helpers", pairing.pk),
            url("merge_pairings", place.round.pk, place.village.pk),
        ):
            assert client.post(page, sent).status_code == 404
        for page in (url("balance", place.round.pk), url("unlinked_helpers", place.round.pk)):
            assert client.get(page).status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.clause("SH-30")
def test_the_board_counts_clashes_gaps_and_load_as_the_lists_do(client, place):
    bank, _ = unit_with_secretary(place, "农商行")
    water, _ = unit_with_secretary(place, "水利局")
    people.unit(place.root, "气象局")
    wanted, alone = (people.village(place.townships[0], name) for name in ("长水村", "高田村"))
    factories.directory(place.round)
    pairing = formed(place)
    factories.pairing(place.round, place.unit, people.village(place.townships[0], "名录外村"))
    overrides.add_partner(by=place.organiser, pairing=pairing, unit=bank, share=20, reason="因", at=IN_TIME)
    for unit in (bank, water):
        factories.intention(place.round, unit, wanted)
    figures = sign_in(client, place.organiser).get(url("balance", place.round.pk)).context["balance"]
    assert (figures.villages, figures.clashes, figures.not_chosen, figures.without_unit) == (3, 1, 1, 2)
    assert (figures.units, figures.without_village) == (4, 2)
    assert (figures.largest, figures.smallest, figures.mean) == (2, 0, 0.5)
    for page, names in {
        url("clashes", place.round.pk): {"长水村"},
        url("market_villages", place.round.pk, standing="alone"): {"高田村"},
        url("gaps", place.round.pk): {"长水村", "高田村"},
        url("gaps", place.round.pk, side=Side.UNIT): {"水利局", "气象局"},
    }.items():
        assert {row.record.name for row in client.get(page).context["table"].rows} == names
    assert alone.name == "高田村"


def test_the_board_asks_for_its_figures_cheaply_and_is_never_behind(client, place):
    page = url("balance", place.round.pk)
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "figures"}
    first = sign_in(client, place.organiser).get(page, **asked)
    again = client.get(page, **asked, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (first.status_code, again.status_code) == (200, 304)
    etag = first["ETag"]
    for change in (
        lambda: factories.intention(place.round, place.unit, place.village),
        lambda: formed(place),
        lambda: PairingPartner.objects.create(pairing=Pairing.objects.get(), unit=people.unit(place.root), share=5),
        lambda: Organisation.objects.filter(pk=place.village.pk).update(tags=[CONTACT_TAGS[0]]),
        lambda: overrides.arrange(by=place.organiser, pairing=Pairing.objects.get(), reason="因", at=IN_TIME),
    ):
        change()
        changed = client.get(page, **asked, HTTP_IF_NONE_MATCH=etag)
        assert (changed.status_code, changed["ETag"] != etag) == (200, True)
        assert changed.context["balance"] == computed(place.round)
        etag = changed["ETag"]


def test_an_unchanged_board_takes_one_more_statement_than_its_mark(place, django_assert_num_queries):
    with django_assert_num_queries(2):
        mark(place.round)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "number"), [("balance", 8), ("unlinked_helpers", 9), ("decide", 12), ("consortium", 8)]
)
def test_the_organisers_pages_take_the_same_queries_whatever_the_rows(client, place, rows, name, number):
    for _ in range(rows):
        unit = people.unit(place.root)
        village = people.village(place.townships[0], tags=[CONTACT_TAGS[1]])
        factories.pairing(place.round, unit, village)
        factories.intention(place.round, people.unit(place.root), place.village)
    factories.directory(place.round)
    pairing = formed(place)
    for unit in [people.unit(place.root) for _ in range(rows)]:
        factories.pairing(place.round, unit, place.village)
        PairingPartner.objects.create(pairing=pairing, unit=people.unit(place.root), share=5)
    args = {"decide": [place.round.pk, place.village.pk], "consortium": [pairing.pk]}.get(name, [place.round.pk])
    assert statements(sign_in(client, place.organiser), url(name, *args)) == number


@pytest.mark.clause("AH-06")
def test_villages_with_several_unlinked_helpers_or_none_are_warned_of(client, place):
    bank, _ = unit_with_secretary(place, "农商行")
    tagged, single, lonely, marked = (
        people.village(place.townships[0], name, tags=tags)
        for name, tags in {
            "联系点村": ["扶贫联系点"], "单一村": ["革命老区"], "空白村": [], "有联系点无单位村": ["选派干部任职村"],
        }.items()
    )  # fmt: skip
    factories.directory(place.round)
    twice = formed(place), factories.pairing(place.round, bank, place.village)
    for village in (tagged, single):
        factories.pairing(place.round, bank, village)
    page = url("unlinked_helpers", place.round.pk)
    sign_in(client, place.organiser)

    def warned(**query):
        found = client.get(page, query).context["table"].rows
        return {row.record.name for row in found}

    assert warned() == {place.village.name, "联系点村", "空白村", "有联系点无单位村"}
    assert warned(helped="several") == {place.village.name, "联系点村"}
    assert warned(helped="none") == {"空白村", "有联系点无单位村"}
    assert warned(contact="扶贫联系点") == {"联系点村"}
    assert client.get(url("balance", place.round.pk)).context["balance"].several_helpers == 2
    arrange = url("arrange_helpers", Pairing.objects.get(village=tagged).pk)
    client.post(arrange, {"reason": "由农商行牵头，联系点干部配合", "seen": 0})
    assert warned(helped="several") == {place.village.name}
    factories.agreement(twice[1])
    overrides.merge(by=place.organiser, lead=twice[0], others=[twice[1]], reason="合并", at=IN_TIME)
    assert warned(helped="several") == set()
    later = factories.pairing(place.round, place.unit, tagged, formed_at=Decision.objects.latest("pk").decided_at)
    Pairing.objects.filter(pk=later.pk).update(formed_at="2099-01-01T00:00:00Z")
    assert warned(helped="several") == {"联系点村"}
    assert (lonely.name, marked.name) == ("空白村", "有联系点无单位村")
