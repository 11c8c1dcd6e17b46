"""Pages at two sizes: at most 12 queries, the null page + 60 ms, 1.3× the same page's time with 26 villages."""

from collections.abc import Sequence
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.report import Finding
from organisations.models import User

RUNS = 15
MOST_QUERIES = 12
SLACK = 0.060
GROWTH = 1.3


def measure(user: User, pages: dict[str, str]) -> dict[str, tuple[float, int]]:
    """Seconds (the best of several runs: what else the machine does is not the page) and queries per page."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    found = {}
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        statements = len(queries)
        found[name] = (min(_time(client, address) for _ in range(RUNS)), statements)
    return found


def chosen(pages: dict[str, str], words: Sequence[str]) -> dict[str, str]:
    """Those with one of the words in their name; all where no word is given."""
    return {name: address for name, address in pages.items() if not words or any(word in name for word in words)}


def _time(client: Client, address: str) -> float:
    started = perf_counter()
    client.get(address).content  # noqa: B018 - a streamed answer is read to its end
    return perf_counter() - started


def compare(small: dict[str, tuple[float, int]], large: dict[str, tuple[float, int]]) -> list[Finding]:
    findings = []
    null = large["null"][0]
    for name, (seconds, queries) in large.items():
        if name == "null":
            continue
        findings += [
            Finding(f"{name}: beside the null page", seconds, null, "null + 60 ms", seconds <= null + SLACK),
            Finding(
                f"{name}: beside itself when small", seconds, small[name][0], "1.3×", seconds <= GROWTH * small[name][0]
            ),
            Finding(f"{name}: queries", queries, small[name][1], "12", queries <= MOST_QUERIES, unit=""),
        ]
    return findings
