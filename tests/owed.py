"""What the small world owes, by the beginning of its addresses."""

from typing import Any

from duties.models import Duty
from organisations.tests.factories import LONG_AGO
from pairing.models import Pairing


def owed(pairing: Pairing) -> dict[str, Any]:
    """A visit that the unit owes by a day long past."""
    rule = pairing.round.rules.obligations[0]
    duty = Duty.objects.create(
        scheme_version=pairing.round.scheme_version, round=pairing.round, obligation=rule.key, pairing=pairing,
        unit=pairing.unit, starts_on=LONG_AGO, due_on=LONG_AGO, least=1, planned_on=LONG_AGO,
    )  # fmt: skip
    return {"duties": duty}
