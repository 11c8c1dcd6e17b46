"""One digest for each of a province's people, of what they were reminded of: as fast, and in as little memory?"""

from datetime import datetime
from pathlib import Path
from time import perf_counter

from django.db import connection
from django.db.models import F
from django.utils import timezone

from benchmarks import data
from benchmarks.apart import apart
from benchmarks.filling import without_triggers
from benchmarks.report import Finding
from office.models import Message
from office.outbox.composing import compose

FEW = 10  # times fewer
FLAT = 1.2  # times the memory for a tenth of the people
KIND = "duties due"


def measure(recipients: int) -> list[Finding]:
    """After a run of reminders; each in a process of its own, as a worker composes them."""
    people(recipients)
    seconds, number, most = apart(composed, 1)
    floor = by_plain_sql()
    _seconds, some, little = apart(composed, FEW)
    empty()
    work = f"digests for {number} people"
    return [
        Finding(work, seconds, floor, "", number >= recipients),
        Finding(f"{work}: memory, beside {some}", most, little, f"{FLAT}×", most <= FLAT * little, "MB"),
    ]


def people(number: int) -> None:
    """Secretaries of the units that were told, with an address: as many each."""
    with without_triggers() as cursor:
        cursor.execute(USERS, [number])
        cursor.execute(POSTS, [KIND, timezone.localdate()])
    data.analyse()


def composed(part: int) -> tuple[float, int, float]:
    """Of one in `part` of the units: seconds, how many digests, and the most memory that this process had."""
    messages = Message.objects.filter(kind=KIND).annotate(rest=F("organisation") % part).filter(rest=0)
    started = perf_counter()
    number = compose(messages, at=datetime.now(timezone.get_current_timezone()))
    seconds = perf_counter() - started
    return seconds, number, memory()


def memory() -> float:
    """Megabytes at most since this process began; Linux tells."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def by_plain_sql() -> float:
    """The same digests into the same tables; gone again afterwards."""
    with connection.cursor() as cursor:
        for table in ("office_outgoing", "office_digestpart"):
            cursor.execute(f"CREATE TEMPORARY TABLE copy_{table} AS SELECT * FROM {table}")
        empty()
        started = perf_counter()
        cursor.execute("INSERT INTO office_outgoing SELECT * FROM copy_office_outgoing")
        cursor.execute("INSERT INTO office_digestpart SELECT * FROM copy_office_digestpart")
        seconds = perf_counter() - started
    empty()
    return seconds


def empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE office_outgoing CASCADE")
    data.analyse()


USERS = """
INSERT INTO organisations_user (
    username, name, email, password, is_active, is_demo, joined_at, search_text, search_grams
)
SELECT 'reader-' || lpad(n::text, 9, '0'), '书记', 'reader' || n || '@example.cn', '', true, false, now(), '', '{}'
FROM generate_series(0, %s - 1) n
"""
POSTS = """
WITH told AS (
    SELECT organisation_id, row_number() OVER (ORDER BY organisation_id) - 1 AS place
    FROM (SELECT DISTINCT organisation_id FROM office_message WHERE kind = %s AND permission = 'unit.act') each
)
INSERT INTO organisations_appointment (user_id, role, organisation_id, since)
SELECT u.id, 'branch_secretary', told.organisation_id, %s
FROM (
    SELECT id, row_number() OVER (ORDER BY username) - 1 AS place FROM organisations_user
    WHERE username LIKE 'reader-%%'
) u JOIN told ON told.place = u.place %% (SELECT COUNT(*) FROM told)
"""
