import os
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.urls import reverse

from config import embedded_redis, health, services

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
