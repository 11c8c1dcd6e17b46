"""Secondments, liaison officers, trainings and double training: recorded by those who keep the members concerned."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.kinds import Mark
from members.models import Advancement, Liaison, Member, Secondment, Training
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Pairing
from pairing.states import STANDING

KEEP = "member.edit"


@act(_("recorded a secondment"))
def second(
    *,
    by: User,
    member: Member,
    host: Organisation,
    kind: str,
    direction: str,
    post: str,
    since: date,
    until: date | None,
    at: datetime,
) -> Secondment:
    """By the sender or whoever stands above it (AH-20, AH-32, XC-07). Nobody is in two places at once."""
    by.acting(KEEP, member.organisation)
    Member.objects.select_for_update().get(pk=member.pk)
    if member.left_on is not None:
        raise Refused(_("%(name)s is not on the roster any more.") % {"name": member})
    if host.pk == member.organisation_id:
        raise Refused(_("A secondment leads to another organisation."))
    overlapping = Secondment.objects.filter(member=member).exclude(until__lt=since)
    if until is not None:
        overlapping = overlapping.exclude(since__gt=until)
    if other := overlapping.select_related("host").first():
        words = {"name": member, "host": other.host.name}
        raise Refused(_("%(name)s works at %(host)s in this time. End that first, or correct the days.") % words)
    return Secondment.objects.create(
        member=member,
        sender=member.organisation,
        host=host,
        kind=kind,
        direction=direction,
        post=post.strip(),
        since=since,
        until=until,
        recorded_at=at,
        recorded_by=by,
    )


@act(_("ended a secondment"))
def end_secondment(*, by: User, secondment: Secondment, on: date) -> Secondment:
    """By either side."""
    secondment = Secondment.objects.select_for_update(of=["self"]).select_related("sender", "host").get(
        pk=secondment.pk
    )  # fmt: skip
    if not any(by.can(KEEP, place) for place in (secondment.sender, secondment.host)):
        by.acting(KEEP, secondment.sender)
    if on < secondment.since:
        raise Refused(_("It begins on a later day. Give a day that is not before the first one."))
    secondment.until = on
    secondment.save(update_fields=["until"])
    return secondment


@act(_("named a liaison officer"))
def name_liaison(*, by: User, pairing: Pairing, member: Member, since: date) -> Liaison:
    """One of the own side (AH-20); a pairing may have one on each side, and more."""
    Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
    if pairing.state not in STANDING:
        raise Refused(_("This pairing does not stand any more."))
    sides = [side for side in (pairing.unit, pairing.village) if member.organisation.path.startswith(side.path)]
    if not sides:
        raise Refused(_("%(name)s belongs to neither side of this pairing.") % {"name": member})
    by.acting("pair.manage", sides[0])
    if Liaison.objects.current().filter(pairing=pairing, member=member).exists():
        raise Refused(_("This person is liaison officer of this pairing already."))
    return Liaison.objects.create(pairing=pairing, member=member, since=since)


@act(_("ended the work of a liaison officer"))
def end_liaison(*, by: User, liaison: Liaison, on: date) -> Liaison:
    liaison = Liaison.objects.select_for_update(of=["self"]).select_related("member__organisation").get(pk=liaison.pk)
    by.acting("pair.manage", liaison.member.organisation)
    liaison.until = max(on, liaison.since)
    liaison.save(update_fields=["until"])
    return liaison


@act(_("recorded a training"))
def record_training(*, by: User, organiser: Organisation, ends_on: date, at: datetime, **fields) -> Training:
    """After it took place; `fields` are the other columns."""
    by.acting(KEEP, organiser)
    if ends_on > timezone.localdate(at):
        raise Refused(_("The training has not ended yet. Record it once it took place."))
    return Training.objects.create(organiser=organiser, ends_on=ends_on, recorded_at=at, recorded_by=by, **fields)


@act(_("corrected a training"))
def correct_training(*, by: User, training: Training, **fields) -> Training:
    training = Training.objects.select_for_update(of=["self"]).select_related("organiser").get(pk=training.pk)
    by.acting(KEEP, training.organiser)
    for name, value in fields.items():
        setattr(training, name, value)
    training.save()
    return training


@act(_("recorded a double training"))
def record_advancement(*, by: User, member: Member, way: str, on: date, at: datetime) -> Advancement:
    """Marks the member as a leader in getting rich, whichever way it went."""
    member = Member.objects.select_for_update(of=["self"]).select_related("organisation").get(pk=member.pk)
    by.acting(KEEP, member.organisation)
    if on > timezone.localdate(at):
        raise Refused(_("The day lies in the future."))
    if Advancement.objects.filter(member=member, way=way).exists():
        raise Refused(_("This was recorded for this person already."))
    if Mark.PROSPERITY_LEADER not in member.marks:
        member.marks = [*member.marks, Mark.PROSPERITY_LEADER]
        member.save(update_fields=["marks"])
    return Advancement.objects.create(member=member, way=way, on=on, recorded_by=by)
