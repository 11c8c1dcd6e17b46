"""A real worker process on real Redis and PostgreSQL."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection
from django.utils import timezone

from office import abandoned, jobs
from office.models import Job, Message
from office.tests import workers
from organisations.models import Organisation
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db(transaction=True)
assert workers


def address_of_test_database() -> str:
    given = connection.settings_dict
    login = f"{given['USER']}:{quote(given['PASSWORD'])}" if given["PASSWORD"] else given["USER"]
    port = f"&port={given['PORT']}" if given["PORT"] else ""
    return f"postgres://{login}@/{given['NAME']}?host={quote(given['HOST'], safe='')}{port}"


@contextmanager
def real_worker(queue: str):
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-Q", queue, "-c", "1"]
    options = ["-I", "office.tests.workers", "--loglevel", "warning", "--without-gossip", "--without-mingle"]
    addresses = {"DATABASE_URL": address_of_test_database(), "REDIS_URL": settings.REDIS_URL}
    environment = os.environ | addresses | {"SECRET_KEY": "of the worker test"}
    with subprocess.Popen(
        [*command, *options], cwd=settings.BASE_DIR, env=environment, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, 9)


@pytest.fixture
def queue(monkeypatch):
    """A queue of its own: no other worker takes its work, and it takes no other's."""
    name = f"test-{uuid4().hex}"
    monkeypatch.setitem(current_app.conf, "task_default_queue", name)
    current_app.amqp.__dict__.pop("queues", None)
    current_app.amqp.__dict__.pop("router", None)
    yield name
    current_app.amqp.__dict__.pop("queues", None)
    current_app.amqp.__dict__.pop("router", None)


def wait_until(job: Job, fits, seconds: int = 90) -> Job:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if fits(job):
            return job
        time.sleep(0.1)
    raise AssertionError(f"{job.state}, {job.done}/{job.total}, {job.error}")


def test_work_goes_on_elsewhere_shows_progress_and_can_be_stopped(queue):
    county = people.county("青山县")
    starter = people.user("organiser", county)
    with real_worker(queue):
        quick = jobs.start(by=starter, kind="test.count", title="快", arguments={"upto": 2, "name": "绿水县"})
        wait_until(quick, lambda job: job.state == "done")
        assert quick.result == {"counted": 2}
        assert set(Organisation.objects.values_list("name", flat=True)) == {"绿水县"}

        slow = jobs.start(
            by=starter, kind="test.count", title="慢", arguments={"upto": 600, "seconds": 0.1, "name": "改了"}
        )
        wait_until(slow, lambda job: 0 < job.done < 600 and job.message.startswith("第 "))
        jobs.cancel(by=starter, job=slow, at=timezone.now())
        wait_until(slow, lambda job: job.state == "cancelled")
        assert set(Organisation.objects.values_list("name", flat=True)) == {"绿水县"}
    assert [message.subject_text for message in Message.objects.visible_to(starter)] == ["已完成：快"]


def test_the_work_of_a_killed_worker_is_collected(queue):
    starter = people.user("organiser", people.county())
    job = jobs.start(by=starter, kind="test.count", title="慢", arguments={"upto": 600, "seconds": 0.1})
    with real_worker(queue):
        wait_until(job, lambda job: job.done > 0)
    time.sleep(1.5)
    assert abandoned.collect(at=timezone.now()) == 0
    assert abandoned.collect(at=timezone.now() + abandoned.SILENCE) == 1
    job.refresh_from_db()
    assert job.state == "failed"
