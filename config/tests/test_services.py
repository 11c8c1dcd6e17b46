import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest

from config import embedded_postgres, embedded_redis, services


@pytest.fixture
def var(monkeypatch):
    """A machine of its own: no servers given, and a folder that nobody has used. Gone afterwards, wherever it was."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    folder = Path(tempfile.mkdtemp(prefix="jiedui-test-"))
    monkeypatch.setenv("VAR_DIR", str(folder))
    yield folder
    link = folder / "postgresql"
    if link.is_symlink():
        for home in link.resolve().parent.glob(f"{link.resolve().name}*"):
            shutil.rmtree(home)
    shutil.rmtree(folder)


def _ask(sql: str, *, fetch: bool = False):
    connection = psycopg2.connect(services.database_url())
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if fetch else None
    finally:
        connection.close()


def _is_running(var: Path) -> tuple[bool, bool]:
    return embedded_postgres.is_running(var), embedded_redis.is_running(var)


def test_given_servers_are_used_as_they_are_and_nothing_is_started(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", "postgres://anna@db.example/jiedui")
    monkeypatch.setenv("REDIS_URL", "redis://cache.example:6379/3")
    with services.running():
        assert services.database_url() == "postgres://anna@db.example/jiedui"
        assert services.redis_url() == services.broker_url() == "redis://cache.example:6379/3"
    assert not (tmp_path / "var").exists()


def test_celery_names_a_socket_otherwise(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "unix:///run/redis.sock?db=2")
    assert services.broker_url() == "redis+socket:///run/redis.sock?db=2"


def test_second_start_keeps_the_data(var):
    with services.running():
        _ask("CREATE TABLE kept AS SELECT '野马图村' AS name")
    assert _is_running(var) == (False, False)
    with services.running():
        assert _ask("SELECT name, upper('é') FROM kept", fetch=True) == [("野马图村", "É")]


def test_last_one_out_stops_the_services(var):
    with services.running():
        with services.running():
            assert _is_running(var) == (True, True)
        assert _is_running(var) == (True, True)
    assert _is_running(var) == (False, False)


def test_services_of_a_crashed_process_are_stopped_by_the_next(var):
    script = (
        "import os, signal\nfrom config import services\nwith services.running(): os.kill(os.getpid(), signal.SIGKILL)"
    )
    crashed = subprocess.run([sys.executable, "-c", script], cwd=services.BASE_DIR, env=os.environ)
    assert crashed.returncode == -signal.SIGKILL
    assert _is_running(var) == (True, True)
    with services.running():
        assert _ask("SELECT 1", fetch=True) == [(1,)]
    assert _is_running(var) == (False, False)


def test_no_folder_on_the_way_is_opened_to_others(var):
    ways = [*var.parents, *services.BASE_DIR.parents, services.BASE_DIR, Path("/var/lib"), Path(sys.prefix)]
    before = [path.stat().st_mode for path in ways]
    with services.running():
        kept = [var, var / "redis", (var / "postgresql").resolve()]
        assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o700, 0o700, 0o700]
    assert [path.stat().st_mode for path in ways] == before


def test_a_path_too_long_for_a_socket_is_no_obstacle(var, monkeypatch):
    deep = var / ("long" * 20) / ("longer" * 20)
    monkeypatch.setenv("VAR_DIR", str(deep))
    try:
        with services.running():
            assert _is_running(deep) == (True, True)
            assert len(services.redis_url()) < 110
    finally:
        shutil.rmtree((deep / "postgresql").resolve(), ignore_errors=True)
        for socket in (services.redis_url().removeprefix("unix://"), services.database_url().partition("host=")[2]):
            shutil.rmtree(Path(socket).parent if socket.endswith(".sock") else socket, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only as root do the data live outside var/")
def test_as_root_a_deleted_var_begins_anew_and_the_old_data_are_set_aside(var):
    with services.running():
        _ask("CREATE TABLE kept AS SELECT 1 AS one")
    home = (var / "postgresql").resolve()
    shutil.rmtree(var)
    with services.running():
        assert _ask("SELECT to_regclass('kept')", fetch=True) == [(None,)]
    assert len(list(home.parent.glob(f"{home.name}-*"))) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only as root does the server run as another user")
def test_as_root_the_programs_are_copied_where_their_user_cannot_reach_them(var, monkeypatch):
    monkeypatch.setattr(embedded_postgres, "_everybody_reaches", lambda folder: False)
    with services.running():
        assert _ask("SELECT current_user", fetch=True) == [("jiedui",)]
        assert len(list((var / "postgresql").resolve().glob("programs-*"))) == 1
