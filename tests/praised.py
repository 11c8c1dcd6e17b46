"""What is learned and praised in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from organisations.models import User
from pairing.models import Pairing
from reports.models import (
    ChangeNotes,
    CommendationLine,
    Contest,
    ContestEntry,
    ContestLine,
    ContestSupport,
    GoodCase,
    GoodCaseStep,
    Notice,
    OnsiteMeeting,
)


def praised(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """By the beginning of their addresses: a meeting that is announced, a case that waits and one in public, the line
    of a commendation list, a contest with a sheet, notes of a village."""
    organiser, author, at, round = cast["organiser"], cast["branch_secretary"], timezone.now(), pairing.round
    meeting = OnsiteMeeting.objects.create(
        organisation=round.organiser, round=round, title=f"{mark}现场会", on=round.starts_on, venue=pairing.village,
        about=f"{mark}果园", to=["village"], planned_at=at, planned_by=organiser,
    )  # fmt: skip
    words = {"title": f"{mark}经验", "practice": f"{mark}做法", "outcome": f"{mark}成效"}
    common = {"organisation": pairing.unit, "round": round, "submitted_at": at, "submitted_by": author}
    waiting = GoodCase.objects.create(**words, **common)
    GoodCaseStep.objects.create(case=waiting, verb="submitted", at=at, by=author)
    public = GoodCase.objects.create(
        **words, **common, state="published", published_at=at, published_by=organiser, may_be_public=True,
        is_public=True,
    )  # fmt: skip
    fields = {"organisation": round.organiser, "round": round, "year": 2026, "written_at": at, "written_by": organiser}
    draft = Notice.objects.create(kind="commendation", title=f"{mark}表彰", **fields)
    line = CommendationLine.objects.create(
        notice=draft, position=1, organisation=pairing.unit, award=f"{mark}先进", reason=f"{mark}理由"
    )
    contest = Contest.objects.create(
        organisation=round.organiser, round=round, title=f"{mark}竞赛", among="village", since=round.starts_on,
        until=round.ends_on, due_on=round.ends_on, opened_at=at, opened_by=organiser,
        items=[{"key": "service", "name": f"{mark}服务", "outcome": f"{mark}增收"}],
    )  # fmt: skip
    entry = ContestEntry.objects.create(
        contest=contest, organisation=pairing.village, submitted_at=at, submitted_by=cast["village_secretary"]
    )
    ContestLine.objects.create(entry=entry, item="service", position=1, done=f"{mark}培训", outcome=f"{mark}增收")
    ContestSupport.objects.create(
        entry=entry, kind="policy", words=f"{mark}政策", on=round.starts_on, noted_at=at, noted_by=organiser
    )
    notes = ChangeNotes.objects.create(
        village=pairing.village, round=round, year=2026, production=f"{mark}生产", habits=f"{mark}习惯",
        thinking=f"{mark}思想", written_at=at, written_by=cast["village_secretary"],
    )  # fmt: skip
    return {
        "change-notes": notes,
        "contests/sheets": entry, "contests": contest, "notices/commended": line, "onsite-meetings": meeting,
        "good-cases": waiting, "open/cases": public, "open/rounds": round,
    }  # fmt: skip
