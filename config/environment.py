"""Readers of environment variables; each fails loudly, in one sentence."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The variable as it stands, stripped; `default` where unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True or False; anything but 1/0, true/false, yes/no, on/off is an error."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number from 0; anything else is an error."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def read_file(path: Path) -> None:
    """Take variables from lines KEY=VALUE; those of the environment win. No quotes, no expansion.

    Entrances call it (manage.py, `make run`), settings do not: under a service manager the unit file says what is set.
    """
    if not path.exists():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ImproperlyConfigured(f"{path}, line {number}: expected KEY=VALUE.")
        os.environ.setdefault(name.strip(), value.strip())


def database(url: str) -> dict:
    """Django's DATABASES entry for a postgres:// address.

    A host given as a query parameter (`?host=/path`) is a folder with a Unix socket.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// - only PostgreSQL is supported.")
    options = dict(parse_qsl(parts.query))
    name = parts.path.lstrip("/")
    if not name:
        raise ImproperlyConfigured("DATABASE_URL names no database: postgres://USER:PASSWORD@HOST:PORT/NAME")
    options.setdefault("connect_timeout", "5")  # seconds: a page may fail, never hang
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or options.pop("port", "") or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # Compiling a query takes longer than any of ours; a page must not wait for it.
        "OPTIONS": {"options": "-c jit=off", **options},
    }
