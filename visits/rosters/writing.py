"""Writing imported activities: recorded for the unit by whoever imports them, for the village to confirm."""

from collections.abc import Sequence

from django.utils import timezone

from core.roster import Line, Verdict, Work
from pairing.states import Side
from visits.models import Activity, Participant
from visits.rosters.checking import ActivityWish
from visits.states import ActivityState
from visits.taking_part import Roster, keep, ranks_of, roster_of, taking_part

NUMBERS, TEXTS = ("persons", "person_times", "items"), ("words", "mode", "late_words")


def write(work: Work, lines: Sequence[Line]) -> None:
    """Nobody is told, as of nothing that an import does; what waits stands on the village's first page."""
    wishes = [line.plan for line in lines if line.verdict is Verdict.CREATED and isinstance(line.plan, ActivityWish)]
    if not wishes:
        return
    now, parts = timezone.now(), participants_of(wishes)
    made = Activity.objects.bulk_create(
        Activity(entered_at=now, entered_by=work.by, ranks=ranks_of(people), **fields_of(wish))
        for wish, people in zip(wishes, parts, strict=True)
    )
    work.changed("visits.activity").created.extend(each.pk for each in made)
    work.changed("visits.participant").created.extend(each.pk for each in keep(made, parts))


def fields_of(wish: ActivityWish) -> dict:
    pairing, kind = wish.pairing, wish.kind
    numbers = {name: wish.values.get(name) for name in NUMBERS}
    if numbers["person_times"] is not None and numbers["persons"] is None:
        numbers["persons"] = 0
    texts = {name: str(wish.values.get(name) or "") for name in TEXTS}
    about = {"nature": kind.nature, "kind": kind.key, "name": kind.name, "on": wish.on}
    where = {"pairing": pairing, "unit": pairing.unit, "side": wish.side, "state": ActivityState.SUBMITTED}
    return numbers | texts | about | where


def participants_of(wishes: Sequence[ActivityWish]) -> list[list[Participant]]:
    units, names = {wish.pairing.unit_id for wish in wishes}, {name for wish in wishes for name in wish.people}
    roster = roster_of(units, names)
    return [taking_part(wish.pairing.unit_id, roles_of(wish, roster), roster) for wish in wishes]


def roles_of(wish: ActivityWish, roster: Roster) -> list[tuple[str, str]]:
    """Whom a village names took part for it, but for those who stand on the roster of the unit."""
    own = Participant.Role.VILLAGE if wish.side == Side.VILLAGE else Participant.Role.MEMBER
    unit = wish.pairing.unit_id
    return [(name, Participant.Role.MEMBER if (unit, name) in roster else own) for name in wish.people]
