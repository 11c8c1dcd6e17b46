"""Work in a process of its own: a page is measured as a worker would serve it, not beside millions of rows built just
before (Python stays slower in a process that held them: up to 1.5× on a page, with the same statements).
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

import django
from django.conf import settings
from django.core.cache import cache
from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")


def set_up() -> None:
    """Django with the product's addresses and the null page, in whichever process."""
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def apart(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What `work` answers in a new process on the same scratch database; all that it is given can be pickled."""
    place = (connection.settings_dict["NAME"], cache.key_prefix)
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_move_in, initargs=place) as pool:
        return pool.submit(work, *args, **kwargs).result()


def _move_in(database: str, key_prefix: str) -> None:
    set_up()
    connection.settings_dict["NAME"] = database
    cache.key_prefix = key_prefix
