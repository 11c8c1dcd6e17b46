"""What the ledger, the suggestions and the board of resources hold in the world of the tests that cross the apps."""

from typing import Any

from django.utils import timezone

from organisations.kinds import Resource
from organisations.models import User
from pairing.actions.exchanges import ask
from pairing.actions.issues import raise_issue
from pairing.actions.resources import post_entry
from pairing.actions.suggestions import suggest
from pairing.models import Issue, Pairing
from pairing.models.resource import Direction


def ledger(pairing: Pairing, unit_secretary: User, village_secretary: User, mark: str) -> dict[str, Any]:
    """Records by the beginning of their addresses."""
    unit, village, at = pairing.unit, pairing.village, timezone.now()
    issue = raise_issue(
        by=village_secretary, pairing=pairing, title=f"{mark}销路不畅", kind=Issue.Kind.SALES, owner=unit, at=at
    )
    suggestion = suggest(
        by=unit_secretary,
        organisation=unit,
        organiser=pairing.round.organiser,
        title=f"{mark}建议",
        words="统筹",
        at=at,
    )
    entry = post_entry(
        by=unit_secretary, organisation=unit, direction=Direction.OFFER, resource=Resource.TALENT,
        title=f"{mark}专家", at=at,
    )  # fmt: skip
    exchange = ask(by=village_secretary, entry=entry, asker=village, words="请来", at=at)
    return {
        "issues": issue,
        "suggestions": suggestion,
        "resources/exchanges": exchange,
        "resources/needs": village.needs.get(),
        "resources/strengths": unit.strengths.get(),
        "resources": entry,
    }
