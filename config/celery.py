"""The Celery application, and the signs of life that /healthz reads."""

import os

from celery import Celery
from celery.signals import beat_init, before_task_publish, heartbeat_sent

from config import health

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("jiedui")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.task(name="config.celery.heartbeat")
def heartbeat() -> None:
    """A worker took a message that beat had sent."""
    health.mark_alive("worker")


@before_task_publish.connect(sender="config.celery.heartbeat", weak=False)
def beat_ticks(**_kwargs) -> None:
    """Only beat sends this task, so its sending shows beat alive even where no worker takes it."""
    health.mark_alive("beat")


@beat_init.connect(weak=False)
def beat_begins(**_kwargs) -> None:
    """A product that was just started waits for its first tick as a healthy one."""
    health.mark_alive("beat")


@heartbeat_sent.connect(weak=False)
def worker_ticks(**_kwargs) -> None:
    """A worker with all its hands full still sends this, every other second."""
    health.mark_alive("worker")
