"""Ending a signed pairing: early by consent of both, released for re-selection, or closed once all is done."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, User
from pairing.actions.decisions import MANAGE, check_reason
from pairing.actions.locking import lock_pairing
from pairing.agreements import closing
from pairing.models import Agreement, Ending, Pairing
from pairing.notices import course as course_notices
from pairing.notices import partners as partner_notices
from pairing.rules import check_round_is_not_closed
from pairing.states import AgreementState, EndingState, EndReason, PairingState, Side, check_transition


@act(_("proposed to end the pairing early"))
def propose_end(*, by: User, pairing: Pairing, side: Side, words: str, at: datetime) -> Ending:
    """The other side agrees or declines; until then the pairing stands. The same click twice proposes once."""
    pairing, post = locked_for(by, pairing, side)
    check_reason(words)
    waiting = pairing.endings.filter(state=EndingState.PROPOSED).first()
    if waiting is not None:
        if waiting.side == side:
            return waiting
        raise Refused(_("The other side has proposed to end it already: answer that."))
    closing.check_closable(closing.of_pairing(pairing))
    ending = Ending.objects.create(
        pairing=pairing,
        kind=EndReason.EARLY,
        state=EndingState.PROPOSED,
        side=side,
        words=words,
        proposed_at=at,
        proposed_by=by,
        proposed_as=post,
    )
    course_notices.tell_end_proposed(ending, at)
    return ending


@act(_("agreed to end the pairing early"))
def agree_to_end(*, by: User, ending: Ending, words: str = "", at: datetime) -> Pairing:
    """With the second consent the pairing is over, on this day."""
    ending = locked_ending(by, ending, answering=True)
    if ending.state == EndingState.DONE and ending.answered_by_id == by.pk:
        return ending.pairing
    closing.check_closable(closing.of_pairing(ending.pairing))
    settle(ending, EndingState.DONE, by, words, at)
    return ended(ending, at)


@act(_("declined to end the pairing early"))
def decline_end(*, by: User, ending: Ending, words: str, at: datetime) -> Ending:
    ending = locked_ending(by, ending, answering=True)
    check_reason(words)
    settle(ending, EndingState.DECLINED, by, words, at)
    course_notices.tell_end_settled(ending, Side(ending.side).other, at)
    return ending


@act(_("withdrew the proposal to end the pairing"))
def withdraw_end(*, by: User, ending: Ending, words: str = "", at: datetime) -> Ending:
    ending = locked_ending(by, ending, answering=False)
    settle(ending, EndingState.WITHDRAWN, by, words, at)
    course_notices.tell_end_settled(ending, Side(ending.side), at)
    return ending


@act(_("released the pairing for re-selection"))
def reselect(*, by: User, pairing: Pairing, side: Side | None, words: str, at: datetime) -> Pairing:
    """Both return to the pool of the running round (SH-35). `side` None: the organiser releases it."""
    pairing, post = locked_for(by, pairing, side)
    check_reason(words)
    if not pairing.round.rules.renewal.reselection_allowed:
        raise Refused(_("The scheme of this round does not allow re-selection."))
    return ended(at_once(pairing, EndReason.RESELECTION, side, words, by, post, at), at)


@act(_("closed the pairing"))
def close_pairing(*, by: User, pairing: Pairing, words: str, at: datetime) -> Pairing:
    """Closing (脱钩): refused with the list of what the scheme still asks for (QX-06)."""
    pairing, post = locked_for(by, pairing, None)
    check_reason(words)
    closing.check_closable(closing.of_pairing(pairing))
    return ended(at_once(pairing, EndReason.TARGETS_MET, None, words, by, post, at), at)


def at_once(pairing: Pairing, kind: EndReason, side: Side | None, words: str, by, post, at: datetime) -> Ending:
    return Ending.objects.create(
        pairing=pairing,
        kind=kind,
        state=EndingState.DONE,
        side=side or "",
        words=words,
        proposed_at=at,
        proposed_by=by,
        proposed_as=post,
        answered_at=at,
        answered_by=by,
    )


def ended(ending: Ending, at: datetime) -> Pairing:
    """The pairing gives its places free; what was still negotiated becomes void, and both are told."""
    pairing = ending.pairing
    check_transition(pairing.state, PairingState.ENDED, _only_signed(pairing))
    course_notices.settle_pairing(pairing, at)
    partner_notices.settle_invitations(pairing.partners.all(), at)
    void = {"state": AgreementState.VOID, "void_reason": ending.words}
    Agreement.objects.under_way().filter(pairing=pairing).update(**void)
    lapsed = {"state": EndingState.LAPSED, "answered_at": at}
    pairing.endings.filter(state=EndingState.PROPOSED).exclude(pk=ending.pk).update(**lapsed)
    pairing.state, pairing.ended_on = PairingState.ENDED, timezone.localtime(at).date()
    pairing.end_reason = EndReason(ending.kind)
    pairing.save()
    course_notices.tell_ended_pairing(ending, at)
    return pairing


def locked_for(by: User, pairing: Pairing, side: Side | None) -> tuple[Pairing, Appointment]:
    """The signed pairing as it is now, held with both parties, and the post that may sign for `side` or organise."""
    pairing = lock_pairing(pairing)
    post = by.acting(f"{side}.sign", pairing.party(side)) if side else by.acting(MANAGE, pairing.round.organiser)
    check_round_is_not_closed(pairing.round)
    check_transition(pairing.state, PairingState.ENDED, _only_signed(pairing))
    return pairing, post


def locked_ending(by: User, ending: Ending, *, answering: bool) -> Ending:
    pairing = lock_pairing(ending.pairing)
    ending = Ending.objects.select_for_update(no_key=True).get(pk=ending.pk)
    ending.pairing = pairing
    side = Side(ending.side).other if answering else Side(ending.side)
    by.acting(f"{side}.sign", pairing.party(side))
    check_round_is_not_closed(pairing.round)
    return ending


def settle(ending: Ending, state: EndingState, by: User, words: str, at: datetime) -> None:
    check_transition(
        ending.state, state, _("This is settled already: %(state)s.") % {"state": ending.get_state_display()}
    )
    course_notices.settle_end_proposal(ending, at)
    ending.state, ending.answer = state, words
    ending.answered_at, ending.answered_by = at, by
    ending.save()


def _only_signed(pairing: Pairing) -> str:
    return _("Only a signed pairing can end; this one is: %(state)s.") % {"state": pairing.get_state_display()}
