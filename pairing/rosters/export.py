"""The pairings of a place, newest round first, in the columns of the roster."""

from collections.abc import Iterator, Mapping

from organisations.models import Organisation
from organisations.querysets import within
from organisations.rosters.directory import TOWNSHIP_KINDS
from organisations.rosters.export import names_above
from pairing.levels import Level
from pairing.models import Pairing

CHUNK = 2000


def pairings(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Those of the newest round of the place; each round has its own list on the page of pairings."""
    below = Pairing.objects.filter(within([place.path], "village__path"), level=Level.UNIT_VILLAGE)
    newest = below.order_by("-round__starts_on", "-round").values("round")[:1]
    rows = below.filter(round__in=newest).standing()
    townships = names_above(place, kinds=TOWNSHIP_KINDS)
    for pairing in rows.select_related("unit", "village").order_by("village__path", "pk").iterator(chunk_size=CHUNK):
        yield {
            "unit": pairing.unit.name,
            "township": townships.get(pairing.village.parent_path, ""),
            "village": pairing.village.name,
            "signed_on": pairing.signed_on,
            "ends_on": pairing.ends_on,
        }
