"""Writing the lines of a directory: one INSERT … SELECT a side, however many villages a province has."""

from django.core.exceptions import EmptyResultSet
from django.db import connection

from organisations.kinds import Kind
from organisations.querysets import OrganisationQuerySet
from pairing.models import Directory
from pairing.states import Side

# The area is the committee just below the organiser; the township is the parent, where it is one.
INSERT = """
INSERT INTO pairing_directoryentry (directory_id, organisation_id, side, name, area, township, kind, level, classes)
SELECT %s, o.id, %s, o.name, COALESCE(area.name, ''), COALESCE(township.name, ''), o.kind, o.level, o.classes
FROM organisations_organisation o
LEFT JOIN organisations_organisation area ON area.path = left(o.path, %s) AND area.id <> o.id
LEFT JOIN organisations_organisation township
    ON township.path = left(o.path, length(o.path) - %s) AND township.kind = %s
WHERE o.id IN ({chosen})
ORDER BY o.path
"""


def insert_entries(directory: Directory, side: Side, organisations: OrganisationQuerySet) -> int:
    """Takes each organisation down as it is printed today. Returns how many."""
    try:
        chosen, parameters = organisations.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    organiser = directory.round.organiser
    area_length = len(organiser.path) + organiser.steplen
    values = [directory.pk, side, area_length, organiser.steplen, Kind.TOWNSHIP]
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(chosen=chosen), [*values, *parameters])
        return cursor.rowcount
