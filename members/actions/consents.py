"""Consent: recorded before what needs it is kept; withdrawn, what rested on it goes in the same act."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.erasing import erase
from members.actions.keeping import check_is_kept, locked
from members.kinds import HEALTH
from members.models import Consent, Household, Person
from members.nearness import KEEPING, Rosterable, place_of
from office.models import StoredFile
from organisations.history import act
from organisations.models import User

Purpose = Consent.Purpose


@act(_("recorded a consent"))
def record_consent(
    *, by: User, record: Rosterable, purpose: str, given_on: date, at: datetime, file: StoredFile | None = None
) -> Consent:
    record = locked(record)
    by.acting(KEEPING[type(record)], place_of(record))
    check_is_kept(record)
    return consented(record, purpose, given_on, by=by, at=at, file=file)


def consented(
    record: Rosterable, purpose: str, given_on: date, *, by: User, at: datetime, file: StoredFile | None
) -> Consent:
    """The consent in force, which is made where there is none yet."""
    if purpose not in purposes_of(record):
        raise Refused(_("No consent to this is asked for here."))
    column = str(record._meta.model_name)
    known = Consent.objects.in_force().filter(**{column: record}, purpose=purpose).first()
    if known is not None:
        return known
    return Consent.objects.create(
        **{column: record},
        purpose=purpose,
        given_on=given_on,
        by_guardian=purpose == Purpose.MINOR,
        file=file,
        recorded_at=at,
        recorded_by=by,
    )


def purposes_of(record: Rosterable) -> tuple[Purpose, ...]:
    """What may be asked for: of a household its health data, of the guardian of a minor that it is kept at all."""
    if isinstance(record, Household):
        return (Purpose.HEALTH,)
    return (Purpose.MINOR,) if isinstance(record, Person) and record.is_minor else ()


@act(_("recorded that a consent was withdrawn"))
def withdraw_consent(*, by: User, consent: Consent, on: date, at: datetime) -> Consent:
    """Illness and disability are struck out; a minor is erased, for nobody may keep one without this consent."""
    record = locked(consent.record)
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    by.acting(KEEPING[type(record)], place_of(record))
    if consent.withdrawn_on is not None:
        raise Refused(_("This consent was withdrawn already."))
    if on < consent.given_on:
        raise Refused(_("The consent was given only after that day."))
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    if consent.purpose == Purpose.MINOR:
        erase(record, by=by, at=at, reason=str(_("The guardian withdrew the consent.")))
    elif isinstance(record, Household):
        record.causes = [cause for cause in record.causes if cause not in HEALTH]
        record.save(update_fields=["causes"])
    return consent
