"""The people of the first county, by the beginning of the addresses that lead to them."""

from typing import Any

from django.utils import timezone

from members.models import FloatingApplicant, FloatingDeed, FloatingForum, FloatingInquiry, GreetingBatch
from members.tests import factories
from members.tests.floating import LEFT, floating
from organisations.models import Organisation, User


def peopled(unit: Organisation, village: Organisation, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A helper who signs in as the cadre of the cast, and whom they help."""
    helper = factories.member(unit, f"{mark}干", user=cast["cadre"], phone="13900003333")
    household = factories.household(village, f"{mark}户", phone="13900004444")
    return {
        "members": helper,
        "households": household,
        "persons": factories.person(village, f"{mark}人"),
        "person-pairs": factories.helps(helper, household),
        **away_from_home(unit, village, cast, mark),
    }


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
