"""Days on which much goes wrong at once, on a real PostgreSQL: nothing is spent twice, nothing is half written, and
nothing is altered or lost without a sentence that names it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.refusals import Refused
from funds import chain, heads, tasks, verifying
from funds.actions import opening, reversing
from funds.kinds import EntryKind, FundKind
from funds.models import Entry, Fund
from funds.tests.playing import NOW, entered, given
from funds.tests.playing import place as make_place
from organisations.tests.factories import reread
from pairing.tests.market import county

PEOPLE = 50


@pytest.fixture
def place(transactional_db):
    return make_place()


def in_thread(work):
    """With a connection of its own, closed afterwards."""
    try:
        return work()
    except Refused as refusal:
        return str(refusal.sentence)
    finally:
        connections.close_all()


def by_hand(*statements: str) -> None:
    """As somebody who rules the database: with all triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("RESET session_replication_role")


def checked(capsys) -> tuple[int, str]:
    """The exit code of the command, and what it says."""
    try:
        call_command("verify_ledger")
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    return code, capsys.readouterr().out


def test_fifty_people_spend_the_last_ten_thousand_at_once(place):
    entered(place, "receipt", "10000.00")
    start = Barrier(PEOPLE)

    def spend():
        start.wait()
        return entered(place, "spending", "800.00")

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = list(pool.map(lambda _number: in_thread(spend), range(PEOPLE)))
    spent = [answer for answer in answers if isinstance(answer, Entry)]
    refusals = {answer for answer in answers if not isinstance(answer, Entry)}
    assert len(spent) == 12
    assert all("¥400.00" in sentence for sentence in refusals)
    assert (place.fund.spending, place.fund.cash) == (Decimal("9600.00"), Decimal("400.00"))
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 14))
    assert verifying.verify(timezone.now()).is_sound


def test_the_same_form_sent_ten_times_at_once_is_one_entry(place):
    key, start = uuid.uuid4(), Barrier(10)

    def send():
        start.wait()
        return entered(place, "receipt", "500.00", key=key)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _number: in_thread(send), range(10)))
    assert {answer.pk for answer in answers} == {Entry.objects.get().pk}
    assert place.fund.receipt == Decimal("500.00")


def test_the_server_dies_between_the_two_sides_of_a_transfer(place, monkeypatch):
    entered(place, "receipt", "20000.00")
    pool = opening.open_fund(by=place.organiser, holder=place.county, kind=FundKind.POOL, name="统筹资金", at=NOW)
    keep, before = reversing.write, place.fund.head

    def dying(fund, kind, *arguments, **options):
        if kind == EntryKind.TRANSFER_IN:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return keep(fund, kind, *arguments, **options)

    def transfer():
        with pytest.raises(DatabaseError):
            reversing.transfer(
                by=place.village_secretary, source=place.fund, target=pool, key=uuid.uuid4(), at=NOW,
                given=given(place, "transfer_out", "15000.00"),
            )  # fmt: skip

    monkeypatch.setattr(reversing, "write", dying)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(in_thread, transfer).result()
    assert (Entry.objects.count(), place.fund.cash, place.fund.head) == (1, Decimal("20000.00"), before)
    assert (reread(pool).cash, reread(pool).last_number) == (0, 0)
    assert verifying.verify(timezone.now()).is_sound


def test_a_back_up_one_hour_old_was_restored(place, capsys):
    entered(place, "receipt", "20000.00")
    kept = Fund.objects.values().get()
    lost = [entered(place, "spending", "300.00"), entered(place, "spending", "200.00")]
    assert checked(capsys) == (0, "1 本资金账共 3 笔：全部与登记时一致。\n")
    by_hand(
        f"DELETE FROM funds_voucher WHERE entry_id IN ({lost[0].pk}, {lost[1].pk})",
        "DELETE FROM funds_entry WHERE number > 1",
        f"UPDATE funds_fund SET last_number = 1, head = '{kept['head']}', spending = 0",
    )
    code, said = checked(capsys)
    assert code == 1
    assert f"“{kept['name']}”：库外留存到第 3 笔，库内缺第 2 至 3 笔" in said
    entered(place, "spending", "1.00")
    code, said = checked(capsys)
    assert code == 1
    assert "第 2 笔（2026年9月10日，支出，¥1.00）与库外留存不符" in said
    assert "库内缺第 3 至 3 笔" in said


