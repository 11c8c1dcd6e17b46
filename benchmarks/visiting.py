"""Saving a visit, and the lists of visits, after a hundred earlier activities and after millions of them; the queues
of two hundred phones at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks import data, pages
from benchmarks.filling import without_triggers
from benchmarks.report import Finding
from organisations.kinds import Resource
from organisations.models import Appointment, User
from pairing.models import Pairing, Round
from visits.figures import By
from visits.kinds import kinds_of
from visits.models import Activity
from visits.recounting import recount

FEW = 100
RUNS = 40
SECRETARIES, QUEUE, CONNECTIONS = 200, 3, 40
INTO_ACTIVITIES = """
    INSERT INTO visits_activity (
        key, pairing_id, unit_id, side, nature, kind, name, "on", words, resources, tags, mode, state, ranks,
        late_words, missed_words, returned_words, entered_at, entered_by_id, answered_at, answered_by_id
    )
    SELECT gen_random_uuid(), p.id, p.unit_id, 'unit', (%(natures)s)[1 + n %% 5], '', (%(names)s)[1 + n %% 5],
        %(today)s - (n / %(pairings)s)::int %% 365, '看了果园', ARRAY[(%(resources)s)[1 + n %% 3]],
        ARRAY[(%(tags)s)[1 + n %% 3]], '', 'confirmed', ARRAY[(ARRAY['', 'section', 'general'])[1 + n %% 3]],
        '', '', '', now(), %(user)s, now(), %(user)s
    FROM generate_series(%(first)s, %(last)s) n
    JOIN (
        SELECT id, unit_id, row_number() OVER (ORDER BY id) - 1 AS place FROM pairing_pairing WHERE id = ANY(%(among)s)
    ) p ON p.place = n %% %(pairings)s
"""
INTO_PARTICIPANTS = """
    INSERT INTO visits_participant (activity_id, role, name, is_young, rank)
    SELECT id, 'member', '王志远', false, ranks[1] FROM visits_activity WHERE id > %s
