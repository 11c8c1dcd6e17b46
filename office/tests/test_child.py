"""A child process may misbehave in every way; the parent gets a sentence."""

import os
import time

import pytest

from core.refusals import Refused
from office.child import Broken, OutOfMemory, TimedOut, Unfit, run_limited, stream_limited

HERE = "office.tests.test_child"
PLENTY = {"seconds": 20, "megabytes": 400}


def double(payload):
    return payload * 2


def count(payload):
    yield from range(payload)


def sleep(payload):
    time.sleep(payload)


def spin(payload):
    while True:
        pass


def hoard(payload):
    return len(b"x" * payload)


def exit_at_once(payload):
    os._exit(3)


def complain(payload):
    raise Unfit("This is no workbook: %(found)s.", found=payload)


def environment(payload):
    return sorted(os.environ)


def test_answers_come_back_as_bytes_or_json():
    assert run_limited(f"{HERE}.double", b"ab", **PLENTY) == b"abab"
    assert run_limited(f"{HERE}.double", [1, "村"], **PLENTY) == [1, "村", 1, "村"]


def test_a_generator_is_streamed():
    assert list(stream_limited(f"{HERE}.count", 5, **PLENTY)) == [0, 1, 2, 3, 4]


def test_a_reader_that_stops_early_leaves_no_child_behind():
    answers = stream_limited(f"{HERE}.count", 10**9, **PLENTY)
    assert next(answers) == 0
    before = time.monotonic()
    answers.close()
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("function", ["sleep", "spin"])
def test_a_child_that_takes_too_long_is_stopped(function):
    before = time.monotonic()
    with pytest.raises(TimedOut):
        run_limited(f"{HERE}.{function}", 60, seconds=2, megabytes=400)
    assert time.monotonic() - before < 8


def test_a_child_that_wants_too_much_memory_is_stopped():
    with pytest.raises(OutOfMemory):
        run_limited(f"{HERE}.hoard", 2 * 1024**3, **PLENTY)


def test_a_child_that_dies_is_a_sentence():
    with pytest.raises(Broken):
        run_limited(f"{HERE}.exit_at_once", b"x" * 5_000_000, **PLENTY)


def test_what_is_unfit_is_said_in_the_words_of_the_child():
    with pytest.raises(Refused) as refusal:
        run_limited(f"{HERE}.complain", "PDF", **PLENTY)
    assert str(refusal.value.sentence) == "This is no workbook: PDF."


def test_the_child_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    known = set(run_limited(f"{HERE}.environment", None, **PLENTY))
    assert known & {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} == set()
