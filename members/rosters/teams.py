"""The roster of work teams: each serves several villages, named in one cell (YD-08)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as N_

from core.roster import Line, Sheet, Verdict, Work
from organisations.kinds import Kind
from organisations.models import OrganisationLink
from organisations.rosters.directory import Directory, Entry, directory_of, name_key, nearest, village_key
from organisations.rosters.units import origin, refuse_twice
from pairing.rosters.checking import waits_for

SERVED_KINDS = (Kind.VILLAGE, Kind.COMMUNITY)
COMMUNITY_ENDINGS = ("社区", "居委会", "社区居委会")
KNOWN, PLANNED = "members.stored_villages", "members.planned_villages"


@dataclass
class TeamWish:
    """`links` are the stored links of the team that hold today, by the key of the village."""

    team: Entry
    villages: list[Entry]
    links: dict[int, dict] = field(default_factory=dict)

    @property
    def ended(self) -> list[dict]:
        """A list replaces the stored list."""
        kept = {village.pk for village in self.villages}
        return [link for pk, link in self.links.items() if pk not in kept]

    @property
    def added(self) -> list[Entry]:
        return [village for village in self.villages if village.pk is None or village.pk not in self.links]


def check(work: Work, lines: Sequence[Line], sheet: Sheet) -> None:
    directory = directory_of(work)
    for line in lines:
        line.plan = wish_of(work, directory, line)
    links = links_of([line.plan.team.pk for line in lines if line.plan and line.plan.team.pk])
    names = {entry.pk: entry.name for entry in directory.entries if entry.pk}
    for line in lines:
        if line.plan is not None:
            line.plan.links = links.get(line.plan.team.pk, {})
        judge(sheet, line, names)


def wish_of(work: Work, directory: Directory, line: Line) -> TeamWish | None:
    name = str(line.values.get("name") or "")
    if not name or refuse_twice(work, line, name_key(name), column="name"):
        return None
    villages = villages_of(work, directory, line, create=True)
    found = directory.named(name, (Kind.WORK_TEAM,))
    team = found[0] if found else directory.add(Entry(name, Kind.WORK_TEAM, directory.place, origin=origin(work, line)))
    return TeamWish(team, villages)


def villages_of(work: Work, directory: Directory, line: Line, *, create: bool) -> list[Entry]:
    """The villages that a cell lists, each once. A name that nobody knows becomes a new village with `create`."""
    names: list[str] = line.values.get("villages") or []  # type: ignore[assignment]
    given = str(line.values.get("township") or "")
    township = directory.township(given) if given else None
    if given and township is None and names:
        line.doubt(
            "township", "unknown_township", N_("No township of this name is known here."),
            N_("Correct the name, or empty the cell."),
            suggestions=tuple(entry.name for entry in directory.townships_like(given)[:3]),
        )  # fmt: skip
    found = [village_of(work, directory, line, name, township, create=create) for name in names]
    return list(dict.fromkeys(entry for entry in found if entry is not None))


def village_of(
    work: Work, directory: Directory, line: Line, name: str, township: Entry | None, *, create: bool
) -> Entry | None:
    kind = Kind.COMMUNITY if name.endswith(COMMUNITY_ENDINGS) else Kind.VILLAGE
    found = directory.villages(name, township) or directory.named(name, SERVED_KINDS, township)
    if len(found) > 1:
        line.doubt(
            "villages", "several", N_("Several villages bear the name “%(name)s”."), N_("Say which township."),
            params={"name": name},
        )  # fmt: skip
    if found:
        return waiting(work, line, found[0])
    plain = village_key(name) if kind == Kind.VILLAGE else name
    near = [entry.name for entry in nearest(plain, stored_villages(work, directory))]
    if near or not create:
        doubt_unknown(line, name, near, create=create)
    if not create:
        return None
    if plain != name:
        line.notes["villages"] = "、".join(village_key(each) for each in line.values["villages"])  # type: ignore[attr-defined]
    plan_one_more(work)
    return directory.add(Entry(plain, kind, township or directory.place, origin=origin(work, line), certain=False))


def doubt_unknown(line: Line, name: str, near: list[str], *, create: bool) -> None:
    """The whole cell stands in the suggestion, with the one name corrected."""
    names: list[str] = line.values["villages"]  # type: ignore[assignment]
    offers = tuple("、".join(other if each == name else each for each in names) for other in near)
    if create:
        line.doubt(
            "villages", "village_like", N_("“%(name)s” is not known here; there is “%(other)s”."),
            N_("Accept that name; or keep what was typed, and a further village is created."),
            params={"name": name, "other": near[0]}, suggestions=offers, may_keep=True,
        )  # fmt: skip
    else:
        line.doubt(
            "villages", "unknown", N_("No village “%(name)s” is known here."),
            N_("Correct the name, or import the village first."), params={"name": name}, suggestions=offers, fatal=True,
        )  # fmt: skip


def waiting(work: Work, line: Line, entry: Entry) -> Entry:
    """A village of a sheet before this one may itself be in doubt; one that another row here creates is not."""
    return entry if entry.origin.startswith(f"{work.sheet}#") else waits_for(line, "villages", entry)


def stored_villages(work: Work, directory: Directory) -> list[Entry]:
    if KNOWN not in work.memory:
        work.memory[KNOWN] = [entry for entry in directory.entries if entry.pk and entry.kind in SERVED_KINDS]
    return work.memory[KNOWN]


def plan_one_more(work: Work) -> None:
    """One sentence for all new villages, with their number."""
    count = work.memory.setdefault(PLANNED, {"count": 0})
    if not count["count"]:
        work.planned.append((N_("%(count)s villages that only the teams name will be created under the place."), count))
    count["count"] += 1


def links_of(teams: Sequence[int]) -> dict[int, dict[int, dict]]:
    found: dict[int, dict[int, dict]] = {}
    links = OrganisationLink.objects.filter(holder__in=teams, until=None, kind=OrganisationLink.Kind.SERVED).order_by()
    for link in links.values("id", "holder_id", "member_id", "until"):
        found.setdefault(link["holder_id"], {})[link["member_id"]] = dict(link)
    return found


def judge(sheet: Sheet, line: Line, names: dict[int, str]) -> None:
    wish = line.plan
    if wish is None:
        line.judge(Verdict.CREATED)
        return
    line.target = wish.team.pk
    if wish.team.pk is None:
        line.judge(Verdict.CREATED)
        wish.team.certain = line.verdict is Verdict.CREATED
    else:
        if wish.ended or wish.added:
            before = "、".join(names.get(pk, "") for pk in wish.links)
            line.changes = [[sheet.column("villages").heading, before, "、".join(each.name for each in wish.villages)]]
        line.judge(Verdict.UPDATED if line.changes else Verdict.UNCHANGED)
    if not line.doubts:
        for village in wish.villages:
            village.certain = True
