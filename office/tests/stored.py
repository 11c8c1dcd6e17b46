"""Uploads of tests: looked at once, kept as often as tests want them."""

from functools import cache

from office import files
from office.models import StoredFile
from organisations.models import User


def stored(name: str, content: bytes, *, by: User | None, kind: str) -> StoredFile:
    """As `files.store` does, whose look at a content takes a process of its own."""
    return files.keep(checked(name, content, kind), by=by)


@cache
def checked(name: str, content: bytes, kind: str) -> files.Checked:
    return files.check(upload=(name, content), kind=kind)
