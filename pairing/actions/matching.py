"""Partners for the villages still open: computed in the background, moved and dropped by hand (SH-30).

Whatever changes a run waits for the lock of its row; two organisers at once find it one after the other.
"""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from core.copying import insert_rows
from core.refusals import Refused
from office import jobs
from office.states import ENDED
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.levels import Level
from pairing.matching.measuring import measure
from pairing.matching.reading import Reading, read_some
from pairing.matching.states import MatchState, may_become
from pairing.matching.weights import Weights
from pairing.models import MatchingRun, MatchProposal, Pairing, Round
from pairing.models.matching import LeftOver

MANAGE = "round.manage"
MAY_MOVE = (MatchState.PROPOSED, *may_become(MatchState.PROPOSED))


@dataclass(frozen=True)
class Settings:
    """What the organiser chooses for a run. `most` None: as many villages for a unit as the round allows."""

    weights: Weights = field(default_factory=Weights)
    wanted: int = 1
    most: int | None = None
    candidates: int = 100


@act(_("had partners proposed for the open villages"))
def start_matching(*, by: User, round: Round, settings: Settings, at: datetime) -> MatchingRun:
    """One at a time for a round. The page of the run shows how far it is."""
    round = Round.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "organiser", "scheme_version", "newest_directory"
    ).get(pk=round.pk)  # fmt: skip
    capacity = by.acting(MANAGE, round.organiser)
    rules.check_round_is_open(round)
    if round.newest_directory is None:
        raise Refused(_("Publish the directory first: units choose only from it."))
    if Level.UNIT_VILLAGE not in round.rules.pairing.levels:
        raise Refused(_("This scheme pairs no units with villages; partners at other levels are chosen by hand."))
    if MatchingRun.objects.filter(round=round, finished_at=None, job__isnull=False).exclude(job__state__in=ENDED):
        raise Refused(_("Partners are being computed for this round already. Wait until that is done, or cancel it."))
    newest = round.matching_runs.aggregate(newest=Max("number"))["newest"] or 0
    run = MatchingRun.objects.create(
        round=round,
        number=newest + 1,
        directory=round.newest_directory,
        **vars(settings.weights),
        **{name: value for name, value in vars(settings).items() if name != "weights"},
        started_at=at,
        started_by=by,
        started_as=capacity,
    )
    run.job = jobs.start(
        by=by,
        kind="matching.compute",
        title=_("Partners for the open villages: %(round)s") % {"round": round.name},
        arguments={"run": run.pk},
        url=run.get_absolute_url(),
        organisation=round.organiser,
    )
    run.save()
    return run


@act(_("kept the partners that were computed"))
def keep_proposals(*, by: User, run: MatchingRun, rows: list[dict], at: datetime, **counts: int) -> MatchingRun:
    """All of them in one COPY, with the measure before and after. A run that has its proposals keeps them."""
    run = locked(by, run)
    if run.finished_at is not None:
        return run
    rules.check_round_is_open(run.round)
    insert_rows(MatchProposal, [{"run_id": run.pk, **row} for row in rows])
    for name, number in counts.items():
        setattr(run, name, number)
    run.finished_at = at
    run.before = measure(run, with_proposals=False).kept()
    run.proposed = run.now = measure(run, with_proposals=True).kept()
    run.save()
    return run


@act(_("chose a partner by hand"))
def choose_unit(
    *, by: User, proposal: MatchProposal, unit: Organisation, seen: int | None, at: datetime, exchange: bool = False
) -> MatchProposal:
    """This unit for the village; `seen` is the unit that stood there. Where the unit has no place left beside what the
    run proposes, `exchange` gives the other village what this one had."""
    run = locked(by, proposal.run)
    proposal = proposals_of(run).get(pk=proposal.pk)
    check_as_seen(proposal, seen)
    check_may_move(run, proposal, unit)
    other = in_the_way(run, proposal, unit)
    had = proposal.unit if proposal.state == MatchState.PROPOSED else None
    if other is not None and not exchange:
        words = {"unit": unit.name, "village": other.village.name}
        raise Refused(_("%(unit)s has no place left: it is proposed for %(village)s. Exchange the two.") % words)
    put(run, proposal, unit, by, at)
    if other is not None:
        if had is not None:
            check_may_move(run, other, had)
        put(run, other, had, by, at)
    remeasure(run)
    return proposal


