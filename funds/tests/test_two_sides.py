"""What the other side confirms, what is reversed, what a fund passes on: in both ledgers or in neither."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import Refused
from funds.actions import entering, opening, reversing
from funds.kinds import FundKind
from funds.models import Entry
from funds.reading import differences
from funds.tests.playing import NOW, TODAY, entered, given
from funds.tests.playing import place as make_place
from office.models import Message
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


def confirmed(by, entry: Entry, **changes) -> Entry:
    return entering.confirm(by=by, entry=entry, key=uuid.uuid4(), at=NOW, **changes)


@pytest.mark.clause("SH-27")
def test_the_village_may_enter_first_and_the_unit_answers_with_its_own_entry(place):
    got = entered(place, "receipt", "20000.00")
    assert found(place) == [("not_sent", Decimal("20000.00"))]
    for by in (place.village_secretary, place.organiser, place.stranger):
        with pytest.raises(Refused), transaction.atomic():
            confirmed(by, got)
    sent = confirmed(place.secretary, got)
    assert (sent.kind, sent.amount, sent.answers, sent.giver) == ("sent", Decimal("20000.00"), got, place.unit)
    assert (found(place), list(Entry.objects.unanswered()), place.fund.receipt) == ([], [], Decimal("20000.00"))
    with pytest.raises(Refused, match="已经确认"), transaction.atomic():
        confirmed(place.secretary, got)
    with pytest.raises(Refused), transaction.atomic():
        confirmed(place.village_secretary, sent)  # it is an answer itself
    with pytest.raises(Refused, match="对方"), transaction.atomic():
        reversing.reverse(by=place.village_secretary, entry=got, reason="写错", key=uuid.uuid4(), at=NOW)
    reversing.reverse(by=place.secretary, entry=sent, reason="写错", key=uuid.uuid4(), at=NOW)
    confirmed(place.secretary, got, amount=Decimal("19000.00"))
    assert found(place) == [("amount", Decimal("-1000.00"))]


def test_goods_the_village_lists_first_are_answered_and_another_units_gift_is_not(place):
    got = entered(place, "goods")
    sent = confirmed(place.secretary, got)
    assert (sent.kind, [line.name for line in sent.lines.all()], found(place)) == ("goods_sent", ["课桌椅"], [])
    other = entered(place, "receipt", "5.00")
    with pytest.raises(Refused, match="不再有效"), transaction.atomic():
        entered(place, "goods_sent", answers=other)


def found(place) -> list[tuple[str, Decimal]]:
    rows = differences(Entry.objects.visible_to(place.secretary))
    return [(row.difference, row.apart) for row in rows]


def turns(place) -> dict[str, int]:
    """Messages that wait, by the permission of those who read them."""
    rows = Message.objects.open().filter(key__startswith="entry:")
    return {permission: rows.filter(permission=permission).count() for permission in ("fund.keep", "fund.give")}


def test_whoever_has_to_enter_something_is_told_until_it_stands_on_both_sides(place):
    sent = entered(place, "sent", "20000.00")
    (message,) = Message.objects.open().filter(key__startswith="entry:")
    assert (message.organisation, message.url) == (place.village, sent.get_absolute_url())
    assert "¥20,000.00" in message.subject_text
    got = confirmed(place.village_secretary, sent)
    assert turns(place) == {"fund.keep": 0, "fund.give": 0}
    reversing.reverse(by=place.village_secretary, entry=got, reason="写错", key=uuid.uuid4(), at=NOW)
    assert turns(place) == {"fund.keep": 1, "fund.give": 0}  # it is not confirmed any more
    reversing.reverse(by=place.secretary, entry=sent, reason="写错", key=uuid.uuid4(), at=NOW)
    assert turns(place) == {"fund.keep": 0, "fund.give": 0}
    first = entered(place, "receipt", "300.00")
    assert turns(place) == {"fund.keep": 0, "fund.give": 1}
    assert Message.objects.open().get(key__startswith="entry:").organisation == place.unit
    confirmed(place.secretary, first)
    entered(place, "spending", "1.00")
    assert turns(place) == {"fund.keep": 0, "fund.give": 0}


def test_the_page_of_the_entry_asks_the_side_that_has_not_entered_it(place, client):
    got = entered(place, "receipt", "20000.00")
    address = f"/funds/entries/{got.pk}/confirm/"
    for user, asked in ((place.village_secretary, False), (place.organiser, False), (place.secretary, True)):
        client.force_login(user)
        assert ("是你单位拨付的吗" in client.get(got.get_absolute_url()).content.decode()) == asked
        if not asked:
            assert client.post(address, {"key": str(uuid.uuid4())}).status_code == 404
    form = client.get(f"/funds/{place.fund.pk}/enter/sent/").context["form"]
    assert list(form.fields["answers"].queryset) == [got]
    assert not Entry.objects.filter(kind="sent").exists()
    client.post(address, {"key": str(uuid.uuid4())})
    assert Entry.objects.get(kind="sent").answers == got
    assert "是你单位拨付的吗" not in client.get(got.get_absolute_url()).content.decode()


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
