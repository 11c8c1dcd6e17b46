"""Who helps whom around one record, as lines of its page."""

from dataclasses import dataclass

from django.db.models import Q

from members.models import Household, Member, PersonPair
from members.nearness import Reader, Rosterable
from members.states import PairState

SHOWN = 200
SIDES = (
    "helper_organisation", "helper_member__organisation", "helper_household__village", "target_organisation",
    "target_member__organisation", "target_household__village", "target_person__village", "unit", "village",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One pair, seen from the record whose page it is: the other side, and where the pair's own page is."""

    name: str
    url: str
    place: str
    pair: PersonPair
    pair_url: str


@dataclass(frozen=True)
class Lines:
    """Those in force and those that ended, in both directions."""

    helping: list[Line]
    helped_before: list[Line]
    helped: list[Line]
    helping_before: list[Line]


def lines_of(record: Rosterable, reader: Reader) -> Lines:
    """Two statements: the pairs with both sides, and whom the reader helps."""
    name = str(record._meta.model_name)
    sides = Q(**{f"target_{name}": record})
    if isinstance(record, Member | Household):
        sides |= Q(**{f"helper_{name}": record})
    pairs = list(PersonPair.objects.filter(sides).select_related(*SIDES)[:SHOWN])
    helps = [pair for pair in pairs if pair.helper == record]
    is_helped = [pair for pair in pairs if pair.helper != record]
    return Lines(
        helping=[line_to(pair.target, pair, reader) for pair in helps if pair.state == PairState.ACTIVE],
        helping_before=[line_to(pair.target, pair, reader) for pair in helps if pair.state != PairState.ACTIVE],
        helped=[line_to(pair.helper, pair, reader) for pair in is_helped if pair.state == PairState.ACTIVE],
        helped_before=[line_to(pair.helper, pair, reader) for pair in is_helped if pair.state != PairState.ACTIVE],
    )


def line_to(side, pair: PersonPair, reader: Reader) -> Line:
    place = pair.unit if side == pair.helper else pair.village
    where = "" if side == place else place.name
    return Line(reader.name_of(side), reader.address_of(side), where, pair, reader.address_of_pair(pair))
