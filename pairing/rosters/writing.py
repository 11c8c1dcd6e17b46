"""Writing imported pairings: signed on their day, without a text of the agreement."""

from collections.abc import Sequence
from datetime import datetime, time

from django.utils import timezone

from core.copying import insert_rows, new_ids, update_rows
from core.roster import Line, Verdict, Work
from pairing.levels import level_of
from pairing.models import Agreement, Pairing, Round
from pairing.rosters.checking import PairingWish, state_of
from pairing.rosters.rounds import ensure
from pairing.states import Origin, PairingState, RoundState

COLUMNS = ("signed_on", "ends_on", "state")


def write(work: Work, lines: Sequence[Line]) -> None:
    """Apply lines whose verdict is created or updated."""
    if not lines:
        return
    round = ensure(work)
    fresh = [line.plan for line in lines if line.verdict is Verdict.CREATED]
    keys = new_ids(Pairing, len(fresh))
    now = timezone.now()
    rows = [{"id": key, **row(round, wish, now)} for key, wish in zip(keys, fresh, strict=True)]
    insert_rows(Pairing, rows)
    work.changed("pairing.pairing").created.extend(keys)
    if round.state == RoundState.OPEN:
        draft(work, round, fresh, rows)
    update(work, [line.plan for line in lines if line.verdict is Verdict.UPDATED])


def draft(work: Work, round: Round, wishes: Sequence[PairingWish], rows: Sequence[dict]) -> None:
    """What is not signed yet in a running round is negotiated in the product: each gets its draft agreement."""
    unsigned = [
        {
            "pairing_id": row["id"],
            "unit_name": wish.unit.name,
            "village_name": wish.village.name,
            "starts_on": round.starts_on,
            "ends_on": row["ends_on"],
        }
        for row, wish in zip(rows, wishes, strict=True)
        if row["state"] == PairingState.NEGOTIATING
    ]
    keys = new_ids(Agreement, len(unsigned))
    insert_rows(Agreement, [{"id": key, **each} for key, each in zip(keys, unsigned, strict=True)])
    work.changed("pairing.agreement").created.extend(keys)


def row(round, wish: PairingWish, now: datetime) -> dict:
    formed_at = timezone.make_aware(datetime.combine(wish.signed_on, time())) if wish.signed_on else now
    return {
        "round_id": round.pk,
        "unit_id": wish.unit.pk,
        "village_id": wish.village.pk,
        "level": level_of(wish.unit, wish.village),
        "origin": Origin.ASSIGNED,
        "state": state_of(wish.signed_on),
        "formed_at": formed_at,
        "signed_on": wish.signed_on,
        "ends_on": wish.ends_on or round.ends_on,
    }


def update(work: Work, wishes: Sequence[PairingWish]) -> None:
    rows = []
    for wish in wishes:
        before = {name: wish.stored[name] for name in ("id", *COLUMNS)}  # type: ignore[index]
        signed_on = wish.signed_on or before["signed_on"]
        after = before | {
            "signed_on": signed_on,
            "ends_on": wish.ends_on or before["ends_on"],
            "state": state_of(signed_on),
        }
        rows.append(after)
        changed = [name for name in COLUMNS if before[name] != after[name]]
        kept = {"id": after["id"], "before": {n: before[n] for n in changed}, "after": {n: after[n] for n in changed}}
        work.changed("pairing.pairing").updated.append(kept)
    update_rows(Pairing, COLUMNS, rows)
