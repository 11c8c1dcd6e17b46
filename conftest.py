"""For all tests: the services, the browser, and the record of which clause each test proves."""

import os
import shutil
from collections import defaultdict
from contextlib import ExitStack

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db.backends.postgresql.operations import DatabaseOperations

from config import catalogue, clauses, services
from tests import apart

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's event loop lives in the thread that asks the database
SERVICES = ExitStack()
OUTCOMES: dict[str, dict[str, bool]] = defaultdict(dict)


def runs_tests(config) -> bool:
    """Not where tests are only listed, nor in the process that hands them to workers."""
    return not config.option.collectonly and not getattr(config.option, "numprocesses", None)


def runs_all(config) -> bool:
    """Nobody chose among the tests."""
    chosen = config.option.keyword or config.option.markexpr or config.option.lf
    return config.args_source == config.ArgsSource.TESTPATHS and not chosen


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    catalogue.compile_missing()
    if runs_tests(session.config):
        SERVICES.enter_context(services.running())
        (services.var_dir() / "static").mkdir(exist_ok=True, parents=True)  # WhiteNoise warns where there is none


def pytest_sessionfinish(session):
    if not (session.config.option.collectonly or apart.WORKER):
        clauses.save(OUTCOMES, whole=runs_all(session.config))


def pytest_unconfigure():
    SERVICES.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    proofs = [clause for marker in item.iter_markers("clause") for clause in marker.args]
    report.user_properties.append(("clauses", proofs))  # a worker's reports travel; its memory does not
    return report


def pytest_runtest_logreport(report):
    for clause in dict(report.user_properties).get("clauses", ()):
        tests = OUTCOMES[clause]
        if report.when == "call":
            tests[report.nodeid] = report.passed
        elif report.failed or report.skipped:
            tests[report.nodeid] = False


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The system's Chromium where there is one; as root it runs without its sandbox."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {"args": args} | ({"executable_path": found} if found else {})


@pytest.fixture(scope="session", autouse=True)
def tables_emptied_after_a_test_that_committed():
    """Only those that hold rows, past the triggers that refuse to empty a ledger; and without what Django does after a
    migration, which would install every trigger anew. Emptying all two hundred takes as long as most tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", deleting_rows)
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_about: None)
        yield


def deleting_rows(operations, _style, tables, **_options) -> list[str]:
    """The statements that empty these tables, run in one transaction (`DatabaseOperations.sql_flush`)."""
    names = {table: operations.quote_name(table) for table in tables}
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {names[table]})" for table in names)  # noqa: S608
    with operations.connection.cursor() as cursor:
        cursor.execute(filled)
        found = [names[table] for (table,) in cursor.fetchall()]
    return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {name}" for name in found)]  # noqa: S608


@pytest.fixture(scope="session", autouse=True)
def static_files_of_the_live_server():
    """pytest-django looks for staticfiles by its plain name among the apps; ours has a configuration of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.testcases._StaticFilesHandler", StaticFilesHandler)
        yield
