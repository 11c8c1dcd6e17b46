"""What both sides are told about a signed pairing: its amendments, its ending, its renewal, whoever answers for it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop

from office import inbox
from organisations.models import Organisation
from pairing.models import Agreement, Ending, Pairing, RenewalAnswer, Responsible
from pairing.notices.market import tell_both, tell_other_side, tell_side, turn_key
from pairing.states import EndingState, EndReason, Side


def tell_amendment(draft: Agreement, side: Side, at: datetime) -> None:
    subject = gettext_noop("%(name)s started an amendment of the agreement")
    tell_other_side(
        draft.pairing, side, subject, key=f"agreement:{draft.pk}:started", url=draft.get_absolute_url(), at=at
    )


def tell_dropped(draft: Agreement, side: Side, at: datetime) -> None:
    subject = gettext_noop("%(name)s dropped the amendment; the agreement in force stays as it is")
    tell_other_side(
        draft.pairing, side, subject, key=f"agreement:{draft.pk}:dropped", url=draft.get_absolute_url(), at=at
    )


def end_key(ending: Ending) -> str:
    return f"ending:{ending.pk}:answer"


def tell_end_proposed(ending: Ending, at: datetime) -> None:
    """The other side is asked; whoever may sign decides."""
    pairing, side = ending.pairing, Side(ending.side)
    tell_side(
        side.other,
        [pairing.party(side.other)],
        gettext_noop("%(name)s proposes to end the pairing early: please answer"),
        params={"name": pairing.party(side).name},
        url=reverse("end_pairing", args=[pairing.pk]),
        key=end_key(ending),
        at=at,
    )


def settle_end_proposal(ending: Ending, at: datetime) -> None:
    inbox.settle(key=end_key(ending), at=at)


def tell_end_settled(ending: Ending, side: Side, at: datetime) -> None:
    """Declined or withdrawn by `side`."""
    subjects = {
        EndingState.DECLINED: gettext_noop("%(name)s does not agree to end the pairing; it stands"),
        EndingState.WITHDRAWN: gettext_noop("%(name)s withdrew the proposal to end the pairing; it stands"),
    }
    key = f"ending:{ending.pk}:outcome"
    tell_other_side(ending.pairing, side, subjects[EndingState(ending.state)], key=key, at=at)


ENDED_SUBJECTS = {
    EndReason.EARLY: gettext_noop("Your pairing with %(name)s has ended early, by consent of both sides"),
    EndReason.RESELECTION: gettext_noop("Your pairing with %(name)s was released: you may choose again"),
    EndReason.TARGETS_MET: gettext_noop("Your pairing with %(name)s is closed: its targets are met"),
    EndReason.ORGANISATION_GONE: gettext_noop("Your pairing with %(name)s has ended: one side was merged or closed"),
}


def tell_ended_pairing(ending: Ending, at: datetime) -> None:
    """Both sides, with the reason to read on the page of the pairing."""
    tell_both(ending.pairing, ENDED_SUBJECTS[EndReason(ending.kind)], key=f"ending:{ending.pk}:outcome", at=at)


def settle_pairing(pairing: Pairing, at: datetime) -> None:
    """Nothing of this pairing waits for anybody any more: neither an agreement nor an answer."""
    endings = [end_key(ending) for ending in pairing.endings.all()]
    inbox.settle_all([*endings, *(turn_key(each) for each in pairing.agreements.all())], at=at)


def tell_renewal_answer(answer: RenewalAnswer, at: datetime) -> None:
    """The other side learns that it is its turn, or that it need not answer any more."""
    subject = (
        gettext_noop("%(name)s consents to the renewal of the pairing")
        if answer.consents
        else gettext_noop("%(name)s does not want to renew the pairing; you may choose anew")
    )
    moment = answer.answered_at.timestamp()
    key = f"renewal-answer:{answer.pk}:{moment:.0f}"
    tell_other_side(answer.pairing, Side(answer.side), subject, key=key, at=at)


def tell_renewed(pairing: Pairing, at: datetime) -> None:
    """Both, about the new pairing; whose turn it is with the draft is told apart."""
    tell_both(
        pairing,
        gettext_noop("Your pairing with %(name)s is renewed: its agreement is a draft with the terms of the last one"),
        key=f"pairing:{pairing.pk}:renewed",
        at=at,
    )


def tell_gone(pairing: Pairing, at: datetime) -> None:
    subject = gettext_noop("Your pairing with %(name)s is released: one side was merged or closed")
    tell_both(pairing, subject, key=f"pairing:{pairing.pk}:gone", at=at)


def tell_taken_over(pairing: Pairing, side: Side, former: Organisation, at: datetime) -> None:
    """Both sides: the successor reads what it has taken over, the other one with whom it goes on."""
    subjects = {
        side: gettext_noop("You take the place of %(former)s in the pairing with %(name)s"),
        side.other: gettext_noop("%(name)s takes the place of %(former)s in your pairing"),
    }
    for each, subject in subjects.items():
        tell_side(
            each,
            [pairing.party(each)],
            subject,
            params={"name": pairing.party(each.other).name, "former": former.name},
            url=pairing.get_absolute_url(),
            kind=inbox.NOTICE,
            key=f"pairing:{pairing.pk}:taken-over:{former.pk}",
            at=at,
        )


def tell_responsible(change: Responsible, at: datetime) -> None:
    subject = gettext_noop("%(name)s named another person or department responsible for the pairing")
    tell_other_side(change.pairing, Side(change.side), subject, key=f"responsible:{change.pk}", at=at)
