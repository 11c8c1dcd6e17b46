"""The product as `make run` starts it: real processes on embedded services, on a machine of their own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
import pytest

from config import embedded_postgres, embedded_redis, services, sockets

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads the processes as Linux shows them")
LAUNCH = [sys.executable, "-m", "config.launcher"]


@dataclass
class Product:
    process: subprocess.Popen
    port: int
    lines: list[str] = field(default_factory=list)

    def wait_until_open(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line)
            if "open http" in line:
                return
        pytest.fail("The product ended before it was open:\n" + "".join(self.lines))

    def failing(self) -> list[str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz") as response:
                return json.load(response)["failing"]
        except urllib.error.HTTPError as refusal:
            return json.load(refusal)["failing"]

    def wait_for(self, failing: list[str]) -> list[str]:
        """The parts named at last: all take their time to load where two processors are shared with other tests."""
        deadline = time.monotonic() + 180
        while self.failing() != failing and time.monotonic() < deadline:
            time.sleep(0.2)
        return self.failing()

    def end(self) -> tuple[int, str]:
        rest, _ = self.process.communicate(timeout=120)
        return self.process.returncode, "".join(self.lines) + rest


@pytest.fixture(scope="module")
def machine() -> Iterator[dict[str, str]]:
    """The environment of a machine without servers; its folder is gone afterwards."""
    var = Path(tempfile.mkdtemp(prefix="jiedui-test-"))
    given = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HOST", "DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in given}
    yield clean | {"VAR_DIR": str(var), "DEMO": "0", "DEBUG": "1", "PORT": str(_free_port())}
    if (var / "postgresql").is_symlink():
        shutil.rmtree((var / "postgresql").resolve())
    shutil.rmtree(var)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def _refused(machine: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(LAUNCH, cwd=services.BASE_DIR, env=machine, capture_output=True, text=True)


@contextmanager
def _open_product(machine: dict[str, str]) -> Iterator[Product]:
    pipe, together = subprocess.PIPE, subprocess.STDOUT
    process = subprocess.Popen(LAUNCH, cwd=services.BASE_DIR, env=machine, stdout=pipe, stderr=together, text=True)
    product = Product(process, int(machine["PORT"]))
    try:
        product.wait_until_open()
        yield product
    finally:
        if product.process.poll() is None:
            product.process.terminate()
            product.process.wait(60)


def _commands() -> dict[int, tuple[int, str]]:
    """Process → its parent and its command, as Linux shows them; a machine may have no `ps`."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            found[int(folder.name)] = parent, (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    return found


def _left_running(machine: dict[str, str]) -> list[str]:
    """Commands of processes that were started for this machine and still run; zombies have no command left."""
    marks = (machine["VAR_DIR"], f":{machine['PORT']}", f"jiedui-{sockets.digest(Path(machine['VAR_DIR']))}")
    return [command for _parent, command in _commands().values() if any(mark in command for mark in marks)]


def _worker_of(product: Product) -> int:
    parts = {pid: command for pid, (parent, command) in _commands().items() if parent == product.process.pid}
    [worker] = [pid for pid, command in parts.items() if " worker " in command]
    return worker


def _ask(machine: dict[str, str], sql: str) -> list[tuple]:
    connection = psycopg2.connect(embedded_postgres.url(Path(machine["VAR_DIR"])))
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        connection.close()


def test_two_starts_serve_name_what_dies_keep_data_and_leave_nothing_running(machine):
    """In one test, so that one worker makes the tables of this machine once."""
    var = Path(machine["VAR_DIR"])
    with _open_product(machine) as product:
        assert product.wait_for([]) == []
        assert len(_left_running(machine)) > 5
        assert _ask(machine, "CREATE TABLE kept AS SELECT 26 AS villages; SELECT villages FROM kept") == [(26,)]

        embedded_postgres.stop(var)
        assert product.wait_for(["database"]) == ["database"]
        embedded_postgres.start(var)
        assert product.wait_for([]) == []

        second = _refused(machine)
        assert second.returncode == 1
        assert second.stderr == (
            f"Port {product.port} is in use on 127.0.0.1: stop the other program, or choose another: PORT=8001 make run.\n"
        )

        product.process.send_signal(signal.SIGINT)
        code, output = product.end()
    assert code == 0
    assert "Traceback" not in output
    assert output.endswith("all    | stopped\n")
    assert _left_running(machine) == []
    assert (embedded_postgres.is_running(var), embedded_redis.is_running(var)) == (False, False)

    with _open_product(machine) as product:
        assert _ask(machine, "SELECT villages FROM kept") == [(26,)]
        os.kill(_worker_of(product), signal.SIGKILL)
        code, output = product.end()
    assert code == 1
    assert output.endswith("The part 'worker' ended by itself (exit code -9); everything was stopped.\n")
    assert _left_running(machine) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT must be a number from 1 to 65535, not 'eighty'."),
        ({"HOST": "192.0.2.1"}, "192.0.2.1 is no address of this machine"),
        ({"HOST": "no.such.host.invalid"}, "HOST 'no.such.host.invalid' is unknown."),
        ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0, not 'perhaps'."),
        ({"DATABASE_URL": "mysql://root@localhost/jiedui"}, "only PostgreSQL is supported"),
        ({"DATABASE_URL": "postgres://127.0.0.1:9/jiedui", "REDIS_URL": "redis://127.0.0.1:9"}, "The database refuses"),
        ({"VAR_DIR": "/proc/no-such-folder"}, "Starting failed: "),
    ],
)
def test_what_prevents_the_start_is_said_in_one_sentence(machine, change, sentence):
    refused = _refused(machine | {"PORT": str(_free_port())} | change)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1
