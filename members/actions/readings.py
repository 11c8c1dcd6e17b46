"""Showing personal data in full: a permission, a reason, a record of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.models import PersonalReading
from members.nearness import KEEPING, Rosterable, place_of, words_of
from organisations.history import act
from organisations.models import User

SHORTEST = 2


@act(_("had personal data shown in full"))
def read_in_full(*, by: User, record: Rosterable, reason: str, at: datetime) -> PersonalReading:
    """Records the reading; the caller then shows the columns. Refused without the permission or a reason."""
    check_may_read(by, record)
    if len(reason.strip()) < SHORTEST:
        raise Refused(_("Say in a few words why you need it; it is recorded."))
    if any(word in reason for word in words_of(record)):
        raise Refused(_("Give the reason without the name and the number; the record of it stays for good."))
    column = str(type(record)._meta.model_name)
    return PersonalReading.objects.create(**{column: record}, reason=reason.strip(), read_at=at, read_by=by)


def check_may_read(by: User, record: Rosterable) -> None:
    """Who holds `personal.read` or keeps the roster there, and whoever is near: to know a name is not enough."""
    place = place_of(record)
    if record.erased_at is not None:
        raise Refused(_("The personal data of this entry were erased; there is nothing to read."))
    for permission in ("personal.read", KEEPING[type(record)]):
        if by.can(permission, place):
            by.acting(permission, place)
            return
    rows = type(record).objects
    if not rows.filter(rows.near(by), pk=record.pk).exists():
        raise Refused(_("None of your posts allows this for %(name)s.") % {"name": place.name})
