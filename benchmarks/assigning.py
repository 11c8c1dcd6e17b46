"""Every household of a county gets a helper of its team: by the two buttons, through the jobs behind them."""

import resource
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import perf_counter

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.report import Finding
from config.celery import app
from members.kinds import PairKind
from members.models import AssignmentRun, Member, PersonPair
from members.states import PairState
from office.models import Job
from organisations.kinds import Kind
from organisations.models import Organisation, User

MOST_SECONDS, MOST_MEGABYTES, MOST_APART = 300, 1000, 1
LOOK_SECONDS = 0.5


@contextmanager
def at_once() -> Iterator[None]:
    """What is put into the queue is done at once, in this process: no worker stands behind a benchmark."""
    app.conf.task_always_eager = True
    try:
        yield
    finally:
        app.conf.task_always_eager = False


class Onlooker(Thread):
    """Looks at the newest job as its page does, and remembers what it said."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = Event()
        self.seen: set[tuple[str, int, str]] = set()

    def run(self) -> None:
        while not self.over.wait(LOOK_SECONDS):
            self.seen.update(Job.objects.order_by("-pk").values_list("kind", "done", "message")[:1])
        connection.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error) -> None:
        self.over.set()
        self.join()

    def steps(self, kind: str) -> int:
        return sum(job == kind for job, *_said in self.seen)


def measure(user: User) -> list[Finding]:
    """Helpers computed and kept, then all of them paired; everything is committed."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    place = Organisation.objects.get(depth=1)
    with at_once(), Onlooker() as onlooker:
        form = {"place": place.pk, "round": "", "only_needy": "on"}
        computing = timed_post(client, reverse("assignments"), form)
        run = AssignmentRun.objects.get()
        pairing = timed_post(client, reverse("issue_assignment", args=[run.pk]), {})
    check(run)
    size = f"assignment of {run.households} households to {run.helpers} cadres"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    apart, whole = most_apart(), computing + pairing
    return [
        Finding(f"{size}: computed and kept", computing, 0, "", True),
        Finding(f"{size}: steps seen", onlooker.steps("assignment.compute"), 0, "", True, ""),
        Finding(f"{size}: paired", pairing, 0, "", True),
        Finding(f"{size}: in all", whole, 0, f"{MOST_SECONDS} s", whole <= MOST_SECONDS),
        Finding(f"{size}: loads apart in a team", apart, 0, f"{MOST_APART}", apart <= MOST_APART, ""),
        Finding(f"{size}: memory", memory, 0, f"{MOST_MEGABYTES} MB", memory <= MOST_MEGABYTES, "MB"),
    ]


def timed_post(client: Client, address: str, form: dict) -> float:
    started = perf_counter()
    answer = client.post(address, form)
    if answer.status_code != 302:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return perf_counter() - started


def check(run: AssignmentRun) -> None:
    for job in Job.objects.order_by("pk"):
        if job.error or job.done != job.total:
            raise SystemExit(f"{job.kind} ended at {job.done} of {job.total}: {job.error}")
    if helped().count() != run.households:
        raise SystemExit(f"{helped().count()} of {run.households} households have a helper")


def helped():
    return PersonPair.objects.filter(kind=PairKind.CADRE_HOUSEHOLD, state=PairState.ACTIVE).order_by()


def most_apart() -> int:
    """The largest difference between two members of one team, those without any household among them."""
    loads = Counter(helped().values_list("helper_member", flat=True))
    teams: dict[int, list[int]] = {}
    members = Member.objects.filter(organisation__kind=Kind.WORK_TEAM).order_by()
    for pk, team in members.values_list("pk", "organisation"):
        teams.setdefault(team, []).append(loads[pk])
    return max(max(each) - min(each) for each in teams.values())
