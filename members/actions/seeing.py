"""When somebody was last seen, counted anew after an entry was taken back."""

from datetime import date

from django.conf import settings
from django.db.models import Max
from django.utils.module_loading import import_string

from members.models import Aid, Household, PersonPair


def last_aid(record: PersonPair | Household) -> date | None:
    """The last help or talk that stands, in a pair or for a household (settings.SEEN_IN)."""
    column = "pair" if isinstance(record, PersonPair) else "pair__target_household"
    return Aid.objects.standing().filter(**{column: record}).aggregate(last=Max("on"))["last"]


def look_again(*, pair: PersonPair | None, household: Household | None) -> None:
    """Of all that settings.SEEN_IN names: functions that say when a pair or a household was last seen."""
    for record in (pair, household):
        if record is not None:
            days = (import_string(name)(record) for name in settings.SEEN_IN)
            seen_on = max(filter(None, days), default=None)
            type(record).objects.filter(pk=record.pk).update(seen_on=seen_on)
