"""Money, projects, disclosures and feedback that meet a duty: straight into the tables, as of the days that are asked for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from duties.models import Duty
from duties.tests.fulfilled import World
from funds.kinds import RULES
from funds.models import DisclosedEntry, Disclosure, Entry, Feedback, Fund, GoodsLine, Project
from funds.publishing.profiles import LEAST_DAYS
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


def publish(place: Place, entries: Iterable[Entry], *, days: int | None) -> Disclosure:
    """A major matter with these entries, public for so many days; None: being prepared."""
    by, first = place.village_secretary, LATER.date()
    made = Disclosure.objects.create(
        village=place.village, kind="matter", title="帮扶资金", starts_on=first, ends_on=first, drafted_at=LATER,
        drafted_by=by,
    )  # fmt: skip
    DisclosedEntry.objects.bulk_create(
        DisclosedEntry(disclosure=made, entry=each, position=position) for position, each in enumerate(entries, 1)
    )
    if days:
        made.reviewer, made.reviewed_on, made.hotline = "杨光明", first, "0857-4222333"
        made.published_at, made.published_by, made.public_from = LATER, by, first
        made.public_until = first + timedelta(days=days - 1)
        made.state = "published" if days >= LEAST_DAYS else "short"
        made.save()
    return made


def feedback(place: Place, until: date, *, sent_at: datetime | None) -> Feedback:
    """On the quarter that ends then; asked for by the unit where it was not sent yet."""
    fields: dict[str, Any] = {"sent_at": sent_at, "sent_by": place.village_secretary if sent_at else None}
    if sent_at is None:
        fields |= {"asked_at": LATER, "asked_by": place.secretary, "due_on": until}
    return Feedback.objects.create(
        pairing=place.pairing, starts_on=until - timedelta(days=90), ends_on=until, words="桥已修好", **fields
    )


def received(world: World) -> None:
    entry(world.place, "receipt", "9000.00", world.on)


def all_published(world: World, duty: Duty) -> None:
    publish(world.place, Entry.objects.all(), days=LEAST_DAYS)


def told(world: World, duty: Duty) -> None:
    feedback(world.place, duty.counts_until, sent_at=LATER)
