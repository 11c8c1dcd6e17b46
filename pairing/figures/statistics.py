"""The figures of a round, for the public board and the desk: always equal to the tables, to the second (SH-33).

A pairing is inserted once and its state only moves forward, a proposal likewise, and a directory never changes.
So how many there are in each state tells every content of the tables apart: `revision` is that, and what was
computed for one revision stays true for it (docs/decisions/live-board.md). Accepted proposals need no counting:
with each one a pairing is formed.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Max, Min, Q, QuerySet, Sum, Value
from django.utils.functional import cached_property

from core.marks import Remembered
from organisations.kinds import Kind, VillageClass
from organisations.querysets import within
from pairing.figures.stages import lines, standing_pairings
from pairing.models import Agreement, PairingPartner, Round
from pairing.states import UNDER_WAY, IntentionState, PairingState, Side

KEPT_SECONDS = 24 * 3600
WHOLE: Sequence[str] = ()
OTHER_CLASS = ""
MORE_THAN_ALL_STEPS = 10**9
Kept = TypeVar("Kept")


@dataclass
class Tally:
    """So many of `total` have a partner, so many have signed."""

    total: int = 0
    reached: int = 0
    signed: int = 0

    def add(self, total: int, reached: int, signed: int) -> None:
        self.total += total
        self.reached += reached
        self.signed += signed

    @property
    def missing(self) -> int:
        return self.total - self.reached


@dataclass
class Statistics:
    villages: Tally = field(default_factory=Tally)
    units: Tally = field(default_factory=Tally)
    areas: dict[str, Tally] = field(default_factory=dict)
    classes: dict[str, Tally] = field(default_factory=dict)
    kinds: dict[str, Tally] = field(default_factory=dict)
    committees: dict[str, Tally] = field(default_factory=dict)
    proposals: int = 0

    @cached_property
    def by_area(self) -> list[tuple[str, Tally]]:
        return list(self.areas.items())

    @cached_property
    def by_class(self) -> list[tuple[str, Tally]]:
        names = dict(VillageClass.choices)
        return [(str(names.get(key, "")), tally) for key, tally in sorted(self.classes.items(), reverse=True)]

    @cached_property
    def by_kind(self) -> list[tuple[str, Tally]]:
        return [(str(kind.label), self.kinds[kind]) for kind in Kind if kind in self.kinds]

    @property
    def by_committee(self) -> list[tuple[str, Tally]]:
        """Townships and counties on the aided side: each kind with its own denominator (SH-17)."""
        return [(str(kind.label), self.committees[kind]) for kind in Kind if kind in self.committees]


@dataclass(frozen=True)
class Revision:
    """How many pairings and proposals a round holds in each state, and the directory they are measured by.

    `settled`: proposals that were answered otherwise than by a pairing.
    """

    directory: int
    negotiating: int
    signed: int
    released: int
    ended: int
    open_proposals: int
    settled: int
    steps: int | None = field(default=None, compare=False)

    @property
    def pairings(self) -> int:
        """Intentions reached: pairings that stand, each counted once."""
        return self.negotiating + self.signed

    def __str__(self) -> str:
        return "-".join(str(value) for name, value in vars(self).items() if name != "steps")


def revision(round: Round, *, with_steps: bool = False) -> Revision:
    """One statement that reads indexes alone; equal if and only if the board would show the same.

    `steps` grows with each step of any agreement and of any partner, which the board does not show and a desk does.
    """
    parts = [_by_state(round.intentions.exclude(state=IntentionState.ACCEPTED), "proposals")]
    if with_steps:
        parts += [_steps(round), _partners(round)]
    counted = _by_state(round.pairings.all(), "pairings").union(*parts)
    found = {(what, state): number for what, state, number in counted}
    proposals = Counter({state: number for (what, state), number in found.items() if what == "proposals"})
    return Revision(
        directory=round.newest_directory_id or 0,
        negotiating=found.get(("pairings", PairingState.NEGOTIATING), 0),
        signed=found.get(("pairings", PairingState.SIGNED), 0),
        released=found.get(("pairings", PairingState.RELEASED), 0),
        ended=found.get(("pairings", PairingState.ENDED), 0),
        open_proposals=proposals[IntentionState.PROPOSED],
        settled=proposals.total() - proposals[IntentionState.PROPOSED],
        steps=(found.get(("steps", "")) or 0) + (found.get(("partners", "")) or 0) if with_steps else None,
    )


def remembered_revision(round: Round) -> Revision:
    """The same without steps, counted anew only once somebody wrote: for the board, which is asked all the time."""
    rows = Remembered(round.pairings.all(), round.intentions.all())
    return replace(rows.get("revision", lambda: revision(round)), directory=round.newest_directory_id or 0)


def _steps(round: Round) -> QuerySet:
    """While no pairing is formed, signed or released: each step makes the sum grow, each new draft the newest key."""
    negotiated = Agreement.objects.filter(
        pairing__round=round, pairing__state=PairingState.NEGOTIATING, state__in=UNDER_WAY
    )
    constant = negotiated.order_by().annotate(what=Value("steps"), none=Value(""))
    return constant.values_list("what", "none").annotate(number=Max("pk") * MORE_THAN_ALL_STEPS + Sum("version"))


def _partners(round: Round) -> QuerySet:
    """Grows with each unit that joins a consortium and with each that leaves one (SH-13)."""
    ever = (
        PairingPartner.objects.filter(pairing__round=round).order_by().annotate(what=Value("partners"), none=Value(""))
    )
    return ever.values_list("what", "none").annotate(number=Count("answered_at") + Count("left_at"))


def _by_state(rows: QuerySet, what: str) -> QuerySet:
    return rows.order_by().annotate(what=Value(what)).values_list("what", "state").annotate(number=Count("*"))


def statistics(round: Round, at: Revision, scopes: Sequence[str] = WHOLE) -> Statistics:
    """The figures of a revision: computed once, by two grouped statements, then remembered.

    `scopes`: tree paths of the part to be counted; by default the whole round.
    """
    return kept(f"figures:{round.pk}:{at}:{places_key(scopes)}", round, at, lambda: computed(round, scopes))


def kept(key: str, round: Round, at: Revision, compute: Callable[[], Kept]) -> Kept:
    """What `compute` gives, remembered under `key`, which names `at` - unless somebody moved while it was computed."""
    found = cache.get(key)
    if found is None:
        found = compute()
        now = revision(round, with_steps=at.steps is not None)
        if (now, now.steps) == (at, at.steps):
            cache.set(key, found, KEPT_SECONDS)
    return found


def places_key(scopes: Sequence[str]) -> str:
    """A short name of a set of tree paths, for keys of the cache."""
    return sha256(" ".join(sorted(scopes)).encode()).hexdigest()[:16]


def computed(round: Round, scopes: Sequence[str] = WHOLE) -> Statistics:
    figures = Statistics(proposals=round.intentions.count())
    for kind, area, classes, *numbers in _grouped(round, Side.VILLAGE, scopes, "kind", "area", "classes"):
        if kind != Kind.VILLAGE:
            figures.committees.setdefault(kind, Tally()).add(*numbers)
            continue
        figures.villages.add(*numbers)
        if area:
            figures.areas.setdefault(area, Tally()).add(*numbers)
        for village_class in classes or [OTHER_CLASS]:
            figures.classes.setdefault(village_class, Tally()).add(*numbers)
    for kind, *numbers in _grouped(round, Side.UNIT, scopes, "kind"):
        figures.units.add(*numbers)
        figures.kinds.setdefault(kind, Tally()).add(*numbers)
    return figures


def _grouped(round: Round, side: Side, scopes: Sequence[str], *fields: str) -> list[tuple]:
    """The fields, then total, reached and signed; in the order of the directory."""
    reached = Q(organisation__in=standing_pairings(round).order_by().values(side))
    signed = Q(organisation__in=standing_pairings(round, PairingState.SIGNED).order_by().values(side))
    numbers = {
        "total": Count("pk"),
        "reached": Count("pk", filter=reached),
        "signed": Count("pk", filter=signed),
        "first_line": Min("pk"),
    }
    found = lines(round, side)
    if scopes:
        found = found.filter(within(scopes, "organisation__path"))
    groups: QuerySet = found.order_by().values_list(*fields).annotate(**numbers)
    return [row[:-1] for row in groups.order_by("first_line")]


def clashes(round: Round) -> QuerySet:
    """Villages that more than one unit wants at once, the most wanted first (SH-30)."""
    proposals = round.intentions.open().order_by()
    several = proposals.values("village").annotate(wanted_by=Count("*")).filter(wanted_by__gte=2)
    return (
        proposals.filter(village__in=several.values("village"))
        .values("village", "village__name")
        .annotate(wanted_by=Count("*"))
        .order_by("-wanted_by", "village__name")
    )
