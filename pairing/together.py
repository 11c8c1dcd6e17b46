"""What a committee chooses from for its units: those without a village, the open villages of an area (SH-36)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from django.db.models import Q, QuerySet

from organisations.kinds import Kind
from organisations.models import Organisation, User
from pairing.actions.choosing import CHOOSE_FOR_UNITS
from pairing.figures.interest import alone, idle_units, lines_with_interest, unpaired
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

MOST_UNITS, MOST_VILLAGES, MOST_AREAS = 60, 200, 120
AREAS = (Kind.PREFECTURE, Kind.COUNTY, Kind.TOWNSHIP)


def committees_of(user: User) -> list[Organisation]:
    """Those for whose units the user may choose."""
    return [post.organisation for post in user.posts if post.grants(CHOOSE_FOR_UNITS)]


@dataclass(frozen=True)
class Choices:
    """The first units and villages of a choice; `more_*`: there are others."""

    units: list[DirectoryEntry]
    villages: list[DirectoryEntry]
    more_units: bool
    more_villages: bool


def choices(round: Round, committee: Organisation, area: Organisation) -> Choices:
    """Units that neither have a village nor wait for an answer; villages without a unit, wanted by few first."""
    lines = DirectoryEntry.objects.current(round).select_related("organisation")
    mine = Q(side=Side.UNIT, organisation__path__startswith=committee.scope_path)
    units = list(lines.filter(mine, idle_units(round), alone(round, Side.UNIT)).order_by("pk")[: MOST_UNITS + 1])
    there = Q(organisation__path__startswith=area.path, kind=Kind.VILLAGE)
    open_ones = lines_with_interest(round, Side.VILLAGE).filter(there, unpaired(round, Side.VILLAGE))
    villages = list(open_ones.select_related("organisation").order_by("interested", "pk")[: MOST_VILLAGES + 1])
    return Choices(units[:MOST_UNITS], villages[:MOST_VILLAGES], len(units) > MOST_UNITS, len(villages) > MOST_VILLAGES)


def areas(round: Round, inside: Organisation) -> QuerySet[Organisation]:
    """Districts and townships below `inside`; where they are too many to choose from, the level just below."""
    below = Organisation.objects.under(inside).open().filter(kind__in=AREAS).exclude(pk=inside.pk).only("name")
    if below[: MOST_AREAS + 1].count() <= MOST_AREAS:
        return below
    return below.filter(depth=inside.depth + 1)


def spread(units: Sequence[DirectoryEntry], villages: Sequence[DirectoryEntry], most: int | None) -> dict[int, int]:
    """A first suggestion: every village gets one unit before any gets a second, the least wanted first.

    Village by unit, both by the key of the organisation. `most`: units that a village may have.
    """
    if not villages:
        return {}
    turns = cycle(villages)
    places = len(villages) * most if most else len(units)
    return {unit.organisation_id: village.organisation_id for unit, village in zip(units[:places], turns, strict=False)}
