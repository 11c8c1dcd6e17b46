"""A signed pairing under any scheme, with the people of both sides: what the tests of activities play with."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.states import Side
from pairing.tests import factories as pairings
from pairing.tests.market import county
from visits.actions import recording
from visits.actions.recording import Record, Somebody
from visits.models import Activity

NOW = datetime(2026, 9, 10, 9, 0, tzinfo=pairings.CHINA)
TODAY = NOW.date()


@dataclass
class Place:
    pairing: Pairing
    unit: Organisation
    village: Organisation
    secretary: User
    village_secretary: User
    cadre: User
    organiser: User
    stranger: User


def place_under(scheme: str = "qianxi") -> Place:
    found = county(scheme=scheme, starts_on=date(2026, 1, 1), ends_on=date(2028, 12, 31))
    elsewhere = people.unit(found.root, "青山县财政局")
    return Place(
        pairing=pairings.pairing(found.round, found.unit, found.village, state="signed"),
        unit=found.unit,
        village=found.village,
        secretary=found.secretary,
        village_secretary=found.village_secretary,
        cadre=people.user("cadre", found.unit, name="苏晓梅"),
        organiser=found.organiser,
        stranger=people.user("branch_secretary", elsewhere),
    )


def record(**changes: Any) -> Record:
    entry: dict[str, Any] = {
        "kind": "survey_trip",
        "on": TODAY,
        "participants": [Somebody("王志远")],
        "words": "看了果园",
    }
    return Record(**(entry | changes))


def recorded(
    place: Place, *, by: User | None = None, side: Side = Side.UNIT, at: datetime = NOW, **changes
) -> Activity:
    author = by or (place.secretary if side == Side.UNIT else place.village_secretary)
    return recording.record_activity(
        by=author, pairing=place.pairing, unit=place.unit, side=side, record=record(**changes), key=uuid.uuid4(), at=at
    )
