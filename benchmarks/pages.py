"""Pages at two sizes: at most 12 queries, the null page + 60 ms, 1.3× the same page's time with 26 villages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.apart import apart
from benchmarks.report import Finding
from organisations.models import User

RUNS = 15
MOST_QUERIES = 12
SLACK = 0.060
GROWTH = 1.3
NULL = "/null/"


@dataclass(frozen=True)
class PageTime:
    """Seconds of a page and, between its runs, of the null page: the best of several, and its queries. `first`: seconds
    of the first time that it was asked for."""

    seconds: float
    null: float
    queries: int
    first: float = 0


Change = Callable[[int], object]


def nothing(_number: int) -> None:
    """Happens before each run."""


def measure(
    user: User, pages: dict[str, str], change: Change = nothing, headers: dict[str, str] | None = None
) -> dict[str, PageTime]:  # fmt: skip
    """By the name of the page. `change` happens before each run, whose number it is given, and is not measured."""
    return apart(measure_here, user, pages, change, headers or {})


def measure_here(
    user: User, pages: dict[str, str], change: Change, headers: dict[str, str]
) -> dict[str, PageTime]:  # fmt: skip
    client = Client(headers={"host": "127.0.0.1", **headers})
    client.force_login(user)
    client.get(NULL)
    return {name: _measure(client, address, change) for name, address in pages.items()}


def _measure(client: Client, address: str, change: Change) -> PageTime:
    first = _time(client, address)
    change(RUNS)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    statements = len(queries)  # later requests empty the log
    runs = []
    for number in range(RUNS):
        change(number)
        runs.append((_time(client, address), _time(client, NULL)))
    own, null = zip(*runs, strict=True)
    return PageTime(min(own), min(null), statements, first)


def chosen(pages: dict[str, str], words: Sequence[str]) -> dict[str, str]:
    """Those with one of the words in their name; all where no word is given."""
    return {name: address for name, address in pages.items() if not words or any(word in name for word in words)}


def _time(client: Client, address: str) -> float:
    started = perf_counter()
    client.get(address).content  # noqa: B018 - a streamed answer is read to its end
    return perf_counter() - started


def compare(small: dict[str, PageTime], large: dict[str, PageTime]) -> list[Finding]:
    """A page is compared with itself when small at the pace of the machine that the null page shows."""
    findings = []
    for name, page in large.items():
        seconds, before = page.seconds, small[name].seconds * page.null / small[name].null
        findings += [
            Finding(f"{name}: beside the null page", seconds, page.null, "null + 60 ms", seconds <= page.null + SLACK),
            Finding(f"{name}: beside itself when small", seconds, before, f"{GROWTH}×", seconds <= GROWTH * before),
            Finding(f"{name}: queries", page.queries, small[name].queries, "12", page.queries <= MOST_QUERIES, unit=""),
        ]
    return findings
