"""Two acts, each of which waits for what the other holds: PostgreSQL ends one, and its person reads a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError
from django.utils.translation import gettext as _
from psycopg2.extensions import TransactionRollbackError

from core.refusals import Refused


class Collided(Refused):
    """Taken back as a whole; the same act may succeed a moment later."""


@contextmanager
def collisions_refused() -> Iterator[None]:
    """Stands outside the transaction: keys are checked, and locked, as late as its commit."""
    try:
        yield
    except OperationalError as error:
        if not isinstance(error.__cause__, TransactionRollbackError):
            raise
        raise Collided(
            _("Somebody else changed this at the same moment. Nothing of yours was changed: try again.")
        ) from error
