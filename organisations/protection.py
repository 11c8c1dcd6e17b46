"""What the database itself refuses, for any role (design idea 4)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from pghistory.trigger import Event


def append_only(name: str) -> pgtrigger.Protect:
    """Rows are inserted, and never changed or deleted."""
    return pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@contextmanager
def lifted(model: Any) -> Iterator[None]:
    """What the database refuses for a table, it lets pass within: to strike the name of somebody who was erased, and
    for nothing else. The history goes on noting what changes."""
    refusing = [each.name for each in model._meta.triggers if not isinstance(each, Event)]
    if not refusing:
        yield
        return
    with pgtrigger.ignore(*(f"{model._meta.label}:{name}" for name in refusing)):
        yield
