"""Targets: taken from the scheme or set by the two sides; each year planned, claimed with proof, confirmed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from organisations.history import act
from organisations.models import User
from pairing.actions.plans import kind_of_file
from pairing.actions.standing import standing_for
from pairing.models import Pairing, ResponsibilityLetter, Target, TargetYear
from pairing.notices import plans as notices
from pairing.plans import asked as plans
from pairing.plans.goals import sets_for
from pairing.states import LetterState, Side, TargetState, check_transition


@dataclass(frozen=True)
class TargetTerms:
    """What a target is about. Numbers are missing where it is one of quality."""

    name: str = ""
    words: str = ""
    unit_of_measure: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    final: Decimal | None = None
    horizon_year: int | None = None


@act(_("took the targets over from the scheme"))
def take_goals(*, by: User, pairing: Pairing, side: Side) -> int:
    """One target for each goal that applies to this village and has none yet. Returns how many came."""
    pairing, _post = standing_for(by, pairing, side)
    known = set(pairing.targets.exclude(goal_key="").values_list("set_key", "goal_key"))
    new = [
        Target(
            pairing=pairing,
            set_key=goals.key,
            goal_key=goal.key,
            name=goal.name,
            horizon_year=pairing.round.ends_on.year,
        )
        for goals in sets_for(pairing)
        for goal in goals.goals
        if (goals.key, goal.key) not in known
    ]
    if not new:
        raise Refused(_("Every goal of the scheme for this village has its target already."))
    return len(Target.objects.bulk_create(new))


@act(_("set a target"))
def add_target(*, by: User, pairing: Pairing, side: Side, terms: TargetTerms) -> Target:
    """One of the two sides' own."""
    pairing, _post = standing_for(by, pairing, side)
    check_terms(pairing, terms)
    if pairing.targets.filter(goal_key="", name=terms.name).exists():
        raise Refused(_("There is a target of this name already."))
    return Target.objects.create(pairing=pairing, **vars(terms))


@act(_("changed a target"))
def revise_target(*, by: User, target: Target, side: Side, terms: TargetTerms) -> Target:
    """The name of a goal of the scheme stays."""
    target = locked_target(by, target, side)
    if target.state in (TargetState.CLAIMED, TargetState.MET):
        raise Refused(_("This target is claimed or met; what it says can't change any more."))
    if target.goal_key:
        terms = TargetTerms(**(vars(terms) | {"name": target.name}))
    check_terms(target.pairing, terms)
    for name, value in vars(terms).items():
        setattr(target, name, value)
    target.save()
    return target


@act(_("began with a target"))
def begin_target(*, by: User, target: Target, side: Side) -> Target:
    target = locked_target(by, target, side)
    check_transition(target.state, TargetState.UNDER_WAY, _("This target is under way already."))
    target.state = TargetState.UNDER_WAY
    target.save()
    return target


@act(_("planned a target for a year"))
def plan_year(
    *, by: User, target: Target, side: Side, year: int, planned: Decimal | None, planned_words: str = ""
) -> TargetYear:
    """A number, or words where the target is one of quality. Not once the letter of the year carries it."""
    target = locked_target(by, target, side)
    if year not in range(target.pairing.round.starts_on.year, (target.horizon_year or last_year(target)) + 1):
        raise Refused(_("Name a year between the beginning of the round and the horizon of the target."))
    if planned is None and not planned_words.strip():
        raise Refused(_("Name the value that is planned for the year, or say in words what should be reached."))
    bound = ResponsibilityLetter.objects.filter(pairing=target.pairing, year=year)
    if bound.filter(state__in=[LetterState.SIGNING, LetterState.SIGNED]).exists():
        raise Refused(_("The responsibility letter of %(year)s is signed; its yearly targets stay.") % {"year": year})
    row = target.years.filter(year=year).first() or TargetYear(target=target, year=year)
    if row.claimed_at:
        raise Refused(_("What was reached in this year is recorded already; its plan stays."))
    row.planned, row.planned_words = planned, planned_words
    row.save()
    return row


@act(_("recorded what a target came to in a year"))
def claim_year(
    *,
    by: User,
    target: Target,
    side: Side,
    year: int,
    actual: Decimal | None,
    proof_words: str,
    at: datetime,
    upload=None,
) -> TargetYear:
    """With proof: a file or words. The other side is asked to confirm."""
    target = locked_target(by, target, side)
    row = target.years.filter(year=year).first()
    if row is None:
        raise Refused(_("Nothing is planned for this year yet. Plan it first."))
    if row.confirmed_at:
        raise Refused(_("This year is confirmed; it can't change any more."))
    notices.settle_claim(row, at)
    row.actual = actual
    claim(row, by, side, at, proof_words, upload)
    if target.state == TargetState.NOT_BEGUN:
        target.state = TargetState.UNDER_WAY
        target.save()
    notices.tell_claimed(row, side.other, at)
    return row


