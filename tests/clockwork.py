"""The product's Celery application with one more task: each tick of a real beat is another fortnight.

Run as `celery -A tests.clockwork worker` and `… beat`; how far the days are is counted in Redis.
"""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from redis import Redis

from config.celery import app

TICK_SECONDS = 2.0
STEP = timedelta(days=14)
FIRST = datetime(2026, 1, 2, 8, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
KEY = os.environ.get("CLOCKWORK", "clockwork")  # of this test: its queue, and where its days are counted
TASK = "tests.clockwork.another_fortnight"


def counter(key: str) -> str:
    return f"days:{key}"


def unread(key: str) -> str:
    """A queue that nobody reads."""
    return f"{key}-unread"


def days(key: str) -> int:
    """How many fortnights have begun."""
    return int(Redis.from_url(settings.REDIS_URL).get(counter(key)) or 0)  # type: ignore[arg-type]


@app.task(name=TASK)
def another_fortnight() -> None:
    from duties.planning import plan  # noqa: PLC0415 - models, once Django stands
    from duties.reminding import send_reminders  # noqa: PLC0415
    from office.outbox.sending import send_due  # noqa: PLC0415

    number = int(Redis.from_url(settings.REDIS_URL).incr(counter(KEY)))  # type: ignore[arg-type]
    moment = FIRST + (number - 1) * STEP
    plan(moment.date())
    send_reminders(moment)
    send_due(lambda: moment)


# The product asks for sending at once, by the clock on the wall: here each tick sends, by its own.
app.conf.task_routes = {"office.tasks.send_outgoing": {"queue": unread(KEY)}}
app.conf.beat_schedule = {"tick": {"task": TASK, "schedule": TICK_SECONDS, "options": {"queue": KEY}}}
