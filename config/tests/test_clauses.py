import re
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import clauses


@pytest.fixture
def last_run(monkeypatch, tmp_path):
    monkeypatch.setattr(clauses, "RESULT", tmp_path / "clauses.json")
    return partial(clauses.save, whole=True)


def _printed() -> str:
    output = StringIO()
    call_command("clauses", stdout=output)
    return output.getvalue()


def test_every_kind_that_counts_is_listed_with_the_app_that_owes_it():
    listed = clauses.listed()
    assert len(listed) == 247
    assert {clause.kind for clause in listed} == {"R", "D", "S"}
    apps = {"organisations", "pairing", "members", "visits", "funds", "duties", "reports"}
    assert {clause.home for clause in listed} == apps


def test_a_clause_counts_only_when_all_its_tests_passed(last_run):
    last_run({"SH-02": {"a": True, "b": True}, "SH-03": {"a": True, "c": False}})
    assert clauses.proved() == {"SH-02": 2}


def test_a_run_of_some_tests_leaves_what_is_known_of_the_others(last_run):
    last_run({"SH-02": {"a": True}, "SH-03": {"c": False}})
    clauses.save({"SH-02": {"b": False}, "SH-03": {"c": True}, "SH-04": {"d": True}}, whole=False)
    assert clauses.proved() == {"SH-03": 1, "SH-04": 1}
    last_run({"SH-04": {"d": True}})
    assert clauses.proved() == {"SH-04": 1}


def test_the_table_says_per_app_what_is_proved_and_what_is_not(last_run):
    last_run({"SH-02": {"funds/tests/test_entries.py::test_kinds": True}})
    printed = _printed()
    assert "funds: 1 of 22 proved" in printed
    assert re.search(r" 1 test\(s\)  D  SH-02 ", printed)
    assert "1 of 247 clauses (kinds R, D, S) proved, each test as it ended last." in printed


def test_a_test_that_names_no_clause_of_the_list_is_refused(last_run):
    last_run({"SH-999": {"a": True}})
    with pytest.raises(CommandError, match="SH-999"):
        _printed()


def test_without_a_run_on_record_the_remedy_is_said(last_run):
    with pytest.raises(CommandError, match="run `make test` first"):
        _printed()
