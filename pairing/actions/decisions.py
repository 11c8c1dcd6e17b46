"""The organiser balances (综合平衡, SH-30): assigns, decides a clash, releases - each with a reason, kept for good."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, Organisation, User
from pairing import notices, rules
from pairing.actions.forming import form_pairing
from pairing.actions.locking import fresh_round, lock_intention, lock_pairing, lock_parties
from pairing.models import Agreement, Decision, Intention, Pairing, Round
from pairing.states import AgreementState, IntentionState, Origin, PairingState, check_transition

MANAGE = "round.manage"


@act(_("assigned a unit to a village"))
def assign(
    *,
    by: User,
    round: Round,
    unit: Organisation,
    village: Organisation,
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> Pairing:
    """Pair the two by decision (SH-16). `seen`: the newest decision on the village that the organiser knew."""
    capacity = by.acting(MANAGE, round.organiser)
    lock_parties(unit, village)
    round = fresh_round(round)
    check_reason(reason)
    check_nothing_decided_since(seen, round, village)
    rules.check_round_is_open(round)
    rules.check_listed(round, unit, village)
    rules.check_level(round, unit, village)
    rules.check_not_paired(round, unit, village)
    rules.check_places(round, unit, village)
    before = situation(round, unit, village)
    pairing = form_pairing(round=round, unit=unit, village=village, origin=Origin.ASSIGNED, at=at)
    return decided(Decision.Verb.ASSIGN, pairing, reason, before, by, capacity, at)


@act(_("decided between several proposals"))
def prefer(*, by: User, intention: Intention, reason: str, at: datetime, seen: int | None = None) -> Pairing:
    """This proposal succeeds, the others for the village are overruled. It stays a voluntary choice (SH-16)."""
    capacity = by.acting(MANAGE, intention.round.organiser)
    intention = lock_intention(intention)
    round, unit, village = fresh_round(intention.round), intention.unit, intention.village
    check_reason(reason)
    check_nothing_decided_since(seen, round, village)
    settled = _("This proposal is settled already: %(state)s.") % {"state": intention.get_state_display()}
    check_transition(intention.state, IntentionState.ACCEPTED, settled)
    rules.check_round_is_open(round)
    rules.check_not_paired(round, unit, village)
    rules.check_places(round, unit, village)
    before = situation(round, unit, village)
    answer_by_decision(intention, reason, by, capacity, at)
    overrule_others(intention, reason, by, capacity, at)
    pairing = form_pairing(
        round=round, unit=unit, village=village, origin=Origin(intention.origin), at=at, intention=intention
    )
    return decided(Decision.Verb.PREFER, pairing, reason, before, by, capacity, at)


@act(_("released a pairing"))
def release(*, by: User, pairing: Pairing, reason: str, at: datetime, seen: int | None = None) -> Pairing:
    """Undo a pairing before it is signed; both sides may choose again (SH-30)."""
    capacity = by.acting(MANAGE, pairing.round.organiser)
    lock_parties(pairing.unit, pairing.village)
    pairing = lock_pairing(pairing)
    check_reason(reason)
    if pairing.state == PairingState.SIGNED:
        raise Refused(_("The agreement is signed by both sides; a signed pairing can't be released."))
    check_transition(pairing.state, PairingState.RELEASED, _("This pairing is released already."))
    check_nothing_decided_since(seen, pairing.round, pairing.village)
    before = situation(pairing.round, pairing.unit, pairing.village)
    notices.settle_turn(pairing, at)
    void = {"state": AgreementState.VOID, "void_reason": reason}
    Agreement.objects.under_way().filter(pairing=pairing).update(**void)
    Intention.objects.filter(pairing=pairing).update(state=IntentionState.OVERRULED)
    pairing.state, pairing.released_at = PairingState.RELEASED, at
    pairing.save()
    return decided(Decision.Verb.RELEASE, pairing, reason, before, by, capacity, at)


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give a reason: both sides will read it."))


def check_nothing_decided_since(seen: int | None, round: Round, village: Organisation) -> None:
    """Two organisers at once: the second decided on a situation of the village that is gone."""
    if seen is not None and newest_decision(round, village) != seen:
        raise Refused(_("Somebody else decided about this village meanwhile. Look at the situation anew, then decide."))


def newest_decision(round: Round, village: Organisation) -> int:
    """The number of the newest decision on a village; 0 where there is none."""
    about = Decision.objects.filter(round=round, village=village).order_by("-pk")
    return about.values_list("pk", flat=True).first() or 0


def situation(round: Round, unit: Organisation, village: Organisation) -> list[dict]:
    """What stands between either of the two and anybody: open proposals and pairings, as plain data."""
    about = Q(unit=unit) | Q(village=village)
    records = [
        *Pairing.objects.standing().filter(about, round=round).select_related("unit", "village"),
        *Intention.objects.open().filter(about, round=round).select_related("unit", "village"),
    ]
    return [
        {"record": row._meta.model_name, "unit": row.unit.name, "village": row.village.name, "state": row.state}
        for row in records
    ]


def answer_by_decision(intention: Intention, reason: str, by: User, capacity: Appointment, at: datetime) -> None:
    intention.state, intention.answer = IntentionState.ACCEPTED, reason
    intention.answered_at, intention.answered_by, intention.answered_as = at, by, capacity
    intention.is_late = rules.is_late_intention(intention.round, at)
    intention.save()
    notices.settle_answer([intention], at)


def overrule_others(intention: Intention, reason: str, by: User, capacity: Appointment, at: datetime) -> None:
    others = Intention.objects.open().filter(round=intention.round, village=intention.village).exclude(pk=intention.pk)
    overruled = list(others.select_related("unit", "village"))
    others.update(state=IntentionState.OVERRULED, answer=reason, answered_at=at, answered_by=by, answered_as=capacity)
    notices.tell_overruled(overruled, at)


def decided(verb, pairing: Pairing, reason: str, before: list, by: User, capacity, at: datetime) -> Pairing:
    decision = Decision.objects.create(
        round=pairing.round,
        verb=verb,
        unit=pairing.unit,
        village=pairing.village,
        reason=reason,
        before=before,
        after=situation(pairing.round, pairing.unit, pairing.village),
        decided_at=at,
        decided_by=by,
        decided_as=capacity,
    )
    notices.tell_decided(decision, pairing, at)
    return pairing
