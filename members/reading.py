"""What the page of a member, household or person shows. A constant number of statements, whatever the rows."""

from django.conf import settings
from django.db.models import QuerySet

from members.actions.consents import purposes_of
from members.helping import lines_of
from members.models import PersonalReading
from members.nearness import Reader, Rosterable, place_of

READINGS_SHOWN = 20


def page_of(record: Rosterable, reader: Reader) -> dict:
    """Context that the three kinds of pages share."""
    user, place = reader.user, place_of(record)
    near, keeps = reader.is_near(record), reader.keeps(record)
    reads = user.can("personal.read", place) or keeps or reader.helps(record)
    return {
        "record": record,
        "kind": record._meta.model_name,
        "label": record._meta.label_lower,
        "place": place,
        "name": reader.name_of(record),
        "is_near": near,
        "in_full": False,
        "panels": settings.ROSTER_PANELS,
        "may_keep": keeps,
        "is_kept": record.left_on is None and record.erased_at is None,
        "may_read": reads and record.erased_at is None,
        "lines": lines_of(record, reader),
        "may_erase": user.can("person.erase", place) and record.erased_at is None,
        "consents": record.consents.select_related("recorded_by") if near or keeps else None,
        "takes_consent": keeps and bool(purposes_of(record)),
        "readings": readings_of(record) if user.can("history.read", place) else None,
    }


def readings_of(record: Rosterable) -> QuerySet[PersonalReading]:
    return record.readings.select_related("read_by")[:READINGS_SHOWN]
