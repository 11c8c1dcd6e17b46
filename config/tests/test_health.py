import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config import embedded_redis, health, services
from office.tests import factories as office
from organisations.tests import factories as people

HTMX = {"HX-Request": "true"}
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery"]


@pytest.fixture
def own_redis(settings, tmp_path):
    """A Redis where no other worker or beat leaves its signs of life."""
    embedded_redis.start(tmp_path)
    settings.REDIS_URL = embedded_redis.url(tmp_path)
    yield tmp_path
    embedded_redis.stop(tmp_path)


@contextmanager
def _part(*command: str):
    addresses = {"DATABASE_URL": services.database_url(), "SECRET_KEY": "of the health test"}
    with subprocess.Popen([*CELERY, *command], cwd=services.BASE_DIR, env=os.environ | addresses) as process:
        try:
            yield process
        finally:
            process.kill()


def _forget_signs_of_life():
    with health._redis() as client:
        client.delete(health._key("worker"), health._key("beat"))


def _failing(client):
    return client.get(reverse("healthz")).json()["failing"]


def _wait_for(client, failing: list[str], seconds: int = 90) -> list[str]:
    deadline = time.monotonic() + seconds
    while _failing(client) != failing and time.monotonic() < deadline:
        time.sleep(0.2)
    return _failing(client)


@pytest.mark.django_db
def test_all_alive_is_200_for_anybody_without_a_session(client, own_redis):
    health.mark_alive("worker")
    health.mark_alive("beat")
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "healthy": True,
        "parts": {"database": True, "broker": True, "worker": True, "beat": True},
        "failing": [],
        "sentences": [],
    }
    assert response.cookies == {}


@pytest.mark.django_db
def test_a_part_that_was_not_seen_is_named_for_machines_and_for_people(client, own_redis):
    health.mark_alive("worker")
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["failing"] == ["beat"]
    assert response.json()["sentences"] == ["半分钟内没有发现定时任务进程。"]


@pytest.mark.django_db
def test_a_broker_that_is_away_is_named_at_once(client, own_redis):
    embedded_redis.stop(own_redis)
    begun = time.monotonic()
    assert _failing(client) == ["broker", "worker", "beat"]
    assert time.monotonic() - begun < health.SECONDS_TO_ANSWER


@pytest.mark.django_db
def test_signs_of_life_expire(client, own_redis, monkeypatch):
    monkeypatch.setattr(health, "SECONDS_OF_LIFE", 1)
    health.mark_alive("worker")
    health.mark_alive("beat")
    assert _failing(client) == []
    assert _wait_for(client, ["worker", "beat"], seconds=5) == ["worker", "beat"]


@pytest.mark.django_db
def test_a_killed_beat_and_a_killed_worker_are_told_apart(client, own_redis, monkeypatch):
    monkeypatch.setenv("REDIS_URL", embedded_redis.url(own_redis))
    schedule = ["--schedule", str(own_redis / "schedule"), "--pidfile", ""]
    with _part("worker", "--pool", "solo", "--loglevel", "ERROR") as worker:
        with _part("beat", *schedule, "--loglevel", "ERROR"):
            assert _wait_for(client, []) == []
        _forget_signs_of_life()
        assert _wait_for(client, ["beat"]) == ["beat"]
        with _part("beat", *schedule, "--loglevel", "ERROR"):
            worker.kill()
            worker.wait()
            _forget_signs_of_life()
            assert _wait_for(client, ["worker"]) == ["worker"]


@pytest.mark.django_db
def test_the_first_page_of_the_administrator_says_what_runs_and_what_failed(client, own_redis):
    county = people.county("青山县")
    organiser = people.user("organiser", county)
    for days, state in ((1, "failed"), (30, "failed"), (1, "done")):
        ended = timezone.now() - timedelta(days=days)
        office.job(organiser, organisation=county, state=state, running_at=ended, ended_at=ended)
    client.force_login(people.user("administrator", county))
    panel = reverse("health_panel")
    assert f'hx-get="{panel}"' in client.get(reverse("home")).content.decode()
    health.mark_alive("worker")
    shown = client.get(panel, headers=HTMX)
    assert (shown.context["failed"], shown.context["undelivered"]) == (1, 0)
    assert "半分钟内没有发现定时任务进程。" in shown.content.decode()
    health.mark_alive("beat")
    shown = client.get(panel, headers=HTMX)
    assert shown.context["sentences"] == []
    assert "都在运行" in shown.content.decode()
    client.force_login(people.user("branch_secretary", people.unit(county)))
    assert client.get(panel, headers=HTMX).content == b""
