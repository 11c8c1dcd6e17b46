"""What went up and came down in the year: periodic reports, circulars and notices received, assessments."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone

from core.dates import chinese_date
from pairing.schemes.assessment_document import plain
from reports.archive.asked import Asked, Paper, Part
from reports.archive.papers import RECORD, record
from reports.circulars.documents import KINDS, content_of
from reports.inspection.states import NoticeKind
from reports.models import Assessed, Notice, NoticeReceipt, PeriodicReport
from reports.periodic import paper
from reports.periodic.reading import as_handed_in
from reports.querysets.assessment import SHOWN
from reports.states import REPORTS_IN


def reports(asked: Asked) -> Iterator[Part | Paper]:
    """Those of the two sides as organisations; what a single member reports is no archive of the pairing."""
    rows = PeriodicReport.objects.visible_to(asked.user).filter(
        round__in=asked.rounds, organisation__in=asked.organisations, ends_on__year=asked.year, state__in=REPORTS_IN
    )
    for report in rows.with_parts().prefetch_related("words").order_by("organisation", "ends_on", "pk"):
        content, title = paper.content_of(report, as_handed_in(report)), str(report)
        for pairing in asked.of_organisation[report.round_id, report.organisation_id]:
            on = timezone.localdate(report.submitted_at)
            part = Part(pairing, "report", f"{report.place.name}{title}", on, report.place.name)
            yield Paper(part, paper.REPORT, content, report.place)


def notices(asked: Asked) -> Iterator[Part | Paper]:
    seen = Notice.objects.visible_to(asked.user).issued().filter(round__in=asked.rounds, issued_at__year=asked.year)
    notices = {one.pk: one for one in seen.select_related("organisation").prefetch_related("tasks")}
    contents = {pk: content_of(one) for pk, one in notices.items()}
    sent = NoticeReceipt.objects.filter(notice__in=notices, organisation__in=asked.organisations)
    received = {
        (pairing, receipt.notice_id)
        for receipt in sent
        for pairing in asked.of_organisation.get((notices[receipt.notice_id].round_id, receipt.organisation_id), ())
    }
    for pairing, pk in sorted(received):
        one = notices[pk]
        part = Part(pairing, "notice", one.title, timezone.localdate(one.issued_at), one.organisation.name)
        yield Paper(part, KINDS[NoticeKind(one.kind)], contents[pk], one.organisation)


def assessments(asked: Asked) -> Iterator[Part | Paper]:
    """The sheets of the two sides, or of the pairing as a whole, once they are shown to those assessed."""
    rows = Assessed.objects.visible_to(asked.user).filter(
        Q(organisation__in=asked.organisations) | Q(pairing__in=asked.pairings),
        assessment__round__in=asked.rounds, assessment__starts_on__year=asked.year, assessment__state__in=SHOWN,
    )  # fmt: skip
    for sheet in rows.related().prefetch_related("lines").order_by("assessment", "side", "pk"):
        assessment = sheet.assessment
        if sheet.pairing_id is not None:
            pairings = [sheet.pairing_id]
        else:
            pairings = asked.of_organisation.get((assessment.round_id, sheet.organisation_id), [])
        for pairing in pairings:
            on = timezone.localdate(assessment.frozen_at) if assessment.frozen_at else assessment.ends_on
            title, organiser = f"{assessment.period_words}考核表（{sheet}）", assessment.round.organiser
            part = Part(pairing, "assessment", title, on, organiser.name)
            yield Paper(part, RECORD, assessment_record(sheet, title), organiser)


def assessment_record(sheet: Any, title: str) -> dict[str, Any]:
    rules = {item.key: item.name for item in sheet.assessment.rules.items}
    lines = [(rules.get(line.item, line.item), points(line)) for line in sheet.lines.all()]
    whole = [("总分", "—" if sheet.score is None else plain(sheet.score)), ("等次", sheet.grade or "—")]
    days = f"{chinese_date(sheet.assessment.starts_on)}至{chinese_date(sheet.assessment.ends_on)}"
    return record(title, days, [*lines, *whole])


def points(line: Any) -> str:
    return f"满分{plain(line.full)}，得分{plain(line.points)}" if line.applies else "不适用"
