"""What stands in the ledgers of the villages of a place, in the columns of the roster: money, not goods."""

from collections.abc import Iterator, Mapping

from funds.kinds import EntryKind
from funds.models import Entry
from organisations.models import Organisation
from organisations.querysets import within

CHUNK = 1000
MONEY = (
    EntryKind.PLEDGE, EntryKind.SENT, EntryKind.RECEIPT, EntryKind.SPENDING, EntryKind.REFUND, EntryKind.COORDINATED,
    EntryKind.INVESTMENT,
)  # fmt: skip
SAME = ("on", "kind", "amount", "source", "use", "channel", "receipt_number", "words")


def entries(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Read back, they are found unchanged."""
    rows = Entry.objects.standing().filter(within([place.path], "fund__holder__path"), kind__in=MONEY)
    rows = rows.filter(fund__pairing__isnull=False).order_by("fund", "number")
    related = rows.select_related("giver", "fund__holder", "fund__pairing__unit")
    for entry in related.iterator(chunk_size=CHUNK):
        giver = entry.giver or entry.fund.pairing.unit  # type: ignore[union-attr]  # funds of pairings alone
        yield {name: getattr(entry, name) for name in SAME} | {"unit": giver.name, "village": entry.fund.holder.name}
