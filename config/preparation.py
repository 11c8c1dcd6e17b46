"""What must be done before the first request: translations, tables, static files, the demonstration."""

import hashlib
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands

from config import catalogue


def prepare(*, say: Callable[[str], None]) -> None:
    """Safe to repeat: each step does only what is still missing."""
    settings.MEDIA_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
    catalogue.compile_missing()
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static_files(say)
    if settings.DEMO and not get_user_model().objects.exists() and "load_demo" in get_commands():
        say("loading the demonstration (first start only)")
        with (settings.VAR_DIR / "demonstration.log").open("w") as log, redirect_stdout(log):
            call_command("load_demo")


def _collect_static_files(say: Callable[[str], None]) -> None:
    """Naming and compressing thousands of files takes long, so it is skipped while they are the same."""
    if settings.DEBUG:
        return
    mark = Path(settings.STATIC_ROOT) / ".fingerprint"
    wanted = _fingerprint_of_static_files()
    if mark.exists() and mark.read_text() == wanted:
        return
    say("collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(wanted)


def _fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
