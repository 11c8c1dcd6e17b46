"""The people of the first county, by the beginning of the addresses that lead to them."""

from typing import Any

from members.tests import factories
from organisations.models import Organisation, User


def peopled(unit: Organisation, village: Organisation, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """A helper who signs in as the cadre of the cast, and whom they help."""
    helper = factories.member(unit, f"{mark}干", user=cast["cadre"], phone="13900003333")
    household = factories.household(village, f"{mark}户", phone="13900004444")
    pair = factories.helps(helper, household)
    return {
        "members": helper,
        "households": household,
        "persons": factories.person(village, f"{mark}人"),
        "person-pairs/new": household,
        "person-pairs/village": village,
        "person-pairs": pair,
        "notes of a pair": factories.aid(pair, words=f"{mark}送苗"),
    }