def check_as_seen(proposal: MatchProposal, seen: int | None) -> None:
    if proposal.unit_id != seen:
        raise Refused(_("Somebody else moved this village meanwhile. Look at it anew, then choose."))


def check_may_move(run: MatchingRun, proposal: MatchProposal, unit: Organisation) -> None:
    if proposal.state not in MAY_MOVE:
        state = {"state": proposal.get_state_display()}
        raise Refused(_("This pair is settled already: %(state)s.") % state)
    village = proposal.village
    rules.check_round_is_open(run.round)
    rules.check_listed(run.round, unit, village)
    rules.check_level(run.round, unit, village)
    rules.check_not_paired(run.round, unit, village)
    rules.check_places(run.round, unit, village)
    if run.proposals.filter(village=village, unit=unit).exclude(pk=proposal.pk).exists():
        words = {"unit": unit.name, "village": village.name}
        raise Refused(_("%(unit)s is proposed for %(village)s already.") % words)


def in_the_way(run: MatchingRun, proposal: MatchProposal, unit: Organisation) -> MatchProposal | None:
    """The weakest proposal that takes the last place of the unit; None where there is still a place."""
    most = run.round.villages_per_unit
    if most is None:
        return None
    others = proposals_of(run).filter(unit=unit, state=MatchState.PROPOSED).exclude(pk=proposal.pk)
    standing = Pairing.objects.standing().filter(round=run.round, unit=unit, level=Level.UNIT_VILLAGE)
    if standing.count() + others.count() < most:
        return None
    return others.order_by("points", "pk").first()


def put(run: MatchingRun, proposal: MatchProposal, unit: Organisation | None, by: User, at: datetime) -> None:
    """The unit with its reasons; None leaves the village without anybody."""
    if unit is None:
        why = {"state": MatchState.LEFT, "left_over": LeftOver.GIVEN_AWAY, "met": [], "met_count": 0, "tie_id": None}
        why |= {"wish": "", "nearness": 0, "points": 0}
    else:
        only = Organisation.objects.filter(pk=unit.pk).order_by().values("pk")
        why = reasons_of(read_some(run, proposal.village_id, only))
        why |= {"state": MatchState.PROPOSED, "left_over": ""}
    by_hand = unit is None or unit.pk != proposal.proposed_unit_id
    why |= {"moved_at": at if by_hand else None, "moved_by": by if by_hand else None}
    why |= {"unit": unit, "note": "", "settled_at": None, "settled_by": None}
    for name, value in why.items():
        setattr(proposal, name, value)
    proposal.save()


def reasons_of(reading: Reading) -> dict:
    """Of the one village and the one unit that were read."""
    first = np.zeros(1, dtype=np.int32)
    return reading.reasons(first, first)[0]


@act(_("dropped proposed pairs"))
def drop_proposals(*, by: User, run: MatchingRun, proposals: list[int], at: datetime) -> int:
    """They stay in the list and can be chosen again. Returns how many."""
    run = locked(by, run)
    dropped = run.proposals.filter(pk__in=proposals, state=MatchState.PROPOSED)
    number = dropped.update(state=MatchState.DROPPED, settled_at=at, settled_by=by)
    if not number:
        raise Refused(_("Nothing was dropped: none of these pairs is still proposed."))
    remeasure(run)
    return number


def locked(by: User, run: MatchingRun) -> MatchingRun:
    """The run as it is now, held until the act is done."""
    runs = MatchingRun.objects.select_for_update(no_key=True, of=("self",))
    run = runs.select_related("round__organiser", "round__scheme_version").get(pk=run.pk)
    by.acting(MANAGE, run.round.organiser)
    return run


def proposals_of(run: MatchingRun) -> QuerySet[MatchProposal]:
    return MatchProposal.objects.filter(run=run).select_related("village", "unit", "tie")


def remeasure(run: MatchingRun) -> None:
    run.now = measure(run, with_proposals=True).kept()
    run.save(update_fields=["now"])
