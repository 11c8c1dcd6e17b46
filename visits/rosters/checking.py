"""What a row of a paper record says, and what is to be decided about it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core.roster import Line, Verdict, Work
from organisations.rosters.directory import directory_of, name_key
from organisations.rosters.units import refuse_twice
from pairing.models import Pairing, Round
from pairing.rosters.checking import find_unit, find_village
from pairing.states import RoundState, Side
from visits.actions.recording import is_late
from visits.kinds import ActivityKind, kinds_of
from visits.models import Activity, Participant
from visits.states import RECORDED

KEY = "visits.pairings"
LONGEST_NAME = 80
ON_PAPER = "纸质记录补登"


@dataclass
class ActivityWish:
    pairing: Pairing
    kind: ActivityKind
    on: date
    people: list[str]
    values: dict
    side: Side = Side.UNIT


@dataclass
class Stored:
    """What is recorded already between two sides on one day."""

    pk: int
    name: str
    people: frozenset[str]


class Known:
    """The standing pairings of the place, the newest first, and the kinds of each round; read once for a sheet."""

    def __init__(self, units: set[int]):
        rows = Pairing.objects.standing().filter(unit__in=units).exclude(round__state=RoundState.CLOSED)
        self.pairings: dict[tuple[int, int], Pairing] = {}
        for pairing in rows.select_related("unit", "village").order_by("formed_at", "pk"):
            self.pairings[pairing.unit_id, pairing.village_id] = pairing
        rounds = Round.objects.filter(pk__in={each.round_id for each in self.pairings.values()})
        self.rounds = {round.pk: round for round in rounds.select_related("scheme_version")}
        self.kinds = {pk: {name_key(kind.name): kind for kind in kinds_of(round)} for pk, round in self.rounds.items()}


def check(work: Work, lines: Sequence[Line]) -> None:
    """Seven statements for a sheet, however many rows."""
    directory = directory_of(work)
    found = [(line, find_unit(directory, line), find_village(directory, line)) for line in lines]
    known = Known({unit.pk for _line, unit, _village in found if unit is not None and unit.pk})
    for line, unit, village in found:
        if work.by is None:
            fatal(line, "unit", "nobody", N_("An activity has an author."), N_("Import it in the browser, signed in."))
        elif unit is not None and village is not None:
            pairing = known.pairings.get((unit.pk or 0, village.pk or 0))
            line.plan = wish_of(work, line, pairing, known)
    compare(lines)
    for line in lines:
        line.judge(Verdict.UNCHANGED if line.target else Verdict.CREATED)


def wish_of(work: Work, line: Line, pairing: Pairing | None, known: Known) -> ActivityWish | None:
    if pairing is None:
        fatal(
            line, "village", "not_paired", N_("These two are no pairing of a round that is open."),
            N_("Correct the unit or the village, or import the pairing first."),
        )  # fmt: skip
        return None
    round = known.rounds[pairing.round_id]
    kind, on = kind_of(line, known.kinds[round.pk]), day_of(line, round)
    people = people_of(line)
    persons, times = line.values.get("persons"), line.values.get("person_times")
    if isinstance(times, int) and times < (persons if isinstance(persons, int) else 0):
        fatal(
            line, "person_times", "too_few", N_("There are at least as many person-times as persons."),
            N_("Correct one of the two numbers."),
        )  # fmt: skip
    if kind is None or on is None or not people or refuse_twice(work, line, (pairing.pk, on, kind.name), column="on"):
        return None
    return ActivityWish(pairing, kind, on, people, dict(line.values))


def fatal(line: Line, column: str, code: str, wrong: str, remedy: str, **more) -> None:
    line.doubt(column, code, wrong, remedy, fatal=True, **more)


def kind_of(line: Line, kinds: dict[str, ActivityKind]) -> ActivityKind | None:
    typed = str(line.values.get("kind") or "")
    if not typed:
        return None
    if kind := kinds.get(name_key(typed)):
        return kind
    within = [kind.name for key, kind in kinds.items() if key in name_key(typed) or name_key(typed) in key]
    like = within or [kind.name for kind in nearest_kinds(typed, kinds)]
    fatal(
        line, "kind", "unknown_kind", N_("The round knows no activity of this name."),
        N_("Write it as the scheme of the round calls it; names that look alike are suggested."),
        suggestions=tuple(like[:3]),
    )  # fmt: skip
    return None


def nearest_kinds(typed: str, kinds: dict[str, ActivityKind]) -> list[ActivityKind]:
    """Those that share most of their characters with what was typed."""
    signs = set(name_key(typed))
    shared = sorted(kinds.values(), key=lambda kind: -len(signs & set(name_key(kind.name))))
    return [kind for kind in shared if signs & set(name_key(kind.name))]


def day_of(line: Line, round: Round) -> date | None:
    on = line.values.get("on")
    if not isinstance(on, date):
        return None
    today = timezone.localdate()
    if on > today:
        fatal(
            line, "on", "ahead", N_("This day lies in the future."),
            N_("Correct the day; what is planned is entered on its own page."),
        )  # fmt: skip
        return None
    if on < round.starts_on:
        fatal(
            line, "on", "before_round", N_("On that day the round had not begun."),
            N_("Correct the day, or leave the row out."),
        )  # fmt: skip
        return None
    if is_late(on, round.rules.entry_days, today) and not line.values.get("late_words"):
        line.doubt(
            "late_words", "late", N_("It was more than %(days)s days ago and says no reason for being late."),
            N_("Say why it is recorded only now."), params={"days": str(round.rules.entry_days)},
            suggestions=(ON_PAPER,),
        )  # fmt: skip
    return on


def people_of(line: Line) -> list[str]:
    typed = line.values.get("people")
    names = [str(name).strip() for name in typed] if isinstance(typed, list | tuple) else []
    if any(len(name) > LONGEST_NAME for name in names):
        fatal(
            line, "people", "long_name", N_("One of the names is longer than a name can be."),
            N_("Put “、” between the names."),
        )  # fmt: skip
        return []
    return list(dict.fromkeys(name for name in names if name))


def compare(lines: Sequence[Line]) -> None:
    """What was imported before is found unchanged; what may be recorded already is a doubt that one may keep."""
    wishes = [line.plan for line in lines if isinstance(line.plan, ActivityWish)]
    if not wishes:
        return
    days = {"pairing__in": {wish.pairing.pk for wish in wishes}, "on__in": {wish.on for wish in wishes}}
    rows = list(Activity.objects.filter(state__in=RECORDED, **days).values_list("pk", "pairing", "on", "name"))
    people: dict[int, set[str]] = defaultdict(set)
    for pk, name in Participant.objects.filter(activity__in=[row[0] for row in rows]).values_list("activity", "name"):
        people[pk].add(name)
    stored: dict[tuple, list[Stored]] = defaultdict(list)
    for pk, pairing, on, name in rows:
        stored[pairing, on].append(Stored(pk, name, frozenset(people[pk])))
    for line in lines:
        if isinstance(line.plan, ActivityWish):
            hint(line, line.plan, stored[line.plan.pairing.pk, line.plan.on])


def hint(line: Line, wish: ActivityWish, found: list[Stored]) -> None:
    same = [each for each in found if each.name == wish.kind.name and each.people == frozenset(wish.people)]
    if same:
        line.target = same[0].pk
        line.doubts = [doubt for doubt in line.doubts if doubt.code != "late"]
    elif found:
        line.doubt(
            "on", "recorded_already", N_("On that day “%(name)s” of these two is recorded already (%(people)s)."),
            N_("Leave the row out if it is the same; else keep it."),
            params={"name": found[0].name, "people": "、".join(sorted(found[0].people))}, may_keep=True,
        )  # fmt: skip
