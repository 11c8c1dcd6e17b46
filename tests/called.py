"""What was done at the doors of the small world, by the beginning of its addresses."""

from typing import Any

from django.utils import timezone

from members.models import PersonPair
from organisations.models import User
from organisations.tests.factories import LONG_AGO
from pairing.models import Pairing
from visits.models import CommitteeMeeting, Finding, HouseholdVisit, InvestmentLead


def called(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A first visit of the cadre to the household that they help, with two questions open."""
    pair = PersonPair.objects.get(helper_member__user=cast["cadre"])
    household = pair.target_household
    questions = ["situation", "livelihood", "wishes"]
    visit = HouseholdVisit.objects.create(
        pair=pair, round=pairing.round, unit=pairing.unit, village=pairing.village, target_household=household,
        on=LONG_AGO, met="head", asks=questions, answered=questions[:1], situation=f"{mark}三亩地", words=f"{mark}坐坐",
        recorded_at=timezone.now(), recorded_by=cast["cadre"],
    )  # fmt: skip
    finding = Finding.objects.create(
        visit=visit, topic="situation", pairing=pairing, found_on=LONG_AGO, due_on=LONG_AGO, noted_at=timezone.now(),
        noted_by=cast["cadre"],
    )  # fmt: skip
    return {
        "findings": finding,
        **beside(pairing, cast, mark),
        "household-visits/new": household,
        "household-visits/missed": household,
        "household-visits/at": household,
        "household-visits/villages": pairing.village,
        "household-visits": visit,
    }


def beside(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A firm in talks with the village, and a joint meeting of the county's committee."""
    lead = InvestmentLead.objects.create(
        village=pairing.village, unit=pairing.unit, name=f"{mark}砖厂", stage_on=LONG_AGO, recorded_at=timezone.now(),
        recorded_by=cast["branch_secretary"],
    )  # fmt: skip
    meeting = CommitteeMeeting.objects.create(
        organisation=pairing.round.organiser, on=LONG_AGO, title=f"{mark}联席会", attended=f"{mark}局", minutes=f"{mark}议",
        recorded_at=timezone.now(), recorded_by=cast["organiser"],
    )  # fmt: skip
    return {"investment-leads": lead, "committee-meetings": meeting}
