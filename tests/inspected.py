"""What is inspected and made known, in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from organisations.models import User
from pairing.models import Issue, Pairing
from reports.models import CheckLine, InspectedVillage, Inspection, InspectionIssue, Notice, NoticeReceipt, NoticeTask


def inspected(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """By the beginning of their addresses: an inspection under way with one village."""
    author, at, round = cast["organiser"], timezone.now(), pairing.round
    day = round.starts_on
    inspection = Inspection.objects.create(
        organisation=round.organiser, round=round, title=f"{mark}督查", on=day, since=day, until=round.ends_on,
        size=1, state="under_way", seed="1", listed=1, drawn_at=at, drawn_by=author, planned_at=at, planned_by=author,
        items=[item.model_dump(mode="json") for item in round.rules.inspection.checklist], purpose=f"{mark}目的",
    )  # fmt: skip
    place = InspectedVillage.objects.create(
        inspection=inspection, village=pairing.village, position=1, words=f"{mark}意见"
    )
    for number, item in enumerate(inspection.checklist, 1):
        CheckLine.objects.create(place=place, item=item.key, position=number, words=f"{mark}档案")
    issue = Issue.objects.create(
        pairing=pairing, organisation=pairing.village, title=f"{mark}缺页", kind="other", raised_at=at, due_on=day
    )
    InspectionIssue.objects.create(place=place, issue=issue)
    closed = Inspection.objects.create(
        organisation=round.organiser, round=round, title=f"{mark}检查", on=day, since=day, until=round.ends_on, size=1,
        planned_at=at, planned_by=author,
    )  # fmt: skip
    notice = Notice.objects.create(
        kind="circular", organisation=round.organiser, round=round, inspection=closed, year=day.year,
        title=f"{mark}通报", body=f"一、{mark}情况", to=["village"], written_at=at, written_by=author,
    )  # fmt: skip
    task = NoticeTask.objects.create(notice=notice, what=f"{mark}走访", who=f"{mark}局", due_on=day)
    Notice.objects.filter(pk=notice.pk).update(state="issued", issued_at=at, issued_by=author)
    NoticeReceipt.objects.create(notice=notice, organisation=pairing.village)
    fields = {"organisation": round.organiser, "round": round, "year": day.year, "written_at": at, "written_by": author}
    draft = Notice.objects.create(kind="arrangement", title=f"{mark}部署", body=f"{mark}要求", **fields)
    return {
        "inspections": inspection, "inspected": place, "notices/tasks": task, "notices": Notice.objects.get(pk=notice.pk),
        "draft of a notice": draft,
    }  # fmt: skip
