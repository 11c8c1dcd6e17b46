"""Renewing a pairing in the next round by two consents (SH-34); with the second one the new pairing comes to be."""

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import inbox
from organisations.history import act
from organisations.models import User
from pairing import rules
from pairing.actions.agreements import moved, take_over
from pairing.actions.consortium import ask_partners_again
from pairing.actions.decisions import check_reason
from pairing.actions.forming import form_pairing
from pairing.actions.locking import fresh_round, lock_pairing
from pairing.actions.rounds import tell_to_choose
from pairing.agreements import renewals, responsibles
from pairing.agreements.content import Terms, terms_of
from pairing.models import Agreement, Pairing, RenewalAnswer, Round
from pairing.notices import course as course_notices
from pairing.states import Origin, PairingState, Side


@act(_("answered about the renewal of a pairing"))
def answer_renewal(
    *, by: User, round: Round, pairing: Pairing, side: Side, consents: bool, words: str = "", at: datetime
) -> RenewalAnswer:
    """One side consents or declines, with its reason. An answer may be changed until the pairing is renewed."""
    pairing = renewals.as_of_today(lock_pairing(renewals.as_of_today(pairing)))
    post = by.acting(f"{side}.act", pairing.party(side))
    round = fresh_round(round)
    given = RenewalAnswer.objects.filter(round=round, pairing=pairing, side=side).first()
    if given and consents and given.consents:
        return given
    check_renewable(round, pairing)
    if consents:
        check_fits(round, pairing)
    else:
        check_reason(words)
    answer, _created = RenewalAnswer.objects.update_or_create(
        round=round,
        pairing=pairing,
        side=side,
        defaults={"consents": consents, "words": words, "answered_at": at, "answered_by": by, "answered_as": post},
    )
    answer.pairing = pairing
    inbox.settle(key=renewals.renewal_key(round, pairing), at=at, organisations=[pairing.party(side)])
    if not consents:
        declined(answer, at)
    elif is_agreed(answer):
        renew(answer, at)
    else:
        course_notices.tell_renewal_answer(answer, at)
    return answer


def check_renewable(round: Round, pairing: Pairing) -> None:
    rules.check_round_is_open(round)
    if not round.rules.renewal.allowed:
        raise Refused(_("The scheme of this round knows no renewal; propose the pairing anew."))
    if round.previous_id != pairing.round_id:
        raise Refused(_("This pairing is not one of the round before “%(name)s”.") % {"name": round.name})
    if Pairing.objects.filter(renews=pairing).exists():
        raise Refused(_("This pairing is renewed already."))
    if pairing.state != PairingState.SIGNED:
        words = {"state": pairing.get_state_display()}
        raise Refused(_("Only a signed pairing can be renewed; this one is: %(state)s.") % words)


def check_fits(round: Round, pairing: Pairing) -> None:
    """The same rules as for any pairing of the round, with both sides as they are today."""
    unit, village = pairing.unit, pairing.village
    rules.check_listed(round, unit, village)
    rules.check_level(round, unit, village)
    rules.check_not_paired(round, unit, village)
    rules.check_places(round, unit, village)


def is_agreed(answer: RenewalAnswer) -> bool:
    """Both have consented; or one, where the scheme asks for no more and the other has not declined."""
    other = RenewalAnswer.objects.filter(round=answer.round, pairing=answer.pairing).exclude(side=answer.side).first()
    return other.consents if other else not answer.round.rules.renewal.needs_both


def renew(answer: RenewalAnswer, at: datetime) -> Pairing:
    """A new pairing linked to the old one, its draft with the terms that hold today."""
    former = answer.pairing
    pairing = form_pairing(
        round=answer.round,
        unit=former.unit,
        village=former.village,
        origin=Origin(former.origin),
        mode=former.mode,
        renews=former,
        at=at,
    )
    draft = pairing.agreements.get()
    draft.pairing = pairing
    signed = Agreement.objects.in_force().filter(pairing=former).prefetch_related("commitments").first()
    if signed is not None:
        take_over(draft, carried_terms(former, signed, draft, timezone.localtime(at).date()))
        moved(draft, at)
    ask_partners_again(former, pairing, answer.answered_by, at)
    inbox.settle(key=renewals.renewal_key(answer.round, former), at=at)
    course_notices.tell_renewed(pairing, at)
    return pairing


def carried_terms(former: Pairing, signed: Agreement, draft: Agreement, on: date) -> Terms:
    """What was agreed, in the dates of the new round, with whoever answers for it today."""
    responsibles.write_into(draft, former, signed, on)
    names = {name: getattr(draft, name) for name in ("starts_on", "ends_on", "leader_in_charge", "responsible_dept")}
    return replace(terms_of(signed), **names)


def declined(answer: RenewalAnswer, at: datetime) -> None:
    """Nobody is asked any more; both may look for somebody else."""
    pairing = answer.pairing
    inbox.settle(key=renewals.renewal_key(answer.round, pairing), at=at)
    course_notices.tell_renewal_answer(answer, at)
    for side in Side:
        tell_to_choose(answer.round, side, [pairing.party(side).pk], at)
