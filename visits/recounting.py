"""What is kept counted of activities: merged by the clock, counted anew where somebody asks for it, compared."""

from django.db import connection, transaction

from visits.models.tally import NUMBERS, SUMS, writing

ONE_AT_A_TIME = 5_080_001  # the key of a lock: two of these at once would wait for each other's rows
TABLES = {
    "visits_activitymonth": ("pairing_id", "unit_id", "month", "aspect", "value"),
    "visits_activityday": ("round_id", '"on"', "aspect", "value"),
}
MERGE = """
    WITH lines AS (DELETE FROM {table} WHERE NOT is_merged RETURNING *)
    INSERT INTO {table} AS kept ({keys}, {numbers}, is_merged)
    SELECT {keys}, {sums}, true FROM lines GROUP BY {keys}
    ON CONFLICT ({keys}) WHERE is_merged DO UPDATE SET {added}
"""
ALL = "SELECT 1 AS sign, * FROM visits_activity"


def merge() -> None:
    """Lines of the same become one. Nobody who writes or reads meanwhile waits, or sees another sum."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return
        for table in TABLES:
            cursor.execute(MERGE.format(**words_of(table)))


def recount() -> None:
    """From the activities. Whoever records one meanwhile waits; whoever reads sees what stood there before."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute("LOCK TABLE visits_activity IN SHARE ROW EXCLUSIVE MODE")
        for table in TABLES:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
        cursor.execute(writing(ALL, merged=True))


def words_of(table: str) -> dict[str, str]:
    return {
        "table": table,
        "keys": ", ".join(TABLES[table]),
        "numbers": ", ".join(NUMBERS),
        "sums": SUMS,
        "added": ", ".join(f"{name} = kept.{name} + EXCLUDED.{name}" for name in NUMBERS),
        "any": " OR ".join(f"SUM({name}) <> 0" for name in NUMBERS),
    }
