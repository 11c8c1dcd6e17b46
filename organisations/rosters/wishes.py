"""What a row wishes of an organisation, compared with what is stored, and written in sets."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Sheet, Verdict, Work
from organisations.kinds import VillageClass
from organisations.models import Alias, Need, Organisation, Strength, VillageFacts
from organisations.rosters.columns import CLASS_COLUMNS, FACT_COLUMNS, REASON_WORDS, reasons_in
from organisations.rosters.directory import Entry

FIELDS = ("name", "kind", "level", "division_code", "uscc", "party_members", "contact_name", "contact_phone")
VILLAGE_FIELDS = tuple(name for name in FIELDS if name not in ("party_members", "kind"))


@dataclass
class Wish:
    """`fields` are columns of the organisation; `classes` says which to add (True) or take away (False).

    A cell that is empty wishes for nothing. A list replaces the list that is stored; the preview shows both.
    """

    entry: Entry
    fields: dict[str, object] = field(default_factory=dict)
    classes: dict[str, bool] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)
    year: int = 0
    needs: list[str] | None = None
    strengths: list[str] | None = None
    aliases: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Stored:
    """What is stored of the organisations of some lines, read in a constant number of statements."""

    organisations: dict[int, dict]
    facts: dict[tuple[int, int], dict]
    needs: dict[int, list[str]]
    strengths: dict[int, list[str]]
    aliases: dict[int, set[str]]


def wish_of(line: Line, entry: Entry, work: Work, *, village: bool) -> Wish:
    values = line.values
    wish = Wish(entry, needs=values.get("needs"), strengths=values.get("strengths"))  # type: ignore[arg-type]
    own = VILLAGE_FIELDS if village else FIELDS
    wish.fields = {name: values[name] for name in own if values.get(name) is not None}
    if village:
        wish.classes = {kind: bool(values[key]) for key, kind in CLASS_COLUMNS.items() if values.get(key) is not None}
        wish.facts = {name: values[name] for name in FACT_COLUMNS if values.get(name) is not None}
        if (typed := values.get("lagging_reasons")) is not None:
            wish.facts["lagging_reasons"] = reasons_of(line, typed)  # type: ignore[arg-type]
        wish.year = int(values.get("year") or work.year)  # type: ignore[call-overload]
    if values.get("former_name"):
        wish.aliases.append((Alias.Kind.FORMER_NAME, str(values["former_name"])))
    return wish


def reasons_of(line: Line, typed: list[str]) -> list[str]:
    """What makes a lagging village lag, as codes (TC-06)."""
    codes, unknown = reasons_in(typed)
    if unknown:
        line.doubt(
            "lagging_reasons", "unknown_reason", N_("“%(words)s” is none of 软、散、懒、瘫、乱."),
            N_("Name one or several of the five, or leave the cell empty."),
            params={"words": "、".join(unknown)},
        )  # fmt: skip
    return codes


def doubt_reasons(line: Line, wish: Wish, stored: Stored) -> None:
    """Reasons belong to a village of the class lagging: in this row, or as it is stored."""
    has = stored.organisations.get(wish.entry.pk or 0, {}).get("classes", ())
    if wish.facts.get("lagging_reasons") and not wish.classes.get(VillageClass.LAGGING, VillageClass.LAGGING in has):
        line.doubt(
            "lagging_reasons", "not_lagging", N_("Reasons are given, but the village is not a lagging one."),
            N_("Mark the village as lagging in its column, or leave this cell empty."),
        )  # fmt: skip


def stored_for(wishes: Iterable[Wish]) -> Stored:
    wishes = [wish for wish in wishes if wish.entry.pk]
    keys = [wish.entry.pk for wish in wishes]
    years = {wish.year for wish in wishes}
    stored = Stored({}, {}, {}, {}, {})
    if not keys:
        return stored
    rows = Organisation.objects.filter(pk__in=keys).order_by().values("id", "classes", *FIELDS)
    stored.organisations = {row["id"]: row for row in rows}
    facts = VillageFacts.objects.filter(village__in=keys, year__in=years).values(
        "id", "village_id", "year", *FACT_COLUMNS
    )
    stored.facts = {(row["village_id"], row["year"]): row for row in facts}
    needs = Need.objects.filter(village__in=keys).values_list("village_id", "name")
    strengths = Strength.objects.filter(unit__in=keys).values_list("unit_id", "name")
    for found, rows in ((stored.needs, needs), (stored.strengths, strengths)):
        for key, value in rows:
            found.setdefault(key, []).append(value)
    for key, value in Alias.objects.filter(organisation__in=keys).values_list("organisation_id", "value"):
        stored.aliases.setdefault(key, set()).add(value)
    return stored


def judge(sheet: Sheet, lines: Iterable[Line]) -> None:
    """Compare the wish of each line with what is stored; give the line its changes and its verdict."""
    lines = list(lines)
    stored = stored_for(line.plan for line in lines if isinstance(line.plan, Wish))
    for line in lines:
        wish = line.plan
        if not isinstance(wish, Wish):
            line.judge(Verdict.CREATED)
            continue
        doubt_reasons(line, wish, stored)
        line.target = wish.entry.pk
        if wish.entry.pk is None:
            line.judge(Verdict.CREATED)
            wish.entry.certain = line.verdict is Verdict.CREATED
            continue
        line.changes = differences(sheet, wish, stored)
        line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)


def differences(sheet: Sheet, wish: Wish, stored: Stored) -> list[list[str]]:
    """[heading, before, after] of everything that would change."""
    pk = wish.entry.pk or 0
    row, facts = stored.organisations.get(pk, {}), stored.facts.get((pk, wish.year), {})
    found = [(name, row.get(name), value) for name, value in wish.fields.items() if not same(row.get(name), value)]
    found += [(name, facts.get(name), value) for name, value in wish.facts.items() if not same(facts.get(name), value)]
    found += [
        (key, kind in row["classes"], wish.classes[kind])
        for key, kind in CLASS_COLUMNS.items()
        if kind in wish.classes and (kind in row["classes"]) != wish.classes[kind]
    ]
    for name in ("needs", "strengths"):
        wished, has = getattr(wish, name), getattr(stored, name).get(pk, [])
        if wished is not None and sorted(wished) != sorted(has):
            found.append((name, has, wished))
    known = stored.aliases.get(pk, set())
    found += [("former_name", "", value) for _kind, value in wish.aliases if value not in known]
    return [
        [heading(sheet, name), words(sheet, name, before), words(sheet, name, after)] for name, before, after in found
    ]


def same(before: object, after: object) -> bool:
    if isinstance(after, Decimal):
        return before is not None and Decimal(str(before)) == after
    return before == after or (before in (None, "") and after in (None, ""))


def heading(sheet: Sheet, key: str) -> str:
    return next((column.heading for column in sheet.columns if column.key == key), key)


def words(sheet: Sheet, key: str, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if key == "lagging_reasons" and isinstance(value, list):
        return "、".join(REASON_WORDS[code][0] for code in value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    for column in sheet.columns:
        if column.key == key and value in column.choices:
            return column.choices[str(value)][0]
    return "" if value is None else str(value)