"""


def measure(villages: int, pairings: int, activities: int) -> list[Finding]:
    """In one database, so that nothing but the number of activities differs."""
    organiser = data.build(villages, pairings)
    pairing = Pairing.objects.signed().select_related("unit", "round__scheme_version").order_by("pk")[0]
    secretary = User.objects.create(username="secretary", name="王志远")
    Appointment.objects.create(user=secretary, role="branch_secretary", organisation=pairing.unit)
    found = {}
    everywhere = list(Pairing.objects.order_by("pk").values_list("pk", flat=True))
    for number, among in ((FEW, [pairing.pk]), (activities, everywhere)):
        fill(among, pairing.round, secretary, number)
        found[number] = saving(pairing, secretary), looked_at(pairing, organiser, secretary)
    (before, _few, small), (seconds, statements, large) = ((*saved, seen) for saved, seen in found.values())
    work = f"saving a visit after {activities} activities"
    return [
        Finding(f"{work}: beside {FEW}", seconds, before, "1.3×", seconds <= pages.GROWTH * before),
        Finding(f"{work}: queries", statements, 0, "12", statements <= pages.MOST_QUERIES, unit=""),
        *pages.compare(small, large),
        *at_once(seconds),
    ]


def fill(among: list[int], round: Round, user: User, until: int, last: date | None = None) -> None:
    """Up to this number in all, spread over these pairings and the year up to a day, today where none is given; without
    the history of what nobody did.

    The first few are of the pairing that is looked at, so that its page is full before there are millions of others.
    """
    there, kinds = Activity.objects.count(), kinds_of(round)[:5]
    given: dict[str, Any] = {"natures": [str(kind.nature) for kind in kinds], "names": [kind.name for kind in kinds]}
    given |= {"tags": ["talent", "industry", "culture"], "resources": Resource.values[:3]}
    given |= {"today": last or timezone.localdate(), "user": user.pk}
    given |= {"among": among, "pairings": len(among), "first": there, "last": until - 1}
    newest = Activity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with without_triggers() as cursor:
        cursor.execute(INTO_ACTIVITIES, given)
        cursor.execute(INTO_PARTICIPANTS, [newest])
    recount()
    data.analyse()


def saving(pairing: Pairing, secretary: User) -> tuple[float, int]:
    """Seconds, the median of several, and statements of one more record, as a phone sends it."""
    client = Client(headers={"host": "127.0.0.1", "accept": "application/json"})
    client.force_login(secretary)
    send(client, pairing, secretary)
    with CaptureQueriesContext(connection) as statements:
        send(client, pairing, secretary)
    number = sum(each["sql"] not in ("BEGIN", "COMMIT") for each in statements)
    return median(send(client, pairing, secretary) for _run in range(RUNS)), number


def at_once(seconds: float) -> list[Finding]:
    """Many secretaries come home and their phones send what waits; `seconds`: of one record when nobody else sends."""
    pairings = Pairing.objects.signed().select_related("unit", "round__scheme_version").order_by("pk")
    senders = [(pairing, secretary_of(pairing, number)) for number, pairing in enumerate(pairings[1 : SECRETARIES + 1])]
    before, expected = Activity.objects.count(), len(senders) * QUEUE
    started = perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda sender: send_queue(*sender), senders))
    took, recorded = perf_counter() - started, Activity.objects.count() - before
    work = f"{len(senders)} secretaries send {QUEUE} visits each at once"
    return [
        Finding(work, took, expected * seconds, "2×", took <= 2 * expected * seconds),
        Finding(f"{work}: recorded", recorded, expected, "all, once", recorded == expected, unit=""),
    ]


def secretary_of(pairing: Pairing, number: int) -> User:
    user = User.objects.create(username=f"secretary-{number}", name=f"书记{number}")
    Appointment.objects.create(user=user, role="branch_secretary", organisation=pairing.unit)
    return user


def send_queue(pairing: Pairing, secretary: User) -> None:
    """The first is sent twice, as by a phone that got no answer."""
    client = Client(headers={"host": "127.0.0.1", "accept": "application/json"})
    client.force_login(secretary)
    try:
        keys = [str(uuid.uuid4()) for _number in range(QUEUE)]
        for key in (keys[0], *keys):
            send(client, pairing, secretary, key)
    finally:
        connection.close()


def send(client: Client, pairing: Pairing, secretary: User, key: str = "") -> float:
    kind = kinds_of(pairing.round)[0]
    record = {
        "author": secretary.pk,
        "key": key or str(uuid.uuid4()),
        "on": timezone.localdate().isoformat(),
        "people": [f"member|{secretary.name}"],
        "kind": kind.code,
        "words": "看了果园",
        "is_another": "on",
        **{f"role_{number}": "member" for number in (1, 2, 3)},
    }
    started = perf_counter()
    answer = client.post(reverse("record_activity", args=[pairing.pk]), record)
    seconds = perf_counter() - started
    if answer.status_code != 201:
        raise SystemExit(f"saving a visit answered {answer.status_code}: {answer.content.decode()[:300]}")
    return seconds


def looked_at(pairing: Pairing, organiser: User, secretary: User) -> dict[str, pages.PageTime]:
    of_pairing = reverse("pairing_activities", args=[pairing.pk])
    newest = Activity.objects.filter(pairing=pairing).order_by("-pk")[0]
    of_all = {
        "activities": reverse("activities"),
        "activities, waiting": f"{reverse('activities')}?state=submitted",
        "calendar of a province": reverse("activity_calendar"),
        "year of a village": reverse("village_year", args=[pairing.village_id]),
        "people of a unit": f"{reverse('people_who_went')}?unit={pairing.unit_id}&state=confirmed",
        **{f"statistics by {by.value}": f"{reverse('visit_statistics')}?by={by.value}" for by in By},
    }
    own = {
        "statistics of a unit": reverse("visit_statistics"),
        "activities, own": reverse("activities"),
        "activities of a pairing": of_pairing,
        "an activity": newest.get_absolute_url(),
        "the form of an activity": reverse("record_activity", args=[pairing.pk]),
        "first page of a secretary": reverse("home"),
    }
    return pages.measure(organiser, of_all) | pages.measure(secretary, own)
