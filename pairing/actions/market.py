"""The market: one side proposes, the other answers; what is agreed becomes a pairing with a draft agreement.

Every verb locks both parties first (`actions.locking`): of two hundred who choose one village in the same second,
each finds the places as the one before left them.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing import rules
from pairing.actions.agreements import write_note
from pairing.actions.forming import form_pairing
from pairing.actions.locking import fresh_round, lock_intention, lock_pairing, lock_parties
from pairing.actions.undoing import undo_pairing
from pairing.models import Agreement, Decision, Intention, Pairing, Round
from pairing.notices import market as notices
from pairing.schemes.modes import check_mode
from pairing.schemes.scheme import INTENTION
from pairing.states import AgreementState, IntentionState, Origin, PairingState, Side, check_transition


@act(_("proposed a pairing"))
def propose(
    *,
    by: User,
    round: Round,
    unit: Organisation,
    village: Organisation,
    side: Side,
    words: str = "",
    mode: str = "",
    origin: Origin = Origin.VOLUNTARY,
    at: datetime,
) -> Intention:
    """`side` proposes to the other (SH-31). The same click twice makes one proposal."""
    party = unit if side == Side.UNIT else village
    capacity = by.acting(f"{side}.act", party)
    lock_parties(unit, village)
    round = fresh_round(round)
    rules.check_round_is_open(round)
    rules.check_in_being(unit, village)
    rules.check_listed(round, unit, village)
    rules.check_level(round, unit, village)
    rules.check_not_too_late(round, INTENTION, side, at)
    check_mode(round, mode)
    open_one = Intention.objects.open().filter(round=round, unit=unit, village=village).first()
    if open_one:
        return _same_click_or_refusal(open_one, by, side)
    rules.check_not_paired(round, unit, village)
    rules.check_places(round, unit, village)
    rules.check_open_proposals(round, village)
    intention = Intention.objects.create(
        round=round,
        unit=unit,
        village=village,
        proposed_side=side,
        origin=origin,
        mode=mode,
        words=words,
        proposed_at=at,
        proposed_by=by,
        proposed_as=capacity,
        is_late=rules.is_late_intention(round, at),
    )
    notices.tell_proposed(intention, at)
    return intention


def _same_click_or_refusal(open_one: Intention, by: User, side: Side) -> Intention:
    if open_one.proposed_by_id == by.pk and open_one.proposed_side == side:
        return open_one
    if open_one.proposed_side == side:
        raise Refused(_("This proposal was made already and waits for an answer."))
    words = {"name": open_one.party(side.other).name}
    raise Refused(_("%(name)s has proposed the same already: answer that proposal.") % words)


@act(_("accepted a proposal"))
def accept(*, by: User, intention: Intention, words: str = "", at: datetime) -> Pairing:
    """Yes: the pairing and its draft agreement come to be at once. The same click twice makes one pairing."""
    intention = lock_intention(intention)
    capacity = by.acting(f"{intention.answering_side}.act", intention.party(intention.answering_side))
    if intention.state == IntentionState.ACCEPTED and intention.answered_by_id == by.pk:
        return intention.pairing
    check_transition(intention.state, IntentionState.ACCEPTED, _answered_already(intention))
    round = fresh_round(intention.round)
    check_may_answer(round, intention, at)
    rules.check_not_paired(round, intention.unit, intention.village)
    rules.check_places(round, intention.unit, intention.village)
    _answer(intention, IntentionState.ACCEPTED, by, capacity, words, at)
    pairing = form_pairing(
        round=round,
        unit=intention.unit,
        village=intention.village,
        origin=Origin(intention.origin),
        mode=intention.mode,
        intention=intention,
        at=at,
    )
    notices.tell_accepted(intention, pairing, at)
    return pairing


def check_may_answer(round: Round, intention: Intention, at: datetime) -> None:
    rules.check_round_is_open(round)
    rules.check_in_being(intention.unit, intention.village)
    rules.check_not_too_late(round, INTENTION, intention.answering_side, at)


@act(_("answered with a proposal of its own"))
def counter(*, by: User, intention: Intention, words: str, mode: str = "", at: datetime) -> Intention:
    """Neither yes nor no: the side that was asked proposes in turn, and the first one answers."""
    intention = lock_intention(intention)
    side = intention.answering_side
    capacity = by.acting(f"{side}.act", intention.party(side))
    made = Intention.objects.filter(counter_to=intention, proposed_by=by).first()
    if made:
        return made
    check_transition(intention.state, IntentionState.COUNTERED, _answered_already(intention))
    round = fresh_round(intention.round)
    check_may_answer(round, intention, at)
    check_mode(round, mode)
    if not words.strip() and mode == intention.mode:
        raise Refused(_("Say what you propose instead: another form of pairing, or words; else accept or decline."))
    _answer(intention, IntentionState.COUNTERED, by, capacity, "", at)
    made = Intention.objects.create(
        round=round,
        unit=intention.unit,
        village=intention.village,
        proposed_side=side,
        origin=intention.origin,
        mode=mode,
        words=words,
        counter_to=intention,
        proposed_at=at,
        proposed_by=by,
        proposed_as=capacity,
        is_late=rules.is_late_intention(round, at),
    )
    notices.tell_countered(intention, made, at)
    return made


@act(_("declined a proposal"))
def decline(*, by: User, intention: Intention, words: str = "", at: datetime) -> Intention:
    intention = lock_intention(intention)
    capacity = by.acting(f"{intention.answering_side}.act", intention.party(intention.answering_side))
    return _end(intention, IntentionState.DECLINED, by, capacity, words, at)


@act(_("withdrew a proposal"))
def withdraw(*, by: User, intention: Intention, words: str = "", at: datetime) -> Intention:
    intention = lock_intention(intention)
    side = Side(intention.proposed_side)
    capacity = by.acting(f"{side}.act", intention.party(side))
    return _end(intention, IntentionState.WITHDRAWN, by, capacity, words, at)


@act(_("withdrew from a pairing"))
def step_back(*, by: User, pairing: Pairing, side: Side, words: str, at: datetime) -> Pairing:
    """Before anybody has confirmed the agreement, either side may take back an intention that was reached."""
    by.acting(f"{side}.act", pairing.party(side))
    pairing = lock_pairing(pairing)
    rules.check_round_is_open(pairing.round)
    if not words.strip():
        raise Refused(_("Give a reason: the other side will read it."))
    check_only_between_the_two(pairing)
    write_note(pairing, side, words, by, at)
    undo_pairing(pairing, words, IntentionState.WITHDRAWN, by, at)
    notices.tell_stepped_back(pairing, side, at)
    return pairing


def check_only_between_the_two(pairing: Pairing) -> None:
    """Nobody else decided it, and nothing was confirmed."""
    if pairing.state != PairingState.NEGOTIATING:
        raise Refused(_("This can't be withdrawn any more: %(state)s.") % {"state": pairing.get_state_display()})
    if pairing.intention is None or decided_by_organiser(pairing):
        raise Refused(_("The organiser decided this pairing; ask the organiser to release it."))
    drafts = Agreement.objects.under_way().filter(pairing=pairing)
    if drafts.exclude(state=AgreementState.DRAFT, unit_confirmed_at=None, village_confirmed_at=None).exists():
        raise Refused(
            _("The agreement was confirmed already: send it back first, or ask the organiser to release the pairing.")
        )


def decided_by_organiser(pairing: Pairing) -> bool:
    return Decision.objects.filter(touched__contains=[pairing.pk]).exists()


def _end(intention: Intention, state: IntentionState, by, capacity, words: str, at: datetime) -> Intention:
    """Decline or withdraw; the same click twice changes nothing the second time."""
    if intention.state == state and intention.answered_by_id == by.pk:
        return intention
    check_transition(intention.state, state, _answered_already(intention))
    _answer(intention, state, by, capacity, words, at)
    notices.tell_ended(intention, at)
    return intention


def _answer(intention: Intention, state: IntentionState, by, capacity, words: str, at: datetime) -> None:
    intention.state = state
    intention.answer = words
    intention.answered_at, intention.answered_by, intention.answered_as = at, by, capacity
    intention.is_late = rules.is_late_intention(intention.round, at)
    intention.save()


def _answered_already(intention: Intention) -> str:
    return _("This proposal is settled already: %(state)s.") % {"state": intention.get_state_display()}
