"""Many secretaries come out of their valleys at the same moment: what their phones send is recorded, each once."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.apps import apps
from django.db import connections
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from organisations.models import User
from organisations.tests import factories as people
from pairing.models import Pairing
from pairing.tests import factories as pairings
from pairing.tests.market import county
from visits import recounting
from visits.models import Activity, ActivityDay, ActivityMonth, Participant

SCRIPT = {"Accept": "application/json"}
SECRETARIES, TWICE, QUEUE = 30, 10, 3  # of the first ten, two windows send the same queue


@dataclass
class Phone:
    user: User
    pairing: Pairing
    queue: list[dict]

    def send(self, start: Barrier) -> list[tuple[int, str]]:
        """One after the other, as `sending.js` does; the answers."""
        try:
            client = Client()
            client.force_login(self.user)
            start.wait()
            address = f"/pairings/{self.pairing.pk}/activities/new/"
            answers = [client.post(address, record, headers=SCRIPT) for record in self.queue]
            return [(answer.status_code, answer.json().get("address", "")) for answer in answers]
        finally:
            connections.close_all()


def queue_of(user: User) -> list[dict]:
    today = timezone.localdate()
    same = {"author": user.pk, "people": [f"member|{user.name}"], "kind": "survey_trip", "words": "看果园"}
    same |= {f"role_{number}": "member" for number in (1, 2, 3)}
    days = [(today - timedelta(days=number)).isoformat() for number in range(QUEUE)]
    return [same | {"key": str(uuid.uuid4()), "on": day} for day in days]


@pytest.fixture
def phones(transactional_db) -> list[Phone]:
    found = county(scheme="qianxi", starts_on=timezone.localdate() - timedelta(days=90))
    made = []
    for number in range(SECRETARIES):
        unit = people.unit(found.root, f"青山县第{number}局")
        village = people.village(found.root, f"第{number}村")
        user = people.user("branch_secretary", unit, name=f"书记{number}")
        pairing = pairings.pairing(found.round, unit, village, state="signed")
        made.append(Phone(user, pairing, queue_of(user)))
    return made


def merge_until(ended: Event, start: Barrier) -> int:
    """Merges what is kept counted while people write; how many times."""
    try:
        start.wait()
        times = 0
        while not ended.wait(0.05):
            recounting.merge()
            times += 1
        return times
    finally:
        connections.close_all()


def test_forty_queues_at_once_lose_nothing_and_double_nothing(phones):
    windows = [*phones, *phones[:TWICE]]
    start, ended = Barrier(len(windows) + 1), Event()
    with ThreadPoolExecutor(len(windows) + 1) as pool:
        merging = pool.submit(merge_until, ended, start)
        answers = list(pool.map(lambda phone: phone.send(start), windows))
        ended.set()
    assert merging.result() > 0
    assert {code for answered in answers for code, _address in answered} == {201}
    keys = [uuid.UUID(record["key"]) for phone in phones for record in phone.queue]
    assert Counter(Activity.objects.values_list("key", flat=True)) == Counter(keys)
    by_author = Counter(Activity.objects.values_list("entered_by", "pairing"))
    assert by_author == {(phone.user.pk, phone.pairing.pk): QUEUE for phone in phones}
    assert answers[:TWICE] == answers[SECRETARIES:]
    assert Participant.objects.count() == apps.get_model("visits", "ActivityEvent").objects.count() == len(keys)
    in_all = Sum("recorded")
    whole = {"aspect": "whole"}
    assert ActivityDay.objects.filter(**whole).aggregate(in_all) == {"recorded__sum": len(keys)}
    months = ActivityMonth.objects.filter(**whole).values_list("pairing").annotate(in_all).order_by()
    assert dict(months) == dict.fromkeys((phone.pairing.pk for phone in phones), QUEUE)
