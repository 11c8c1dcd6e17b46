"""What was reported of a place, in the columns of the sheet."""

from collections.abc import Iterator, Mapping

from organisations.models import Organisation
from organisations.querysets import within
from reports.models import ReportedFigure

CHUNK = 1000


def figures(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Read back, they are found unchanged."""
    rows = ReportedFigure.objects.filter(within([place.path], "place__path"), round=None, corrected_by=None)
    for row in rows.filter(number__isnull=False).select_related("place").order_by("pk").iterator(chunk_size=CHUNK):
        same = {name: getattr(row, name) for name in ("since", "until", "document", "said_by")}
        yield {"measure": row.name, "place": row.place.name, "figure": row.words, **same}
