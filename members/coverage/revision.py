"""Whether anything that the coverage counts has changed: what was computed for one revision stays true for it.

Each change of a counted column writes an event with a higher number, so the highest numbers name the content - unless
a transaction with a lower number is still under way. While one is, nothing is kept (`is_quiet`).
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

COUNTED = (
    "members.PersonPairEvent",
    "members.HouseholdEvent",
    "members.MemberEvent",
    "members.PersonEvent",
    "members.HardshipPlanEvent",
    "organisations.OrganisationEvent",
    "pairing.PairingEvent",
)

DATABASE = "(SELECT oid::bigint FROM pg_database WHERE datname = current_database())"


@dataclass(frozen=True)
class Revision:
    """`newest` begins with the number of the database itself, so that a new one does not find what an old one kept.

    `is_quiet`: no other transaction was under way that might still commit an earlier event.
    """

    newest: tuple[int, ...]
    is_quiet: bool

    def __str__(self) -> str:
        return "-".join(map(str, self.newest))


def revision() -> Revision:
    """One statement that looks at the end of each event table's index."""
    tables = [apps.get_model(label)._meta.db_table for label in COUNTED]
    newest = ", ".join(f"(SELECT COALESCE(MAX(pgh_id), 0) FROM {table})" for table in tables)  # noqa: S608 - our tables
    quiet = "pg_snapshot_xmin(now_seen) = pg_snapshot_xmax(now_seen)"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {DATABASE}, {newest}, {quiet} FROM pg_current_snapshot() AS now_seen")  # noqa: S608 - our tables
        *numbers, is_quiet = cursor.fetchone()
    return Revision(tuple(numbers), is_quiet)
