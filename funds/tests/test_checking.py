"""Anybody, without an account, checks a ledger by what a poster prints: whole, altered, or cut short."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from funds import heads
from funds.chain import hash_of
from funds.kinds import FundKind
from funds.models import Entry, Fund
from funds.publishing.poster import HEAD_SHOWN
from funds.tests.disclosing import JULY, place, published
from funds.tests.playing import NOW, entered

assert place
pytestmark = pytest.mark.django_db
ADDRESS = reverse("open_check")
RECHAIN = f"""
    UPDATE funds_entry e SET amount = 2000, hash = {hash_of("e")} WHERE kind = 'spending';
    UPDATE funds_entry e SET hash = {hash_of("e")} WHERE kind = 'spending';
    UPDATE funds_fund SET spending = 2000, head = (SELECT hash FROM funds_entry WHERE kind = 'spending');
"""


@pytest.fixture(autouse=True)
def noted(place):
    """The ends are in the file outside, as they are once an entry is kept; nobody has asked before."""
    cache.clear()
    heads.note(Entry.objects.values_list("fund", "number", "hash").order_by("number"), JULY)


def by_hand(statements: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statements)
        cursor.execute("SET session_replication_role = origin")


def said(client, what: str) -> str:
    answer = client.get(ADDRESS, {"what": what})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_code_of_a_poster_leads_to_one_sentence(place, client):
    published(place)
    head = place.fund.head[:HEAD_SHOWN]
    fullwidth = "".join(chr(ord(letter) + 0xFEE0) for letter in head.upper())
    for typed in (
        head,
        fullwidth,
        f" {head[:4]} {head[4:8]}-{head[8:]} ",
        f"账本校验码：编号{place.fund.pk}　第3笔　{head}",
    ):
        page = said(client, typed)
        assert "第 1 笔至第 3 笔与登记时一致" in page, typed
        assert "2026年7月8日" in page
        assert "是第 3 笔的" in page


def test_an_earlier_code_stays_good_and_says_what_came_after_it(place, client):
    head = place.fund.head
    entered(place, "spending", "5.00", at=JULY, on=JULY.date())
    page = said(client, head)
    assert "是第 3 笔的" in page
    assert "其后 1 笔尚未另存" in page


def test_the_number_of_the_ledger_and_the_address_of_the_village_do_as_well(place, client):
    village = reverse("open_village", args=[place.village.pk])
    for typed in (str(place.fund.pk), f"编号{place.fund.pk}", f"https://jiedui.example{village}"):
        assert "第 1 笔至第 3 笔与登记时一致" in said(client, typed), typed
    assert f"{ADDRESS}?village={place.village.pk}" in client.get(village).content.decode()
    assert "与登记时一致" in client.get(ADDRESS, {"village": place.village.pk}).content.decode()


def test_nothing_of_persons_givers_and_unpublished_words_is_said(place, client):
    by_hand("UPDATE funds_entry SET amount = 2000 WHERE kind = 'spending'")
    page = said(client, str(place.fund.pk))
    assert "第 3 笔" in page
    for part in (place.unit.name, "苗木三百株", "2,000", place.village_secretary.name):
        assert part not in page, part


def test_an_entry_altered_in_the_database_is_named(place, client):
    by_hand("UPDATE funds_entry SET amount = 2000 WHERE kind = 'spending'")
    page = said(client, place.fund.head)
    assert "与登记时一致" not in page
    assert "与登记时不符" in page


@pytest.mark.parametrize("kept", ["file", "poster"])
def test_an_entry_altered_and_the_chain_computed_anew_does_not_fit_what_was_kept_outside(place, client, kept):
    published(place)
    head = place.fund.head
    if kept == "poster":
        heads.path().unlink()
    by_hand(RECHAIN)
    for typed in (head[:HEAD_SHOWN], str(place.fund.pk)):
        page = said(client, typed)
        assert "与登记时一致" not in page
        assert "第 3 笔" in page


def test_entries_that_are_missing_since_a_back_up_was_restored_are_named(place, client):
    head = place.fund.head
    by_hand(
        "DELETE FROM funds_voucher; DELETE FROM funds_entry WHERE number = 3;"
        "UPDATE funds_fund SET last_number = 2, spending = 0, head = (SELECT hash FROM funds_entry WHERE number = 2)"
    )
    page = said(client, head)
    assert "与登记时一致" not in page
    assert "第 3 至 3 笔" in page


@pytest.mark.parametrize(
    "typed", ["0" * 16, "没有这样的码", "999999999", "open/villages/999999/", "a" * 200, "\0", "%s{of}"]
)
def test_what_nobody_knows_has_a_sentence(client, typed):
    page = said(client, typed)
    assert "与登记时一致" not in page
    assert 'name="what"' in page


def test_so_many_from_one_address_are_too_many(client):
    codes = [client.get(ADDRESS, {"what": "1"}).status_code for _number in range(31)]
    assert codes == [200] * 30 + [429]
    assert client.get(ADDRESS).status_code == 200


def test_the_same_number_of_statements_for_one_ledger_and_for_three(place, client, django_assert_num_queries):
    village = {"village": place.village.pk}
    with django_assert_num_queries(9):
        client.get(ADDRESS, village)
    for name in ("一组", "二组"):
        pool = Fund.objects.create(
            kind=FundKind.POOL, holder=place.village, name=name, opened_at=NOW, opened_by=place.village_secretary
        )
        entered(place, "receipt", "10.00", into=pool)
    with django_assert_num_queries(9):
        page = client.get(ADDRESS, village).content.decode()
    assert page.count("与登记时一致") == 3
