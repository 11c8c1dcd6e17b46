"""What was recorded between the units of a place and their villages, in the columns of the roster."""

from collections.abc import Iterator, Mapping

from organisations.models import Organisation
from organisations.querysets import within
from visits.models import Activity
from visits.tallies import counted_activities

CHUNK = 1000
SAME = ("on", "words", "persons", "person_times", "items", "mode", "late_words")


def activities(place: Organisation) -> Iterator[Mapping[str, object]]:
    """Read back, they are found unchanged."""
    rows = counted_activities(Activity.objects.filter(within([place.path], "unit__path"))).order_by("on", "pk")
    related = rows.select_related("unit", "pairing__village").prefetch_related("participants")
    for activity in related.iterator(chunk_size=CHUNK):
        yield {name: getattr(activity, name) for name in SAME} | {
            "unit": activity.unit.name,
            "village": activity.pairing.village.name,
            "kind": activity.name,
            "people": [each.name for each in activity.participants.all()],
        }
