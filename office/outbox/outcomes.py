"""How an attempt ended."""

from dataclasses import dataclass

from office.models import Attempt

SENT, FAILED, UNCERTAIN = Attempt.Outcome.SENT, Attempt.Outcome.FAILED, Attempt.Outcome.UNCERTAIN


@dataclass(frozen=True)
class Outcome:
    """`answer`: what the service said. `is_final`: another attempt would be refused as well."""

    kind: Attempt.Outcome
    answer: str = ""
    is_final: bool = False
