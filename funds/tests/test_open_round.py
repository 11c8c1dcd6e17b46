"""The money of a round and of a unit that gives, before everybody: sums with what they are of, names only as agreed."""

import csv
import io
import json
from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from funds.models import Entry, NameConsent
from funds.tests.disclosing import JULY, place, published
from funds.tests.playing import entered
from organisations.tests import factories as people
from pairing.models import Round
from pairing.tests import factories as pairings
from pairing.tests.factories import CHINA

assert place
pytestmark = pytest.mark.django_db
AUGUST = datetime(2026, 8, 3, 9, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


def named(gift: Entry, place, *, is_shown: bool = True) -> None:
    NameConsent.objects.update_or_create(
        entry=gift, defaults={"is_shown": is_shown, "said_at": JULY, "said_by": place.secretary}
    )


def body(client, name: str, pk: int, **query) -> str:
    answer = client.get(reverse(name, args=[pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def table(client, name: str, pk: int) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(client, name, pk).removeprefix("\ufeff"))))


def test_a_round_before_everybody_with_its_published_share(place, client):
    published(place)
    entered(place, "spending", "777.00", at=AUGUST, on=AUGUST.date(), words="还没有公布")
    page = body(client, "round_money", place.pairing.round_id)
    for part in ("¥50,000.00", "¥20,000.00", "¥3,777.00", "¥16,223.00", "2 / 3", place.village.name, "¥3,000.00已按"):
        assert part in page, part
    assert "还没有公布" not in page
    assert place.village_secretary.name not in page
    assert reverse("open_village", args=[place.village.pk]) in page


def test_a_change_is_seen_at_once_though_the_sums_are_kept(place, client):
    assert "¥20,000.00" in body(client, "round_money", place.pairing.round_id)
    entered(place, "receipt", "1.00", at=JULY, on=JULY.date())
    assert "¥20,001.00" in body(client, "round_money", place.pairing.round_id)
    assert "0 / 3" in body(client, "round_money", place.pairing.round_id)
    published(place)
    assert "2 / 3" in body(client, "round_money", place.pairing.round_id)


def test_a_round_in_preparation_is_for_nobody(place, client):
    Round.objects.filter(pk=place.pairing.round_id).update(state="draft", opened_at=None)
    for name in ("round_money", "round_money_csv", "round_money_json"):
        assert client.get(reverse(name, args=[place.pairing.round_id])).status_code == 404


@pytest.mark.parametrize("is_shown", [None, False])
def test_a_unit_that_did_not_agree_is_one_of_many_and_has_no_page(place, client, is_shown):
    if is_shown is not None:
        named(Entry.objects.get(kind="receipt"), place, is_shown=is_shown)
    assert "爱心单位" in body(client, "round_money", place.pairing.round_id)
    assert place.unit.name not in body(client, "round_money", place.pairing.round_id)
    for name in ("open_giver", "open_giver_csv", "open_giver_json"):
        assert client.get(reverse(name, args=[place.unit.pk])).status_code == 404


def test_a_unit_that_agreed_has_a_page_with_the_gifts_it_is_named_with(place, client):
    named(Entry.objects.get(kind="receipt"), place)
    published(place)
    assert reverse("open_giver", args=[place.unit.pk]) in body(client, "round_money", place.pairing.round_id)
    page = body(client, "open_giver", place.unit.pk)
    for part in (place.unit.name, "¥50,000.00", "¥20,000.00", "¥3,000.00", "¥17,000.00", place.village.name):
        assert part in page, part
    entered(place, "receipt", "4321.00", at=JULY, on=JULY.date())
    page = body(client, "open_giver", place.unit.pk)
    assert "4,321.00" not in page
    assert "¥50,000.00" not in page  # what was promised would tell of the gift that is not named
    assert "爱心单位" in body(client, "round_money", place.pairing.round_id)


def test_open_data_of_round_and_unit_at_stable_addresses(place, client):
    named(Entry.objects.get(kind="receipt"), place)
    published(place)
    heading, row = table(client, "round_money_csv", place.pairing.round_id)
    assert dict(zip(heading, row, strict=True)) == {
        "村": place.village.name, "资金账": f"结对帮扶资金（编号{place.fund.pk}）", "承诺（元）": "50000.00",
        "到账（元）": "20000.00", "支出（元）": "3000.00", "结余（元）": "17000.00", "物资折价（元）": "0.00",
        "物资结存（元）": "0.00", "应公开笔数": "2", "已公开笔数": "2", "校验码": place.fund.head,
    }  # fmt: skip
    content = json.loads(body(client, "round_money_json", place.pairing.round_id))
    assert (content["villages"][0]["published"], "注明来源" in content["licence"]) == (2, True)
    heading, row = table(client, "open_giver_csv", place.unit.pk)
    assert row == [place.village.name, "2026-05-12", "到账", "20000.00", "3000.00", "17000.00", "是"]
    assert json.loads(body(client, "open_giver_json", place.unit.pk))["gifts"][0]["left"] == "17000.00"
    address = reverse("round_money_csv", args=[place.pairing.round_id])
    assert client.get(address, headers={"If-None-Match": client.get(address)["ETag"]}).status_code == 304


def more_villages(place, number: int) -> None:
    for _number in range(number):
        village = people.village(place.township)
        secretary = people.user("village_secretary", village)
        pairing = pairings.pairing(place.pairing.round, place.unit, village, state="signed")
        gift = entered(place, "receipt", "100.00", into=pairing, by=secretary, at=JULY, on=date(2026, 7, 1))
        named(gift, place)


def test_the_same_number_of_statements_for_one_village_and_for_three(place, client, django_assert_num_queries):
    named(Entry.objects.get(kind="receipt"), place)
    for name, pk, number in (
        ("round_money", place.pairing.round_id, 10), ("round_money_csv", place.pairing.round_id, 3),
        ("open_giver", place.unit.pk, 4),
    ):  # fmt: skip
        cache.clear()
        with django_assert_num_queries(number):
            client.get(reverse(name, args=[pk]))
    more_villages(place, 2)
    for name, pk, number in (
        ("round_money", place.pairing.round_id, 10), ("round_money_csv", place.pairing.round_id, 3),
        ("open_giver", place.unit.pk, 4),
    ):  # fmt: skip
        cache.clear()
        with django_assert_num_queries(number):
            client.get(reverse(name, args=[pk]))
