"""The reports of a quarter for a province: drafted, drafted again; beside plain SQL in the same run."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks import data, visiting
from benchmarks.report import Finding
from benchmarks.scratch import scratch_database
from benchmarks.timing import timed
from core.periods import Period, quarters
from duties.planning import plan
from members.kinds import Mark, Rank
from members.models import Member
from organisations.models import User
from pairing.models import Pairing
from reports.models import PeriodicReport
from reports.periodic.counting import counted_now
from reports.periodic.drafting import Drafted, draft_all

MOST = 3.0  # times the floor
SMALL = {"villages": 60, "pairings": 240, "activities": 1_000, "members": 500}
NAMES = ("王志远", "李秀兰", "赵明")  # the first is whoever took part


def measure(villages: int, pairings: int, activities: int, members: int) -> list[Finding]:
    """`members`: who each report once a quarter, to those who report once more."""
    with scratch_database():
        few = at_size(**SMALL)[1]
    with scratch_database():
        seconds, statements, one = at_size(villages, pairings, activities, members)
        floor = by_plain_sql()
        number = PeriodicReport.objects.count()
    work = f"{number} periodic reports"
    least = sum(floor.values())
    return [
        *(Finding(f"{work}: plain SQL, {step}", took, 0, "", True) for step, took in floor.items()),
        Finding(f"{work}: draft", seconds["draft"], least, f"{MOST:.0f}×", seconds["draft"] <= MOST * least),
        Finding(f"{work}: draft again", seconds["again"], least, f"{MOST:.0f}×", seconds["again"] <= MOST * least),
        Finding(f"{work}: figures of one counted anew", one, 0, "60 ms", one <= 0.06),
        Finding(f"{work}: statements", statements, few, "as when small", statements == few, ""),
    ]


def at_size(
    villages: int, pairings: int, activities: int, members: int
) -> tuple[dict[str, float], int, float]:  # fmt: skip
    quarter = list(quarters(timezone.localdate() - timedelta(days=183), timezone.localdate()))[-2]
    prepare(data.build(villages, pairings), quarter, activities, members)
    day = quarter.last_day + timedelta(days=1)
    plan(day)
    data.analyse()
    night = datetime.combine(day, time(0, 35), timezone.get_current_timezone())
    seconds = {}
    with CaptureQueriesContext(connection) as statements:
        seconds["draft"], _done = timed(lambda: draft_all(day, night))
    data.analyse()
    seconds["again"], again = timed(lambda: draft_all(day, night))
    if again != Drafted():
        raise SystemExit(f"a second run changed something: {again}")
    report = PeriodicReport.objects.filter(organisation__isnull=False).order_by("pk")[0]
    one = min(timed(lambda: counted_now([report]))[0] for _each in range(5))
    return seconds, len(statements), one


def prepare(organiser: User, quarter: Period, activities: int, members: int) -> None:
    """All pairings signed since the first day of the quarter, under the scheme with reporting lines."""
    text = (Path(settings.BASE_DIR) / "pairing/schemes/town.yaml").read_text(encoding="utf-8")
    round = data.sign_all(organiser, text, quarter.first_day)
    units = list(Pairing.objects.order_by("unit").values_list("unit", flat=True).distinct())
    Member.objects.bulk_create(
        (
            Member(
                organisation_id=units[number % len(units)], name=NAMES[number // len(units) % 3], rank=Rank.GENERAL,
                marks=[Mark.IN_SERVICE], number=str(number),
            )
            for number in range(members)
        ),
        batch_size=5_000,
    )  # fmt: skip
    everywhere = list(Pairing.objects.order_by("pk").values_list("pk", flat=True))
    visiting.fill(everywhere, round, organiser, activities, quarter.last_day)


def by_plain_sql() -> dict[str, float]:
    """The figures that have rows here, grouped; then the same reports into the same table, from a copy."""
    first, last = PeriodicReport.objects.values_list("starts_on", "ends_on")[0]
    days: dict[str, date] = {"first": first, "last": last}
    with connection.cursor() as cursor:
        floor = {"figures": sum(timed(lambda sql=sql: cursor.execute(sql, days))[0] for sql in GROUPED)}
        cursor.execute("CREATE TEMPORARY TABLE copied AS SELECT * FROM reports_periodicreport")
        cursor.execute("TRUNCATE reports_periodicreport CASCADE")
        floor["rows"], _done = timed(lambda: cursor.execute("INSERT INTO reports_periodicreport SELECT * FROM copied"))
        return floor


GROUPED = (
    """
    CREATE TEMPORARY TABLE of_members AS
    SELECT m.id, a.nature, COUNT(p.id) AS n, COUNT(*) AS of
    FROM members_member m JOIN pairing_pairing pair ON pair.unit_id = m.organisation_id
    JOIN visits_activity a ON a.pairing_id = pair.id AND a."on" BETWEEN %(first)s AND %(last)s
    LEFT JOIN visits_participant p ON p.activity_id = a.id AND p.name = m.name
    GROUP BY m.id, a.nature
    """,
    """
    CREATE TEMPORARY TABLE of_units AS
    SELECT pair.unit_id, a.nature, COUNT(*) FILTER (WHERE a.state = 'confirmed') AS n, COUNT(*) AS of
    FROM pairing_pairing pair JOIN visits_activity a ON a.pairing_id = pair.id AND a.unit_id = pair.unit_id
        AND a."on" BETWEEN %(first)s AND %(last)s
    GROUP BY pair.unit_id, a.nature
    """,
    """
    CREATE TEMPORARY TABLE persons AS
    SELECT m.organisation_id, COUNT(went.name) AS n, COUNT(*) AS of
    FROM members_member m LEFT JOIN (
        SELECT DISTINCT a.unit_id, p.name FROM visits_activity a JOIN visits_participant p ON p.activity_id = a.id
        WHERE a."on" BETWEEN %(first)s AND %(last)s
    ) went ON went.unit_id = m.organisation_id AND went.name = m.name
    GROUP BY m.organisation_id
    """,
    """
    CREATE TEMPORARY TABLE pairings AS
    SELECT pair.unit_id, COUNT(DISTINCT a.pairing_id) AS n, COUNT(DISTINCT pair.id) AS of
    FROM pairing_pairing pair LEFT JOIN visits_activity a ON a.pairing_id = pair.id
        AND a."on" BETWEEN %(first)s AND %(last)s
    GROUP BY pair.unit_id
    """,
    """
    CREATE TEMPORARY TABLE duties AS
    SELECT member_id, pairing_id, COUNT(*) FILTER (WHERE done >= least) AS n, COUNT(*) AS of
    FROM duties_duty WHERE due_on BETWEEN %(first)s AND %(last)s AND state = 'open'
    GROUP BY member_id, pairing_id
    """,
)
