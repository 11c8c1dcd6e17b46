"""A small county in an open round, with one person on each side: what the tests of the market play with."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.kinds import Resource
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.actions import agreements as acts
from pairing.agreements.content import Promise, Terms, content_hash
from pairing.models import Agreement, Pairing, Round
from pairing.states import Side
from pairing.tests import factories

IN_TIME = datetime(2026, 4, 20, 10, 0, tzinfo=factories.CHINA)
AFTER_APRIL = datetime(2026, 5, 2, 10, 0, tzinfo=factories.CHINA)
AFTER_JULY = datetime(2026, 7, 2, 10, 0, tzinfo=factories.CHINA)


@dataclass
class County:
    root: Organisation
    round: Round
    unit: Organisation
    village: Organisation
    secretary: User
    village_secretary: User
    organiser: User
    townships: list[Organisation] = field(default_factory=list)


def county(name: str = "青山县", **round_fields: Any) -> County:
    root = people.county(name)
    township = people.township(root, f"{name}金碧镇")
    unit = people.unit(root, f"{name}林业局")
    village = people.village(township, f"{name}马岭村", classes=["weak"])
    people.need(village, "修路", Resource.FUNDS, takes_money=True)
    people.strength(unit, "果树技术", Resource.TECHNOLOGY)
    made = factories.round(root, **round_fields)
    people_of = {
        "secretary": people.user("branch_secretary", unit, name="王志远"),
        "village_secretary": people.user("village_secretary", village, name="李桂兰"),
        "organiser": people.user("organiser", people.organisation_dept(root)),
    }
    factories.directory(made)
    return County(root, made, unit, village, townships=[township], **people_of)


def forest_terms(agreement: Agreement, **changes: Any) -> Terms:
    """Complete terms: leader, department, money above the least of a weak village, a project."""
    values: dict[str, Any] = {
        "starts_on": agreement.starts_on,
        "ends_on": agreement.ends_on,
        "leader_in_charge": "赵永安",
        "responsible_dept": "造林科",
        "terms": "双方每半年会商一次。",
        "commitments": [Promise("money", "经果林苗木", Decimal(20_000)), Promise("activity", "技术培训", None, 2)],
    }
    return Terms(**(values | changes))


def statements(client, url: str, headers: dict[str, str] | None = None) -> int:
    """How often a page asks the database once the session is known; without the bookkeeping of sessions."""
    client.get(url, headers=headers)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, headers=headers).status_code == 200
    own = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    return len([sql for sql in own if "usersessions" not in sql])


def formed(place: County, **fields: Any) -> Pairing:
    """A pairing with its draft agreement, as an acceptance leaves it."""
    pairing = factories.pairing(place.round, place.unit, place.village, **fields)
    factories.agreement(pairing, unit_name=place.unit.name, village_name=place.village.name)
    return pairing


def negotiated(place: County, pairing: Pairing, at: datetime = IN_TIME) -> Agreement:
    """Written by the unit and confirmed by both."""
    agreement = pairing.agreements.get()
    revised = acts.revise_agreement(
        by=place.secretary,
        agreement=agreement,
        side=Side.UNIT,
        version=agreement.version,
        terms=forest_terms(agreement),
        at=at,
    )
    for side, person in ((Side.UNIT, place.secretary), (Side.VILLAGE, place.village_secretary)):
        revised = acts.confirm_agreement(by=person, agreement=revised, side=side, version=revised.version, at=at)
    return revised


def sign(place: County, agreement: Agreement, side: Side, at: datetime = IN_TIME) -> Agreement:
    person = place.secretary if side == Side.UNIT else place.village_secretary
    return acts.sign_agreement(
        by=person, agreement=agreement, side=side, name=person.name, shown_hash=content_hash(agreement), at=at
    )


def signed(place: County, pairing: Pairing, at: datetime = IN_TIME) -> Agreement:
    agreement = negotiated(place, pairing, at)
    for side in Side:
        agreement = sign(place, agreement, side, at)
    return agreement


def cards_on(answer) -> list:
    """Of the first page: what waits for the reader, then the rest."""
    return [*answer.context["pressing"], *answer.context["cards"]]
