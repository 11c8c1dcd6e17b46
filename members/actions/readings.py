"""Showing personal data in full: a permission, a reason, a record of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.models import Household, Member, PersonalReading
from members.models.household import Person
from organisations.history import act
from organisations.models import Organisation, User

SHORTEST = 2


@act(_("had personal data shown in full"))
def read_in_full(*, by: User, record: Member | Household | Person, reason: str, at: datetime) -> PersonalReading:
    """Records the reading; the caller then shows the columns. Refused without the permission or a reason."""
    check_may_read(by, record)
    if len(reason.strip()) < SHORTEST:
        raise Refused(_("Say in a few words why you need it; it is recorded."))
    column = str(type(record)._meta.model_name)
    return PersonalReading.objects.create(**{column: record}, reason=reason.strip(), read_at=at, read_by=by)


def check_may_read(by: User, record: Member | Household | Person) -> None:
    """Who holds `personal.read` or keeps the roster there, and whoever helps."""
    place, keeping = place_of(record)
    for permission in ("personal.read", keeping):
        if by.can(permission, place):
            by.acting(permission, place)
            return
    if not type(record)._default_manager.filter(pk=record.pk).readable_names(by).exists():
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": place.name})


def place_of(record: Member | Household | Person) -> tuple[Organisation, str]:
    """The organisation that keeps the roster, and the permission to do so."""
    if isinstance(record, Member):
        return record.organisation, "member.edit"
    return record.village, "household.edit"
