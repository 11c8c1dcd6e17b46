"""Plans, targets, letters and public commitments of the signed pairings: lists over the round have rows to count."""

from datetime import datetime, timedelta
from typing import Any

from pairing.models import (
    Pairing,
    Plan,
    PlanItem,
    PublicCommitment,
    ResponsibilityLetter,
    Round,
    Target,
    TargetYear,
)
from pairing.plans.letters import content_of
from pairing.states import CommitmentState, PlanState, TargetState

TARGETS = ("村集体收入", "农民人均收入", "通组路", "活动场所")


def fill(round: Round, now: datetime) -> None:
    """Two of three have their plan, every other one its targets, one of three a published commitment and a letter."""
    signed = list(Pairing.objects.filter(round=round).signed().order_by("pk"))
    letters(signed[::3], now)
    person = round.opened_by
    confirmed: dict[str, Any] = {"unit_confirmed_at": now, "village_confirmed_at": now}
    confirmed |= {"unit_confirmed_by": person, "village_confirmed_by": person}
    plans = Plan.objects.bulk_create(
        [
            Plan(pairing=pairing, kind="term_plan", written_side="unit", body="帮扶方案")
            for i, pairing in enumerate(signed)
            if i % 3
        ],
        2_000,
    )
    day = now.date() + timedelta(days=30)
    PlanItem.objects.bulk_create([PlanItem(plan=plan, heading="资金到位", on=day) for plan in plans], 2_000)
    Plan.objects.filter(pairing__round=round).update(state=PlanState.CONFIRMED, **confirmed)
    claim = {"claimed_side": "unit", "claimed_at": now, "claimed_by": person}
    targets = Target.objects.bulk_create(
        [
            Target(pairing=pairing, name=name, state=TargetState.CLAIMED, **claim)
            for pairing in signed[::2]
            for name in TARGETS
        ],
        2_000,
    )
    TargetYear.objects.bulk_create([TargetYear(target=target, year=now.year, planned=1) for target in targets], 2_000)
    promised = {"state": CommitmentState.PROMISED, "published_at": now, "published_by": person}
    PublicCommitment.objects.bulk_create(
        [
            PublicCommitment(pairing=pairing, side="unit", year=now.year, text="办一件实事", due_on=day, **promised)
            for pairing in signed[::3]
        ],
        2_000,
    )


def letters(signed: list[Pairing], now: datetime) -> None:
    """Drawn up, to be signed; all say the same but for the targets, which none has yet."""
    content = content_of(signed[0], now.year)
    ResponsibilityLetter.objects.bulk_create(
        [ResponsibilityLetter(pairing=pairing, year=now.year, content=content, drawn_at=now) for pairing in signed],
        2_000,
    )
