"""Windows of people before a live server, and a real worker behind it."""

import threading

import pytest
from django.core.cache import cache

from office.tests.test_worker import queue, real_worker
from tests.browsing import PATIENCE_MS, Window, enter

assert queue


@pytest.fixture
def answered(transactional_db):
    """No answer outlives its test: one still being drawn would read the tables while they are emptied."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE_MS / 1000)


@pytest.fixture
def open_window(answered, new_context, live_server):
    """`open_window(DESK)`, or `open_window(PHONE, user)` for somebody who signed in before."""

    def open_one(size: dict, user=None, **options) -> Window:
        return enter(new_context(viewport=size, **options), live_server.url, user)

    return open_one


@pytest.fixture
def worker(queue, transactional_db, settings, tmp_path, monkeypatch):
    """A worker process on the test database; it finds the same files as the live server."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    with real_worker(queue) as process:
        yield process
