"""Reading a phone number in full: allowed to few, and every reading is recorded."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from organisations.history import act
from organisations.models import Organisation, PhoneReading, User
from organisations.policies import check_may_read_personal_data


@act(_("read a phone number in full"))
def read_contact_phone(*, by: User, organisation: Organisation, at: datetime) -> str:
    by.acting("personal.read", organisation)
    PhoneReading.objects.create(read_by=by, read_at=at, organisation=organisation)
    return organisation.contact_phone


@act(_("read a phone number in full"))
def read_phone(*, by: User, person: User, at: datetime) -> str:
    check_may_read_personal_data(by, person)
    PhoneReading.objects.create(read_by=by, read_at=at, person=person)
    return person.phone or ""
