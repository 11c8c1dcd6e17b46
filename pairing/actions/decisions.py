"""The organiser balances (综合平衡, SH-30): assigns, decides a clash, releases - each with a reason, kept for good."""

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, Organisation, User
from pairing import rules
from pairing.actions.forming import form_pairing
from pairing.actions.locking import fresh_round, lock_intention, lock_pairing, lock_parties
from pairing.actions.undoing import undo_pairing
from pairing.models import Decision, Intention, Pairing, PairingPartner, Round
from pairing.notices import market as notices
from pairing.states import IntentionState, Origin, PairingState, check_transition

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
    check_may_be_paired(round, unit, village)
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
    rules.check_in_being(unit, village)
    rules.check_not_paired(round, unit, village)
    rules.check_places(round, unit, village)
    before = situation(round, unit, village)
    answer_by_decision(intention, reason, by, capacity, at)
    overrule_others(intention, reason, by, capacity, at)
    pairing = form_pairing(
        round=round,
        unit=unit,
        village=village,
        origin=Origin(intention.origin),
        at=at,
        intention=intention,
        mode=intention.mode,
    )
    return decided(Decision.Verb.PREFER, pairing, reason, before, by, capacity, at)


@act(_("released a pairing"))
def release(*, by: User, pairing: Pairing, reason: str, at: datetime, seen: int | None = None) -> Pairing:
    """Undo a pairing before it is signed; both sides may choose again (SH-30)."""
    capacity = by.acting(MANAGE, pairing.round.organiser)
    pairing = lock_pairing(pairing)
    check_reason(reason)
    check_not_signed(pairing)
    check_nothing_decided_since(seen, pairing.round, pairing.village)
    before = situation(pairing.round, pairing.unit, pairing.village)
    undo_pairing(pairing, reason, IntentionState.OVERRULED, by, at)
    return decided(Decision.Verb.RELEASE, pairing, reason, before, by, capacity, at)


def check_may_be_paired(round: Round, unit: Organisation, village: Organisation) -> None:
    """What a decision can't pass over: an open round, its directory, its levels, and that both are there."""
    rules.check_round_is_open(round)
    rules.check_in_being(unit, village)
    rules.check_listed(round, unit, village)
    rules.check_level(round, unit, village)
    rules.check_not_paired(round, unit, village)


def check_not_signed(pairing: Pairing) -> None:
    if pairing.state == PairingState.SIGNED:
        raise Refused(_("The agreement is signed by both sides; a signed pairing can't be released."))
    check_transition(pairing.state, PairingState.RELEASED, _("This pairing is released already."))


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give a reason: both sides will read it."))


def check_nothing_decided_since(seen: int | None, round: Round, village: Organisation) -> None:
    """Two organisers at once: the second decided on a situation of the village that is gone."""
    if seen is not None and newest_decision(round, village) != seen:
        raise Refused(_("Somebody else decided about this village meanwhile. Look at the situation anew, then decide."))


def newest_decision(round: Round, village: Organisation) -> int:
    """The number of the newest decision on a village or on a pairing of it; 0 where there is none."""
    return decisions_about(round, village).order_by("-pk").values_list("pk", flat=True).first() or 0


def decisions_about(round: Round, village: Organisation) -> QuerySet[Decision]:
    """Also those that moved one of its pairings elsewhere."""
    pairings = list(Pairing.objects.filter(round=round, village=village).order_by().values_list("pk", flat=True))
    return Decision.objects.filter(Q(village=village) | Q(touched__overlap=pairings), round=round)


def situation(round: Round, *parties: Organisation) -> list[dict]:
    """What stands between one of these and anybody: open proposals and pairings, as plain data."""
    about = Q(unit__in=parties) | Q(village__in=parties)
    pairings = Pairing.objects.standing().filter(about, round=round).select_related("unit", "village")
    joined = Prefetch("partners", PairingPartner.objects.joined().select_related("unit"), to_attr="joined_partners")
    proposals = Intention.objects.open().filter(about, round=round).select_related("unit", "village")
    return [described(row) for row in (*pairings.prefetch_related(joined), *proposals)]


def described(row: Pairing | Intention) -> dict:
    data: dict = {
        "record": row._meta.model_name,
        "unit": row.unit.name,
        "village": row.village.name,
        "state": row.state,
    }
    partners = {each.unit.name: f"{each.share:.2f}" for each in getattr(row, "joined_partners", ())}
    return data | ({"partners": partners} if partners else {})


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


def decided(
    verb, pairing: Pairing, reason: str, before: list, by: User, capacity, at: datetime, *others: Pairing
) -> Pairing:
    """Put it down with the situation of now and tell both sides. `others`: pairings that it released or changed."""
    decision = Decision.objects.create(
        round=pairing.round,
        verb=verb,
        unit=pairing.unit,
        village=pairing.village,
        reason=reason,
        before=before,
        after=situation(pairing.round, pairing.unit, pairing.village),
        touched=[each.pk for each in (pairing, *others)],
        decided_at=at,
        decided_by=by,
        decided_as=capacity,
    )
    notices.tell_decided(decision, pairing, at)
    return pairing
