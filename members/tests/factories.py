"""Records for tests: plain functions with typed keywords, straight into the tables."""

from typing import Any

from members.kinds import PairKind, PersonKind, Rank
from members.models import Aid, Household, Member, Person, PersonPair, Registration
from organisations.models import Organisation
from organisations.tests.factories import LONG_AGO, numbers


def member(organisation: Organisation, name: str = "", **fields: Any) -> Member:
    return Member.objects.create(
        organisation=organisation, name=name or f"李四{next(numbers)}", **{"rank": Rank.GENERAL, **fields}
    )


def household(village: Organisation, head: str = "", **fields: Any) -> Household:
    """In need unless asked otherwise."""
    return Household.objects.create(
        village=village, head=head or f"赵五{next(numbers)}", **{"is_needy": True, "people": 4, **fields}
    )


def person(village: Organisation, name: str = "", **fields: Any) -> Person:
    return Person.objects.create(
        village=village, name=name or f"钱六{next(numbers)}", **{"kind": PersonKind.NEEDY_VILLAGER, **fields}
    )


def registration(member: Member, organisation: Organisation, kind: str = Registration.Kind.RESIDENCE) -> Registration:
    return Registration.objects.create(member=member, organisation=organisation, kind=kind, since=LONG_AGO)


def helps(helper, target, kind: str = PairKind.CADRE_HOUSEHOLD, **fields: Any) -> PersonPair:
    """A pair of a kind whose sides are what `helper` and `target` are."""
    columns = {
        f"helper_{side_name(helper)}": helper,
        f"target_{side_name(target)}": target,
        "unit": place_of(helper),
        "village": place_of(target),
    }
    return PersonPair.objects.create(kind=kind, **columns, **{"since": LONG_AGO, **fields})


def aid(pair: PersonPair, **fields: Any) -> Aid:
    return Aid.objects.create(pair=pair, **{"on": LONG_AGO, "words": "送苗", **fields})


def side_name(record) -> str:
    return record._meta.model_name


def place_of(record) -> Organisation:
    if isinstance(record, Organisation):
        return record
    return record.organisation if isinstance(record, Member) else record.village
