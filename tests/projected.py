"""A project with all that stands with it, and a donation channel, in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from funds.models import (
    DonationChannel,
    Project,
    ProjectMilestone,
    ProjectOutcome,
    ProjectPhoto,
    ProjectShare,
    ProjectStep,
    VillagersConsent,
)
from office.models import StoredFile
from organisations.models import User
from pairing.models import Pairing


def projected(pairing: Pairing, cast: dict[str, User], file: StoredFile, mark: str) -> dict[str, Any]:
    """By the beginning of their addresses: one under way, and one that a committee pools."""
    author, village, at = cast["branch_secretary"], cast["village_secretary"], timezone.now()
    day = pairing.round.starts_on
    own = {
        "round": pairing.round, "place": pairing.village, "level": "village", "goal": f"{mark}过河", "kind": "toilet",
        "in_charge": f"{mark}明", "field": "livelihood", "due_on": pairing.round.ends_on, "carrier": "village",
        "planned_side": "unit", "planned_at": at, "planned_by": author,
    }  # fmt: skip
    project = Project.objects.create(pairing=pairing, title=f"{mark}桥", state="under_way", started_on=day, **own)
    milestone = ProjectMilestone.objects.create(project=project, name=f"{mark}桥墩", due_on=day)
    photo = ProjectPhoto.objects.create(project=project, moment="before", file=file, added_at=at, added_by=author)
    outcome = ProjectOutcome.objects.create(
        project=project, measure="households", value=30, source=f"{mark}统计", on=day, noted_at=at, noted_by=author
    )
    VillagersConsent.objects.create(
        project=project, on=day, form="assembly", asked=9, agreed=8, minutes=file, recorded_at=at, recorded_by=village
    )
    ProjectStep.objects.create(project=project, verb="planned", at=at, by=author, words=f"{mark}说明")
    pooled = Project.objects.create(committee=pairing.round.organiser, title=f"{mark}渠", **own)
    share = ProjectShare.objects.create(project=pooled, pairing=pairing, share=100)
    channel = DonationChannel.objects.create(
        area=pairing.round.organiser, kind="charity", name=f"{mark}慈善会", bank=f"{mark}银行", account="6222",
        contact_name=f"{mark}生", listed_at=at, listed_by=cast["organiser"],
    )  # fmt: skip
    return {
        "projects": project, "pooled project": pooled, "channels": channel, "share of a project": share,
        "milestone": milestone, "photo of a project": photo, "outcome": outcome,
    }  # fmt: skip
