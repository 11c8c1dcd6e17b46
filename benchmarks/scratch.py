"""A database of its own for a benchmark, gone afterwards."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

from django.core.cache import cache
from django.db import connection


@contextmanager
def scratch_database() -> Iterator[None]:
    """Django's own test database: created from the models, destroyed; the product's database stays untouched.

    What is kept in the cache is kept apart too: keys of two databases are equal, their contents are not.
    """
    cache.key_prefix = f"benchmark-{token_hex(4)}"
    logging.getLogger("pgtrigger").setLevel(logging.WARNING)  # a line for each of hundreds
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
