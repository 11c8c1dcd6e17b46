"""What each side enters: how it is numbered and chained, what it does to the sums, and what is refused."""

import hashlib
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core.refusals import Refused
from funds.actions import entering, opening, reversing
from funds.actions.entering import Line
from funds.kinds import RULES, EntryKind, FundKind
from funds.models import Entry, Fund, GoodsLine, Voucher
from funds.tests.playing import CHAIRS, NOW, entered, given, voucher
from funds.tests.playing import place as make_place
from members.tests.factories import household
from organisations.tests import factories as people
from organisations.tests.factories import reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


def refused(sentence: str, *arguments, **options) -> None:
    before = (Entry.objects.count(), Fund.objects.count(), GoodsLine.objects.count(), Voucher.objects.count())
    with pytest.raises(Refused, match=sentence), transaction.atomic():
        entered(*arguments, **options)
    after = (Entry.objects.count(), Fund.objects.count(), GoodsLine.objects.count(), Voucher.objects.count())
    assert after == before


def test_the_first_entry_opens_the_ledger_and_the_database_numbers_chains_and_adds_up(place):
    first = entered(place, "pledge", "50000.00")
    second = entered(place, "receipt", "20000.10")
    third = entered(place, "spending", "0.30")
    assert [each.number for each in (first, second, third)] == [1, 2, 3]
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("", first.hash, second.hash)
    fund = place.fund
    assert (fund.kind, fund.holder, fund.last_number, fund.head) == ("pairing", place.village, 3, third.hash)
    assert (fund.pledge, fund.receipt, fund.spending, fund.cash) == (
        Decimal("50000.00"), Decimal("20000.10"), Decimal("0.30"), Decimal("19999.80"),
    )  # fmt: skip


def test_the_hash_is_that_of_a_text_anybody_can_write_down(place):
    first = entered(place, "receipt", "20000.00", receipt_number="沪财0042", channel="charity", words="给王老五家的")
    second = entered(place, "spending", "300.50")
    moment = NOW.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    texts = [
        f"1|{first.fund_id}|1|receipt|20000.00|2026-09-10|{moment}|{first.key}|{place.unit.pk}|own||charity|沪财0042|funds|||||",
        f"1|{first.fund_id}|2|spending|300.50|2026-09-10|{moment}|{second.key}|||infrastructure||||||{place.paper.sha256}||{first.hash}",
    ]
    assert [each.hash for each in (first, second)] == [hashlib.sha256(text.encode()).hexdigest() for text in texts]


@pytest.mark.parametrize("statement", [
    "UPDATE funds_entry SET amount = 1", "UPDATE funds_entry SET words = 'x'", "DELETE FROM funds_entry",
    "TRUNCATE funds_entry CASCADE", "UPDATE funds_goodsline SET value = 1", "DELETE FROM funds_goodsline",
    "UPDATE funds_voucher SET position = 9", "DELETE FROM funds_voucher", "TRUNCATE funds_voucher",
    "UPDATE funds_fund SET receipt = 9", "UPDATE funds_fund SET last_number = 0", "DELETE FROM funds_fund",
    "UPDATE funds_fund SET kind = 'pool', pairing_id = NULL", "TRUNCATE funds_fund CASCADE",
])  # fmt: skip
def test_the_database_refuses_to_alter_what_was_entered(place, statement):
    entered(place, "receipt")
    entered(place, "goods")
    entered(place, "spending", "10.00")
    before = list(Entry.objects.order_by("pk").values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.order_by("pk").values()) == before
    assert (GoodsLine.objects.count(), Voucher.objects.count(), place.fund.receipt) == (1, 1, Decimal("20000.00"))


