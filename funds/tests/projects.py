"""A project at each step of its course: what the tests of projects play with."""

import uuid
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from PIL import Image

from funds.actions import pooling, project_parts
from funds.actions import projects as acts
from funds.actions.projects import Plan
from funds.models import Project
from funds.tests.playing import NOW, TODAY, Place
from office.models import StoredFile
from office.tests.stored import stored
from organisations.models import Organisation, User
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.states import Side
from pairing.tests import factories as pairings

DEADLINE = TODAY + timedelta(days=100)


def plan(**changes: Any) -> Plan:
    entry: dict[str, Any] = {
        "title": "村口桥改建",
        "goal": "新建一座水泥桥，方便三个组过河",
        "in_charge": "王志远",
        "kind": "transport",
        "field": "livelihood",
        "due_on": DEADLINE,
        "budget": Decimal("50000.00"),
    }
    return Plan(**(entry | changes))


def planned(place: Place, side: Side = Side.UNIT, **changes: Any) -> Project:
    author = place.secretary if side == Side.UNIT else place.village_secretary
    return acts.plan_project(
        by=author, pairing=place.pairing, side=side, plan=plan(**changes), key=uuid.uuid4(), at=NOW
    )


def under_way(place: Place, **changes: Any) -> Project:
    return acts.start_project(by=place.village_secretary, project=planned(place, **changes), at=NOW)


def finished(place: Place, **changes: Any) -> Project:
    """Carried out by the unit, and so reported by it."""
    project = under_way(place, **({"carrier": Side.UNIT} | changes))
    return acts.finish_project(by=place.secretary, project=project, at=NOW)


def accepted(place: Place, at=NOW, **changes: Any) -> Project:
    project = finished(place, **changes)
    shown(project, place.secretary)
    return acts.accept_project(by=place.village_secretary, project=project, words="桥修好了，好走", at=at)


def shown(project: Project, by: User, moment: str = "after") -> None:
    project_parts.add_photos(by=by, project=project, moment=moment, photos=[picture(by)], at=NOW)


def picture(by: User, colour: str = "green") -> StoredFile:
    return stored("桥.png", drawn(colour), by=by, kind=StoredFile.Kind.PICTURE)


def drawn(colour: str = "green") -> bytes:
    content = BytesIO()
    Image.new("RGB", (12, 8), colour).save(content, "PNG")
    return content.getvalue()


def second_pairing(place: Place, name: str = "青山县水利局") -> tuple[Pairing, User, User]:
    """Another unit that aids another village, with their secretaries."""
    unit = people.unit(place.county, name)
    village = people.village(place.township, f"{name}村")
    made = pairings.pairing(place.pairing.round, unit, village, state="signed")
    return made, people.user("branch_secretary", unit), people.user("village_secretary", village)


def pooled(place: Place, committee: Organisation, by: User, shares: dict[int, str], **changes: Any) -> Project:
    given = {pk: Decimal(share) for pk, share in shares.items()}
    return pooling.plan_pooled(
        by=by, committee=committee, round=place.pairing.round, plan=plan(place=place.village, **changes),
        shares=given, key=uuid.uuid4(), at=NOW,
    )  # fmt: skip
