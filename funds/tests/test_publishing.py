"""Village affairs disclosure: filled from the ledger, reviewed, published for 15 days, never changed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from core.refusals import Refused
from funds.actions import publishing as acts
from funds.models import DisclosedEntry, DisclosedFund, Disclosure, Entry
from funds.publishing.profiles import PROFILES
from funds.publishing.windows import Window, offered, suggested
from funds.querysets.disclosure import overdue
from funds.tests.disclosing import JULY, MAY, QUARTER, SPRING, place, published
from funds.tests.playing import entered
from members.models import Household
from pairing.tests.factories import CHINA

assert place
pytestmark = pytest.mark.django_db


@pytest.mark.clause("SH-53")
def test_every_receipt_and_spending_of_the_quarter_is_in_it_and_nothing_else(place):
    disclosure = published(place)
    assert [row.entry.kind for row in disclosure.lines.select_related("entry")] == ["receipt", "spending"]
    assert (disclosure.state, disclosure.public_from) == ("published", JULY.date())
    assert disclosure.public_until == JULY.date() + timedelta(days=14)
    kept = disclosure.funds.get()
    fund = place.fund
    assert (kept.number, kept.head, kept.promised, kept.received, kept.spent, kept.cash) == (
        3, fund.head, Decimal(50_000), Decimal(20_000), Decimal(3_000), Decimal(17_000),
    )  # fmt: skip


@pytest.mark.clause("SH-53")
def test_what_was_missed_before_comes_with_the_next_one_and_what_is_not_published_in_time_is_late(place):
    late = datetime(2026, 7, 16, 9, 0, tzinfo=CHINA).date()
    assert set(overdue(Entry.objects.all(), late).values_list("kind", flat=True)) == {"receipt", "spending"}
    assert not overdue(Entry.objects.all(), date(2026, 7, 15)).exists()
    published(place)
    assert not overdue(Entry.objects.all(), late).exists()
    entered(place, "spending", "1.00", at=JULY, on=SPRING)
    autumn = Window("quarter", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 15))
    at = datetime(2026, 10, 3, 9, 0, tzinfo=CHINA)
    second = published(place, window=autumn, at=at, reviewed_on=at.date())
    assert [row.entry.amount for row in second.lines.select_related("entry")] == [Decimal("1.00")]


def test_fewer_than_fifteen_days_never_count_and_say_so(place, client):
    short = published(place, days=14)
    assert short.state == "short"
    assert not Disclosure.objects.published().exists()
    assert overdue(Entry.objects.all(), date(2026, 7, 16)).count() == 2
    assert "公开期不足" in client.get(reverse("open_disclosure", args=[short.pk])).content.decode()
    with pytest.raises(Error), transaction.atomic():
        Disclosure.objects.create(
            village=place.village, kind="month", period="2026-05", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31),
            state="published", drafted_at=JULY, drafted_by=place.organiser, published_at=JULY, hotline="1",
            published_by=place.organiser, public_from=date(2026, 7, 1), public_until=date(2026, 7, 14), reviewer="杨",
            reviewed_on=date(2026, 7, 1),
        )  # fmt: skip
    correction = replace(QUARTER, corrects=short)
    longer = published(place, window=correction, reason="公开期补足")
    assert (longer.state, longer.lines.count()) == ("published", 2)


def test_the_database_refuses_to_change_what_was_published(place):
    disclosure = published(place)
    rows: tuple[Any, ...] = (
        Disclosure.objects.filter(pk=disclosure.pk), DisclosedEntry.objects.all(), DisclosedFund.objects.all(),
    )  # fmt: skip
    for row in rows:
        with pytest.raises(Error), transaction.atomic():
            row.delete()
    for row, change in zip(rows, ({"words": "别的"}, {"words": "别的"}, {"head": "0" * 64}), strict=True):
        with pytest.raises(Error), transaction.atomic():
            row.update(**change)
    later = entered(place, "spending", "1.00", at=JULY, on=JULY.date())
    with pytest.raises(Error), transaction.atomic():
        DisclosedEntry.objects.create(disclosure=disclosure, entry=later, position=9)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE funds_disclosure CASCADE")
    disclosure.refresh_from_db()
    assert (disclosure.words, disclosure.lines.count()) == ("苗木已栽下。", 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reviewer": "李桂兰"}, "监督委员会"),
        ({"reviewer": "　李 桂兰"}, "监督委员会"),
        ({"reviewer": ""}, "监督委员会"),
        ({"reviewed_on": date(2026, 6, 29)}, "监督委员会"),
        ({"hotline": ""}, "电话"),
        ({"words": "联系 138 1234 5678"}, "138"),
        ({"words": "卡号6222 0210 0100 1234 567"}, "622"),
        ({"words": "身份证５２２４２２１９７００１０１１２３４"}, "522"),
        ({"words": "补助欧阳福林一家"}, "欧***"),
    ],
)
def test_nothing_is_published_without_review_or_with_something_personal(place, changes, sentence):
    Household.objects.create(village=place.village, head="欧阳福林", number="1", household_class="poor")
    with pytest.raises(Refused) as refusal:
        published(place, **changes)
    assert sentence in str(refusal.value.sentence)
    assert not Disclosure.objects.public().exists()
    assert not DisclosedEntry.objects.exists()


def test_words_of_a_line_are_held_back_where_the_ledger_names_somebody(place):
    named = entered(place, "spending", "10.00", at=MAY, on=SPRING, words="给张大爷，电话13812345678")
    with pytest.raises(Refused):
        published(place)
    disclosure = published(place, lines={named.pk: "生活补助"})
    assert disclosure.lines.get(entry=named).words == "生活补助"


def test_a_period_that_runs_is_not_published_yet_and_a_stranger_publishes_nothing(place):
    with pytest.raises(Refused):
        acts.prepare(by=place.village_secretary, village=place.village, window=QUARTER, at=MAY)
    for who in (place.secretary, place.organiser, place.stranger):
        with pytest.raises(Refused):
            acts.prepare(by=who, village=place.village, window=QUARTER, at=JULY)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("key", "ends_on", "is_matter", "due_on"),
    [
        ("chongqing", date(2026, 3, 31), False, date(2026, 4, 15)),
        ("chongqing", date(2026, 12, 31), False, date(2027, 1, 15)),
        ("chongqing", date(2026, 2, 28), True, date(2026, 3, 10)),
        ("shaanxi", date(2026, 2, 28), True, date(2026, 3, 5)),
        ("national", date(2026, 1, 31), False, date(2026, 2, 15)),
    ],
)
def test_due_days_by_province(key, ends_on, is_matter, due_on):
    assert PROFILES[key].due_on(ends_on, is_matter=is_matter) == due_on


def test_the_oldest_quarter_is_offered_first(place):
    windows = offered(place.village, date(2026, 11, 3))
    assert [window.period for window in windows if window.kind == "quarter"] == ["2026Q3", "2026Q2"]
    assert suggested(windows).period == "2026Q2"
    published(place)
    assert suggested(offered(place.village, date(2026, 11, 3))).period == "2026Q3"


def test_a_month_that_a_published_quarter_tells_of_is_not_asked_for_again(place):
    at = datetime(2026, 8, 20, 9, 0, tzinfo=CHINA)
    keys = {window.period for window in offered(place.village, at.date())}
    assert {"2026Q2", "2026-05", "2026-06", "2026-07"} <= keys
    published(place)
    assert {window.period for window in offered(place.village, at.date())} == {"2026-07"}
