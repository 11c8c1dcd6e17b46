"""What stands in the ledgers of the villages of a place, in the columns of the roster."""

from collections.abc import Iterator, Mapping

from funds.kinds import EntryKind
from funds.models import Entry
from organisations.models import Organisation
from organisations.querysets import within

CHUNK = 1000
KINDS = (
    EntryKind.PLEDGE, EntryKind.SENT, EntryKind.RECEIPT, EntryKind.GOODS_SENT, EntryKind.GOODS, EntryKind.SPENDING,
    EntryKind.HANDOUT, EntryKind.REFUND, EntryKind.COORDINATED, EntryKind.INVESTMENT,
)  # fmt: skip
SAME = ("on", "kind", "amount", "source", "use", "channel", "receipt_number", "words")


def entries(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Read back, they are found unchanged."""
    rows = Entry.objects.standing().filter(within([place.path], "fund__holder__path"), kind__in=KINDS)
    rows = rows.filter(fund__pairing__isnull=False).order_by("fund", "number")
    related = rows.select_related("giver", "project", "fund__holder", "fund__pairing__unit")
    for entry in related.prefetch_related("lines").iterator(chunk_size=CHUNK):
        giver = entry.giver or entry.fund.pairing.unit  # type: ignore[union-attr]  # funds of pairings alone
        about = {"unit": giver.name, "village": entry.fund.holder.name}
        about["project"] = entry.project.title if entry.project else ""
        yield {name: getattr(entry, name) for name in SAME} | about | goods_of(entry)


def goods_of(entry: Entry) -> dict[str, str]:
    """One sort with its number; several in words, since a row holds the number of one."""
    lines = list(entry.lines.all())
    if len(lines) == 1:
        (line,) = lines
        return {"goods": line.name, "quantity": f"{line.quantity.normalize():f}", "measure": line.unit}
    named = [f"{line.name}{line.quantity.normalize():f}{line.unit}" for line in lines]
    return {"goods": "、".join(named), "quantity": "", "measure": ""}
