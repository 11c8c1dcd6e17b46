"""What was done in the year: a table of all, the sheet of each, what shows it as it is shown to others."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch

from core.dates import chinese_date
from core.listing import written_rows
from pairing.states import Side
from reports.archive.asked import Asked, Paper, Part
from reports.archive.sheets import workbook
from visits import sheets
from visits.listings.activities import ActivityTable
from visits.models import Activity, Evidence

RELATED = ("pairing__unit", "pairing__village", "unit", "entered_by", "answered_by")


def activities(asked: Asked) -> Iterator[Part | Paper]:
    evidence = Prefetch("evidence", Evidence.objects.select_related("file", "marked__file").order_by("pk"))
    rows = Activity.objects.visible_to(asked.user).recorded().filter(pairing__in=asked.pairings, on__year=asked.year)
    rows = rows.select_related(*RELATED).prefetch_related("participants", evidence).order_by("pairing", "on", "pk")
    found: dict[int, list[Activity]] = defaultdict(list)
    for activity in rows:
        found[activity.pairing_id].append(activity)
    for pk, done in found.items():
        yield table_of(asked, pk, done)
        for activity in done:
            yield from record_of(asked, activity)


def table_of(asked: Asked, pk: int, done: list[Activity]) -> Part:
    pairing, title = asked.pairings[pk], f"{asked.year}年活动一览表"
    both = f"{pairing.unit.name}、{pairing.village.name}"
    content = workbook(title, *written_rows(ActivityTable(done), done))
    return Part(pk, "activities", title, asked.last, both, content, ".xlsx")


def record_of(asked: Asked, activity: Any) -> Iterator[Part | Paper]:
    pairing = asked.pairings[activity.pairing_id]
    by = activity.unit.name if activity.side == Side.UNIT else pairing.village.name
    title = f"{activity.name}（{chinese_date(activity.on)}）"
    part = Part(pairing.pk, "activity", title, activity.on, by)
    yield Paper(part, sheets.SHEET, sheets.filled(activity), pairing.round.organiser)
    for number, shown in enumerate(activity.evidence.all(), 1):
        file = shown.marked.file if hasattr(shown, "marked") else shown.file
        name = f"{title}{shown.get_kind_display()}{number}"
        yield Part(pairing.pk, "evidence", name, activity.on, by, file)
