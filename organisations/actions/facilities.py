"""Keeping facilities, and recording who helped with them (SH-24)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.kinds import FUNCTIONS_OF_KIND
from organisations.models import Facility, FacilityHelp, Organisation, User
from organisations.policies import check_may_edit

FIELDS = ("kind", "name", "functions", "since", "until", "note")


@act(_("recorded a facility"))
def add_facility(*, by: User | None, organisation: Organisation, fields: dict) -> Facility:
    check_may_keep(by, organisation)
    if organisation.closed_on is not None:
        raise Refused(_("%(name)s is closed.") % {"name": organisation.name})
    return keep(Facility(organisation=organisation), fields)


@act(_("changed a facility"))
def change_facility(*, by: User | None, facility: Facility, fields: dict) -> Facility:
    facility = Facility.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=facility.pk)
    check_may_keep(by, facility.organisation)
    return keep(facility, fields)


def keep(facility: Facility, fields: dict) -> Facility:
    for name in FIELDS:
        setattr(facility, name, fields.get(name, getattr(facility, name)))
    if set(facility.functions) - set(FUNCTIONS_OF_KIND[facility.kind]):
        words = _("These functions are not those of the kind “%(kind)s”.")
        raise Refused(words % {"kind": facility.get_kind_display()})
    namesakes = Facility.objects.open().filter(organisation=facility.organisation, name=facility.name)
    if facility.until is None and namesakes.exclude(pk=facility.pk).exists():
        raise Refused(_("This organisation has a facility of this name already."))
    facility.save()
    return facility


@act(_("recorded help with a facility"))
def record_help(
    *, by: User | None, facility: Facility, helper: Organisation, what: str, resource: str, on: date, at: datetime
) -> FacilityHelp:
    """By those who keep the facility, or by those who act for the helper."""
    if by is None or not may_help_for(by, helper):
        check_may_keep(by, facility.organisation)
    if on > timezone.localdate(at):
        raise Refused(_("The day lies in the future. Record help once it was given."))
    return FacilityHelp.objects.create(
        facility=facility, helper=helper, what=what, resource=resource, on=on, recorded_at=at, recorded_by=by
    )


@act(_("removed a record of help with a facility"))
def remove_help(*, by: User | None, record: FacilityHelp) -> None:
    """The history keeps what it said."""
    if by is None or record.recorded_by_id != by.pk:
        check_may_keep(by, record.facility.organisation)
    record.delete()


def may_help_for(user: User, helper: Organisation) -> bool:
    return user.capacity("unit.act", helper) is not None


def keeping_permission(organisation: Organisation) -> str:
    """What is enough beside `organisation.edit`: villages and townships keep their own, units theirs."""
    return "unit.edit" if organisation.is_unit else "village.edit"


def check_may_keep(by: User | None, organisation: Organisation) -> None:
    check_may_edit(by, organisation, keeping_permission(organisation))