RECOMPUTED = f"""
    DO $$ DECLARE e funds_entry; last text := ''; BEGIN
        FOR e IN SELECT * FROM funds_entry ORDER BY number LOOP
            e.previous_hash := last;
            last := {chain.hash_of("e")};
            UPDATE funds_entry SET previous_hash = e.previous_hash, hash = last WHERE id = e.id;
        END LOOP;
        UPDATE funds_fund SET head = last;
    END $$
"""


def test_an_entry_was_altered_and_the_whole_chain_computed_anew_by_hand(place, capsys):
    entered(place, "receipt", "20000.00")
    altered = entered(place, "spending", "300.00")
    entered(place, "spending", "200.00")
    by_hand(
        f"UPDATE funds_entry SET amount = 3000 WHERE id = {altered.pk}",
        "UPDATE funds_fund SET spending = 3200",
        RECOMPUTED,
    )
    assert [*verifying.chains(), *verifying.sums(), *verifying.parts()] == []
    entered(place, "spending", "1.00")  # what comes later is chained to it, and noted outside
    code, said = checked(capsys)
    assert code == 1
    assert "第 2 笔（2026年9月10日，支出，¥3,000.00）与库外留存不符" in said
    assert said.count("\n") == 2


@pytest.mark.parametrize(("statements", "words"), [
    (["UPDATE funds_entry SET amount = 1 WHERE number = 2"], "第 2 笔（2026年9月10日，支出，¥1.00）与登记时不符"),
    (["UPDATE funds_entry SET giver_id = NULL WHERE number = 1"], "第 1 笔（2026年9月10日，到账，¥20,000.00）与登记时不符"),
    (["DELETE FROM funds_voucher WHERE entry_id = (SELECT id FROM funds_entry WHERE number = 2)"], "物资或者凭证"),
    (["UPDATE funds_goodsline SET quantity = 1"], "物资或者凭证"),
    (["DELETE FROM funds_goodsline", "DELETE FROM funds_entry WHERE number = 3"], "缺第 3 至 3 笔"),
    (["UPDATE funds_fund SET spending = 0"], "合计"),
])  # fmt: skip
def test_what_was_altered_by_hand_is_named(place, capsys, statements, words):
    entered(place, "receipt", "20000.00")
    entered(place, "spending", "300.00")
    entered(place, "goods")
    entered(place, "spending", "1.00")
    assert checked(capsys)[0] == 0
    by_hand(*statements)
    code, said = checked(capsys)
    assert code == 1
    assert words in said


def test_words_and_names_of_goods_may_be_struck_without_a_finding(place):
    entered(place, "receipt", "20000.00", words="王老五家")
    entered(place, "goods")
    by_hand("UPDATE funds_entry SET words = '■'", "UPDATE funds_goodsline SET name = '■'")
    assert verifying.verify(timezone.now()).is_sound


def test_ends_that_were_not_noted_are_noted_by_the_clock_and_a_lost_file_is_told(place, capsys):
    entered(place, "receipt", "20000.00")
    heads.path().unlink()
    code, said = checked(capsys)
    assert code == 1
    assert "不存在" in said
    tasks.note_ends()
    tasks.note_ends()
    assert len(heads.path().read_text().splitlines()) == 1
    assert checked(capsys)[0] == 0
    heads.path().write_text("what is this\n")
    assert "无法读取" in checked(capsys)[1]
    tasks.verify_ledgers()
    assert not verifying.last_verdict().is_sound


def test_verifying_many_ledgers_takes_as_many_statements_as_one(place, django_assert_num_queries):
    altered = "UPDATE funds_entry SET amount = 1"
    entered(place, "receipt")
    by_hand(altered)
    with CaptureQueriesContext(connection) as first:
        assert len(verifying.verify(NOW).of_fund) == 1
    for name in ("白水县", "金沙县"):
        other = county(name)
        pool = opening.open_fund(by=other.organiser, holder=other.root, kind=FundKind.POOL, name=name, at=NOW)
        entered(place, "receipt", into=pool, by=other.organiser)
    by_hand(altered)
    with django_assert_num_queries(len(first)):
        assert len(verifying.verify(NOW).of_fund) == 3
