"""Ledgers of a province, with millions of entries: balances of all, verifying each, the page that everybody reads."""

import os
import uuid
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks import data, pages
from benchmarks.apart import apart
from benchmarks.filling import without_triggers
from benchmarks.report import Finding
from funds import heads, verifying
from funds.actions import publishing
from funds.chain import hash_of
from funds.kinds import EntryKind
from funds.models import Fund
from funds.publishing.windows import Window
from organisations.models import Appointment, Organisation, User

FEW, PUBLISHED = 3, 20
VERIFYING, CONDITIONAL, FULL = 2.0, 1.0, 2.0  # times reading the entries, times the null page
IN_ORDER = "SELECT * FROM funds_entry ORDER BY fund_id, number"
INTO_FUNDS = """
    INSERT INTO funds_fund (kind, holder_id, pairing_id, name, opened_at, opened_by_id, last_number, head, {kinds})
    SELECT 'pairing', p.village_id, p.id, '帮扶资金 ' || p.id, now(), %(user)s, 0, '', {none} FROM pairing_pairing p
    WHERE NOT EXISTS (SELECT 1 FROM funds_fund f WHERE f.pairing_id = p.id) ORDER BY p.id LIMIT %(most)s
"""
# One fund after the other: first a receipt, then what was spent of it, each chained to the one before.
INTO_ENTRIES = f"""
    DO $$ DECLARE f record; e funds_entry; BEGIN
        FOR f IN SELECT fund.*, p.unit_id FROM funds_fund fund JOIN pairing_pairing p ON p.id = fund.pairing_id LOOP
            e := NULL;
            e.fund_id := f.id; e.hash := f.head; e.number := f.last_number; e.words := '水泥'; e.reason := '';
            e.goods := ''; e.vouchers := '{{}}'; e.receipt_number := ''; e.entered_at := now();
            e.entered_by_id := %(user)s; e.entered_as_id := %(post)s;
            WHILE e.number < %(until)s LOOP
                e.id := nextval(pg_get_serial_sequence('funds_entry', 'id'));
                e.key := gen_random_uuid(); e.number := e.number + 1; e.previous_hash := e.hash;
                e."on" := current_date - 400 + e.number;
                IF e.number = 1 THEN
                    e.kind := 'receipt'; e.amount := 10000000; e.giver_id := f.unit_id; e.source := 'own'; e.use := '';
                    e.resources := '{{funds}}'; e.channel := 'direct';
                ELSE
                    e.kind := 'spending'; e.amount := 10; e.giver_id := NULL; e.source := '';
                    e.use := 'infrastructure'; e.resources := '{{}}'; e.channel := '';
                END IF;
                e.hash := {hash_of("e")};
                INSERT INTO funds_entry VALUES (e.*);
            END LOOP;
            UPDATE funds_fund SET last_number = e.number, head = e.hash, receipt = 10000000,
                spending = 10 * (e.number - 1) WHERE id = f.id;
        END LOOP;
    END $$
"""


