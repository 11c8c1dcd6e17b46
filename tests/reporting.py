"""What was reported in the world of the tests that cross the apps."""

from typing import Any

from organisations.models import Organisation, User
from reports.tests.factories import reported


def reporting(cast: dict[str, User], village: Organisation, mark: str) -> dict[str, Any]:
    """A figure of the village, by the beginning of its address."""
    figure = reported(cast["village_secretary"], "ideas", village, "3条", document=f"{mark}年度总结")
    return {"reported-figures": figure}
