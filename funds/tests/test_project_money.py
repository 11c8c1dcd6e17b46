"""Money received and spent for a project: chosen among those of the ledger, never more spent than was received."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.refusals import Refused
from funds import verifying
from funds.actions import entering, opening, reversing
from funds.kinds import FundKind
from funds.models import Entry, Fund, Project
from funds.tests.playing import NOW, Place, entered, place
from funds.tests.projects import planned, pooled, second_pairing, under_way
from funds.tests.test_bad_days import by_hand, in_thread
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db) -> Place:
    return place()


def sums(project: Project) -> tuple[Decimal, ...]:
    held = project.entries.sums()
    return held.taken, held.spending, held.cash


def refused(here: Place, words: str, *arguments, **options) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match=words), transaction.atomic():
        entered(here, *arguments, **options)
    assert Entry.objects.count() == before


def pool_of(here: Place) -> Fund:
    return opening.open_fund(by=here.organiser, holder=here.county, kind=FundKind.POOL, name="统筹资金", at=NOW)


def test_no_more_is_spent_for_a_project_than_was_received_for_it(here):
    bridge, road = under_way(here), planned(here, title="修路")
    entered(here, "receipt", "50000.00")  # for nothing in particular
    entered(here, "receipt", "8000.00", project=bridge)
    refused(here, r"“村口桥改建”.*¥8,000\.00", "spending", "8000.01", project=bridge)
    refused(here, r"“修路”.*¥0\.00", "spending", "0.01", project=road)
    spent = entered(here, "spending", "7999.99", project=bridge)
    refused(here, r"¥0\.01", "refund", "0.02", project=bridge)
    assert sums(bridge) == (Decimal("8000.00"), Decimal("7999.99"), Decimal("0.01"))
    reversing.reverse(by=here.village_secretary, entry=spent, reason="记错", key=uuid.uuid4(), at=NOW)
    assert sums(bridge) == (Decimal("8000.00"), Decimal(0), Decimal("8000.00"))


def test_what_was_spent_for_a_project_can_not_be_unreceived_though_the_fund_has_more(here):
    bridge = under_way(here)
    entered(here, "receipt", "50000.00")
    got = entered(here, "receipt", "8000.00", project=bridge)
    entered(here, "spending", "1.00", project=bridge)
    with pytest.raises(Refused, match=r"¥7,999\.00"), transaction.atomic():
        reversing.reverse(by=here.village_secretary, entry=got, reason="记错", key=uuid.uuid4(), at=NOW)
    assert (Entry.objects.count(), sums(bridge)[2]) == (3, Decimal("7999.00"))


def test_money_received_for_no_project_is_set_aside_for_one_later_and_freed_by_a_reversal(here):
    bridge, road = under_way(here), planned(here, title="修路")
    entered(here, "receipt", "10000.00")
    entered(here, "receipt", "3000.00", project=road)
    entered(here, "spending", "1000.00")
    refused(here, "选择", "set_aside", "1.00")
    refused(here, r"¥9,000\.00", "set_aside", "9000.01", project=bridge)  # what is for the road is not free
    aside = entered(here, "set_aside", "9000.00", project=bridge)
    assert (sums(bridge)[0], sums(bridge)[2], here.fund.cash) == (9000, 9000, 12_000)
    refused(here, r"¥0\.00", "set_aside", "0.01", project=road)
    spent = entered(here, "spending", "8000.00", project=bridge)
    back = {"reason": "改用于修路", "key": uuid.uuid4(), "at": NOW}
    with pytest.raises(Refused, match=r"¥1,000\.00"), transaction.atomic():
        reversing.reverse(by=here.village_secretary, entry=aside, **back)
    reversing.reverse(by=here.village_secretary, entry=spent, **back | {"key": uuid.uuid4()})
    reversing.reverse(by=here.village_secretary, entry=aside, **back)
    entered(here, "set_aside", "9000.00", project=road)
    assert (sums(bridge)[2], sums(road)[2]) == (0, 12_000)
    assert here.fund.taken == 13_000
    assert [*verifying.chains(), *verifying.sums()] == []
    for by in (here.secretary, here.organiser, here.stranger):
        refused(here, "岗位", "set_aside", "1.00", project=road, by=by)


def test_the_form_sets_money_aside_only_where_there_are_projects(here, signed_in):
    entered(here, "receipt", "10000.00")
    client, address = signed_in(here.village_secretary), f"/funds/{here.fund.pk}/enter/set_aside/"
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/funds/{here.fund.pk}/").content.decode()
    bridge = under_way(here)
    assert address in client.get(f"/funds/{here.fund.pk}/").content.decode()
    form = client.get(address).context["form"]
    assert {name for name in form.fields if not form[name].is_hidden} == {"on", "amount", "project", "words"}
    given = {"key": str(uuid.uuid4()), "on": timezone.localdate().isoformat(), "amount": "4000"}
    assert list(client.post(address, given).context["form"].errors) == ["project"]
    client.post(address, given | {"project": bridge.pk})
    assert sums(bridge)[2] == 4000
    assert "划入" in client.get(bridge.get_absolute_url()).content.decode()


def test_goods_for_a_project_are_handed_out_of_those_received_for_it(here):
    bridge = under_way(here)
    entered(here, "goods")
    refused(here, r"¥0\.00", "handout", project=bridge)
    entered(here, "goods", project=bridge)
    entered(here, "handout", project=bridge)
    assert (bridge.entries.sums().goods_left, here.fund.goods_left) == (0, Decimal("8000.00"))


def test_the_unit_names_the_project_and_the_village_confirms_it_with_the_entry(here):
    bridge = under_way(here)
    sent = entered(here, "sent", "5000.00", project=bridge)
    got = entering.confirm(by=here.village_secretary, entry=sent, key=uuid.uuid4(), at=NOW)
    assert (got.project, sums(bridge)[2]) == (bridge, Decimal("5000.00"))


def test_a_project_of_another_pairing_or_committee_is_refused_by_the_database(here):
    other, _unit, _village = second_pairing(here)
    foreign = planned(here)
    Project.objects.filter(pk=foreign.pk).update(pairing=other)
    refused(here, "这本资金账", "receipt", project=foreign)
    ours = pooled(here, here.county, here.organiser, {here.pairing.pk: "100"})
    refused(here, "这本资金账", "receipt", project=ours)
    pool = pool_of(here)
    refused(here, "这本资金账", "receipt", into=pool, by=here.organiser, project=planned(here))
    assert entered(here, "receipt", into=pool, by=here.organiser, project=ours).project == ours
    assert not foreign.entries.exists()


def test_money_is_passed_on_to_a_pool_for_one_of_its_projects(here, signed_in):
    entered(here, "receipt", "20000.00")
    pool, ours = pool_of(here), pooled(here, here.county, here.organiser, {here.pairing.pk: "100"})
    own = planned(here)
    client = signed_in(here.village_secretary)
    sent = {"key": str(uuid.uuid4()), "target": pool.pk, "on": timezone.localdate().isoformat(), "amount": "15000"}
    wrong = client.post(f"/funds/{here.fund.pk}/transfer/", sent | {"project": own.pk})
    assert list(wrong.context["form"].errors) == ["project"]
    assert not Entry.objects.filter(kind="transfer_out").exists()
    client.post(f"/funds/{here.fund.pk}/transfer/", sent | {"project": ours.pk})
    out, taken = Entry.objects.get(kind="transfer_out"), Entry.objects.get(kind="transfer_in")
    assert (out.project, taken.project, sums(ours)[2]) == (None, ours, Decimal("15000.00"))
    reversing.reverse(by=here.organiser, entry=out, reason="不统筹了", key=uuid.uuid4(), at=NOW)
    assert (sums(ours)[2], here.fund.cash) == (0, Decimal("20000.00"))


def test_the_form_offers_the_projects_of_its_ledger_only(here, signed_in):
    other, _unit, _village = second_pairing(here)
    entered(here, "receipt", "1.00")
    client, address = signed_in(here.village_secretary), f"/pairings/{here.pairing.pk}/fund/enter/receipt/"
    assert "project" not in client.get(address).context["form"].fields
    bridge, foreign = planned(here), planned(here, title="别处")
    Project.objects.filter(pk=foreign.pk).update(pairing=other)
    sent = {
        "key": str(uuid.uuid4()), "on": timezone.localdate().isoformat(), "amount": "300", "giver": here.unit.pk,
        "source": "own", "channel": "direct",
    }  # fmt: skip
    wrong = client.post(address, sent | {"project": foreign.pk})
    assert (list(wrong.context["form"].errors), Entry.objects.count()) == (["project"], 1)
    client.post(address, sent | {"project": bridge.pk})
    assert Entry.objects.get(project=bridge).amount == Decimal(300)


def test_the_project_is_hashed(here):
    bridge = under_way(here)
    entered(here, "receipt", "100.00")
    entered(here, "receipt", "100.00", project=bridge)
    assert list(verifying.chains()) == []
    by_hand(f"UPDATE funds_entry SET project_id = {bridge.pk} WHERE number = 1")
    assert [(one.number, one.what) for one in verifying.chains()] == [(1, "altered")]
    by_hand("UPDATE funds_entry SET project_id = NULL")
    assert [(one.number, one.what) for one in verifying.chains()] == [(2, "altered")]


def test_a_reversal_is_of_the_same_project(here):
    bridge, got = under_way(here), entered(here, "receipt")
    counter = reread(got)
    counter.pk, counter.key, counter.corrects, counter.reason = None, uuid.uuid4(), got, "记错"
    counter.project = bridge
    with pytest.raises(IntegrityError, match="entry_reversed_as_it_stands"), transaction.atomic():
        counter.save(force_insert=True)
    assert Entry.objects.count() == 1


def test_the_page_of_a_project_shows_its_money_to_those_who_see_the_ledger(here, signed_in):
    bridge = under_way(here)
    entered(here, "receipt", "8000.00", project=bridge)
    entered(here, "spending", "300.50", project=bridge, words="水泥")
    entered(here, "spending", "77.00", words="别的")
    page = signed_in(here.secretary).get(bridge.get_absolute_url()).content.decode()
    assert [words in page for words in ("¥8,000.00", "¥300.50", "¥7,699.50", "水泥", "¥77.00", "别的")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    spent = bridge.entries.get(kind="spending")
    page = signed_in(here.village_secretary).get(spent.get_absolute_url()).content.decode()
    assert bridge.get_absolute_url() in page
    assert signed_in(here.stranger).get(bridge.get_absolute_url()).status_code == 404


def test_entries_of_a_pool_are_not_shown_to_whoever_only_sees_its_project(here, signed_in):
    ours = pooled(here, here.county, here.organiser, {here.pairing.pk: "100"})
    other, _unit, _village = second_pairing(here)
    entered(here, "receipt", "600.00", into=pool_of(here), by=here.organiser, project=ours, giver=other.unit)
    town = people.user("township_supervisor", here.township)
    page = signed_in(town).get(ours.get_absolute_url())
    assert (page.context["money"].taken, page.context["money_entries"]) == (Decimal("600.00"), [])
    page = signed_in(here.organiser).get(ours.get_absolute_url())
    assert [one.project for one in page.context["money_entries"]] == [ours]


def test_the_page_asks_as_often_for_three_entries_as_for_one(here, signed_in):
    bridge, client = under_way(here), signed_in(here.secretary)
    entered(here, "receipt", "5.00", project=bridge)
    one = statements(client, bridge.get_absolute_url())
    for _number in range(2):
        entered(here, "spending", "1.00", project=bridge)
    assert statements(client, bridge.get_absolute_url()) == one


def test_two_spend_the_last_of_a_project_at_once_out_of_two_ledgers(transactional_db):
    """Two pools of one committee: the lock of a fund alone would let both pass."""
    here = place()
    ours = pooled(here, here.county, here.organiser, {here.pairing.pk: "100"})
    pools = [pool_of(here)]
    pools.append(opening.open_fund(by=here.organiser, holder=here.county, kind=FundKind.POOL, name="另一笔", at=NOW))
    for pool in pools:
        entered(here, "receipt", "1000.00", into=pool, by=here.organiser)
    entered(here, "receipt", "500.00", into=pools[0], by=here.organiser, project=ours)
    start = Barrier(2)

    def spend(pool: Fund):
        start.wait()
        return entered(here, "spending", "400.00", into=pool, by=here.organiser, project=ours)

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda pool: in_thread(lambda: spend(pool)), pools))
    assert sorted(isinstance(answer, Entry) for answer in answers) == [False, True]
    assert sums(ours) == (Decimal("500.00"), Decimal("400.00"), Decimal("100.00"))
