"""The sheets that the apps describe, found through the dotted names in the settings."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from core.roster import Sheet


@cache
def described_sheets() -> tuple[Sheet, ...]:
    """In the order in which they are read: what is referred to comes first."""
    return tuple(sorted((import_string(name) for name in settings.ROSTER_SHEETS), key=lambda sheet: sheet.order))


def described_sheet(key: str) -> Sheet:
    return next(sheet for sheet in described_sheets() if sheet.key == key)
