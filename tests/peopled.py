"""The people of the first county, by the beginning of the addresses that lead to them."""

from datetime import date
from typing import Any

from django.utils import timezone

from members.models import (
    AssignmentProposal,
    AssignmentRun,
    Consent,
    FloatingApplicant,
    FloatingDeed,
    FloatingForum,
    FloatingInquiry,
    GreetingBatch,
    Liaison,
    Secondment,
    Training,
    Zone,
    ZoneHousehold,
)
from members.tests import factories
from members.tests.floating import LEFT, floating
from organisations.models import Organisation, User
from organisations.tests.factories import LONG_AGO
from pairing.models import Pairing


def peopled(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A helper who signs in as the cadre of the cast, whom they help, and what stands around both."""
    unit, village = pairing.unit, pairing.village
    helper = factories.member(unit, f"{mark}干", user=cast["cadre"], phone="13900003333")
    household = factories.household(village, f"{mark}户", phone="13900004444")
    pair = factories.helps(helper, household)
    consent = Consent.objects.create(
        household=household, purpose="health", given_on=LONG_AGO, recorded_by=cast["village_secretary"]
    )
    zone = Zone.objects.create(village=village, kind=Zone.Kind.ZONE, name=f"{mark}片")
    ZoneHousehold.objects.create(zone=zone, household=household)
    return {
        "consents": consent,
        "registrations": factories.registration(helper, village),
        "members": helper,
        "households": household,
        "persons": factories.person(village, f"{mark}人", phone="13900005555"),
        "person-pairs/new": household,
        "person-pairs/village": village,
        "person-pairs": pair,
        "notes of a pair": factories.aid(pair, words=f"{mark}送苗"),
        "postings": Secondment.objects.create(
            member=helper, sender=unit, host=village, kind="young_cadre", post=f"{mark}副书记", since=LONG_AGO
        ),
        "liaisons": Liaison.objects.create(pairing=pairing, member=helper, since=LONG_AGO),
        "trainings": Training.objects.create(
            organiser=unit, village=village, title=f"{mark}栽培", kind="practical", starts_on=date(2026, 3, 1),
            ends_on=date(2026, 3, 1), persons=3, person_times=3,
        ),
        "zones": zone,
        **assigned(household, helper, cast["organiser"]),
        **away_from_home(unit, village, cast, mark),
    }  # fmt: skip


def assigned(household, helper, by: User) -> dict[str, Any]:
    """A finished assignment with its proposal for a household that has a helper by now."""
    run = AssignmentRun.objects.create(
        place=Organisation.objects.get(path=household.village.parent_path),
        started_by=by,
        finished_at=household.added_at,
        households=1,
    )
    proposal = AssignmentProposal.objects.create(
        run=run, household=household, village=household.village, member=helper, why="balance"
    )
    return {"assignments/proposals": proposal, "assignments": run}


def away_from_home(unit: Organisation, village: Organisation, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A member of the village whom the unit takes in, and what hangs on it; the longer addresses first."""
    record = floating(village, unit, member=factories.member(village, f"{mark}流"))
    organiser, day = cast["organiser"], timezone.localdate()
    asked = {"asker": unit, "asked": village, "record": record, "due_on": day, "asked_at": timezone.now()}
    window = {"year": day.year, "window_starts_on": day, "window_ends_on": day}
    places = {"origin": village, "destination": unit, "lead": "destination"}
    return {
        "floating/inquiries": FloatingInquiry.objects.create(**asked, asked_by=organiser),
        "floating/letters": GreetingBatch.objects.create(place=village, **window, made_by=organiser),
        "floating/forums": FloatingForum.objects.create(place=village, lunar_year=2025, made_by=organiser),
        "floating/applicants": FloatingApplicant.objects.create(
            name=f"{mark}申", **places, applied_on=LEFT, entered_by=organiser
        ),
        "floating": record,
        "deeds": FloatingDeed.objects.create(record=record, kind="good_deed", on=LEFT, words=f"{mark}修路"),
    }
