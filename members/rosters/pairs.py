"""The roster of member pairs: who of which unit and who of which village, both on their rosters already (QX-02)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Verdict, Work
from members.kinds import PairKind
from members.models import PersonPair
from members.rosters.belonging import unit_of, village_of
from members.rosters.namesakes import Ids, Relation, Somebody, relation
from members.rosters.roll import Roll, member_roll
from organisations.rosters.directory import Entry, directory_of, name_key, nearest
from organisations.rosters.units import refuse_twice
from pairing.rosters import checking


@dataclass
class MemberPairWish:
    helper: Somebody
    target: Somebody
    pair: int | None = None


def check(work: Work, lines: Sequence[Line]) -> None:
    directory, roll = directory_of(work), member_roll(work)
    homes = [(line, unit_of(work, directory, line), village_of(work, directory, line)) for line in lines]
    roll.fetch(wanted(homes, "helper", 1))
    roll.fetch(wanted(homes, "target", 2))
    for line, unit, village in homes:
        helper = person_of(roll, line, unit, "helper") if unit is not None else None
        target = person_of(roll, line, village, "target") if village is not None else None
        if helper and target and not refuse_twice(work, line, (id(helper), id(target)), column="target"):
            line.plan = MemberPairWish(helper, target)
    stored = pairs_of([line.plan.helper.pk for line in lines if line.plan and line.plan.helper.pk])
    for line in lines:
        judge(line, stored)


def wanted(homes: Sequence[tuple], column: str, position: int) -> list[tuple[Entry, str]]:
    return [(each[position], str(name)) for each in homes if each[position] and (name := each[0].values.get(column))]


def person_of(roll: Roll, line: Line, place: Entry, column: str) -> Somebody | None:
    name = str(line.values.get(column) or "")
    if not name:
        return None
    found = told_apart(roll.of(place, name), line, column)
    if not found and (doubted := roll.homeless.get(name_key(name))):
        waits_for(line, column, doubted)
        return None
    if not found:
        near = nearest(name, [Entry(other, "") for other in roll.names_at(place)])
        checking.unknown(
            line, column, N_("Nobody of this name is on the roster of that organisation."), [each.name for each in near]
        )
        return None
    if len(found) > 1:
        line.doubt(
            column, "several_people", N_("The roster of that organisation has several people of this name."),
            N_("Say who is meant, in a column “机关党员编号”, “机关党员电话”, “农村党员编号” or “农村党员电话”."),
        )  # fmt: skip
        return None
    return waits_for(line, column, found[0])


def told_apart(known: list[Somebody], line: Line, column: str) -> list[Somebody]:
    """Those of one name who may be meant, by number or phone where the row gives them."""
    ids = Ids("", str(line.values.get(f"{column}_number") or ""), str(line.values.get(f"{column}_phone") or ""))
    meant = [each for each in known if relation(each.ids, ids) is Relation.SAME]
    return meant or [each for each in known if relation(each.ids, ids) is not Relation.OTHER]


def waits_for(line: Line, column: str, somebody: Somebody) -> Somebody:
    """Who is named stands in a row that is itself in doubt: decide there first."""
    if not somebody.certain:
        sheet, _hash, row = somebody.origin.rpartition("#")
        line.doubt(
            column, "waits", N_("“%(name)s” is itself in doubt: sheet “%(sheet)s”, row %(row)s."),
            N_("Decide that row first."), params={"name": somebody.name, "sheet": sheet, "row": row},
        )  # fmt: skip
    return somebody


def pairs_of(helpers: Sequence[int]) -> dict[tuple[int, int], int]:
    pairs = PersonPair.objects.active().filter(kind=PairKind.MEMBER_MEMBER, helper_member__in=helpers).order_by()
    return {(helper, target): pk for pk, helper, target in pairs.values_list("id", "helper_member", "target_member")}


def judge(line: Line, stored: dict[tuple[int, int], int]) -> None:
    wish = line.plan
    if wish is not None and wish.helper.pk and wish.target.pk:
        line.target = wish.pair = stored.get((wish.helper.pk, wish.target.pk))
    line.judge(Verdict.CREATED if wish is None or wish.pair is None else Verdict.UNCHANGED)
