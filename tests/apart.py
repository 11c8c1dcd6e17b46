"""Loaded before the settings (pytest.ini): tests that run side by side get services, or a Redis database, of their own.

PostgreSQL databases need nothing: pytest-django names them after the worker.
"""

import os
from urllib.parse import urlsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # gw0, gw1, …; nothing where tests run one after the other

if WORKER:
    if given := os.environ.get("REDIS_URL"):
        address = urlsplit(given)
        number = int(address.path.strip("/") or 0) - int(WORKER.removeprefix("gw"))
        if number < 0:
            raise SystemExit(f"REDIS_URL must name a database above {-number}: each worker takes the next lower one.")
        os.environ["REDIS_URL"] = address._replace(path=f"/{number}").geturl()
    root = os.environ.get("VAR_DIR") or os.path.join(os.path.dirname(os.path.dirname(__file__)), "var", "tests")
    os.environ["VAR_DIR"] = os.path.join(root, WORKER)
