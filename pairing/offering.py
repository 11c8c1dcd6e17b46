"""Whom a form offers: parties of the directory, found by name, those without a partner before the others."""

from django.db.models import Case, QuerySet, Value, When

from organisations.models import Organisation
from pairing.figures.interest import unpaired
from pairing.figures.statistics import kept, revision
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

MOST_OFFERED = 100
Offer = tuple[list[tuple[int, str]], bool]  # keys and names, and whether there are more


def listed(round: Round, side: Side) -> QuerySet[Organisation]:
    """Everybody on that side of the newest directory."""
    return Organisation.objects.filter(directory_entries__in=DirectoryEntry.objects.current(round).filter(side=side))


def offered(round: Round, side: Side, sought: str) -> Offer:
    """The first that fit `sought`. Where nothing is sought, kept under the revision of the round."""
    lines = DirectoryEntry.objects.current(round).filter(side=side)
    if sought := sought.strip():
        fitting = Organisation.objects.found_by(sought).order_by().values("pk")
        return first_of(lines.filter(organisation__in=fitting), round, side)
    at = revision(round)
    return kept(f"offered:{round.pk}:{at}:{side}", round, at, lambda: first_of(lines, round, side))


def first_of(lines: QuerySet[DirectoryEntry], round: Round, side: Side) -> Offer:
    free_first = Case(When(unpaired(round, side), then=Value(0)), default=Value(1))
    found = list(lines.order_by(free_first, "pk").values_list("organisation", "name")[: MOST_OFFERED + 1])
    return found[:MOST_OFFERED], len(found) > MOST_OFFERED
