"""A year of duties of a province: planned, counted, reminded of; beside the same rows by plain SQL in the same run."""

from datetime import date, datetime, time

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from psycopg2.extras import Json

from benchmarks import data, digests, visiting
from benchmarks.report import Finding
from benchmarks.scratch import scratch_database
from benchmarks.timing import timed
from duties.counting.count import count_all
from duties.models import Duty, Reminder
from duties.planning import Planned, plan
from duties.reminding import send_reminders
from organisations.models import User
from pairing.models import Pairing
from pairing.schemes.words import NATURE_WORDS, Nature

MOST = 2.0  # times the floor
SMALL = {"villages": 60, "pairings": 240, "activities": 1_000}  # so many that new duties are analysed as well
NATURES = ("走访", "培训", "宣讲", "实事好事")  # each once a month, and a survey each quarter: 52 duties a year
LINES = "".join(
    f"  - {{代号: line_{number}, 名称: 每月{nature}, 计数: 活动, 活动性质: [{nature}], 频次: 每月}}\n"
    for number, nature in enumerate(NATURES)
)
KINDS = "".join(
    f"  - {{代号: kind_{number}, 名称: {nature}, 性质: {nature}}}\n" for number, nature in enumerate([*NATURES, "调研"])
)
NATURE_OF = {f"line_{number}": NATURE_WORDS[nature] for number, nature in enumerate(NATURES)} | {
    "survey": Nature.SURVEY_TRIP
}
SCHEME = f"""
代号: bench
名称: 基准方案
发布机关: 基准市委
效力: 正式施行
结对规则: {{结对方式: [自愿选择]}}
活动类型:
{KINDS}任务:
{LINES}  - {{代号: survey, 名称: 每季度调研, 计数: 活动, 活动性质: [调研], 频次: 每季度}}
"""


def measure(villages: int, pairings: int, activities: int, recipients: int) -> list[Finding]:
    with scratch_database():
        few = at_size(villages=SMALL["villages"], pairings=SMALL["pairings"], activities=SMALL["activities"])[1]
    with scratch_database():
        seconds, statements = at_size(villages=villages, pairings=pairings, activities=activities)
        composed = digests.measure(recipients)
        floor = by_plain_sql()
        number, reminders = Duty.objects.count(), Reminder.objects.count()
    work = f"{number} duties, {reminders} reminders"
    whole, least = sum(seconds[step] for step in floor), sum(floor.values())
    parts = [Finding(f"{work}: {step}", took, floor.get(step, 0), "", True) for step, took in seconds.items()]
    return [
        *parts,
        Finding(f"{work}: plan + count + remind", whole, least, f"{MOST:.0f}×", whole <= MOST * least),
        Finding(f"{work}: statements", statements, few, "as when small", statements == few, ""),
        *composed,
    ]


def at_size(*, villages: int, pairings: int, activities: int) -> tuple[dict[str, float], int]:
    """Seconds of each step and of its repetition, and the statements of all."""
    prepare(data.build(villages, pairings), activities)
    last = date(timezone.localdate().year, 12, 31)
    morning = datetime.combine(last, time(8, 10), timezone.get_current_timezone())
    seconds = {}
    with CaptureQueriesContext(connection) as statements:
        seconds["plan"], _done = timed(lambda: plan(date(last.year, 1, 1)) and plan(last))
        seconds["count"], _done = timed(lambda: count_all(morning))
        seconds["remind"], _done = timed(lambda: send_reminders(morning))
    data.analyse()
    seconds["plan again"], again = timed(lambda: plan(last))
    seconds["count again"], changed = timed(lambda: count_all(morning))
    seconds["remind again"], told = timed(lambda: send_reminders(morning))
    if (again, changed, told) != (Planned(), 0, 0):
        raise SystemExit(f"a second run changed something: {again}, {changed}, {told}")
    return seconds, len(statements)


def prepare(organiser: User, activities: int) -> None:
    """All pairings signed since the new year, under the scheme of this benchmark."""
    round = data.sign_all(organiser, SCHEME, date(timezone.localdate().year, 1, 1))
    everywhere = list(Pairing.objects.order_by("pk").values_list("pk", flat=True))
    visiting.fill(everywhere, round, organiser, activities)


def by_plain_sql() -> dict[str, float]:
    """The same duties, counts, reminders and messages into the same tables, from copies that are ready."""
    with connection.cursor() as cursor:
        for table in ("duties_duty", "duties_reminder", "office_message"):
            cursor.execute(f"CREATE TEMPORARY TABLE copy_{table} AS SELECT * FROM {table}")
        cursor.execute("TRUNCATE duties_duty CASCADE")
        cursor.execute("DELETE FROM office_message WHERE kind = 'duties due'")
        floor = {}
        floor["plan"], _done = timed(lambda: cursor.execute("INSERT INTO duties_duty SELECT * FROM copy_duties_duty"))
        cursor.execute("VACUUM ANALYZE duties_duty")
        floor["count"], _done = timed(lambda: cursor.execute(GROUPED, [Json(NATURE_OF)]))
        floor["count"] += timed(lambda: cursor.execute(WRITTEN))[0]
        floor["remind"], _done = timed(lambda: cursor.execute(REMINDERS))
        floor["remind"] += timed(lambda: cursor.execute(MESSAGES))[0]
    return floor


GROUPED = """
CREATE TEMPORARY TABLE grouped AS
SELECT d.id, COUNT(*) AS done
FROM duties_duty d JOIN jsonb_each_text(%s) line (obligation, nature) USING (obligation)
JOIN visits_activity a ON a.pairing_id = d.pairing_id AND a."on" BETWEEN d.starts_on AND d.due_on
    AND a.nature = line.nature
WHERE a.state = 'confirmed'
GROUP BY d.id
"""
WRITTEN = "UPDATE duties_duty SET done = grouped.done FROM grouped WHERE duties_duty.id = grouped.id"
REMINDERS = "INSERT INTO duties_reminder SELECT * FROM copy_duties_reminder"
MESSAGES = "INSERT INTO office_message SELECT * FROM copy_office_message WHERE kind = 'duties due'"
