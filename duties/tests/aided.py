"""Money and projects that meet a duty: straight into the tables, as of the days that are asked for."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from duties.models import Duty
from duties.tests.fulfilled import World
from funds.kinds import RULES
from funds.models import Entry, Fund, GoodsLine, Project
from organisations.models import Appointment, Organisation
from pairing.models import Pairing
from pairing.states import Side
from pairing.tests.factories import CHINA
from visits.tests.playing import Place

LATER = datetime(2030, 1, 1, 9, 0, tzinfo=CHINA)  # entered long after the days that it speaks of


def entry(place: Place, kind: str, amount: str, on: date, *, giver: Organisation | None = None, **fields) -> Entry:
    """One line of the ledger of the pairing."""
    is_giver = RULES[kind].hand == "giver"
    author = place.secretary if is_giver else place.village_secretary
    fund, _made = Fund.objects.get_or_create(
        pairing=place.pairing,
        defaults={
            "kind": "pairing", "holder": place.village, "name": "帮扶资金", "opened_at": timezone.now(), "opened_by": author
        },
    )  # fmt: skip
    post = Appointment.objects.get(user=author)
    of_aid = {"giver": giver or place.unit, "source": "own", "resources": ["funds"]} if RULES[kind].is_aid else {}
    if RULES[kind].has_channel:
        of_aid["channel"] = "direct"
    if RULES[kind].has_lines:
        of_aid["goods"] = f"1.00x{amount}"
    made = Entry.objects.create(
        fund=fund, kind=kind, amount=Decimal(amount), on=on, entered_at=LATER, entered_by=author, entered_as=post,
        **(of_aid | fields),
    )  # fmt: skip
    if RULES[kind].has_lines:
        GoodsLine.objects.create(
            entry=made, position=1, name="课桌椅", quantity=Decimal("1.00"), unit="批", value=Decimal(amount)
        )
    return made


def project(place: Place, on: date, *, state: str = "accepted", pairing: Pairing | None = None, **fields) -> Project:
    """One that was finished on this day."""
    own = {} if "committee" in fields else {"pairing": pairing or place.pairing}
    ends = {"accepted_at": timezone.now(), "accepted_by": place.village_secretary, "accepted_words": "好用"}
    return Project.objects.create(
        round=place.pairing.round, place=place.village, level="village", title="桥", goal="过河", in_charge="王志远",
        kind="transport", field="livelihood", due_on=on, planned_side=Side.UNIT, carrier=Side.UNIT, state=state,
        planned_at=timezone.now(), planned_by=place.secretary, started_on=on, finished_on=on,
        finished_by=place.secretary, **(ends if state == "accepted" else {}), **own, **fields,
    )  # fmt: skip


def no_longer_weak(world: World) -> None:
    world.place.village.classes = []
    world.place.village.save()


def project_accepted(world: World, duty: Duty) -> None:
    project(world.place, world.on)


def money_received(world: World, duty: Duty) -> None:
    entry(world.place, "receipt", str(duty.least), world.on)
