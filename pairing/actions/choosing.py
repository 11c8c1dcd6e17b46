"""Choosing for others: a committee for its units in one area (SH-36), the villagers for their village (TC-05)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.actions.locking import fresh_round, lock_parties
from pairing.actions.market import propose
from pairing.levels import Level, level_of
from pairing.models import DirectoryEntry, Intention, Pairing, Round, SelectionBatch, VillagersChoice
from pairing.notices import market as notices
from pairing.schemes.scheme import INTENTION
from pairing.states import Origin, Side

CHOOSE_FOR_UNITS = "units.choose"
Pair = tuple[Organisation, Organisation]


class BatchRefused(Refused):
    """Nothing was proposed; `faults` says why, by the number of the row."""

    def __init__(self, faults: dict[int, str]):
        super().__init__(_("Nothing was proposed: mend the rows marked below, then send all of them again."))
        self.faults = faults


@act(_("chose for several units at once"))
def propose_batch(
    *,
    by: User,
    round: Round,
    committee: Organisation,
    area: Organisation,
    pairs: Sequence[Pair],
    words: str = "",
    at: datetime,
) -> SelectionBatch:
    """All or nothing, in a constant number of statements. Each village answers the unit as if it had proposed."""
    capacity = by.acting(CHOOSE_FOR_UNITS, committee)
    if not pairs:
        raise Refused(_("Choose a village for at least one unit."))
    lock_parties(*(party for pair in pairs for party in pair))
    round = fresh_round(round)
    rules.check_round_is_open(round)
    rules.check_not_too_late(round, INTENTION, Side.UNIT, at)
    if faults := Situation(round, committee, area, pairs).faults():
        raise BatchRefused(faults)
    batch = SelectionBatch.objects.create(
        round=round, committee=committee, area=area, words=words, proposed_at=at, proposed_by=by, proposed_as=capacity
    )
    proposed = {"proposed_side": Side.UNIT, "words": words, "proposed_at": at, "proposed_by": by}
    late = rules.is_late_intention(round, at)
    intentions = Intention.objects.bulk_create(
        Intention(round=round, unit=unit, village=village, batch=batch, proposed_as=capacity, is_late=late, **proposed)
        for unit, village in pairs
    )
    notices.tell_batch(batch, intentions, at)
    return batch


class Situation:
    """What the rules ask about many pairs, read at once. Each row finds what the rows above it have taken."""

    def __init__(self, round: Round, committee: Organisation, area: Organisation, pairs: Sequence[Pair]):
        self.round, self.committee, self.area, self.pairs = round, committee, area, pairs
        parties = {party.pk for pair in pairs for party in pair}
        lines = DirectoryEntry.objects.current(round).filter(organisation__in=parties)
        self.listed = set(lines.values_list("organisation_id", "side"))
        self.closed = {each.pk: each for each in Organisation.objects.filter(pk__in=parties).exclude(closed_on=None)}
        mine = Q(unit__in=parties) | Q(village__in=parties)
        standing = Pairing.objects.standing().filter(mine, round=round).values_list("unit_id", "village_id", "level")
        self.paired, self.taken = set(), Counter[tuple[str, int]]()
        for unit, village, level in standing:
            self.paired.add((unit, village))
            if level == Level.UNIT_VILLAGE:
                self.taken.update([(Side.UNIT.value, unit), (Side.VILLAGE.value, village)])
        proposals = Intention.objects.open().filter(round=round, village__in=parties)
        self.proposed = set(proposals.values_list("unit_id", "village_id"))
        self.asked = Counter(village for _unit, village in self.proposed)

    def faults(self) -> dict[int, str]:
        found = {}
        for number, (unit, village) in enumerate(self.pairs):
            try:
                self.check(unit, village)
            except Refused as refusal:
                found[number] = refusal.sentence
            else:
                self.proposed.add((unit.pk, village.pk))
                self.asked[village.pk] += 1
        return found

    def check(self, unit: Organisation, village: Organisation) -> None:
        self.check_belongs(unit, village)
        for party, side in ((unit, Side.UNIT), (village, Side.VILLAGE)):
            if party.pk in self.closed:
                raise rules.closed(self.closed[party.pk])
            if (party.pk, side) not in self.listed:
                raise rules.not_listed(party)
        rules.check_level(self.round, unit, village)
        pair = (unit.pk, village.pk)
        if pair in self.paired:
            raise rules.paired_already(unit, village)
        if pair in self.proposed:
            raise Refused(_("This proposal was made already and waits for an answer."))
        self.check_places(unit, village)

    def check_belongs(self, unit: Organisation, village: Organisation) -> None:
        if not unit.path.startswith(self.committee.scope_path):
            words = {"unit": unit.name, "committee": self.committee.name}
            raise Refused(_("%(unit)s does not belong to %(committee)s.") % words)
        if not village.path.startswith(self.area.path):
            words = {"village": village.name, "area": self.area.name}
            raise Refused(_("%(village)s does not lie in %(area)s.") % words)

    def check_places(self, unit: Organisation, village: Organisation) -> None:
        if level_of(unit, village) == Level.UNIT_VILLAGE:
            for side, party in ((Side.VILLAGE, village), (Side.UNIT, unit)):
                most = rules.most_for(self.round, side)
                if most is not None and self.taken[side.value, party.pk] >= most:
                    raise rules.full(self.round, side, party)
        most = self.round.open_proposals_per_village
        if most is not None and self.asked[village.pk] >= most:
            raise rules.asked_enough(self.round, village)


@dataclass(frozen=True)
class Choice:
    """The record of a choice by the villagers."""

    needs_posted_on: date
    held_on: date
    way: str
    persons_present: int
    votes: int
    remark: str = ""


@act(_("proposed the unit that the villagers chose"))
def propose_chosen(
    *,
    by: User,
    round: Round,
    unit: Organisation,
    village: Organisation,
    choice: Choice,
    words: str = "",
    mode: str = "",
    upload=None,
    at: datetime,
) -> Intention:
    """群众选对 (TC-05): the needs were posted, the villagers chose, the record stands with the proposal."""
    if Origin.VILLAGERS_CHOICE not in round.rules.pairing.origins:
        raise Refused(_("This scheme knows no choice by villagers."))
    needs = list(village.needs.order_by("pk").values_list("name", flat=True))
    check_choice(choice, village, needs, at)
    parties = {"unit": unit, "village": village, "side": Side.VILLAGE}
    intention = propose(by=by, round=round, words=words, mode=mode, origin=Origin.VILLAGERS_CHOICE, at=at, **parties)
    if intention.origin != Origin.VILLAGERS_CHOICE:
        raise Refused(_("An open proposal to this unit stands without a choice by villagers: withdraw it first."))
    if VillagersChoice.objects.filter(intention=intention).exists():
        return intention
    scan = files.store(upload=upload, by=by, kind="scan") if upload else None
    VillagersChoice.objects.create(
        intention=intention, needs=needs, scan=scan, recorded_at=at, recorded_by=by, **vars(choice)
    )
    return intention


def check_choice(choice: Choice, village: Organisation, needs: list[str], at: datetime) -> None:
    if not needs:
        raise Refused(_("Write down what %(name)s needs first: the villagers choose by it.") % {"name": village.name})
    if choice.held_on > timezone.localtime(at).date():
        raise Refused(_("The day of the choice lies ahead; record it when it was held."))
    if choice.needs_posted_on > choice.held_on:
        raise Refused(_("The needs are posted before the villagers choose."))
    if not 0 < choice.votes <= choice.persons_present:
        raise Refused(_("There can't be more votes than persons present, nor none."))
