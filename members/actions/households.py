"""Keeping the roster of households and of single persons of a village."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from members.actions.consents import consented
from members.actions.keeping import check_is_kept, check_namesakes, locked, locked_place
from members.kinds import HEALTH
from members.models import Consent, Household, Person
from office import files
from organisations.history import act
from organisations.models import Organisation, User

FIELDS = ("head", "number", "group", "people", "is_needy", "is_able", "phone")
SURVEYED = ("household_class", "causes", "wish", "wished_on", "people", "is_needy")
OF_PERSON = ("name", "kind", "guardian", "need", "phone", "household")


@dataclass(frozen=True)
class GivenConsent:
    """A consent that comes with a form. `scan`: the signed paper, checked already."""

    on: date
    scan: files.Checked | None = None


@act(_("put a household on the roster"))
def add_household(*, by: User, village: Organisation, fields: dict) -> Household:
    """Refused where a household of this head, group and number stands on the roster of the village already."""
    place = village_of(by, village)
    return saved(Household(village=place), fields)


@act(_("changed the roster of households"))
def change_household(*, by: User, household: Household, fields: dict) -> Household:
    village_of(by, household.village)
    household = locked(household)
    check_is_kept(household)
    return saved(household, fields)


def village_of(by: User, village: Organisation) -> Organisation:
    place = locked_place(village)
    by.acting("household.edit", place)
    return place


def saved(household: Household, fields: dict) -> Household:
    for name in FIELDS:
        setattr(household, name, fields.get(name, getattr(household, name)))
    known_by = {"village": household.village, "head": household.head}
    check_namesakes(household, **known_by, group=household.group, number=household.number)
    household.save()
    return household


@act(_("recorded the survey of a household"))
def survey_household(
    *, by: User, household: Household, on: date, fields: dict, at: datetime, consent: GivenConsent | None = None
) -> Household:
    """What was found and what the household itself wishes, before anybody plans measures (QX-11, XY-03).

    Illness and disability only with the household's consent in force, or given with this form.
    """
    household = locked(household)
    by.acting("household.edit", household.village)
    check_is_kept(household)
    if fields.get("wish") and not fields.get("wished_on"):
        raise Refused(_("Say on which day the wish was recorded."))
    for name in SURVEYED:
        setattr(household, name, fields.get(name, getattr(household, name)))
    if not set(HEALTH).isdisjoint(household.causes):
        need_consent(household, Consent.Purpose.HEALTH, consent, by=by, at=at)
    household.surveyed_on, household.surveyed_by = on, by
    household.save()
    return household


def need_consent(
    record: Household | Person, purpose: str, given: GivenConsent | None, *, by: User, at: datetime
) -> None:
    """A consent in force, or one that comes with the form."""
    if record.consents.in_force().filter(purpose=purpose).exists():
        return
    if given is None:
        raise Refused(NEEDED[purpose])
    file = files.keep(given.scan, by=by) if given.scan else None
    consented(record, purpose, given.on, by=by, at=at, file=file)


NEEDED: dict[str, object] = {
    Consent.Purpose.HEALTH: _(
        "Illness and disability are kept only with the consent of the household. Record the day."
    ),
    Consent.Purpose.MINOR: _(
        "A minor is kept only with the consent of the guardian. Record the day on which it was given."
    ),
}


@act(_("put a person on the roster"))
def add_person(
    *, by: User, village: Organisation, fields: dict, at: datetime, consent: GivenConsent | None = None
) -> Person:
    place = village_of(by, village)
    return saved_person(Person(village=place), fields, by=by, at=at, consent=consent)


@act(_("changed the roster of persons"))
def change_person(
    *, by: User, person: Person, fields: dict, at: datetime, consent: GivenConsent | None = None
) -> Person:
    village_of(by, person.village)
    person = locked(person)
    check_is_kept(person)
    return saved_person(person, fields, by=by, at=at, consent=consent)


def saved_person(person: Person, fields: dict, *, by: User, at: datetime, consent: GivenConsent | None) -> Person:
    """A minor with the name and the consent of the guardian, or not at all."""
    for name in OF_PERSON:
        setattr(person, name, fields.get(name, getattr(person, name)))
    if person.household and person.household.village_id != person.village_id:
        raise Refused(_("This household belongs to another village."))
    if person.is_minor and not person.guardian:
        raise Refused(_("Name the guardian: a minor is kept only with the guardian's consent."))
    known_by = {"village": person.village, "name": person.name, "kind": person.kind, "guardian": person.guardian}
    check_namesakes(person, **known_by)
    person.save()
    if person.is_minor:
        need_consent(person, Consent.Purpose.MINOR, consent, by=by, at=at)
    return person
