"""Who is on the rosters: those stored, read for a chunk in one statement, and those of the rows read so far."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from core.roster import Work
from members.models import Household, Member
from members.rosters.namesakes import Ids, Somebody
from organisations.rosters.directory import Entry, name_key

MEMBERS, HOUSEHOLDS = "members.roll", "members.households"
MEMBER_FIELDS = ("number", "phone", "rank", "post", "marks", "identity_hash", "is_party_member")
HOUSEHOLD_FIELDS = ("number", "phone", "group", "people", "is_needy", "causes", "household_class")
# Index probes, one for each wanted name: two IN lists would try every name in every organisation.
WANTED = """
    SELECT wanted.at, {columns}
    FROM unnest(%s::bigint[], %s::text[]) WITH ORDINALITY AS wanted (place, name, at)
    JOIN {table} AS entry ON entry.{place} = wanted.place AND entry.{name} = wanted.name
    WHERE entry.left_on IS NULL
    ORDER BY entry.id
"""
Wanted = tuple[Entry, str]


class Roll:
    """By organisation and name, and by the number that other sheets use for a person. `homeless` are those of the file
    whose organisation is itself in doubt."""

    def __init__(self, model: type[Member] | type[Household], place: str, name: str, fields: Sequence[str]):
        self.model = model
        quoted = connection.ops.quote_name
        columns = ", ".join(f"entry.{quoted(column)}" for column in ("id", *fields))
        self.sql = WANTED.format(
            columns=columns, table=quoted(model._meta.db_table), place=quoted(place), name=quoted(name)
        )
        self.fields = fields
        self.known: dict[tuple[int, str], list[Somebody]] = defaultdict(list)
        self.asked: set[tuple[int, str]] = set()
        self.by_name: dict[str, list[Somebody]] = defaultdict(list)
        self.homeless: dict[str, Somebody] = {}
        self.numbered: dict[str, list[Somebody]] = defaultdict(list)

    def fetch(self, wanted: Iterable[Wanted]) -> None:
        """Read the stored ones of these names, unless they were read before."""
        asked = {key(place, name): (place, name) for place, name in wanted}
        new = [(found, each) for found, each in asked.items() if found not in self.asked and each[0].pk]
        self.asked.update(found for found, _wanted in new)
        if not new:
            return
        places = [place.pk for _key, (place, _name) in new]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [places, [name for _key, (_place, name) in new]])
            for at, *values in cursor.fetchall():
                _key, (place, name) = new[at - 1]
                stored = dict(zip(("id", *self.fields), values, strict=True))
                self.add(Somebody(name, place, stored_ids(stored), stored["id"], stored))

    def of(self, place: Entry, name: str) -> list[Somebody]:
        return self.known.get(key(place, name), [])

    def names_at(self, place: Entry) -> list[str]:
        return [each.name for (home, _name), known in self.known.items() if home == id(place) for each in known]

    def forget(self, place: Entry, name: str) -> None:
        """Of hundreds of thousands only those are kept in mind that other rows may speak of."""
        self.known.pop(key(place, name), None)

    def add(self, somebody: Somebody) -> Somebody:
        self.known[key(somebody.place, somebody.name)].append(somebody)
        if self.model is Member:
            self.by_name[name_key(somebody.name)].append(somebody)
        return somebody


def key(place: Entry, name: str) -> tuple[int, str]:
    """A place that is still to be created has no key in the database; its entry is one and the same for a whole run."""
    return id(place), name_key(name)


def stored_ids(stored: dict) -> Ids:
    return Ids(stored.get("identity_hash", ""), stored["number"], stored["phone"])


def member_roll(work: Work) -> Roll:
    if MEMBERS not in work.memory:
        work.memory[MEMBERS] = Roll(Member, "organisation_id", "name", MEMBER_FIELDS)
    return work.memory[MEMBERS]


def household_roll(work: Work) -> Roll:
    if HOUSEHOLDS not in work.memory:
        work.memory[HOUSEHOLDS] = Roll(Household, "village_id", "head", HOUSEHOLD_FIELDS)
    return work.memory[HOUSEHOLDS]
