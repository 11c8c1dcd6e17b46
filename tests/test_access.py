"""Every address, walked by every member of the standing cast and by nobody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.world import AT_HOME, MARK, STRANGERS, World, build

pytestmark = pytest.mark.django_db

OURS = ("core", "organisations", "office", "pairing", "members", "visits", "funds", "duties", "reports", "config")
# Open to everybody, signed in or not: the board, the directory once published, and the ways in.
PUBLIC = {
    "healthz", "manifest", "service_worker", "choose_language", "choose_elder_mode", "guide_start", "guide", "invitation", "demo_sign_in",
    "board_index", "board", "board_wall", "directory", "accessibility", "public_promises", "public_village",
    "check_in", "duty_feed", "open_village", "open_village_csv", "open_village_json", "open_disclosure", "open_picture",
    "open_ask", "open_objection", "open_check", "survey_code", "survey_answer", "wall_figures",
    "open_cases", "open_case", "open_commendations", "round_money", "round_money_csv", "round_money_json", "open_giver", "open_giver_csv", "open_giver_json",
}  # fmt: skip
# Open to everybody who signed in, wherever they are appointed: they belong to no county.
COMMON = {
    "schemes", "scheme", "scheme_version", "compare_schemes", "roles", "me", "home",
    "statistics_table",  # a table of what lies in one's own scope
    "keep_view",  # and the name under which somebody keeps it
    "change_scheme",  # for whoever may take over schemes, of whichever county
    "roster_template", "roster_export",  # an empty workbook, and one of what lies in one's own scope
}  # fmt: skip
KEEPS_WHO_READ = {"message", "roster_export"}
GUESSED = {"check_in", "duty_feed", "survey_answer"}
REFUSED = (403, 404, 405)


@pytest.fixture
def world(db) -> World:
    return build()


def routes() -> Iterator[tuple[str, str]]:
    """Name and pattern of every address of ours; allauth's have tests of their own."""

    def walk(patterns, prefix=""):
        for entry in patterns:
            if isinstance(entry, URLPattern):
                yield entry.name, prefix + str(entry.pattern)
            elif prefix or str(entry.pattern) != "account/":
                yield from walk(entry.url_patterns, prefix + str(entry.pattern))

    yield from walk(get_resolver().url_patterns)


ROUTES = dict(routes())


KEYS = {"assessments": "accountability", "schemes": "shanghai", "templates": "agreement", "imports": "villages"}
NUMBERS = {"imports": 2, "schemes": 1}  # of a row on its sheet, of a version


# Which part of a project each address speaks of, and which of them speak of a pooled one.
RECORDS = {
    "answer_share": "share of a project", "reach_milestone": "milestone", "project_photo": "photo of a project",
    "case_photo": "photo of a project", "withdraw_outcome": "outcome",
}  # fmt: skip
OF_POOLED = ("project_shares", "answer_share")


def address(name: str, world: World) -> str:
    """The address with records of the first county filled in."""
    pattern = ROUTES[name]
    subjects: dict[str, Any] = {
        "rounds": world.round, "board": world.round, "intentions": world.intention, "pairings": world.pairing,
        "agreements/scans": world.scan, "agreements": world.agreement, "organisations": world.village,
        "personal-data": world.planned["households"],
        "users": world.person, "posts": world.post, "jobs": world.job, "inbox": world.message, "imports": world.roster,
    }  # fmt: skip
    subjects |= world.planned
    subject = next((record for start, record in subjects.items() if pattern.startswith(start)), world.village)
    known = {
        "pk": subject.pk, "party": world.village.pk, "alias": world.alias.pk, "year": 2026, "version": 1, "day": "2026-06-01",
        "page": "start", "token": "guessed", "place": world.county.pk, "label": "organisations.organisation", "position": 1,
        "table": "T1", "code": "7K3M-Q0XD", "part": "money",
        "number": next((number for start, number in NUMBERS.items() if pattern.startswith(start)), 1),
        "key": next((key for start, key in KEYS.items() if pattern.startswith(start)), ""),
    }  # fmt: skip
    known |= {"side": "household", "before": world.round.scheme_version_id, "note": world.planned["notes of a pair"].pk}
    known["step"] = "reckon"
    known["record"] = world.planned["evidence" if name == "activity_evidence" else "help"].pk
    known["record"] = world.planned[RECORDS[name]].pk if name in RECORDS else known["record"]
    known["figure"] = "activities"
    known["kind"] = "unit_plan_reference" if name == "refer_to_plan" else "term_plan"
    if name == "pair_up":
        known["kind"] = "cadre_household"
    if name in ("enter_in_fund", "enter_in_pairing"):
        known["kind"] = "spending"
    if name == "fund_voucher":
        known["record"] = world.planned["funds/entries"].papers.get().pk
    if name == "late_voucher":
        known["record"] = world.planned["funds/entries"].late_papers.get().pk
    known["step"] = "issue" if name == "notice_step" else "confirm"
    if name == "keep_longer":
        known["kind"] = "household"
    if name in ("market_unit", "market_choice"):
        known["party"] = world.unit.pk
    if name in ("confirm_floating_deed", "floating_forum_entry"):
        known["number"] = world.planned["deeds"].pk if name == "confirm_floating_deed" else world.planned["floating"].pk
    if name in OF_POOLED:
        known["pk"] = world.planned["pooled project"].pk
    if name == "deduction_sheet":
        known["pk"] = world.unit.pk
    wanted = re.findall(r"<\w+:(\w+)>", pattern)
    return reverse(name, kwargs={key: known[key] for key in wanted})


