"""Pages at two sizes: at most 12 queries, the null page + 60 ms, 1.3× the same page's time with 26 villages."""

from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.report import Finding
from organisations.kinds import Kind
from organisations.models import Organisation, User
from pairing.models import Pairing, Round

RUNS = 15
MOST_QUERIES = 12
SLACK = 0.060
GROWTH = 1.3


def addresses() -> dict[str, str]:
    """Every list and board of the product, by a readable name."""
    round = Round.objects.get()
    village = Organisation.objects.filter(kind=Kind.VILLAGE)[0]
    return {
        "board": reverse("board", args=[round.pk]),
        "board index": reverse("board_index"),
        "directory": reverse("directory", args=[round.pk]),
        "home": reverse("home"),
        "round": reverse("round", args=[round.pk]),
        "rounds": reverse("rounds"),
        "villages of the round": reverse("market_villages", args=[round.pk]),
        "pairings": reverse("pairings"),
        "pairing": Pairing.objects.all()[0].get_absolute_url(),
        "plans of the round": reverse("round_plans", args=[round.pk]),
        "plans missing": reverse("round_plans", args=[round.pk]) + "?there=no",
        "targets of the round": reverse("round_targets", args=[round.pk]),
        "plans of a pairing": reverse("pairing_plans", args=[Pairing.objects.signed()[0].pk]),
        "public commitments": reverse("public_promises", args=[round.pk]),
        "organisations": reverse("organisations"),
        "village": village.get_absolute_url(),
        "search": f"{reverse('search')}?q=平坝",
    }


def measure(user: User, pages: dict[str, str] | None = None) -> dict[str, tuple[float, int]]:
    """Seconds (the best of several runs: what else the machine does is not the page) and queries per page."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    found = {}
    for name, address in ({"null": "/null/", **addresses()} if pages is None else pages).items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
        statements = len(queries)
        found[name] = (min(_time(client, address) for _ in range(RUNS)), statements)
    return found


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
