"""The roster of leaders who look after villages: members of the county itself, each with one village or several."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.roster import Line, Sheet, Verdict, Work
from members.kinds import PairKind
from members.models import PersonPair
from members.rosters import people
from members.rosters.namesakes import survey
from members.rosters.teams import villages_of
from organisations.rosters.directory import Directory, Entry, directory_of


@dataclass
class LeaderWish:
    """`pairs` are those in force, by the key of the village."""

    person: people.PersonWish
    villages: list[Entry]
    pairs: dict[int, dict] = field(default_factory=dict)

    @property
    def ended(self) -> list[dict]:
        """A list replaces the stored list."""
        kept = {village.pk for village in self.villages}
        return [pair for pk, pair in self.pairs.items() if pk not in kept]

    @property
    def added(self) -> list[Entry]:
        return [village for village in self.villages if village.pk is None or village.pk not in self.pairs]


def survey_leaders(work: Work, rows) -> None:
    survey(work, rows, "person")


def at_place(work: Work, directory: Directory, line: Line) -> Entry:
    return directory.place


def check(work: Work, lines: Sequence[Line], sheet: Sheet) -> None:
    directory = directory_of(work)
    for line, place in people.located(work, lines, at_place):
        person = people.wish_of(work, line, place) if place is not None else None
        villages = villages_of(work, directory, line, create=False)
        line.plan = LeaderWish(person, villages) if person is not None else None
    pairs = pairs_of([line.plan.person.somebody.pk for line in lines if line.plan and line.plan.person.somebody.pk])
    names = {entry.pk: entry.name for entry in directory.entries if entry.pk}
    for line in lines:
        if line.plan is not None:
            line.plan.pairs = pairs.get(line.plan.person.somebody.pk, {})
        judge(sheet, line, names)


def pairs_of(leaders: Sequence[int]) -> dict[int, dict[int, dict]]:
    found: dict[int, dict[int, dict]] = {}
    pairs = PersonPair.objects.active().filter(kind=PairKind.LEADER_VILLAGE, helper_member__in=leaders).order_by()
    for pair in pairs.values("id", "helper_member_id", "target_organisation_id", "since"):
        found.setdefault(pair["helper_member_id"], {})[pair["target_organisation_id"]] = pair
    return found


def judge(sheet: Sheet, line: Line, names: dict[int, str]) -> None:
    wish = line.plan
    if wish is None or wish.person.somebody.stored is None:
        line.judge(Verdict.CREATED)
        if wish is not None:
            wish.person.somebody.certain = line.verdict is Verdict.CREATED
        return
    line.target = wish.person.somebody.pk
    line.changes = people.differences(sheet, wish.person)
    if wish.ended or wish.added:
        before = "、".join(names.get(pk, "") for pk in wish.pairs)
        line.changes.append([sheet.column("villages").heading, before, "、".join(each.name for each in wish.villages)])
    line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)
