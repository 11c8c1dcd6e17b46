"""Pairings by decision in sets: the same rows and messages as `decisions.assign`, for thousands at once.

A test compares what becomes of one pair either way. Call it under the locks of all parties, once the rules were asked.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from core.copying import insert_rows, new_ids, update_rows
from office import inbox
from organisations.models import Appointment, Organisation, User
from pairing import rules
from pairing.actions.decisions import described
from pairing.actions.rounds import CHOOSE
from pairing.levels import Level
from pairing.models import Agreement, Decision, Intention, Pairing, PairingPartner, Round
from pairing.notices import market as notices
from pairing.notices import matching as match_notices
from pairing.states import IntentionState, Origin, PairingState, Side


@dataclass
class Decided:
    """What the organiser decided about two; `wish`: the open proposal between them, `pairing`: what came of it."""

    unit: Organisation
    village: Organisation
    reason: str
    pairing: int = 0
    wish: Intention | None = None

    @property
    def pair(self) -> tuple[int, int]:
        return self.unit.pk, self.village.pk

    @property
    def described(self) -> dict:
        """As `decisions.described` tells of the pairing."""
        state = PairingState.NEGOTIATING.value
        return {"record": "pairing", "unit": self.unit.name, "village": self.village.name, "state": state}


@dataclass
class Deciding:
    """Who decides about a round, in which post and when."""

    round: Round
    by: User
    capacity: Appointment
    at: datetime


def pair_by_decision(deciding: Deciding, decided: Sequence[Decided]) -> None:
    """A proposal that is open between two is accepted thereby and stays a voluntary choice (SH-16); other ones lapse
    where their place is taken."""
    round, at = deciding.round, deciding.at
    pairings, proposals = standing_about(round, decided)
    between = {(each.unit_id, each.village_id): each for each in proposals}
    for each, key in zip(decided, new_ids(Pairing, len(decided)), strict=True):
        each.pairing, each.wish = key, between.get(each.pair)
    accepted = [each for each in decided if each.wish is not None]
    lapsed = without_place(round, decided, pairings, proposals)
    accept(accepted, deciding)
    insert_rows(Pairing, [pairing_row(each, round, at) for each in decided])
    Intention.objects.filter(pk__in=[each.pk for each in lapsed]).update(state=IntentionState.LAPSED, answered_at=at)
    agreements = draft_agreements(round, decided)
    decisions = put_down(deciding, decided, [*pairings, *proposals], [*lapsed, *(each.wish for each in accepted)])
    inbox.settle(key=CHOOSE.format(round=round.pk), at=at, organisations=parties(decided))
    notices.settle_answer([each.wish for each in accepted if each.wish], at)
    notices.tell_lapsed(lapsed, at)
    match_notices.tell_drafted([(each.unit, each.village, each.pairing) for each in decided], agreements, at)
    match_notices.tell_decided([(each.unit, each.village, each.pairing) for each in decided], decisions, at)


def parties(decided: Sequence[Decided]) -> list[Organisation]:
    return [party for each in decided for party in (each.unit, each.village)]


def standing_about(round: Round, decided: Sequence[Decided]) -> tuple[list[Pairing], list[Intention]]:
    """Pairings and open proposals between one of the parties and anybody, as `decisions.situation` reads them."""
    mine = {party.pk for party in parties(decided)}
    about = Q(unit__in=mine) | Q(village__in=mine)
    joined = Prefetch("partners", PairingPartner.objects.joined().select_related("unit"), to_attr="joined_partners")
    pairings = Pairing.objects.standing().filter(about, round=round).select_related("unit", "village")
    proposals = Intention.objects.open().filter(about, round=round).select_related("unit", "village")
    return list(pairings.prefetch_related(joined)), list(proposals)


def without_place(
    round: Round, decided: Sequence[Decided], pairings: list[Pairing], proposals: list[Intention]
) -> list[Intention]:
    """Open proposals of whoever has become full thereby; see `forming.lapse_without_place`."""
    taken = {side: Counter[int]() for side in Side}
    for each in pairings:
        if each.level == Level.UNIT_VILLAGE:
            taken[Side.UNIT][each.unit_id] += 1
            taken[Side.VILLAGE][each.village_id] += 1
    for new in decided:
        taken[Side.UNIT][new.unit.pk] += 1
        taken[Side.VILLAGE][new.village.pk] += 1
    now = {side: {party.pk for party in parties(decided)} for side in Side}
    full = {
        side: {pk for pk in now[side] if most is not None and taken[side][pk] >= most}
        for side in Side
        for most in [rules.most_for(round, side)]
    }
    accepted = {each.pair for each in decided}
    villages = Level.UNIT_VILLAGE.kinds(Side.VILLAGE)
    return [
        each
        for each in proposals
        if (each.unit_id, each.village_id) not in accepted
        and each.village.kind in villages
        and (each.unit_id in full[Side.UNIT] or each.village_id in full[Side.VILLAGE])
    ]


def accept(accepted: Sequence[Decided], deciding: Deciding) -> None:
    answer = {"state": IntentionState.ACCEPTED, "answered_at": deciding.at, "answered_by_id": deciding.by.pk}
    answer["answered_as_id"] = deciding.capacity.pk
    answer["is_late"] = rules.is_late_intention(deciding.round, deciding.at)
    rows = [{"id": each.wish.pk, "answer": each.reason, **answer} for each in accepted if each.wish]
    update_rows(Intention, ["answer", *answer], rows)


def pairing_row(each: Decided, round: Round, at: datetime) -> dict:
    row = {"id": each.pairing, "round_id": round.pk, "unit_id": each.unit.pk, "village_id": each.village.pk}
    row |= {"level": Level.UNIT_VILLAGE, "origin": Origin.ASSIGNED, "formed_at": at, "ends_on": round.ends_on}
    row["is_late"] = rules.is_late_intention(round, at)
    if each.wish is not None:
        row |= {"intention_id": each.wish.pk, "origin": each.wish.origin, "mode": each.wish.mode}
    return row


def draft_agreements(round: Round, decided: Sequence[Decided]) -> list[int]:
    keys = new_ids(Agreement, len(decided))
    insert_rows(
        Agreement,
        [
            {
                "id": key,
                "pairing_id": each.pairing,
                "unit_name": each.unit.name,
                "village_name": each.village.name,
                "starts_on": round.starts_on,
                "ends_on": round.ends_on,
            }
            for key, each in zip(keys, decided, strict=True)
        ],
    )
    return keys


def put_down(
    deciding: Deciding, decided: Sequence[Decided], records: list[Pairing | Intention], gone: list
) -> list[tuple[int, str]]:
    """A decision for each, with what stood about the two before and after. Returns their keys and verbs."""
    lost = {each.pk for each in gone}
    before, after = defaultdict(list), defaultdict(list)
    for number, record in enumerate(records):
        stays = isinstance(record, Pairing) or record.pk not in lost
        for party in {record.unit_id, record.village_id}:
            before[party].append((number, described(record)))
            if stays:
                after[party].append((number, before[party][-1][1]))
    for number, new in enumerate(decided, -len(decided)):
        for party in new.pair:
            after[party].append((number, new.described))
    keys = new_ids(Decision, len(decided))
    verbs = [Decision.Verb.PREFER if each.wish else Decision.Verb.ASSIGN for each in decided]
    common = {"round_id": deciding.round.pk, "decided_at": deciding.at, "decided_by_id": deciding.by.pk}
    common["decided_as_id"] = deciding.capacity.pk
    rows = [
        {"id": key, "verb": verb, "unit_id": each.unit.pk, "village_id": each.village.pk, "reason": each.reason}
        | {"before": about(before, each), "after": about(after, each), "touched": [each.pairing]}
        | common
        for key, verb, each in zip(keys, verbs, decided, strict=True)
    ]
    insert_rows(Decision, rows)
    return list(zip(keys, verbs, strict=True))


def about(found: dict[int, list[tuple[int, dict]]], each: Decided) -> list[dict]:
    """Each record once, though it may concern both; new pairings first, proposals last."""
    return [record for _number, record in sorted(dict([*found[each.unit.pk], *found[each.village.pk]]).items())]
