"""Reading a phone number in full: allowed to few, and every reading is recorded."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.copying import insert_rows
from organisations.history import act
from organisations.models import Organisation, PhoneReading, User
from organisations.policies import check_may_read_personal_data


@act(_("read a phone number in full"))
def read_contact_phone(*, by: User, organisation: Organisation, at: datetime) -> str:
    by.acting("personal.read", organisation)
    PhoneReading.objects.create(read_by=by, read_at=at, organisation=organisation)
    return organisation.contact_phone


@act(_("exported the phone numbers of a roster"))
def export_contact_phones(
    *, by: User, place: Organisation, organisations: QuerySet[Organisation], at: datetime
) -> None:
    """Of those that have one, each on record."""
    by.acting("personal.read", place)
    keys = organisations.exclude(contact_phone="").order_by().values_list("pk", flat=True)
    insert_rows(PhoneReading, [{"organisation_id": pk, "read_by_id": by.pk, "read_at": at} for pk in keys])


@act(_("read a phone number in full"))
def read_phone(*, by: User, person: User, at: datetime) -> str:
    check_may_read_personal_data(by, person)
    PhoneReading.objects.create(read_by=by, read_at=at, person=person)
    return person.phone or ""
