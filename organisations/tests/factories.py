"""Records for tests: plain functions with typed keywords. Every default makes a valid record."""

from datetime import date
from itertools import count
from typing import Any

from django.db.models import Model

from organisations.indexing import searchable
from organisations.kinds import FacilityKind, Kind, Resource
from organisations.models import (
    Appointment,
    Facility,
    Mandate,
    Need,
    Organisation,
    OrganisationLink,
    Strength,
    User,
    VillageFacts,
)

PASSWORD = "correct horse 2026"
LONG_AGO = date(2020, 1, 1)
numbers = count(1)


def organisation(
    name: str = "", *, kind: str = Kind.COUNTY, parent: Organisation | None = None, **fields: Any
) -> Organisation:
    """A node of the tree; a root where there is no parent."""
    name = name or f"组织{next(numbers)}"
    text, grams = searchable(name, [fields.get("division_code", ""), fields.get("uscc", "")])
    values = {"name": name, "kind": kind, "search_text": text, "search_grams": grams, **fields}
    if parent is None:
        return Organisation.objects.add_root(values)
    parent.refresh_from_db(fields=["path", "depth", "numchild"])
    return Organisation.objects.add_child(parent, values)


def county(name: str = "青山县", **fields: Any) -> Organisation:
    return organisation(name, kind=Kind.COUNTY, **fields)


def township(parent: Organisation, name: str = "", **fields: Any) -> Organisation:
    return organisation(name or f"第{next(numbers)}镇", kind=Kind.TOWNSHIP, parent=parent, **fields)


def village(parent: Organisation, name: str = "", **fields: Any) -> Organisation:
    return organisation(name or f"第{next(numbers)}村", kind=Kind.VILLAGE, parent=parent, **fields)


def unit(parent: Organisation, name: str = "", kind: str = Kind.AGENCY, **fields: Any) -> Organisation:
    return organisation(name or f"第{next(numbers)}局", kind=kind, parent=parent, **fields)


def organisation_dept(parent: Organisation, name: str = "组织部", **fields: Any) -> Organisation:
    """A desk: those appointed here work for the committee above it."""
    return organisation(name, kind=Kind.ORGANISATION_DEPT, parent=parent, **fields)


def user(
    role: str = "",
    at: Organisation | None = None,
    *,
    username: str = "",
    name: str = "",
    password: str = "",
    since: date = LONG_AGO,
    until: date | None = None,
    **fields: Any,
) -> User:
    """A person; with `role` and `at`, one who holds this post. Signing in by password needs `password=PASSWORD`."""
    number = next(numbers)
    person = User(username=username or f"user{number}", name=name or f"张三{number}", **fields)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    if role and at is not None:
        appointment(person, role, at, since=since, until=until)
    return person


def appointment(
    user: User, role: str, at: Organisation, *, since: date = LONG_AGO, until: date | None = None, **fields: Any
) -> Appointment:
    forget_posts(user)
    return Appointment.objects.create(user=user, role=role, organisation=at, since=since, until=until, **fields)


def forget_posts(user: User) -> None:
    """Posts are read once per request; a test that goes on with the same object reads them anew."""
    user.__dict__.pop("posts", None)


def facts(village: Organisation, year: int = 2026, **fields: Any) -> VillageFacts:
    return VillageFacts.objects.create(village=village, year=year, **fields)


def need(village: Organisation, name: str = "修路", resource: str = Resource.FUNDS, **fields: Any) -> Need:
    return Need.objects.create(village=village, name=name, resource=resource, **fields)


def strength(
    unit: Organisation, name: str = "农技服务", resource: str = Resource.TECHNOLOGY, **fields: Any
) -> Strength:
    return Strength.objects.create(unit=unit, name=name, resource=resource, **fields)


def reread(record: Model) -> Any:
    """The record as the database holds it now, without anything cached."""
    return type(record)._base_manager.get(pk=record.pk)


def link(
    holder: Organisation, member: Organisation, kind: str = OrganisationLink.Kind.SERVED, **fields: Any
) -> OrganisationLink:
    return OrganisationLink.objects.create(holder=holder, member=member, kind=kind, **{"since": LONG_AGO, **fields})


def facility(organisation: Organisation, name: str = "党群活动室", **fields: Any) -> Facility:
    return Facility.objects.create(
        organisation=organisation, name=name, **{"kind": FacilityKind.VILLAGE_SITE, **fields}
    )


def mandate(area: Organisation, holder: Organisation, part: str = "mobilise", **fields: Any) -> Mandate:
    return Mandate.objects.create(area=area, holder=holder, part=part, **{"since": LONG_AGO, **fields})
