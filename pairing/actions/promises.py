"""Public commitments: written, published, reported on, confirmed by the other side; corrected by a new one (AH-23)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import User
from pairing.actions.standing import standing_for
from pairing.models import Pairing, PublicCommitment
from pairing.notices import plans as notices
from pairing.personal import check_nothing_personal
from pairing.plans import asked as plans
from pairing.states import CommitmentState, Side, check_transition

REPORTS = (CommitmentState.UNDER_WAY, CommitmentState.CLAIMED, CommitmentState.UNFULFILLED)


@act(_("wrote a public commitment"))
def write_promise(
    *,
    by: User,
    pairing: Pairing,
    side: Side,
    year: int,
    text: str,
    due_on: date,
    promise: PublicCommitment | None = None,
) -> PublicCommitment:
    """A new one, or one that is not published yet."""
    pairing, _post = standing_for(by, pairing, side)
    check_text(pairing, year, text, due_on)
    if promise is None:
        return PublicCommitment.objects.create(pairing=pairing, side=side, year=year, text=text, due_on=due_on)
    promise = fresh(promise, pairing)
    check_own(promise, side)
    if promise.state != CommitmentState.DRAFT:
        raise Refused(_("This commitment is published; correct it by a new one beside it."))
    promise.year, promise.text, promise.due_on = year, text, due_on
    promise.save()
    return promise


@act(_("published a public commitment"))
def publish_promise(*, by: User, promise: PublicCommitment, side: Side, at: datetime) -> PublicCommitment:
    """From here on everybody reads it, and the database refuses every change of its words."""
    promise = locked_promise(by, promise, side)
    check_own(promise, side)
    check_transition(promise.state, CommitmentState.PROMISED, _("This commitment is published already."))
    check_nothing_personal(promise.text)
    promise.state, promise.published_at, promise.published_by = CommitmentState.PROMISED, at, by
    promise.save()
    return promise


@act(_("corrected a public commitment"))
def correct_promise(
    *,
    by: User,
    promise: PublicCommitment,
    side: Side,
    text: str,
    due_on: date,
    reason: str,
    at: datetime,
) -> PublicCommitment:
    """A new one, published at once, beside the old, which stays readable with the reason."""
    promise = locked_promise(by, promise, side)
    check_own(promise, side)
    check_text(promise.pairing, promise.year, text, due_on)
    if promise.state in (CommitmentState.DRAFT, CommitmentState.FULFILLED):
        raise Refused(_("Only a published commitment that is not fulfilled yet can be corrected."))
    if not reason.strip():
        raise Refused(_("Give the reason of the correction; everybody will read it."))
    if PublicCommitment.objects.filter(replaces=promise).exists():
        raise Refused(_("This commitment is corrected already; correct the newest one."))
    check_nothing_personal(text, reason)
    notices.settle_promise(promise, at)
    return PublicCommitment.objects.create(
        pairing=promise.pairing,
        side=promise.side,
        year=promise.year,
        text=text,
        due_on=due_on,
        replaces=promise,
        correction_reason=reason,
        state=CommitmentState.PROMISED,
        published_at=at,
        published_by=by,
    )


@act(_("reported how far a public commitment is"))
def report_promise(
    *, by: User, promise: PublicCommitment, side: Side, state: CommitmentState, words: str, at: datetime
) -> PublicCommitment:
    """By the side that promised: under way, fulfilled (to be confirmed), or not fulfilled, with words."""
    promise = locked_promise(by, promise, side)
    check_own(promise, side)
    check_stands(promise)
    if state not in REPORTS:
        raise Refused(_("Say whether it is under way, fulfilled or not fulfilled."))
    if not words.strip():
        raise Refused(_("Say in words how far it is; everybody will read it."))
    check_nothing_personal(words)
    if promise.state != state:
        check_transition(
            promise.state, state, _("This commitment can't be reported so: it is fulfilled or awaits that.")
        )
    notices.settle_promise(promise, at)
    promise.state, promise.words, promise.reported_at = state, words, at
    promise.save()
    if state == CommitmentState.CLAIMED:
        notices.tell_reported(promise, at)
    return promise


@act(_("confirmed that a public commitment is fulfilled"))
def confirm_promise(*, by: User, promise: PublicCommitment, side: Side, at: datetime) -> PublicCommitment:
    """By the other side; everybody reads which organisation confirmed it."""
    promise = locked_promise(by, promise, side)
    check_judging(promise, side)
    check_transition(promise.state, CommitmentState.FULFILLED, _("Nobody says yet that this commitment is fulfilled."))
    promise.state, promise.confirmed_at, promise.confirmed_by = CommitmentState.FULFILLED, at, by
    promise.save()
    notices.tell_judged(promise, at, fulfilled=True)
    return promise


@act(_("did not confirm that a public commitment is fulfilled"))
def return_promise(*, by: User, promise: PublicCommitment, side: Side, words: str, at: datetime) -> PublicCommitment:
    """The other side says what is missing; it is under way again."""
    promise = locked_promise(by, promise, side)
    check_judging(promise, side)
    if promise.state != CommitmentState.CLAIMED:
        raise Refused(_("Nobody says yet that this commitment is fulfilled."))
    if not words.strip():
        raise Refused(_("Say what is missing; the other side will read it."))
    check_nothing_personal(words)
    notices.tell_judged(promise, at, fulfilled=False)
    promise.state, promise.words, promise.reported_at = CommitmentState.UNDER_WAY, words, at
    promise.save()
    return promise


def locked_promise(by: User, promise: PublicCommitment, side: Side) -> PublicCommitment:
    pairing, _post = standing_for(by, promise.pairing, side)
    return fresh(promise, pairing)


def fresh(promise: PublicCommitment, pairing: Pairing) -> PublicCommitment:
    promise = PublicCommitment.objects.select_for_update(no_key=True, of=("self",)).get(pk=promise.pk)
    promise.pairing = pairing
    return promise


def check_text(pairing: Pairing, year: int, text: str, due_on: date) -> None:
    if not text.strip():
        raise Refused(_("Write down what is promised."))
    if year not in plans.years_of(pairing.round):
        raise Refused(_("Name a year of this round."))
    if due_on < pairing.round.starts_on:
        raise Refused(_("The promise can't be due before the round begins."))


def check_own(promise: PublicCommitment, side: Side) -> None:
    if promise.side != side:
        raise Refused(_("The other side made this promise; it alone can change or report it."))


def check_judging(promise: PublicCommitment, side: Side) -> None:
    check_stands(promise)
    if promise.side == side:
        raise Refused(_("Your side made this promise; the other side has to confirm it."))


def check_stands(promise: PublicCommitment) -> None:
    if PublicCommitment.objects.filter(replaces=promise).exists():
        raise Refused(_("This commitment is corrected by a newer one; go on with that one."))
