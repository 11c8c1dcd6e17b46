"""Responsibility zones and chains of a village; what a service centre did."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.models import CentreService, Household, Member, Zone, ZoneHousehold, ZoneMember
from organisations.history import act
from organisations.models import Facility, Organisation, User

KEEP = "household.edit"


@act(_("set up a responsibility zone or chain"))
def set_up_zone(*, by: User, village: Organisation, kind: str, name: str, area: str) -> Zone:
    by.acting(KEEP, village)
    if not village.is_village:
        raise Refused(_("Zones and chains belong to a village."))
    if Zone.objects.filter(village=village, name=name, closed_on=None).exists():
        raise Refused(_("This village has a zone or chain of this name already."))
    return Zone.objects.create(village=village, kind=kind, name=name, area=area)


@act(_("said who belongs to a responsibility zone or chain"))
def fill_zone(*, by: User, zone: Zone, members: Iterable[Member], households: Iterable[Household]) -> Zone:
    """Exactly these from now on: members who look after it, households that they serve; all of the same village."""
    zone = Zone.objects.select_for_update(of=["self"]).select_related("village").get(pk=zone.pk)
    by.acting(KEEP, zone.village)
    if zone.closed_on is not None:
        raise Refused(_("This zone or chain is closed."))
    members, households = list(members), list(households)
    if any(not member.organisation.path.startswith(zone.village.path) for member in members) or any(
        household.village_id != zone.village_id for household in households
    ):
        raise Refused(_("Only members and households of %(name)s belong to it.") % {"name": zone.village.name})
    zone.members.exclude(member__in=members).delete()
    zone.households.exclude(household__in=households).delete()
    ZoneMember.objects.bulk_create([ZoneMember(zone=zone, member=each) for each in members], ignore_conflicts=True)
    ZoneHousehold.objects.bulk_create(
        [ZoneHousehold(zone=zone, household=each) for each in households], ignore_conflicts=True
    )
    return zone


@act(_("closed a responsibility zone or chain"))
def close_zone(*, by: User, zone: Zone, on: date) -> Zone:
    zone = Zone.objects.select_for_update(of=["self"]).select_related("village").get(pk=zone.pk)
    by.acting(KEEP, zone.village)
    if zone.closed_on is not None:
        raise Refused(_("This zone or chain is closed."))
    zone.closed_on = on
    zone.save(update_fields=["closed_on"])
    return zone


@act(_("recorded what a service centre did"))
def record_service(
    *, by: User, facility: Facility, kind: str, on: date, persons: int, words: str, at: datetime
) -> CentreService:
    """By those who keep floating members or the roster of members there (AH-34)."""
    permission = "floating.manage" if by.can("floating.manage", facility.organisation) else "member.edit"
    by.acting(permission, facility.organisation)
    if on > timezone.localdate(at):
        raise Refused(_("The day lies in the future. Record it once it was done."))
    return CentreService.objects.create(
        facility=facility, kind=kind, on=on, persons=persons, words=words.strip(), recorded_at=at, recorded_by=by
    )
