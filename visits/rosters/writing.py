"""Writing imported activities: recorded for the unit by whoever imports them, for the village to confirm."""

from collections.abc import Sequence

from django.utils import timezone

from core.roster import Line, Verdict, Work
from members.kinds import Mark
from members.models import Member
from pairing.states import Side
from visits.models import Activity, Participant
from visits.rosters.checking import ActivityWish
from visits.states import ActivityState

NUMBERS, TEXTS = ("persons", "person_times", "items"), ("words", "mode", "late_words")


def write(work: Work, lines: Sequence[Line]) -> None:
    """Nobody is told, as of nothing that an import does; what waits stands on the village's first page."""
    wishes = [line.plan for line in lines if line.verdict is Verdict.CREATED and isinstance(line.plan, ActivityWish)]
    if not wishes:
        return
    now = timezone.now()
    made = Activity.objects.bulk_create(
        Activity(entered_at=now, entered_by=work.by, **fields_of(wish)) for wish in wishes
    )
    young = young_cadres(wishes)
    people = Participant.objects.bulk_create(
        Participant(activity=activity, name=name, is_young=(wish.pairing.unit_id, name) in young)
        for activity, wish in zip(made, wishes, strict=True)
        for name in wish.people
    )
    work.changed("visits.activity").created.extend(each.pk for each in made)
    work.changed("visits.participant").created.extend(each.pk for each in people)


def fields_of(wish: ActivityWish) -> dict:
    pairing, kind = wish.pairing, wish.kind
    numbers = {name: wish.values.get(name) for name in NUMBERS}
    if numbers["person_times"] is not None and numbers["persons"] is None:
        numbers["persons"] = 0
    texts = {name: str(wish.values.get(name) or "") for name in TEXTS}
    about = {"nature": kind.nature, "kind": kind.key, "name": kind.name, "on": wish.on}
    where = {"pairing": pairing, "unit": pairing.unit, "side": Side.UNIT, "state": ActivityState.SUBMITTED}
    return numbers | texts | about | where


def young_cadres(wishes: Sequence[ActivityWish]) -> set[tuple[int, str]]:
    units, names = {wish.pairing.unit_id for wish in wishes}, {name for wish in wishes for name in wish.people}
    young = Member.objects.present().filter(organisation__in=units, name__in=names, marks__contains=[Mark.YOUNG_CADRE])
    return set(young.values_list("organisation", "name"))
