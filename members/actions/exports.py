"""Letting a roster of people out of the product in full: a permission, and a record for each person in it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.copying import insert_rows
from members.models import PersonalReading
from members.rosters.export import households_below, members_below
from organisations.history import act
from organisations.models import Organisation, User

REASON = _("export of the roster of %(name)s")


@act(_("exported the members of a place"))
def export_members(*, by: User, place: Organisation, at: datetime) -> None:
    by.acting("personal.read", place)
    record(by, place, "member_id", members_below(place), at)


@act(_("exported the households of a place"))
def export_households(*, by: User, place: Organisation, at: datetime) -> None:
    by.acting("personal.read", place)
    record(by, place, "household_id", households_below(place), at)


def record(by: User, place: Organisation, column: str, people, at: datetime) -> None:
    reason = str(REASON % {"name": place.name})[:120]
    keys = people.order_by().values_list("pk", flat=True)
    insert_rows(PersonalReading, [{column: pk, "reason": reason, "read_at": at, "read_by_id": by.pk} for pk in keys])
