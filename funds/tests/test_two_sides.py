"""What the other side confirms, what is reversed, what a fund passes on: in both ledgers or in neither."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import Refused
from funds.actions import entering, opening, reversing
from funds.kinds import FundKind
from funds.models import Entry
from funds.tests.playing import NOW, TODAY, entered, given
from funds.tests.playing import place as make_place
from organisations.tests.factories import reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


def test_what_was_sent_is_confirmed_once_and_another_amount_stays_a_difference(place):
    sent = entered(place, "sent", "20000.00")
    got = entering.confirm(by=place.village_secretary, entry=sent, key=uuid.uuid4(), at=NOW, amount=Decimal("19800.00"))
    assert (got.amount, got.answers, got.giver, got.channel) == (Decimal("19800.00"), sent, place.unit, "direct")
    with pytest.raises(Refused, match="已经确认"), transaction.atomic():
        entering.confirm(by=place.village_secretary, entry=sent, key=uuid.uuid4(), at=NOW)
    for by in (place.secretary, place.organiser, place.stranger):
        with pytest.raises(Refused), transaction.atomic():
            entering.confirm(by=by, entry=entered(place, "sent"), key=uuid.uuid4(), at=NOW)
    assert place.fund.receipt == Decimal("19800.00")
    with pytest.raises(Refused, match="不再有效"), transaction.atomic():
        entered(place, "receipt", answers=entered(place, "goods_sent"))


def test_a_mistake_is_reversed_once_with_a_reason_and_both_stay(place):
    wrong = entered(place, "receipt", "20000.00")
    with pytest.raises(Refused, match="原因"):
        reversing.reverse(by=place.village_secretary, entry=wrong, reason=" ", key=uuid.uuid4(), at=NOW)
    made = reversing.reverse(by=place.village_secretary, entry=wrong, reason="多记一个零", key=uuid.uuid4(), at=NOW)
    assert (made.kind, made.amount, made.corrects, made.reason, made.on) == (
        "receipt", Decimal("20000.00"), wrong, "多记一个零", TODAY,
    )  # fmt: skip
    assert (place.fund.receipt, place.fund.last_number) == (0, 2)
    assert list(Entry.objects.standing()) == []
    for entry in (wrong, made):
        with pytest.raises(Refused), transaction.atomic():
            reversing.reverse(by=place.village_secretary, entry=entry, reason="再来", key=uuid.uuid4(), at=NOW)
    assert Entry.objects.count() == 2


def test_what_was_spent_can_not_be_unreceived_and_what_was_confirmed_is_reversed_by_the_village_first(place):
    sent = entered(place, "sent", "20000.00")
    got = entering.confirm(by=place.village_secretary, entry=sent, key=uuid.uuid4(), at=NOW)
    again = {"reason": "写错", "at": NOW}
    with pytest.raises(Refused, match="对方"), transaction.atomic():
        reversing.reverse(by=place.secretary, entry=sent, key=uuid.uuid4(), **again)
    spent = entered(place, "spending", "1.00")
    with pytest.raises(Refused, match=r"¥19,999\.00"), transaction.atomic():
        reversing.reverse(by=place.village_secretary, entry=got, key=uuid.uuid4(), **again)
    for by, entry in ((place.village_secretary, spent), (place.village_secretary, got), (place.secretary, sent)):
        reversing.reverse(by=by, entry=entry, key=uuid.uuid4(), **again)
    assert (place.fund.sent, place.fund.receipt, place.fund.spending, place.fund.cash) == (0, 0, 0, 0)


def test_money_passed_on_stands_in_both_ledgers_or_in_neither(place):
    entered(place, "receipt", "20000.00")
    pool = opening.open_fund(by=place.organiser, holder=place.county, kind=FundKind.POOL, name="统筹资金", at=NOW)
    out = reversing.transfer(
        by=place.village_secretary, source=place.fund, target=pool, key=uuid.uuid4(), at=NOW,
        given=given(place, "transfer_out", "15000.00", giver=place.unit),
    )  # fmt: skip
    taken = Entry.objects.get(answers=out)
    assert (taken.kind, taken.amount, taken.fund, taken.giver) == (
        "transfer_in", Decimal("15000.00"), pool, place.unit,
    )  # fmt: skip
    assert (place.fund.cash, reread(pool).cash) == (Decimal("5000.00"), Decimal("15000.00"))
    with pytest.raises(Refused):
        reversing.reverse(by=place.village_secretary, entry=out, reason="不统筹了", key=uuid.uuid4(), at=NOW)
    reversing.reverse(by=place.organiser, entry=out, reason="不统筹了", key=uuid.uuid4(), at=NOW)
    assert (place.fund.cash, reread(pool).cash, Entry.objects.count()) == (Decimal("20000.00"), 0, 5)


def test_one_side_of_a_transfer_alone_is_not_kept(place):
    entered(place, "receipt")
    lonely = reread(place.fund.entries.get())
    lonely.pk, lonely.key, lonely.kind, lonely.amount = None, uuid.uuid4(), "transfer_out", Decimal(5)
    with transaction.atomic():
        lonely.save(force_insert=True)
        with pytest.raises(IntegrityError, match="transfer_with_both_sides"):
            connection.check_constraints()
        transaction.set_rollback(True)
    assert (Entry.objects.count(), place.fund.cash) == (1, Decimal("20000.00"))