def measure(villages: int, pairings: int, entries: int) -> list[Finding]:
    """In one database, so that nothing but the number of funds and entries differs."""
    organiser = data.build(villages, pairings)
    with without_triggers() as cursor:
        cursor.execute("UPDATE pairing_pairing SET state = 'signed', signed_on = current_date - 400")
    with TemporaryDirectory() as folder:
        settings.LEDGER_HEADS = Path(folder) / "heads.txt"
        os.environ["LEDGER_HEADS"] = str(settings.LEDGER_HEADS)
        fill(organiser, FEW, PUBLISHED)
        few = statements_of(organiser)
        village = disclosed(Fund.objects.order_by("pk")[0].holder)
        fill(organiser, villages, max(PUBLISHED + 1, entries // min(villages, pairings)))
        note_outside()
        number, balances = Fund.objects.count(), statements_of(organiser)
        verified, read, copied = verify(), reading(), copying()
        conditional, full, null = apart(of_village, organiser, village.pk)
    counted = connection_count()
    work = f"{number} funds, {counted} entries"
    return [
        Finding(f"{work}: balances, statements", balances, few, "as when few", balances == few, unit=""),
        Finding(f"{work}: verifying", verified, read, f"{VERIFYING:.0f}× reading", verified <= VERIFYING * read),
        Finding(f"{work}: copied out, unread", copied, 0, "", True),
        Finding("public village: conditional", conditional, null, "1× null page", conditional <= CONDITIONAL * null),
        Finding("public village: full", full, null, "2× null page", full <= FULL * null),
    ]


def connection_count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM funds_entry")
        return cursor.fetchone()[0]


def fill(user: User, funds: int, until: int) -> None:
    """So many funds, each with so many entries; without the triggers, as the chain is written here."""
    kinds = EntryKind.values
    post = Appointment.objects.filter(user=user)[0]
    with without_triggers() as cursor:
        columns = {"kinds": ", ".join(kinds), "none": ", ".join("0" for _kind in kinds)}
        cursor.execute(INTO_FUNDS.format(**columns), {"user": user.pk, "most": max(0, funds - Fund.objects.count())})
        cursor.execute(INTO_ENTRIES, {"user": user.pk, "post": post.pk, "until": until})
    data.analyse()


def note_outside() -> None:
    """A line of the file for each entry, as when they were entered one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fund_id, number, hash FROM funds_entry ORDER BY id")
        while rows := cursor.fetchmany(100_000):
            heads.note(rows, timezone.now())


def statements_of(user: User) -> int:
    """What it takes to know the balance of every ledger that the organiser sees."""
    with CaptureQueriesContext(connection) as statements:
        total = sum(fund.cash for fund in Fund.objects.visible_to(user))
    if total <= 0:
        raise SystemExit("no balances were found")
    return len(statements)


def verify() -> float:
    started = perf_counter()
    verdict = verifying.verify(timezone.now())
    if not verdict.is_sound:
        raise SystemExit(f"the ledgers are not sound: {verdict.sentences[:3]}")
    return perf_counter() - started


def reading() -> float:
    """All entries in the order of their chains, by a program that has to look at each once."""
    started = perf_counter()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(IN_ORDER)
        while cursor.fetchmany(2000):
            pass
    return perf_counter() - started


def copying() -> float:
    """The same as bytes that nobody looks at: told, not compared with."""
    started = perf_counter()
    with connection.cursor() as cursor, Path(os.devnull).open("wb") as away:
        cursor.cursor.copy_expert(f"COPY ({IN_ORDER}) TO STDOUT", away)
    return perf_counter() - started


def disclosed(village: Organisation) -> Organisation:
    """With a publication of its own, as everybody reads it."""
    secretary = User.objects.create(username="village-secretary", name="李桂兰")
    Appointment.objects.create(user=secretary, role="village_secretary", organisation=village)
    at = timezone.now()
    today = timezone.localdate(at)
    window = Window("matter", "", date(2000, 1, 1), today, today, "修路")
    draft = publishing.prepare(by=secretary, village=village, window=window, at=at)
    text = publishing.Text(words="路已修通", hotline="0857-4222333", reviewer="村监委", reviewed_on=today)
    publishing.publish(by=secretary, disclosure=draft, text=text, days=15, key=uuid.uuid4(), at=at)
    return village


def of_village(user: User, village: int) -> tuple[float, float, float]:
    """Seconds, the best of several, of the page asked for again, asked for anew, and of the null page."""
    address, anybody = reverse("open_village", args=[village]), Client(headers={"host": "127.0.0.1"})
    somebody = Client(headers={"host": "127.0.0.1"})
    somebody.force_login(user)
    known = {"If-None-Match": anybody.get(address).headers["ETag"]}
    times = [
        (
            timed(anybody, address, [304], **known),
            timed(anybody, address, [200]),
            timed(somebody, pages.NULL, [200]),
        )
        for _run in range(2 * pages.RUNS)
    ]
    conditional, full, null = (min(each) for each in zip(*times, strict=True))
    return conditional, full, null


def timed(client: Client, address: str, expected: Iterable[int], **headers: str) -> float:
    started = perf_counter()
    code = client.get(address, headers=headers).status_code
    seconds = perf_counter() - started
    if code not in expected:
        raise SystemExit(f"{address} answered {code}")
    return seconds
