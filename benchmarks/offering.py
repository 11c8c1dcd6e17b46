"""What organisations have and look for: facilities with the help given, the board of resources and its matches."""

from datetime import datetime, timedelta

from organisations.kinds import FUNCTIONS_OF_KIND, FacilityKind, Resource
from organisations.models import Facility, FacilityHelp, Organisation
from pairing.models import ResourceEntry, ResourceExchange, Round
from pairing.models.resource import Direction
from pairing.states import EntryState, ExchangeState

KINDS = Resource.values


def fill(round: Round, now: datetime) -> None:
    """Each village has its site and asks for something, each unit offers something; every other one is matched."""
    villages = list(Organisation.objects.villages().order_by("pk").values_list("pk", flat=True))
    units = list(Organisation.objects.units().order_by("pk").values_list("pk", flat=True))
    facilities(villages, units, now)
    wanted = [entry(Direction.REQUEST, pk, i, round, now) for i, pk in enumerate(villages)]
    offered = [entry(Direction.OFFER, pk, i, round, now) for i, pk in enumerate(units)]
    entries = ResourceEntry.objects.bulk_create([*wanted, *offered], 2_000)
    answered = {"state": ExchangeState.ACCEPTED, "answered_at": now, "answered_by": round.opened_by}
    ResourceExchange.objects.bulk_create(
        [
            ResourceExchange(
                entry=each,
                asker_id=units[i % len(units)] if each.direction == Direction.REQUEST else villages[i % len(villages)],
                words="可以。",
                asked_at=now,
                **(answered if each.state == EntryState.MATCHED else {}),
            )
            for i, each in enumerate(entries)
        ],
        2_000,
    )


def facilities(villages: list[int], units: list[int], now: datetime) -> None:
    kind = FacilityKind.VILLAGE_SITE
    functions = [each.value for each in FUNCTIONS_OF_KIND[kind]]
    made = Facility.objects.bulk_create(
        [Facility(organisation_id=pk, kind=kind, name="党员活动室", functions=functions) for pk in villages], 2_000
    )
    FacilityHelp.objects.bulk_create(
        [
            FacilityHelp(facility=each, helper_id=units[i % len(units)], what="添置桌椅", on=now.date())
            for i, each in enumerate(made)
        ],
        2_000,
    )


def entry(direction: Direction, organisation: int, number: int, round: Round, now: datetime) -> ResourceEntry:
    return ResourceEntry(
        direction=direction,
        organisation_id=organisation,
        resource=KINDS[number % len(KINDS)],
        title=f"第{number}号资源",
        until=now.date() + timedelta(days=180),
        state=EntryState.MATCHED if number % 2 else EntryState.OPEN,
        posted_at=now - timedelta(minutes=number),
        posted_by=round.opened_by,
    )
