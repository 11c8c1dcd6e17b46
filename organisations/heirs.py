"""Who takes the place of whom, when organisations are merged, split, renamed or closed (settings.SUCCESSION)."""

from collections.abc import Sequence

from organisations.models import Organisation

Pair = tuple[Organisation, Organisation | None]


def first_heirs(successions: Sequence[Pair]) -> dict[Organisation, Organisation]:
    """Of each that goes, the first that follows it: what can't be divided goes there. Whoever stays, or is followed by
    nobody, is not there."""
    first: dict[Organisation, Organisation] = {}
    for old, new in successions:
        if new is not None:
            first.setdefault(old, new)
    return {old: new for old, new in first.items() if old != new}