@act(_("confirmed what a target came to in a year"))
def confirm_year(*, by: User, row: TargetYear, side: Side, at: datetime) -> TargetYear:
    """From here on the database refuses every change of this year."""
    row = locked_year(by, row, side)
    check_answering(row, side)
    row.confirmed_at, row.confirmed_by = at, by
    row.save()
    notices.tell_answered(row, side.other, at, confirmed=True)
    return row


@act(_("sent back what a target came to in a year"))
def return_year(*, by: User, row: TargetYear, side: Side, words: str, at: datetime) -> TargetYear:
    row = locked_year(by, row, side)
    take_back(row, side, words, at)
    row.save()
    return row


@act(_("claimed that a target is met"))
def claim_target(*, by: User, target: Target, side: Side, proof_words: str, at: datetime, upload=None) -> Target:
    target = locked_target(by, target, side)
    check_transition(target.state, TargetState.CLAIMED, _("This target is claimed or met already."))
    target.state = TargetState.CLAIMED
    claim(target, by, side, at, proof_words, upload)
    notices.tell_claimed(target, side.other, at)
    return target


@act(_("confirmed that a target is met"))
def confirm_target(*, by: User, target: Target, side: Side, at: datetime) -> Target:
    target = locked_target(by, target, side)
    check_answering(target, side)
    check_transition(target.state, TargetState.MET, _("There is nothing to confirm."))
    target.state, target.confirmed_at, target.confirmed_by = TargetState.MET, at, by
    target.save()
    notices.tell_answered(target, side.other, at, confirmed=True)
    return target


@act(_("did not confirm that a target is met"))
def return_target(*, by: User, target: Target, side: Side, words: str, at: datetime) -> Target:
    target = locked_target(by, target, side)
    take_back(target, side, words, at)
    target.state = TargetState.UNDER_WAY
    target.save()
    return target


def locked_target(by: User, target: Target, side: Side) -> Target:
    """The target as it is now, locked after its pairing."""
    pairing, _post = standing_for(by, target.pairing, side)
    target = Target.objects.select_for_update(no_key=True, of=("self",)).get(pk=target.pk)
    target.pairing = pairing
    return target


def locked_year(by: User, row: TargetYear, side: Side) -> TargetYear:
    target = locked_target(by, row.target, side)
    row = TargetYear.objects.get(pk=row.pk)
    row.target = target
    return row


def check_terms(pairing: Pairing, terms: TargetTerms) -> None:
    if not terms.name.strip():
        raise Refused(_("Name the target."))
    if (terms.baseline is None) != (terms.baseline_year is None):
        raise Refused(_("A baseline needs its year, and a year its baseline."))
    if terms.horizon_year is not None and terms.horizon_year < pairing.round.starts_on.year:
        raise Refused(_("The target can't be due before the round begins."))


def check_answering(claim: Target | TargetYear, side: Side) -> None:
    if not claim.claimed_at or claim.confirmed_at:
        raise Refused(_("There is nothing to confirm."))
    if claim.claimed_side == side:
        raise Refused(_("Your side says so itself; the other side has to confirm it."))


def claim(row: Target | TargetYear, by: User, side: Side, at: datetime, words: str, upload) -> None:
    """Who says it, when, and what shows it."""
    if upload is not None:
        row.proof = files.store(upload=upload, by=by, kind=kind_of_file(upload))
    if not words.strip() and row.proof is None:
        raise Refused(_("Add what shows it: a file, or words that can be checked."))
    row.claimed_side, row.claimed_at, row.claimed_by, row.proof_words = side, at, by, words
    row.return_words = ""
    row.save()


def take_back(row: Target | TargetYear, side: Side, words: str, at: datetime) -> None:
    check_answering(row, side)
    if not words.strip():
        raise Refused(_("Say what is missing; the other side will read it."))
    notices.tell_answered(row, side.other, at, confirmed=False)
    row.return_words, row.claimed_side, row.claimed_at, row.claimed_by = words, "", None, None


def last_year(target: Target) -> int:
    return plans.years_of(target.pairing.round)[-1]
