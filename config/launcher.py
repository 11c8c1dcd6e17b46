"""`make run`: web server, Celery worker and beat under one parent, on embedded services where none are given.

    python -m config.launcher

Ctrl-C or SIGTERM stops everything in order. If one part dies, the rest is stopped too: half a product would look
whole. Whatever prevents the start is said in one sentence, and the exit code is 1.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseError
from django.db.migrations.exceptions import InconsistentMigrationHistory

from config import embedded_postgres, embedded_redis, environment, preparation, services

SECONDS_TO_STOP = 20
ADDRESS_TROUBLE = {
    errno.EADDRINUSE: "Port {port} is in use on {host}: stop the other program, or choose another: PORT=8001 make run.",
    errno.EACCES: "Port {port} is reserved for root: choose one above 1023, PORT=8000 make run.",
    errno.EADDRNOTAVAIL: "{host} is no address of this machine: set HOST to 127.0.0.1, or to 0.0.0.0 for all.",
}
ENVIRONMENT = {
    "PYTHONUNBUFFERED": "1",
    # Messages are JSON, so Celery's fear of root does not apply; which user this is was decided at `make run`.
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
}


class Trouble(Exception):
    """Why the product does not run, in one sentence."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a shell's background jobs begin with SIGINT ignored
        signal.signal(number, _interrupt)
    try:
        environment.read_file(services.BASE_DIR / ".env")
        host, port = _address()
        with services.running():
            django.setup()
            preparation.prepare(say=lambda text: _say("setup", text))
            _supervise(host, port)
    except KeyboardInterrupt:
        _say("all", "stopped")
    except (Trouble, embedded_postgres.Unavailable, embedded_redis.Unavailable, ImproperlyConfigured) as trouble:
        sys.exit(str(trouble))
    except InconsistentMigrationHistory as error:
        sys.exit(f"The tables were made by another version of the product ({error}): see docs/operations.md, Upgrade.")
    except DatabaseError as error:
        sys.exit(f"The database refuses: {str(error).strip().splitlines()[0]}")
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        sys.exit(f"The disk is full: {services.var_dir()}" if full else f"Starting failed: {error}")


def _interrupt(*_arguments) -> None:
    raise KeyboardInterrupt


def _address() -> tuple[str, int]:
    """HOST and PORT, after making sure that they can be listened on."""
    host, port = environment.text("HOST", "127.0.0.1"), environment.text("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Trouble(f"PORT must be a number from 1 to 65535, not {port!r}.")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except socket.gaierror:
        raise Trouble(f"HOST {host!r} is unknown.") from None
    except OSError as error:
        sentence = ADDRESS_TROUBLE.get(error.errno or 0, f"{{host}}:{{port}} cannot be listened on ({error.strerror}).")
        raise Trouble(sentence.format(host=host, port=port)) from None
    return host, int(port)


def _commands(host: str, port: int) -> dict[str, list[str]]:
    """The parts in the order in which they stop: nobody is served, nothing new is sent, then work is finished."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "config.celery"]
    schedule = str(services.var_dir() / "beat-schedule")
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", bind, "--no-control-socket"]
    return {
        "web": [
            *gunicorn,
            "--workers",
            "2",
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "--graceful-timeout",
            "10",
            "--log-level",
            "warning",
        ],
        "beat": [*celery, "beat", "--schedule", schedule, "--pidfile", "", "--loglevel", "WARNING"],
        "worker": [*celery, "worker", "--concurrency", "2", "--loglevel", "WARNING"],
    }


def _supervise(host: str, port: int) -> None:
    children: dict[str, subprocess.Popen] = {}
    try:
        for name, command in _commands(host, port).items():
            children[name] = _start(name, command)
        _wait_until_served(host, port, children)
        _say("all", f"open http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port} - stop with Ctrl-C")  # noqa: S104
        while True:
            _check(children)
            time.sleep(0.5)
    finally:
        _stop(children)


def _start(name: str, command: list[str]) -> subprocess.Popen:
    """A group of its own: Ctrl-C reaches this parent alone, which then stops its children in order."""
    child = subprocess.Popen(
        command,
        cwd=services.BASE_DIR,
        env=os.environ | ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    threading.Thread(target=_relay, args=(name, child), daemon=True).start()
    return child


def _relay(name: str, child: subprocess.Popen) -> None:
    for line in child.stdout or ():
        _say(name, line.rstrip())


def _check(children: dict[str, subprocess.Popen]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Trouble(f"The part {name!r} ended by itself (exit code {child.returncode}); everything was stopped.")


def _wait_until_served(host: str, port: int, children: dict[str, subprocess.Popen]) -> None:
    while True:
        _check(children)
        try:
            socket.create_connection((host, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)


def _stop(children: dict[str, subprocess.Popen]) -> None:
    """End each part in turn; one that does not end in time is killed. A second Ctrl-C kills at once."""
    patience = SECONDS_TO_STOP
    for child in children.values():
        try:
            child.terminate()
            child.wait(patience)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            patience = 0
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # also what a part that died has left behind
        child.wait()


def _say(name: str, text: str) -> None:
    print(f"{name:6} | {text}", flush=True)  # noqa: T201 - this is the product's voice at the terminal


if __name__ == "__main__":
    main()
