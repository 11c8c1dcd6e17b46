"""How long a piece of work takes."""

from collections.abc import Callable
from time import perf_counter
from typing import Any


def timed(work: Callable) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    started = perf_counter()
    result = work()
    return perf_counter() - started, result
