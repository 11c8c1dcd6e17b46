"""Floating members: registering, leaving, reporting in, coming back, and the contact of the two places."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.refusals import Refused
from members.floating.checklist import KNOWN, missing_before_leaving
from members.floating.kinds import TERRITORIES, Desk, Placement
from members.floating.rules import version_for
from members.models import FloatingContact, FloatingRecord, FloatingTick, Member
from members.notices import floating as notices
from members.querysets.floating import KEEP
from members.states import FLOATING, FloatingState, check_transition
from office import files
from organisations.history import act
from organisations.models import Organisation, User

RULES = {
    Placement.FIRM: _("The firm has a Party organisation: it takes the member in."),
    Placement.TERRITORY: _("The firm has none, or there is no firm: the community or village takes the member in."),
}
TAKEN_OVER = _("The destination keeps the member on its own roster from now on.")


@act(_("registered a floating member"))
def register_floating(*, by: User, member: Member, leaves_on: date, at: datetime, **fields) -> FloatingRecord:
    """At the origin, before they leave (SF-30). `fields`: what else is known already; the scheme is pinned here."""
    member = (
        Member.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation").get(pk=member.pk)
    )
    by.acting(KEEP, member.organisation)
    if member.left_on or member.erased_at:
        raise Refused(_("This member is no longer on the roster."))
    if member.floating_records.filter(state__in=FLOATING).exists():
        raise Refused(_("This member is registered as floating already."))
    record = FloatingRecord(member=member, origin=member.organisation, leaves_on=leaves_on)
    record.scheme_version = version_for(member.organisation)
    record.registered_at, record.registered_by = at, by
    fill(record, by, fields, at)
    record.save()
    return record


@act(_("changed the record of a floating member"))
def change_floating(*, by: User, record: FloatingRecord, at: datetime, **fields) -> FloatingRecord:
    """By the origin. Once they have left, the day of leaving and what came before it can't be bent to fit."""
    record = locked(record)
    by.acting(KEEP, record.origin)
    check_floating(record)
    fill(record, by, fields, at)
    record.save()
    return record


@act(_("noted that a floating member left"))
def depart(*, by: User, record: FloatingRecord, on: date, at: datetime, although: str = "") -> FloatingRecord:
    """`although`: why they left before everything was done; the scheme's steps stay open in the list."""
    record = locked(record)
    by.acting(KEEP, record.origin)
    check_step(record, FloatingState.DEPARTED)
    check_not_after(on, at)
    missing = missing_before_leaving(record, on)
    if missing and not although.strip():
        words = {"steps": pgettext("between words", ", ").join(missing)}
        raise Refused(_("Still missing before leaving: %(steps)s. Do it first, or say why they left without.") % words)
    record.state, record.leaves_on = FloatingState.DEPARTED, on
    record.left_although = although.strip() if missing else ""
    check_sound(record)
    record.save()
    notices.tell_departure(record, at)
    return record


@act(_("noted that a floating member reported in"))
def report_in(
    *,
    by: User,
    record: FloatingRecord,
    on: date,
    where: str,
    firm_has_organisation: bool,
    at: datetime,
    destination: Organisation | None = None,
) -> FloatingRecord:
    """With or without a Party organisation at work they report in (SF-10); who takes them in follows SF-09.

    `destination`: another one than was registered, or the first one that is known.
    """
    record = locked(record)
    acting_desk(by, record)
    check_step(record, FloatingState.REPORTED_IN)
    check_not_after(on, at)
    if not where.strip():
        raise Refused(_("Say where they reported in."))
    record.destination = destination or record.destination
    record.placement = Placement.FIRM if firm_has_organisation else Placement.TERRITORY
    record.placement_rule = str(RULES[Placement(record.placement)])
    check_placement(record)
    record.state, record.reported_in_on, record.reported_in_where = FloatingState.REPORTED_IN, on, where.strip()
    check_sound(record)
    record.save()
    notices.tell_report_in(record, at)
    return record


@act(_("closed the record of a floating member"))
def end_floating(
    *, by: User, record: FloatingRecord, returned: bool, on: date, words: str, at: datetime
) -> FloatingRecord:
    """Returned, or ended for another reason that has to be given; the personal link dies with it."""
    record = locked(record)
    by.acting(KEEP, record.origin)
    check_step(record, FloatingState.RETURNED if returned else FloatingState.ENDED)
    check_not_after(on, at)
    if not returned and not words.strip():
        raise Refused(_("Say why the record is ended."))
    record.state = FloatingState.RETURNED if returned else FloatingState.ENDED
    record.ended_on, record.end_words = on, words.strip()
    record.save()
    record.links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    notices.tell_end(record, at)
    return record


