"""The next round from a round of many pairings: prepared with its directory, opened, everybody asked for renewal."""

from dataclasses import replace
from datetime import timedelta
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.report import Finding
from organisations.models import User
from pairing.actions.rolling_over import roll_over
from pairing.actions.rounds import open_round
from pairing.models import Pairing, Round
from pairing.schemes.terms import next_terms
from pairing.states import PairingState

MOST_SECONDS = 60.0


def measure(organiser: User) -> tuple[float, int, int]:
    """Seconds, statements and pairings, all of them signed; nothing of it is kept."""
    last = Round.objects.select_related("scheme_version").get()
    version, at = last.scheme_version, timezone.now()
    terms = next_terms(version.rules, last, starts_on=last.ends_on + timedelta(days=1))
    terms = replace(terms, name=f"{last.name}（下一轮）")
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        waiting = Pairing.objects.filter(round=last, state=PairingState.NEGOTIATING)
        waiting.update(state=PairingState.SIGNED, signed_on=last.starts_on)
        pairings = Pairing.objects.signed().filter(round=last).count()
        started = perf_counter()
        made = roll_over(by=organiser, round=last, scheme_version=version, terms=terms, at=at)
        open_round(by=organiser, round=made, at=at)
        seconds = perf_counter() - started
        transaction.set_rollback(True)
    return seconds, len(statements), pairings


def compare(small: tuple[float, int, int], large: tuple[float, int, int]) -> list[Finding]:
    (_seconds, few, _pairings), (seconds, many, pairings) = small, large
    work = f"roll-over of {pairings} signed pairings"
    return [
        Finding(work, seconds, 0, f"{MOST_SECONDS:.0f} s", seconds <= MOST_SECONDS),
        Finding(f"{work}, statements", many, few, "as when small", many == few, unit=""),
    ]
