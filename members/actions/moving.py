"""A member goes over to another organisation in one act: the roster, the pairs, and whatever hangs on the place."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.refusals import Refused
from members.actions.floating import check_not_after, check_sound, leave_origin
from members.actions.keeping import check_is_kept, check_namesakes, locked
from members.actions.leaving import check_begun, end_pairs, gaps_after, pairs_of
from members.conditions import Helper, Target, check_village, place_of
from members.helping import SIDES
from members.kinds import EndReason
from members.models import Household, Liaison, Member, Person, PersonPair, Registration, Secondment, ZoneMember
from members.notices import pairs as notices
from members.ruling import Ruling, above, rulings_between
from organisations.history import act
from organisations.models import Organisation, User

KEEP = "member.edit"


@dataclass(frozen=True)
class Outlook:
    """Of the pairs in force those that go on from the other organisation - as they will stand - and those that end."""

    going_on: list[PersonPair]
    ending: list[PersonPair]


@dataclass(frozen=True)
class Moved:
    """What came of it: how many pairs went on and ended, and whom nobody helps now."""

    member: Member
    going_on: int
    ended: int
    gaps: list[Household | Person | Member]


@act(_("moved a member to another organisation"))
def move_member(*, by: User, member: Member, to: Organisation, on: date, ends_pairs: bool, at: datetime) -> Moved:
    """By whoever keeps both rosters. `ends_pairs`: those pairs that the scheme does not allow from there end on that
    day; without it they are a refusal. The others go on with all that was done in them, and their first day."""
    places = Organisation.objects.select_for_update().filter(pk__in=[member.organisation_id, to.pk]).order_by("pk")
    to = next(place for place in places if place.pk == to.pk)
    member = locked(member)
    check_may_move(by, member, to, on, at)
    lock_pairs(member)
    found = outlook(member, to)
    check_agreed(found.ending, on, ends_pairs)
    PersonPair.objects.bulk_update(found.going_on, ["unit", "village", "pairing", "round"])
    end_those(found.ending, member, on, by)
    end_at_the_place(member, to, on)
    leave_origin(by=by, member=member, to=to, on=on, at=at)
    member.organisation = to
    check_sound(member)
    member.save(update_fields=["organisation"])
    notices.tell_village_of_all(found.ending, on, at)
    return Moved(member, len(found.going_on), len(found.ending), gaps_after(found.ending, member))


def lock_pairs(member: Member) -> None:
    """Nobody ends or hands one over meanwhile."""
    list(pairs_of(member).select_for_update(of=["self"]).order_by("pk").values_list("pk"))


def check_may_move(by: User, member: Member, to: Organisation, on: date, at: datetime) -> None:
    by.acting(KEEP, member.organisation)
    by.acting(KEEP, to)
    check_is_kept(member)
    if to.pk == member.organisation_id:
        raise Refused(_("%(name)s keeps this member anyway. Choose the other organisation.") % {"name": to.name})
    if to.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": to.name})
    check_not_after(on, at)
    check_namesakes(member, organisation=to, name=member.name, number=member.number)


def outlook(member: Member, to: Organisation) -> Outlook:
    """In a constant number of statements. A pair ends where the scheme allowed it from the former organisation and
    does not from the other one: a helper of the village itself, or of the unit that is paired with it (TN-03, QX-16).
    """
    pairs = list(pairs_of(member).select_related(*SIDES))
    moved = copy(member)
    moved.organisation = to
    sides = [(pair.helper, pair.target) for pair in pairs]
    after = [(at_home(helper, moved), at_home(target, moved)) for helper, target in sides]
    rulings = rulings_between({paths_of(*each) for each in (*sides, *after)})
    found = Outlook([], [])
    for pair, former, (helper, target) in zip(pairs, sides, after, strict=True):
        ruling = rulings[paths_of(helper, target)]
        if fits(pair, *former, rulings[paths_of(*former)]) and not fits(pair, helper, target, ruling):
            found.ending.append(pair)
        else:
            pair.unit, pair.village = place_of(helper), place_of(target)
            pair.pairing, pair.round = ruling.pairing, ruling.round
            found.going_on.append(pair)
    return found


def at_home(side: Helper | Target, moved: Member) -> Helper | Target:
    return moved if isinstance(side, Member) and side.pk == moved.pk else side


def paths_of(helper: Helper | Target, target: Helper | Target) -> tuple[str, str]:
    return place_of(helper).path, place_of(target).path


def fits(pair: PersonPair, helper, target, ruling: Ruling) -> bool:
    try:
        check_village(pair.kind, helper, target, ruling)
    except Refused:
        return False
    return True


def check_agreed(ending: Sequence[PersonPair], on: date, ends_pairs: bool) -> None:
    if ending and not ends_pairs:
        words = ngettext_lazy(
            "%(count)s pair can't go on from there. Agree that it ends on that day, or hand it over first.",
            "%(count)s pairs can't go on from there. Agree that they end on that day, or hand them over first.",
            len(ending),
        )
        raise Refused(words % {"count": len(ending)})
    check_begun(ending, on)


def end_those(ending: Sequence[PersonPair], member: Member, on: date, by: User) -> None:
    helping = [pair.pk for pair in ending if pair.helper_member_id == member.pk]
    helped = [pair.pk for pair in ending if pair.helper_member_id != member.pk]
    end_pairs(PersonPair.objects.filter(pk__in=helping), EndReason.HELPER_LEFT, on, by)
    end_pairs(PersonPair.objects.filter(pk__in=helped), EndReason.TARGET_CHANGED, on, by)


def end_at_the_place(member: Member, to: Organisation, on: date) -> None:
    """What only makes sense for somebody of the former organisation, or from elsewhere than the new one."""
    until = Greatest("since", Value(on))
    Registration.objects.current().filter(member=member, organisation=to).update(until=until)
    begun = Secondment.objects.filter(member=member, host=to, since__lte=on)
    begun.filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    mine = above([to.path])
    liaisons = Liaison.objects.current().filter(member=member)
    liaisons.exclude(pairing__unit__path__in=mine).exclude(pairing__village__path__in=mine).update(until=until)
    zones = ZoneMember.objects.filter(member=member, zone__closed_on=None)
    zones.exclude(zone__village__path__in=mine).delete()
