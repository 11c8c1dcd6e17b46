"""What each side is told about plans, targets, letters and commitments when it is its turn."""

from datetime import datetime

from django.utils.translation import gettext_noop

from office import inbox
from pairing.models import Plan, PublicCommitment, ResponsibilityLetter, Target, TargetYear
from pairing.notices.market import TURN, tell_side
from pairing.states import Side


def plan_key(plan: Plan) -> str:
    return f"plan:{plan.pk}:{plan.edition}"


def tell_proposed(plan: Plan, side: Side, at: datetime) -> None:
    _tell(plan, side, gettext_noop("%(name)s wrote a plan for your pairing: please confirm"), plan_key(plan), at)


def tell_confirmed(plan: Plan, side: Side, at: datetime) -> None:
    words = gettext_noop("%(name)s confirmed your plan")
    _tell(plan, side, words, f"{plan_key(plan)}:confirmed", at, kind=inbox.NOTICE)


def tell_returned(plan: Plan, side: Side, at: datetime) -> None:
    _tell(plan, side, gettext_noop("%(name)s sent your plan back: please change it"), plan_key(plan), at)


def settle_plan(plan: Plan, at: datetime) -> None:
    if plan.pk:
        inbox.settle(key=plan_key(plan), at=at)


def claim_key(claim: Target | TargetYear) -> str:
    """Each claim is a matter of its own, also after an earlier one was sent back."""
    return f"{claim._meta.model_name}:{claim.pk}:{_moment(claim.claimed_at)}"


def tell_claimed(claim: Target | TargetYear, side: Side, at: datetime) -> None:
    """To be confirmed by `side`."""
    words = gettext_noop("%(name)s says how far a target is: please confirm")
    _tell(_target(claim), side, words, claim_key(claim), at)


def tell_answered(claim: Target | TargetYear, side: Side, at: datetime, *, confirmed: bool) -> None:
    yes, no = (
        gettext_noop("%(name)s confirmed what you say about a target"),
        gettext_noop("%(name)s sent back what you say about a target"),
    )
    settle_claim(claim, at)
    _tell(_target(claim), side, yes if confirmed else no, f"{claim_key(claim)}:answer", at, kind=inbox.NOTICE)


def settle_claim(claim: Target | TargetYear, at: datetime) -> None:
    inbox.settle(key=claim_key(claim), at=at)


def _target(claim: Target | TargetYear) -> Target:
    return claim.target if isinstance(claim, TargetYear) else claim


def letter_key(letter: ResponsibilityLetter, party: str) -> str:
    return f"letter:{letter.pk}:{party}"


def tell_to_sign(letter: ResponsibilityLetter, at: datetime) -> None:
    """Both, in any order: the unit's secretary and the organiser."""
    pairing = letter.pairing
    subject = gettext_noop("The responsibility letter of %(name)s is drawn up: please sign")
    for party, organisation, permission in (
        ("unit", pairing.unit, "unit.sign"),
        ("organiser", pairing.round.organiser, "round.manage"),
    ):
        inbox.tell(
            organisations=[organisation],
            permission=permission,
            subject=subject,
            body="",
            params={"name": pairing.unit.name},
            url=letter.get_absolute_url(),
            kind=TURN,
            key=letter_key(letter, party),
            at=at,
        )


def settle_letter(letter: ResponsibilityLetter, at: datetime, *parties: str) -> None:
    inbox.settle_all([letter_key(letter, party) for party in parties or ("unit", "organiser")], at=at)


def promise_key(promise: PublicCommitment) -> str:
    return f"promise:{promise.pk}:{_moment(promise.reported_at)}"


def tell_reported(promise: PublicCommitment, at: datetime) -> None:
    words = gettext_noop("%(name)s says that a public commitment is fulfilled: please confirm")
    _tell(promise, Side(promise.side).other, words, promise_key(promise), at)


def settle_promise(promise: PublicCommitment, at: datetime) -> None:
    inbox.settle(key=promise_key(promise), at=at)


def tell_judged(promise: PublicCommitment, at: datetime, *, fulfilled: bool) -> None:
    yes, no = (
        gettext_noop("%(name)s confirmed that your public commitment is fulfilled"),
        gettext_noop("%(name)s does not see your public commitment fulfilled"),
    )
    settle_promise(promise, at)
    _tell(promise, Side(promise.side), yes if fulfilled else no, f"{promise_key(promise)}:answer", at, inbox.NOTICE)


def _moment(at: datetime | None) -> str:
    return f"{at.timestamp():.0f}" if at else ""


def _tell(record, side: Side, subject: str, key: str, at: datetime, kind: str = TURN) -> None:
    pairing = record.pairing
    tell_side(
        side,
        [pairing.party(side)],
        subject,
        params={"name": pairing.party(side.other).name},
        url=record.get_absolute_url(),
        kind=kind,
        key=key,
        at=at,
    )
