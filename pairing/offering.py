"""Whom a form offers: parties of the directory, found by name, those without a partner before the others."""

from django.db.models import Case, QuerySet

from organisations.models import Organisation
from pairing.models import DirectoryEntry, Round
from pairing.states import Side

MOST_OFFERED = 100


def listed(round: Round, side: Side) -> QuerySet[Organisation]:
    """Everybody on that side of the newest directory."""
    return Organisation.objects.filter(directory_entries__in=DirectoryEntry.objects.current(round).filter(side=side))


def offered(round: Round, side: Side, sought: str, free_first: list[Case]) -> tuple[list[tuple[int, str]], bool]:
    """The first that fit `sought`, and whether there are more. `free_first`: in which order."""
    lines = DirectoryEntry.objects.current(round).filter(side=side)
    if sought := sought.strip():
        lines = lines.filter(organisation__in=Organisation.objects.found_by(sought).order_by().values("pk"))
    found = list(lines.order_by(*free_first, "pk").values_list("organisation", "name")[: MOST_OFFERED + 1])
    return found[:MOST_OFFERED], len(found) > MOST_OFFERED
