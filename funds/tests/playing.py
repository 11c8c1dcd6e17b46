"""A pairing with its people and what they enter in its ledger: what the tests of aid money play with."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

from funds.actions import entering
from funds.actions.entering import Line, Particulars
from funds.kinds import RULES
from funds.models import Entry, Fund
from office.models import StoredFile
from office.tests.stored import stored
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.tests import factories as pairings
from pairing.tests.market import county

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=pairings.CHINA)
TODAY = NOW.date()
CHAIRS = Line("课桌椅", Decimal(20), "套", Decimal("8000.00"), "education_information")


@dataclass
class Place:
    county: Organisation
    township: Organisation
    pairing: Pairing
    unit: Organisation
    village: Organisation
    secretary: User
    village_secretary: User
    organiser: User
    stranger: User
    paper: StoredFile

    @property
    def fund(self) -> Fund:
        return Fund.objects.get(pairing=self.pairing)


def place(**round_fields: Any) -> Place:
    found = county(scheme="qianxi", starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31), **round_fields)
    elsewhere = people.unit(found.root, "青山县财政局")
    return Place(
        county=found.root,
        township=found.townships[0],
        pairing=pairings.pairing(found.round, found.unit, found.village, state="signed"),
        unit=found.unit,
        village=found.village,
        secretary=found.secretary,
        village_secretary=found.village_secretary,
        organiser=found.organiser,
        stranger=people.user("branch_secretary", elsewhere),
        paper=voucher(found.village_secretary),
    )


def voucher(by: User | None, colour: str = "white") -> StoredFile:
    picture = BytesIO()
    Image.new("RGB", (8, 8), colour).save(picture, "PNG")
    return stored("发票.png", picture.getvalue(), by=by, kind="scan")


def given(place: Place, kind: str, amount: str | Decimal = "20000.00", **changes: Any) -> Particulars:
    """Complete particulars of any kind."""
    rule = RULES[kind]
    values: dict[str, Any] = {"on": TODAY, "amount": Decimal(amount)}
    if rule.is_aid:
        values |= {"giver": place.unit, "source": "own"}
    if rule.has_channel:
        values["channel"] = "direct"
    if rule.has_lines:
        values |= {"lines": [CHAIRS]} | ({"resources": ["education"]} if rule.is_aid else {})
    if rule.has_voucher:
        values |= {"use": "infrastructure", "vouchers": [place.paper]}
    return Particulars(**(values | changes))


def entered(
    place: Place, kind: str, amount: str | Decimal = "20000.00", *, by: User | None = None, key=None, at=NOW,
    into: Fund | Pairing | None = None, answers: Entry | None = None, **changes: Any,
) -> Entry:  # fmt: skip
    author = by or (place.secretary if RULES[kind].hand == "giver" else place.village_secretary)
    return entering.enter(
        by=author, into=into or place.pairing, kind=kind, given=given(place, kind, amount, **changes),
        key=key or uuid.uuid4(), at=at, answers=answers,
    )  # fmt: skip
