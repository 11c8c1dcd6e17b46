"""What is owed by whoever holds a post, for its hand-over (settings.OPEN_MATTERS)."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import localized_date
from duties.models import Duty
from duties.querysets import FULFIL
from duties.reading import MOST, due, in_order
from organisations.models import Organisation, User

Matter = tuple[str, str]


def open_matters(user: User, organisation: Organisation) -> list[Matter]:
    """The duties of the organisation that run or are late and are not met yet, most pressing first."""
    owned = {
        "unit": Q(unit=organisation),
        "village": Q(village=organisation),
        "floating": Q(floating__origin=organisation),
        "committee": Q(committee=organisation),
        "organiser": Q(unit=None, village=None, committee=None, organisation=organisation),
    }
    given = Q(assignments__ended_at=None, assignments__post__in=user.appointments.filter(organisation=organisation))
    mine = reduce(or_, (owned[side] for side in owned if user.can(FULFIL[side], organisation)), given)
    today = timezone.localdate()
    rows = Duty.objects.open().filter(mine, due(today)).related().order_by("due_on", "pk")[:MOST]
    return [
        (
            _("Duty: %(name)s (%(subject)s), by %(day)s")
            % {"name": each.duty.name, "subject": each.duty.where, "day": localized_date(each.duty.due_on)},
            each.duty.get_absolute_url(),
        )
        for each in in_order(rows, today)
        if not each.duty.is_met
    ]
