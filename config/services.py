"""Where PostgreSQL and Redis are: the given servers, or embedded ones that live under var/.

Settings ask only for addresses; nothing is started by importing this module. `running()` starts what is missing.
"""

import fcntl
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import embedded_postgres, embedded_redis

BASE_DIR = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """Everything this machine keeps. Tests have a folder of their own, so that they never meet real data."""
    return Path(os.environ.get("VAR_DIR") or BASE_DIR / "var" / ("tests" if "pytest" in sys.modules else "")).absolute()


def secret_key() -> str:
    """A key made once for this machine and kept under var/, where SECRET_KEY is unset."""
    path = var_dir() / "secret_key"
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database_url() -> str:
    return os.environ.get("DATABASE_URL") or embedded_postgres.url(var_dir())


def redis_url() -> str:
    """The address as redis-py and Django's cache read it."""
    return os.environ.get("REDIS_URL") or embedded_redis.url(var_dir())


def broker_url() -> str:
    """The same Redis as Celery reads it: a Unix socket has another scheme there."""
    url = redis_url()
    return f"redis+socket://{url.removeprefix('unix://')}" if url.startswith("unix://") else url


@contextmanager
def running() -> Iterator[None]:
    """Embedded services run while inside; the last process that leaves stops them.

    Every process inside holds a shared lock, so a crashed one leaves no wrong count behind.
    Raises `embedded_postgres.Unavailable` or `embedded_redis.Unavailable`, each one sentence, or `OSError`.
    """
    embedded = [
        service
        for variable, service in (("DATABASE_URL", embedded_postgres), ("REDIS_URL", embedded_redis))
        if not os.environ.get(variable)
    ]
    if not embedded:
        yield
        return
    var = var_dir()
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (var / "users.lock").open("w") as users:
        with _one_at_a_time(var):
            fcntl.flock(users, fcntl.LOCK_SH)
            for service in embedded:
                service.start(var)
        try:
            yield
        finally:
            with _one_at_a_time(var):
                if _is_last(users):
                    for service in reversed(embedded):
                        service.stop(var)


@contextmanager
def _one_at_a_time(var: Path) -> Iterator[None]:
    with (var / "services.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_last(users) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