def test_nothing_is_added_later_to_what_was_entered(place):
    goods, spent = entered(place, "receipt") and entered(place, "goods"), entered(place, "spending", "1.00")
    with pytest.raises(IntegrityError), transaction.atomic():
        GoodsLine.objects.create(entry=goods, position=2, name="桌", quantity=1, unit="张", value=Decimal("1.00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Voucher.objects.create(entry=spent, position=2, file=voucher(None, "black"))


@pytest.mark.parametrize("amount", ["0.01", "0.30", "1000000000.00"])
def test_amounts_are_exact_to_the_cent(place, amount):
    assert reread(entered(place, "receipt", amount)).amount == Decimal(amount)
    assert place.fund.cash == Decimal(amount)


def test_a_tenth_and_two_tenths_are_three_tenths(place):
    entered(place, "receipt", "0.10")
    entered(place, "receipt", "0.20")
    entered(place, "spending", "0.30")
    assert place.fund.cash == Decimal("0.00")


@pytest.mark.parametrize("amount", [
    "0", "-1.00", "0.001", "10.005", "1000000000.01", "NaN", "Infinity", "1E+12",
])  # fmt: skip
def test_amounts_that_are_none_are_refused(place, amount):
    refused("金额", place, "receipt", amount)


def test_a_floating_number_is_no_amount(place):
    with pytest.raises(Refused):
        entering.enter(
            by=place.village_secretary, into=place.pairing, kind="receipt", key=uuid.uuid4(), at=NOW,
            given=replace(given(place, "receipt"), **{"amount": 0.1 + 0.2}),  # type: ignore[arg-type]
        )  # fmt: skip
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(("on", "words"), [
    (date(1900, 1, 1), "1949"), (date(1949, 9, 30), "1949"), (date(2026, 9, 11), "还没到"), (date(9999, 1, 1), "还没到"),
])  # fmt: skip
def test_days_before_the_republic_and_days_to_come_are_refused(place, on, words):
    refused(words, place, "receipt", on=on)


def test_the_database_itself_refuses_such_days_and_amounts(place):
    made = entered(place, "receipt")
    for changes in ({"on": date(1900, 1, 1)}, {"on": date(2026, 9, 11)}, {"amount": Decimal(-1)}, {"amount": 0}):
        copy = reread(made)
        copy.pk, copy.key = None, uuid.uuid4()
        for name, value in changes.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
    assert (Entry.objects.count(), place.fund.last_number) == (1, 1)


def test_the_same_form_sent_twice_is_one_entry(place):
    key = uuid.uuid4()
    first = entered(place, "receipt", key=key)
    assert entered(place, "receipt", key=key) == first
    assert (Entry.objects.count(), place.fund.receipt) == (1, Decimal("20000.00"))


def test_no_more_is_spent_passed_on_or_given_back_than_was_received(place):
    entered(place, "receipt", "10000.00")
    for kind in ("spending", "refund"):
        refused(r"¥10,000\.00", place, kind, "10000.01")
    pool = opening.open_fund(by=place.organiser, holder=place.county, kind=FundKind.POOL, name="统筹资金", at=NOW)
    with pytest.raises(Refused, match=r"¥10,000\.00"), transaction.atomic():
        reversing.transfer(
            by=place.village_secretary, source=place.fund, target=pool, key=uuid.uuid4(), at=NOW,
            given=given(place, "transfer_out", "10000.01"),
        )  # fmt: skip
    assert (reread(pool).cash, place.fund.cash, Entry.objects.count()) == (0, Decimal("10000.00"), 1)


@pytest.mark.clause("SH-14")
def test_investment_and_co_ordinated_money_are_kept_apart_and_never_count_as_donation(place):
    for kind in ("investment", "coordinated", "pledge", "sent"):
        entered(place, kind, "90000.00")
    entered(place, "receipt", "20000.00")
    entered(place, "goods")
    fund = place.fund
    assert (fund.gifts, fund.cash) == (Decimal("28000.00"), Decimal("20000.00"))
    assert (fund.investment, fund.coordinated, fund.goods) == (Decimal("90000.00"), Decimal("90000.00"), Decimal(8000))
    assert [kind for kind, rule in RULES.items() if rule.is_gift] == ["receipt", "goods"]
    refused("¥20,000.00", place, "spending", "20000.01")


@pytest.mark.clause("SH-27")
def test_goods_are_listed_with_their_worth_and_function_and_handed_out_of_what_came(place):
    sent = entered(place, "goods_sent", lines=[CHAIRS, Line("图书", Decimal(300), "册", Decimal("4500.50"))])
    got = entering.confirm(by=place.village_secretary, entry=sent, key=uuid.uuid4(), at=NOW)
    assert (got.kind, got.amount, got.answers, got.goods) == (
        "goods", Decimal("12500.50"), sent, "20.00x8000.00;300.00x4500.50",
    )  # fmt: skip
    assert list(got.lines.values_list("name", "quantity", "unit", "value", "function")) == [
        ("课桌椅", Decimal(20), "套", Decimal(8000), "education_information"),
        ("图书", Decimal(300), "册", Decimal("4500.50"), ""),
    ]
    entered(place, "handout", lines=[Line("图书", Decimal(300), "册", Decimal("4500.50"))])
    refused(r"¥8,000\.00", place, "handout", lines=[Line("图书", Decimal(1), "册", Decimal("8000.01"))])
    assert (place.fund.goods_left, place.fund.cash) == (Decimal("8000.00"), Decimal(0))
    refused("列出", place, "goods_sent", lines=[])


@pytest.mark.clause("SH-02", "TC-08")
def test_what_is_given_says_from_which_source_and_which_resource(place):
    for source in ("party_dues", "fiscal", "department", "social"):
        assert entered(place, "receipt", source=source).source == source
    assert entered(place, "receipt").resources == ["funds"]
    assert entered(place, "goods", resources=["culture", "information"]).resources == ["culture", "information"]
    refused("来源", place, "receipt", source="")
    refused("资源", place, "goods", resources=[])


@pytest.mark.clause("SH-49")
def test_a_gift_is_tax_eligible_by_three_channels_with_a_receipt_and_never_straight_to_the_village(place):
    for channel in ("charity", "government", "rural_fund"):
        assert entered(place, "sent", channel=channel, receipt_number="沪财0042").is_tax_eligible
        assert not entered(place, "sent", channel=channel).is_tax_eligible
    assert not entered(place, "sent", channel="direct").is_tax_eligible
    refused("票据", place, "sent", channel="direct", receipt_number="沪财0042")
    refused("渠道", place, "sent", channel="")


@pytest.mark.clause("XY-06")
def test_money_for_production_and_living_goes_to_the_village_or_to_a_household_of_it(place):
    entered(place, "receipt")
    poor = household(place.village, "王老五")
    assert entered(place, "spending", "500.00", use="living", household=poor).household == poor
    assert entered(place, "spending", "1500.00", use="production").household is None
    refused("另一个村", place, "spending", "1.00", household=household(people.village(place.township), "李四"))


def test_spending_needs_a_use_and_a_voucher(place):
    entered(place, "receipt")
    refused("凭证", place, "spending", "1.00", vouchers=[])
    refused("凭证", place, "spending", "1.00", use="")


@pytest.mark.clause("XC-10")
def test_a_fund_for_members_in_need_has_a_ledger_of_its_own(place):
    fund = opening.open_fund(
        by=place.organiser, holder=place.county, kind=FundKind.NEEDY_MEMBERS, name="困难党员帮扶基金", at=NOW
    )
    entered(place, "receipt", "3000.00", into=fund, by=place.organiser, source="party_dues")
    entered(place, "spending", "800.00", into=fund, by=place.organiser, use="members_in_need")
    assert (reread(fund).cash, reread(fund).last_number) == (Decimal("2200.00"), 2)
    with pytest.raises(Refused):
        entered(place, "spending", "1.00", into=fund, by=place.village_secretary)
    with pytest.raises(Refused):
        opening.open_fund(
            by=place.secretary, holder=place.county, kind=FundKind.POOL, name="某某资金", at=NOW
        )  # fmt: skip
    assert Fund.objects.count() == 1


def test_each_side_enters_its_own_and_nobody_for_the_other(place):
    for kind in EntryKind:
        if kind.value.startswith("transfer"):
            continue
        giver = RULES[kind].hand == "giver"
        for by in (place.village_secretary if giver else place.secretary, place.organiser, place.stranger):
            refused("岗位", place, kind, by=by)


def test_a_giver_is_a_unit_of_the_pairing(place):
    other = people.unit(place.county, "青山县水利局")
    by = people.user("branch_secretary", other)
    refused("结对", place, "sent", giver=other, by=by)
    place.pairing.partners.create(
        unit=other, share=30, state="joined", answered_at=NOW, answered_by=by, invited_by=place.secretary
    )
    entered(place, "sent", "7000.00", giver=other, by=by)
    assert place.fund.sent == Decimal("7000.00")


def test_who_sees_a_ledger(place):
    entered(place, "receipt")
    town, auditor = people.user("township_supervisor", place.township), people.user("auditor", place.county)
    far = people.user("organiser", people.county("白水县"))
    for user in (place.secretary, place.village_secretary, place.organiser, town, auditor):
        assert list(Fund.objects.visible_to(user)) == [place.fund]
        assert Entry.objects.visible_to(user).count() == 1
    for user in (place.stranger, far, people.user()):
        assert Fund.objects.visible_to(user).count() == Entry.objects.visible_to(user).count() == 0


def test_a_pool_is_seen_by_those_whose_money_is_in_it(place):
    pool = opening.open_fund(by=place.organiser, holder=place.county, kind=FundKind.POOL, name="统筹资金", at=NOW)
    assert Fund.objects.visible_to(place.secretary).count() == 0
    entered(place, "receipt", into=pool, by=place.organiser)
    assert list(Fund.objects.visible_to(place.secretary)) == [pool]
    assert Fund.objects.visible_to(place.stranger).count() == 0


def test_entries_are_times_of_the_clock_that_was_passed_in(place):
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    assert reread(entered(place, "receipt", on=date(2026, 1, 2), at=moment)).entered_at == moment