def leave_origin(*, by: User, member: Member, to: Organisation, on: date, at: datetime) -> None:
    """Within the act that moves the member: the new organisation is the origin from now on. Where it was the
    destination, nobody is away any more and the record ends."""
    record = member.floating_records.filter(state__in=FLOATING).first()
    if record is None:
        return
    record = locked(record)
    if record.destination_id != to.pk:
        record.origin = to
        record.save(update_fields=["origin"])
        return
    record.state, record.ended_on, record.end_words = FloatingState.ENDED, on, str(TAKEN_OVER)
    record.save()
    record.links.filter(revoked_at=None).update(revoked_at=at, revoked_by=by)
    notices.tell_end(record, at)


@act(_("noted a contact about a floating member"))
def note_contact(
    *, by: User, record: FloatingRecord, desk: str, on: date, channel: str, words: str, at: datetime
) -> FloatingContact:
    """Two-way (XC-12): either place notes that it got in touch with the other."""
    record = locked(record)
    place = record.desk(desk)
    if place is None:
        raise Refused(_("The destination is no organisation of this system; note it for the origin."))
    by.acting(KEEP, place)
    check_floating(record)
    check_not_after(on, at)
    values = {"desk": desk, "on": on, "channel": channel, "words": words.strip(), "noted_at": at, "noted_by": by}
    return FloatingContact.objects.create(record=record, **values)


@act(_("ticked a step of a floating member"))
def tick_step(*, by: User, record: FloatingRecord, step: str, on: date, at: datetime) -> FloatingTick:
    """Only steps that the scheme names and that nothing else tells of; a second tick changes nothing."""
    record = locked(record)
    acting_desk(by, record)
    check_floating(record)
    check_not_after(on, at)
    if step in KNOWN or step not in [each.key for each in record.rules.steps]:
        raise Refused(_("This step is not ticked by hand."))
    tick, _is_new = FloatingTick.objects.get_or_create(record=record, step=step, defaults={"on": on, "ticked_by": by})
    return tick


def fill(record: FloatingRecord, by: User, fields: dict, at: datetime) -> None:
    scan = fields.pop("scan", None)
    for name, value in fields.items():
        setattr(record, name, value)
    if record.state != FloatingState.REGISTERED:
        check_not_after(record.leaves_on, at)
    check_destination(record)
    check_sound(record)
    if scan:
        record.agreement_scan = files.store(upload=scan, by=by, kind="scan")


def check_destination(record: FloatingRecord) -> None:
    if record.destination_id == record.origin_id:
        raise Refused(_("The destination is another organisation than the origin."))


def check_placement(record: FloatingRecord) -> None:
    """SF-09: a firm's Party organisation, or the territory; in words only where it is none of this system."""
    if record.destination is None:
        return
    is_territory = record.destination.kind in TERRITORIES
    if is_territory != (record.placement == Placement.TERRITORY):
        words = {"name": record.destination.name, "rule": record.placement_rule}
        raise Refused(_("%(name)s does not fit: %(rule)s Name the destination that takes them in.") % words)


def check_sound(record) -> None:
    """What the database would refuse, as a sentence."""
    try:
        record.validate_constraints()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def check_step(record: FloatingRecord, then: FloatingState) -> None:
    words = {"state": record.get_state_display()}
    check_transition(record.state, then, _("This can't be done now: the record is “%(state)s”.") % words)


def check_floating(record: FloatingRecord) -> None:
    if record.state not in FLOATING:
        raise Refused(_("This record is closed; it can be read only."))


def check_not_after(day: date, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))


def acting_desk(by: User, record: FloatingRecord) -> Desk:
    """The destination is in charge, the origin supports (AH-33): where somebody keeps both, they act for the first."""
    if record.destination and by.can(KEEP, record.destination):
        by.acting(KEEP, record.destination)
        return Desk.DESTINATION
    by.acting(KEEP, record.origin)
    return Desk.ORIGIN


def locked(record: FloatingRecord) -> FloatingRecord:
    """The record as it is now; two who act on it at once do so one after the other."""
    rows = FloatingRecord.objects.select_for_update(no_key=True, of=("self",))
    record = rows.select_related("member", "origin", "destination", "scheme_version").get(pk=record.pk)
    if record.member.erased_at:
        raise Refused(_("The personal data of this member was erased; the record can be read only."))
    return record
