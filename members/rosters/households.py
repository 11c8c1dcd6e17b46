"""The roster of households: which household a row speaks of, who looks after it, and what is to be decided about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Sheet, Verdict, Work
from members.kinds import PairKind
from members.models import Household, PersonPair
from members.rosters.belonging import village_of
from members.rosters.cadres import cadre_of, fetch
from members.rosters.columns import HARDSHIP_WORDS
from members.rosters.namesakes import Ids, Somebody, Unclear, choose, doubt_twice, survey, surveyed
from members.rosters.roll import Roll, household_roll
from organisations.querysets import within
from organisations.rosters.directory import Entry, directory_of
from organisations.rosters.units import origin, refuse_twice
from organisations.rosters.wishes import heading, same, words

FIELDS = ("number", "phone", "group", "people", "household_class")
ANY_STORED = "members.any_households"
CAUSES = {word: cause for cause, known in HARDSHIP_WORDS.items() for word in known}


@dataclass(slots=True)
class HouseholdWish:
    """`pairs` are those in force in which cadres help the household, by the key of the cadre."""

    household: Somebody
    fields: dict[str, object]
    cadre: Somebody | None = None
    pairs: dict[int, dict] = field(default_factory=dict)

    @property
    def is_new_pair(self) -> bool:
        return self.cadre is not None and (self.cadre.pk is None or self.cadre.pk not in self.pairs)


def survey_households(work: Work, rows) -> None:
    survey(work, rows, "head", "village")
    below = within([work.place.path], "village__path") if work.place is not None else None
    work.memory[ANY_STORED] = below is not None and Household.objects.filter(below).exists()


def check(work: Work, lines: Sequence[Line], sheet: Sheet) -> None:
    """Households are remembered beyond their chunk only where another row has the same name in the same village."""
    directory, roll = directory_of(work), household_roll(work)
    villages = [(line, village_of(work, directory, line)) for line in lines]
    if work.memory[ANY_STORED]:
        roll.fetch((village, head) for line, village in villages if village is not None and (head := head_of(line)))
    fetch(work, directory, lines)
    for line, village in villages:
        if village is not None and head_of(line):
            line.plan = wish_of(work, roll, line, village)
            if line.plan is not None:
                line.plan.cadre = cadre_of(work, directory, line)
    pairs = pairs_of([line.plan.household.pk for line in lines if line.plan and line.plan.household.pk])
    for line, _village in villages:
        if line.plan is not None:
            line.plan.pairs = pairs.get(line.plan.household.pk, {})
        judge(sheet, line)


def head_of(line: Line) -> str:
    return str(line.values.get("head") or "")


def wish_of(work: Work, roll: Roll, line: Line, village: Entry) -> HouseholdWish | None:
    household = locate(work, roll, line, village)
    if household is None:
        return None
    values = line.values
    fields = {name: values[name] for name in FIELDS if values.get(name) is not None}
    if (typed := values.get("causes")) is not None:
        fields["causes"] = causes_of(line, typed)  # type: ignore[arg-type]
    if values.get("is_needy") is not None:
        fields["is_needy"] = values["is_needy"]
    elif fields.get("causes"):
        fields["is_needy"] = True
    return HouseholdWish(household, fields)


def causes_of(line: Line, typed: list[str]) -> list[str]:
    """Why the household is in need, as codes."""
    if unknown := [word for word in typed if word not in CAUSES]:
        line.doubt(
            "causes", "unknown_cause", N_("“%(words)s” is none of the known kinds of hardship."),
            N_("Choose one of: illness, disability, schooling, disaster, lack of labour, funds or technique, other."),
            params={"words": "、".join(unknown)}, suggestions=suggested(typed),
        )  # fmt: skip
    return list(dict.fromkeys(CAUSES[word] for word in typed if word in CAUSES))


def suggested(typed: list[str]) -> tuple[str, ...]:
    """A word that contains a known one probably means it: 因病致贫 → 因病."""
    likely = [next((HARDSHIP_WORDS[CAUSES[known]][0] for known in CAUSES if known in word), "其他") for word in typed]
    return ("、".join(dict.fromkeys(likely)),)


def locate(work: Work, roll: Roll, line: Line, village: Entry) -> Somebody | None:
    """The household of a row: stored, or new; None where that can't be told."""
    head, here = head_of(line), origin(work, line)
    ids = Ids("", str(line.values.get("number") or ""), str(line.values.get("phone") or ""))
    others = surveyed(work).others(line)
    try:
        found = choose(line, roll.of(village, head), ids, others, "head")
        if found is not None and found.origin:
            raise doubt_twice(line, "head", found.origin, work.sheet)
    except Unclear:
        return None
    if ids.number and refuse_twice(work, line, ("number", id(village), ids.number), column="number"):
        return None
    found = found or Somebody(head, village, ids)
    if not others:
        roll.forget(village, head)
    elif found.pk is None:
        roll.add(found)
    found.origin = here
    return found


def pairs_of(households: Sequence[int]) -> dict[int, dict[int, dict]]:
    found: dict[int, dict[int, dict]] = {}
    if not households:
        return found
    pairs = PersonPair.objects.active().filter(kind=PairKind.CADRE_HOUSEHOLD, target_household__in=households)
    columns = ("id", "target_household_id", "helper_member_id", "helper_member__name", "since")
    for pair in pairs.order_by().values(*columns):
        found.setdefault(pair["target_household_id"], {})[pair["helper_member_id"]] = pair
    return found


def judge(sheet: Sheet, line: Line) -> None:
    wish = line.plan
    if wish is None or wish.household.stored is None:
        line.judge(Verdict.CREATED)
        return
    line.target = wish.household.pk
    line.changes = differences(sheet, wish)
    if wish.is_new_pair:
        helpers = "、".join(pair["helper_member__name"] for pair in wish.pairs.values())
        line.changes.append([sheet.column("cadre").heading, helpers, wish.cadre.name])
        if helpers:
            line.doubt(
                "cadre_number" if line.values.get("cadre_number") else "cadre", "other_helper",
                N_("Until now somebody else looks after this household."),
                N_("Keep it, and that help ends today as reassigned; or empty the cell, and it goes on."),
                suggestions=("",), may_keep=True,
            )  # fmt: skip
    line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)


def differences(sheet: Sheet, wish: HouseholdWish) -> list[list[str]]:
    """[heading, before, after] of everything that would change."""
    stored = wish.household.stored or {}
    return [
        [heading(sheet, name), words(sheet, name, stored[name]), words(sheet, name, value)]
        for name, value in wish.fields.items()
        if not same(stored[name], value)
    ]
