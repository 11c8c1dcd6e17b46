"""The people of the first county, by the beginning of the addresses that lead to them."""

from typing import Any

from members.models import Consent
from members.tests import factories
from organisations.models import Organisation, User
from organisations.tests.factories import LONG_AGO


def peopled(unit: Organisation, village: Organisation, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A helper who signs in as the cadre of the cast, and whom they help."""
    helper = factories.member(unit, f"{mark}干", user=cast["cadre"], phone="13900003333")
    household = factories.household(village, f"{mark}户", phone="13900004444")
    consent = Consent.objects.create(
        household=household, purpose="health", given_on=LONG_AGO, recorded_by=cast["village_secretary"]
    )
    return {
        "consents": consent,
        "members": helper,
        "registrations": factories.registration(helper, village),
        "households": household,
        "persons": factories.person(village, f"{mark}人"),
        "person-pairs": factories.helps(helper, household),
    }
