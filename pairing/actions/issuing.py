"""What the matching proposed becomes real: pairings by decision, or proposals that both sides answer (SH-16, SH-30).

In sets, however many: all that can be done is done in one transaction, each that has become impossible meanwhile is
skipped with its sentence.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.copying import update_rows
from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.actions.decisions import MANAGE, check_reason
from pairing.actions.forming_many import Decided, Deciding, pair_by_decision
from pairing.actions.locking import fresh_round, lock_parties
from pairing.actions.matching import locked, proposals_of, remeasure
from pairing.levels import Level
from pairing.matching.records import REFUSED
from pairing.matching.states import MatchState, may_become
from pairing.matching.wording import in_one, reasons
from pairing.models import DirectoryEntry, Intention, MatchingRun, MatchProposal, Pairing
from pairing.notices import matching as match_notices
from pairing.states import Origin, Side

LONGEST_REASON = 300
MAY_ISSUE = may_become(MatchState.ISSUED)


@dataclass
class Issued:
    """What came of it: `done`, each with the villages of its unit (`load`), and `skipped` with the sentence why."""

    done: list[MatchProposal] = field(default_factory=list)
    load: dict[int, int] = field(default_factory=dict)
    skipped: list[MatchProposal] = field(default_factory=list)

    @property
    def result(self) -> dict[str, int]:
        return {"done": len(self.done), "skipped": len(self.skipped)}


@act(_("paired as the matching proposed"))
def issue(*, by: User, run: MatchingRun, proposals: Iterable[int], reason: str, at: datetime) -> Issued:
    """A pairing with its draft agreement for each, by decision. An open wish between the two is thereby accepted and
    stays a voluntary choice (SH-16)."""
    run, doing, found = taken_up(by, run, proposals, reason, at, MAY_ISSUE)
    pairs = [(*each.pair, words_of(each, found.load[each.pk], reason)) for each in found.done]
    decided = [Decided(unit, village, said) for unit, village, said in pairs]
    pair_by_decision(doing, decided)
    formed = {each.pk: made.pairing for each, made in zip(found.done, decided, strict=True)}
    settle(run, found, MatchState.ISSUED, doing, formed)
    return found


@act(_("put proposed pairs to both sides"))
def recommend(*, by: User, run: MatchingRun, proposals: Iterable[int], reason: str, at: datetime) -> Issued:
    """The village answers as though the unit had proposed; the unit is told, and may withdraw until then."""
    run, doing, found = taken_up(by, run, proposals, reason, at, (MatchState.PROPOSED,))
    late = rules.is_late_intention(run.round, at)
    common = {"round": run.round, "proposed_side": Side.UNIT, "origin": Origin.ASSIGNED, "is_late": late}
    common |= {"proposed_at": at, "proposed_by": by, "proposed_as": doing.capacity}
    intentions = Intention.objects.bulk_create(
        Intention(unit=each.unit, village=each.village, words=words_of(each, found.load[each.pk], reason), **common)
        for each in found.done
    )
    match_notices.tell_recommended(intentions, at)
    settle(run, found, MatchState.RECOMMENDED, doing, {})
    return found


def taken_up(by: User, run: MatchingRun, pks: Iterable[int], reason: str, at: datetime, states: Sequence[str]):
    """Under the locks of the run and of all parties: who acts, and which of the proposals are possible now."""
    run = locked(by, run)
    check_reason(reason)
    chosen = proposals_of(run).filter(pk__in=list(pks), state__in=states).order_by("pk")
    lock_parties(*parties(chosen))
    run.round = fresh_round(run.round)
    doing = Deciding(run.round, by, by.acting(MANAGE, run.round.organiser), at)
    rules.check_round_is_open(run.round)
    found = Issued()
    situation = Possible(run, list(chosen), asks=MatchState.RECOMMENDED not in states)
    for proposal in situation.proposals:
        try:
            found.load[proposal.pk] = situation.take(proposal)
            found.done.append(proposal)
        except Refused as refusal:
            proposal.note = str(refusal.sentence)[:LONGEST_REASON]
            found.skipped.append(proposal)
    if not found.done and not found.skipped:
        raise Refused(_("Nothing was issued: none of these pairs is still proposed."))
    return run, doing, found


class Possible:
    """What the rules ask about many pairs, read at once. Each pair finds what those before it have taken."""

    def __init__(self, run: MatchingRun, proposals: list[MatchProposal], *, asks: bool):
        self.run, self.round, self.proposals, self.asks = run, run.round, proposals, asks
        mine = {party.pk for party in parties(proposals)}
        self.listed = set(
            DirectoryEntry.objects.current(self.round)
            .filter(organisation__in=mine)
            .values_list("organisation_id", "side")
        )
        about = Q(unit__in=mine) | Q(village__in=mine)
        standing = Pairing.objects.standing().filter(about, round=self.round, level=Level.UNIT_VILLAGE)
        self.paired = set(standing.values_list("unit_id", "village_id"))
        self.partner = dict(standing.order_by("pk").values_list("village_id", "unit__name"))
        self.load = Counter(unit for unit, _village in self.paired)
        self.has = Counter(village for _unit, village in self.paired)
        wanted = Intention.objects.filter(round=self.round, village__in=mine).order_by()
        self.proposed = set(wanted.open().values_list("unit_id", "village_id"))
        self.asked = Counter(village for _unit, village in self.proposed)
        refused = wanted.filter(state__in=REFUSED).values_list("unit_id", "village_id", "answered_at")
        self.refused = {(unit, village): at for unit, village, at in refused.order_by("answered_at")}

    def take(self, proposal: MatchProposal) -> int:
        """How many villages the unit has with it."""
        self.check(proposal)
        unit, village = (party.pk for party in proposal.pair)
        self.paired.add((unit, village))
        if self.asks:
            self.asked[village] += 1
        self.load[unit] += 1
        self.has[village] += 1
        return self.load[unit]

    def check(self, proposal: MatchProposal) -> None:
        unit, village = proposal.pair
        pair, words = (unit.pk, village.pk), {"unit": unit.name, "village": village.name}
        for party, side in ((unit, Side.UNIT), (village, Side.VILLAGE)):
            if party.closed_on is not None:
                raise rules.closed(party)
            if (party.pk, side) not in self.listed:
                raise rules.not_listed(party)
        rules.check_level(self.round, unit, village)
        if pair in self.paired:
            raise rules.paired_already(unit, village)
        if self.has[village.pk] >= self.run.wanted:
            found = {"village": village.name, "unit": self.partner.get(village.pk, unit.name)}
            raise Refused(_("%(village)s has found a unit meanwhile: %(unit)s.") % found)
        refused_at = self.refused.get(pair)
        if (
            pair not in self.proposed
            and refused_at
            and refused_at > (proposal.moved_at or self.run.finished_at or refused_at)
        ):
            raise Refused(_("One side has declined meanwhile: %(unit)s and %(village)s.") % words)
        self.check_places(unit, village, pair)

    def was_refused_since(self, proposal: MatchProposal, pair: tuple[int, int]) -> bool:
        """Since the pair was computed, or chosen by hand by somebody who knew of it."""
        refused_at, known_at = self.refused.get(pair), proposal.moved_at or self.run.finished_at
        return refused_at is not None and known_at is not None and refused_at > known_at

    def check_places(self, unit: Organisation, village: Organisation, pair: tuple[int, int]) -> None:
        for side, party, taken in ((Side.VILLAGE, village, self.has), (Side.UNIT, unit, self.load)):
            most = rules.most_for(self.round, side)
            if most is not None and taken[party.pk] >= most:
                raise rules.full(self.round, side, party)
        if not self.asks:
            return
        if pair in self.proposed:
            raise Refused(_("This proposal was made already and waits for an answer."))
        most = self.round.open_proposals_per_village
        if most is not None and self.asked[village.pk] >= most:
            raise rules.asked_enough(self.round, village)


def parties(proposals: Iterable[MatchProposal]) -> list[Organisation]:
    return [party for each in proposals for party in each.pair]


def words_of(proposal: MatchProposal, load: int, reason: str) -> str:
    """What both sides read: the organiser's words, then the reasons of the matching."""
    return in_one([reason, *reasons(proposal, load)])[:LONGEST_REASON]


def settle(run: MatchingRun, found: Issued, state: MatchState, doing: Deciding, pairings: dict[int, int]) -> None:
    """Keep what became of each proposal. `pairings`: which one came of it."""
    common = {"settled_at": doing.at, "settled_by_id": doing.by.pk}
    done = [
        {"id": each.pk, "state": state, "note": "", "pairing_id": pairings.get(each.pk), **common}
        for each in found.done
    ]
    skipped = [
        {"id": each.pk, "state": MatchState.SKIPPED, "note": each.note, "pairing_id": None, **common}
        for each in found.skipped
    ]
    update_rows(MatchProposal, ["state", "note", "pairing_id", *common], done + skipped)
    remeasure(run)
