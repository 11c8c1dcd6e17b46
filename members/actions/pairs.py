"""Who helps whom: naming a helper, ending it with a reason, handing it to another helper in one step."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.conditions import Helper, Target, check_pair, column, place_of
from members.kinds import EndReason, PairOrigin
from members.models import PersonPair
from members.notices import pairs as notices
from members.ruling import ruling_between
from members.states import PairState, check_transition
from organisations.history import act, note_capacity
from organisations.models import Organisation, User

MANAGE = "pair.manage"


@act(_("said who helps whom"))
def pair_up(
    *, by: User, kind: str, helper: Helper, target: Target, at: datetime, origin: str = PairOrigin.CHOSEN
) -> PersonPair:
    """By whoever manages the pairs of the helper's organisation; the target must be known to them."""
    by.acting(MANAGE, place_of(helper))
    check_known(by, target)
    return made(by, kind, helper, target, at, origin)


@act(_("ended who helps whom"))
def end_pair(*, by: User, pair: PersonPair, reason: str, words: str = "", at: datetime) -> PersonPair:
    """From either side; it stays in the history of helpers."""
    pair = locked(pair)
    check_manages(by, pair)
    ended(by, pair, reason, words, at)
    notices.tell_ended(pair, at)
    return pair


@act(_("handed somebody to another helper"))
def replace_helper(
    *, by: User, pair: PersonPair, helper: Helper, reason: str, words: str = "", at: datetime
) -> PersonPair:
    """The former pair ends and the new one begins in one step, so that nobody is without a helper between."""
    pair = locked(pair)
    check_manages(by, pair)
    by.acting(MANAGE, place_of(helper))
    if helper == pair.helper:
        raise Refused(_("This is the present helper; choose another one."))
    ended(by, pair, reason, words, at)
    following = made(by, pair.kind, helper, pair.target, at, PairOrigin.CHOSEN)
    notices.tell_released(pair, at)
    return following


def made(by: User, kind: str, helper: Helper, target: Target, at: datetime, origin: str) -> PersonPair:
    lock_sides(helper, target)
    unit, village = place_of(helper), place_of(target)
    ruling = ruling_between(unit, village)
    check_pair(kind, helper, target, ruling)
    pair = PersonPair.objects.create(
        kind=kind,
        round=ruling.round,
        pairing=ruling.pairing,
        unit=unit,
        village=village,
        origin=origin,
        since=timezone.localdate(at),
        made_by=by,
        **{column("helper", helper): helper, column("target", target): target},
    )
    notices.tell_paired(pair, at)
    return pair


def ended(by: User, pair: PersonPair, reason: str, words: str, at: datetime) -> None:
    check_transition(pair.state, PairState.ENDED, _("This pair has ended already."))
    if reason not in EndReason.values:
        raise Refused(_("Choose the reason for the end."))
    pair.state, pair.until = PairState.ENDED, max(timezone.localdate(at), pair.since)
    pair.end_reason, pair.end_words, pair.ended_by = reason, words.strip(), by
    pair.save(update_fields=["state", "until", "end_reason", "end_words", "ended_by"])


def check_manages(by: User, pair: PersonPair) -> None:
    """Whoever manages the pairs of the helper's organisation or of the target's village."""
    post = by.capacity(MANAGE, pair.unit) or by.capacity(MANAGE, pair.village)
    if post is None:
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": pair.unit.name})
    note_capacity(post)


def check_known(by: User, target: Target) -> None:
    if isinstance(target, Organisation):
        known = by.can(MANAGE, target) or Organisation.objects.readable_by(by).filter(pk=target.pk).exists()
    else:
        rows: Any = type(target)._default_manager  # each of the three is read through `visible_to`
        known = rows.visible_to(by).filter(pk=target.pk).exists()
    if not known:
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": place_of(target).name})


def locked(pair: PersonPair) -> PersonPair:
    return PersonPair.objects.with_people().select_for_update(no_key=True, of=("self",)).get(pk=pair.pk)


def lock_sides(*sides: Helper | Target) -> None:
    """Each of the two as it is now, in one order, so that nobody waits in a circle."""
    for side in sorted(sides, key=lambda each: (str(each._meta.label), each.pk)):
        rows: Any = type(side)._default_manager
        fresh = rows.select_for_update(no_key=True, of=("self",))
        side.refresh_from_db(from_queryset=fresh)
