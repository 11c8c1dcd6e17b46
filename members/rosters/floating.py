"""Who is away from home, as the roster of members says it: the same rules as on the register's own pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from core.roster import Line, Sheet, Verdict, Work
from members.models import FloatingRecord
from members.rosters.columns import Stay
from members.rosters.namesakes import Somebody
from members.states import AWAY, FloatingState
from organisations.kinds import AREAS, Kind
from organisations.rosters.directory import Directory, Entry, directory_of, name_key
from organisations.rosters.wishes import heading, words
from pairing.rosters.checking import waits_for

# A county or a province in the cell is a place in words; nobody there takes a member in.
TAKE_IN = tuple(kind for kind in Kind if kind not in AREAS)
PLANNED = "members.planned_floating"
REGISTERS = N_(
    "%(count)s members will be registered as away from home; where a row gives no day of leaving, with the day of the "
    "import."
)
RETURNS = N_("%(count)s records of members away from home will be closed as returned: the roster has them at home.")


@dataclass
class FloatingWish:
    """`record` is the open one of the member, `fields` what it - or a new one - is to hold. `destination` may still
    have to be created by another row."""

    record: FloatingRecord | None
    fields: dict[str, object] = field(default_factory=dict)
    destination: Entry | None = None

    @property
    def ends(self) -> bool:
        return self.fields.get("state") == FloatingState.RETURNED


def check(work: Work, lines: Sequence[Line]) -> None:
    """Give the plan of each line its wish; the open records are read in one statement."""
    asked = [line for line in lines if line.plan is not None and says_something(line)]
    if not asked:
        return
    records = open_records(line.plan.somebody.pk for line in asked)
    directory, today = directory_of(work), timezone.localdate()
    for line in asked:
        somebody = line.plan.somebody
        line.plan.stay = wish_of(work, directory, line, somebody, records.get(somebody.pk), today)


def says_something(line: Line) -> bool:
    return any(line.values.get(column) for column in ("floating", "away_since", "destination"))


def open_records(members: Iterable[int | None]) -> dict[int | None, FloatingRecord]:
    keys = [pk for pk in members if pk]
    rows = FloatingRecord.objects.floating().filter(member__in=keys).order_by().select_related("destination")
    return {record.member_id: record for record in rows} if keys else {}


def wish_of(
    work: Work, directory: Directory, line: Line, somebody: Somebody, record: FloatingRecord | None, today: date
) -> FloatingWish | None:
    stay = stay_of(line)
    is_away = record is not None and record.state in AWAY
    if stay == Stay.HOME and is_away:
        return FloatingWish(record, {"state": FloatingState.RETURNED, "ended_on": today})
    if stay != Stay.AWAY:
        return None
    wish = FloatingWish(record)
    if not is_away:
        wish.fields["state"] = FloatingState.DEPARTED
    day_of(line, wish, today)
    destination_of(work, directory, line, wish, somebody.place)
    return wish if wish.fields or wish.destination else None


def stay_of(line: Line) -> object:
    """Whether the member is away. A sheet without that column says it by naming a destination or a day."""
    stay = line.values.get("floating")
    more = [column for column in ("destination", "away_since") if line.values.get(column)]
    if not more or stay == Stay.AWAY or any(doubt.column == "floating" for doubt in line.doubts):
        return stay
    if "floating" not in line.typed:
        return Stay.AWAY
    if stay == Stay.HOME:
        line.doubt(
            more[0], "away_at_home",
            N_("The row has the member at home, and yet says where or since when they are away."),
            N_("Empty this cell, or correct the one that has them at home."), suggestions=("",),
        )  # fmt: skip
    else:
        line.doubt(
            "floating", "away_unsaid", N_("The row says where or since when, but not whether the member is away."),
            N_("Choose whether they are away or at home."), suggestions=("外出", "在村"),
        )  # fmt: skip
    return None


def day_of(line: Line, wish: FloatingWish, today: date) -> None:
    """The day of leaving: of the row, else as planned; where nobody knows, the day on which the row has them away."""
    record, given = wish.record, line.values.get("away_since")
    stored = record.leaves_on if record else None
    is_away = record is not None and record.state in AWAY
    day = given if isinstance(given, date) else stored if stored and is_away else min(stored or today, today)
    if day == stored and is_away:
        return
    if day > today:
        line.doubt(
            "away_since", "in_future", N_("The day must not lie in the future."), N_("Correct the day, or empty it."),
            suggestions=("",),
        )  # fmt: skip
    elif record is not None and contradicts(record, day):
        line.doubt(
            "away_since", "contradicts",
            N_("The register has an agreement, a training, a report-in or a return that does not fit this day."),
            N_("Correct the day, or change the record of the member first."),
            suggestions=(record.leaves_on.isoformat(),),
        )  # fmt: skip
    else:
        wish.fields["leaves_on"] = day


def contradicts(record: FloatingRecord, day: date) -> bool:
    """As the constraints of the record have it: papers before leaving, report-in and return after it."""
    before = [day_before for day_before in (record.agreement_signed_on, record.trained_on) if day_before]
    return (
        any(each > day for each in before)
        or (record.back_on is not None and record.back_on <= day)
        or (record.reported_in_on is not None and record.reported_in_on < day)
    )


def destination_of(work: Work, directory: Directory, line: Line, wish: FloatingWish, home: Entry) -> None:
    """An organisation of the place where the cell names one; else the words of the cell."""
    text, record = str(line.values.get("destination") or ""), wish.record
    if not text or (record is not None and name_key(record.where) == name_key(text)):
        return
    found = directory.named(text, TAKE_IN)
    if found == [home]:
        line.doubt(
            "destination", "own_home", N_("The destination is another organisation than the origin."),
            N_("Name where the member went, or empty the cell."), suggestions=("",),
        )  # fmt: skip
        return
    if len(found) > 1:
        line.doubt(
            "destination", "several", N_("Several organisations bear this name."),
            N_("Keep it, and it is kept in words; the organisation can be chosen on the page of the member."),
            may_keep=True,
        )  # fmt: skip
    if record is not None and record.destination is not None:
        line.doubt(
            "destination", "other_destination", N_("The register has “%(name)s” as the destination."),
            N_("Accept it; or keep the cell, and it takes its place."), params={"name": record.destination.name},
            suggestions=(record.destination.name,), may_keep=True,
        )  # fmt: skip
    if len(found) == 1:
        wish.destination = waits_for(line, "destination", found[0])
    else:
        wish.fields |= {"place": text, "destination_id": None}


def differences(sheet: Sheet, wish: FloatingWish | None) -> list[list[str]]:
    """[heading, before, after] of what would change in the record of a stored member."""
    if wish is None:
        return []
    record = wish.record
    told: list[tuple[str, object, object]] = []
    if "state" in wish.fields:
        before = "" if record is None else Stay.AWAY if record.state in AWAY else Stay.HOME
        told.append(("floating", before, Stay.HOME if wish.ends else Stay.AWAY))
    if "leaves_on" in wish.fields:
        told.append(("away_since", record.leaves_on if record else "", wish.fields["leaves_on"]))
    if wish.destination or "place" in wish.fields:
        after = wish.destination.name if wish.destination else wish.fields["place"]
        told.append(("destination", record.where if record else "", after))
    return [
        [heading(sheet, name), words(sheet, name, before), words(sheet, name, after)] for name, before, after in told
    ]


def plan(work: Work, lines: Sequence[Line]) -> None:
    """One sentence for all new records, and one for all that are closed, each with their number."""
    for line in lines:
        wish = line.plan.stay if line.plan is not None else None
        if wish is None or line.verdict not in (Verdict.CREATED, Verdict.UPDATED):
            continue
        if wish.ends or wish.record is None:
            sentence = RETURNS if wish.ends else REGISTERS
            counts = work.memory.setdefault(PLANNED, {})
            if sentence not in counts:
                counts[sentence] = {"count": 0}
                work.planned.append((sentence, counts[sentence]))
            counts[sentence]["count"] += 1