KEPT_BY_SESSIONS = ("sessions", "usersessions", "pghistory")
TABLES = [
    model._meta.db_table
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label not in KEPT_BY_SESSIONS and not model._meta.proxy
]
COUNTS = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in TABLES)
WRITTEN = " + ".join(f"pg_stat_get_xact_tuples_{what}(oid)" for what in ("inserted", "updated", "deleted"))
TOUCHED = f"SELECT sum({WRITTEN}) FROM unnest(%s::regclass[]) AS oid"  # its own view of them takes ten times as long


def fingerprint() -> dict[str, int]:
    """How many rows each table has; every change of a row adds one to its event table."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        return dict(cursor.fetchall())  # by name: parallel workers answer in any order


def touched() -> int:
    """How many rows this transaction has written so far, also what it took back: PostgreSQL's own count."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, [TABLES])
        return cursor.fetchone()[0]


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def client_of(world: World, who: str) -> Client:
    client = Client()
    if who:
        client.force_login(world.cast[who])
    return client


def is_in_order(status: int, name: str) -> bool:
    """No page breaks; so many guesses as a walk makes are too many where a personal address may be guessed."""
    guessed = status == 429 and name in GUESSED
    return guessed or name == "healthz" or status in (200, 302, 404, 405, 409)


def test_nobody_is_sent_to_sign_in_and_changes_nothing(world):
    before, client = fingerprint(), client_of(world, "")
    for name in ROUTES.keys() - PUBLIC:
        for method in (client.get, client.post):
            answer = method(address(name, world))
            assert (answer.status_code, answer.get("Location", "")[:15]) == (302, "/account/login/"), name
    assert fingerprint() == before


@pytest.mark.parametrize("who", STRANGERS)
def test_a_signed_in_stranger_finds_nothing_of_another_county_and_changes_nothing(world, who):
    client, before = client_of(world, who), fingerprint()
    for name in ROUTES.keys() - PUBLIC - COMMON:
        if "<" not in ROUTES[name]:
            continue
        for method in (client.get, client.post):
            assert method(address(name, world)).status_code in (404, 405), (name, method)
    assert fingerprint() == before


@pytest.mark.parametrize("who", STRANGERS)
def test_the_lists_of_a_stranger_show_no_name_of_another_county(world, who):
    client = client_of(world, who)
    for name in ROUTES.keys() - PUBLIC:
        if "<" in ROUTES[name]:
            continue
        answer = client.get(address(name, world))
        assert is_in_order(answer.status_code, name), name
        assert MARK not in answer.content.decode(errors="replace"), name
        with undone():
            before = touched()
            if client.post(address(name, world)).status_code in REFUSED:
                assert touched() == before, name


@pytest.mark.parametrize("who", AT_HOME)
def test_reading_changes_nothing_and_no_page_breaks(world, who):
    client = client_of(world, who)
    for name in sorted(ROUTES):
        with undone():
            before = touched()
            answer = client.get(address(name, world))
            assert is_in_order(answer.status_code, name), (name, answer.status_code)
            assert touched() == before or name in KEEPS_WHO_READ, name


@pytest.mark.parametrize("who", AT_HOME)
def test_what_is_refused_at_home_changes_nothing(world, who):
    """An empty form: whatever answers 404 or 403 leaves everything as it was."""
    client = client_of(world, who)
    for name in sorted(ROUTES):
        with undone():
            before = touched()
            answer = client.post(address(name, world))
            assert answer.status_code < 500 or name == "healthz", (name, answer.status_code)
            if answer.status_code in REFUSED:
                assert touched() == before, name


def test_the_cast_is_whom_the_walks_name(world):
    assert world.cast.keys() == {*AT_HOME, *STRANGERS}
