"""The lines of a directory: written by one INSERT … SELECT a side, however many villages; compared by version."""

from collections.abc import Iterable
from functools import partial

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from organisations.kinds import Kind
from organisations.models import Organisation
from organisations.querysets import OrganisationQuerySet
from pairing.levels import Level, kinds_on
from pairing.models import Directory, DirectoryEntry, Round
from pairing.states import Side

SHOWN_CHANGES = 20
KEPT_SECONDS = 24 * 3600
MOST_PLACES = 120
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


def reachable(round: Round, side: Side, levels: Iterable[Level] = ()) -> OrganisationQuerySet:
    """The open organisations below the organiser that may stand on `side` at one of `levels`: by default at any level
    that the scheme has (SH-04)."""
    below = Organisation.objects.under(round.organiser).open().exclude(pk=round.organiser_id)
    return below.filter(kind__in=kinds_on(side, levels or round.rules.pairing.levels))


def usual(round: Round, side: Side, levels: Iterable[Level] = ()) -> OrganisationQuerySet:
    """Whom a directory holds where nobody chose otherwise.

    A county may stand on either side (SH-06): one without villages aids, one with villages is aided.
    """
    village = Organisation.objects.villages().open().filter(path__startswith=OuterRef("path")).order_by()
    rural = Exists(village) if side == Side.VILLAGE else ~Exists(village)
    return reachable(round, side, levels).filter(~Q(kind=Kind.COUNTY) | rural)


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


def versions_of(round: Round) -> list[Directory]:
    """Every version, newest first, with how many `villages` and `units` it holds: kept, as it never changes."""
    versions = list(round.directories.order_by("-version"))
    for version in versions:
        key = f"directory:{version.pk}:{version.published_at.timestamp()}:numbers"
        numbers = cache.get_or_set(key, partial(numbers_of, version), KEPT_SECONDS) or {}
        version.villages, version.units = numbers.get(Side.VILLAGE, 0), numbers.get(Side.UNIT, 0)
    return versions


def numbers_of(directory: Directory) -> dict[str, int]:
    return dict(directory.entries.order_by().values_list("side").annotate(Count("pk")))


def changes(directory: Directory) -> dict[str, list[str]]:
    """The names that this version added and left out, compared with the one before; the first few of each."""
    if directory.version == 1:
        return {"added": [], "left_out": []}
    before = Directory.objects.filter(round=directory.round_id, version=directory.version - 1).values("pk")
    now = directory.entries.order_by("pk")
    earlier = DirectoryEntry.objects.filter(directory__in=before).order_by("pk")
    return {
        "added": _names(now, without=earlier),
        "left_out": _names(earlier, without=now),
    }


def _names(entries: QuerySet, *, without: QuerySet) -> list[str]:
    rest = entries.exclude(organisation__in=without.order_by().values("organisation"))
    return list(rest.values_list("name", flat=True)[:SHOWN_CHANGES])


def places_of(directory: int | None) -> list[str]:
    """The districts and townships of a directory, in its order; the districts alone where nobody could find a
    township among so many. Kept, because a directory never changes."""
    return cache.get_or_set(f"places:{directory}", lambda: _places(directory), KEPT_SECONDS) or []


def _places(directory: int | None) -> list[str]:
    entries = DirectoryEntry.objects.filter(directory=directory).order_by()
    pairs = entries.values_list("area", "township").annotate(first_line=Min("pk")).order_by("first_line")
    names = list(dict.fromkeys(name for area, township, _first in pairs for name in (area, township) if name))
    if len(names) <= MOST_PLACES:
        return names
    return list(dict.fromkeys(area for area, _township, _first in pairs if area))
