"""Who took part, with what the roster of the unit says of them; nobody types it."""

from collections.abc import Collection, Iterable, Sequence

from members.kinds import Mark
from members.models import Member
from visits.models import Activity, Participant

Roster = dict[tuple[int, str], tuple[str, bool]]


def roster_of(units: Collection[int], names: Collection[str]) -> Roster:
    """Rank, and whether a young cadre (SH-12), by unit and name. Of two of one name the first. One statement."""
    found: Roster = {}
    rows = Member.objects.present().filter(organisation__in=units, name__in=names).order_by("pk")
    for unit, name, rank, marks in rows.values_list("organisation", "name", "rank", "marks"):
        first, is_young = found.get((unit, name), (rank, False))
        found[unit, name] = first, is_young or Mark.YOUNG_CADRE in marks
    return found


def taking_part(unit: int, people: Iterable[tuple[str, str]], roster: Roster) -> list[Participant]:
    """Of each name and role; not saved, the activity may not be either."""
    found = []
    for name, role in people:
        rank, is_young = roster.get((unit, name), ("", False))
        found.append(Participant(name=name, role=role, rank=rank, is_young=is_young))
    return found


def ranks_of(people: Sequence[Participant]) -> list[str]:
    """Of those who went, one for each, in order: as an activity has them."""
    return sorted(each.rank for each in people if each.role != Participant.Role.VILLAGE)


def keep(activities: Sequence[Activity], parts: Sequence[list[Participant]]) -> list[Participant]:
    """Of each activity those who took part in it."""
    for activity, people in zip(activities, parts, strict=True):
        for each in people:
            each.activity = activity
    return Participant.objects.bulk_create(each for people in parts for each in people)
