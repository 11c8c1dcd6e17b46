import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("FALSE", False), ("", True)]
)
def test_flag_reads_the_usual_words_and_else_its_default(monkeypatch, value, expected):
    monkeypatch.setenv("SWITCH", value)
    assert environment.flag("SWITCH", default=True) is expected


def test_flag_refuses_what_it_does_not_know(monkeypatch):
    monkeypatch.setenv("SWITCH", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="SWITCH must be 1 or 0, not 'perhaps'"):
        environment.flag("SWITCH")


def test_database_address_is_taken_apart():
    entry = environment.database("postgres://an%40na:p%2Fw@db.example:5433/jie%20dui?sslmode=require")
    assert (entry["USER"], entry["PASSWORD"], entry["NAME"]) == ("an@na", "p/w", "jie dui")
    assert (entry["HOST"], entry["PORT"]) == ("db.example", "5433")
    assert entry["OPTIONS"] == {"options": "-c jit=off", "sslmode": "require", "connect_timeout": "5"}


def test_database_address_may_name_the_folder_of_a_socket():
    entry = environment.database("postgres://jiedui@/jiedui?host=/run/postgresql")
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("/run/postgresql", "", "jiedui")


@pytest.mark.parametrize("url", ["mysql://root@localhost/jiedui", "sqlite:///db.sqlite3", "postgres://localhost/"])
def test_database_address_that_cannot_work_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        environment.database(url)


def test_file_gives_way_to_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("HOST", "10.0.0.1")
    monkeypatch.setenv("PORT", "")
    monkeypatch.delenv("PORT")
    (tmp_path / ".env").write_text("# address\nHOST=0.0.0.0\n\nPORT = 8123\n", encoding="utf-8")
    environment.read_file(tmp_path / ".env")
    assert (os.environ["HOST"], os.environ["PORT"]) == ("10.0.0.1", "8123")


def test_file_with_a_broken_line_names_the_line(tmp_path):
    (tmp_path / ".env").write_text("HOST=0.0.0.0\nno equals sign\n", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match="line 2"):
        environment.read_file(tmp_path / ".env")


@pytest.mark.parametrize(("given", "expected"), [("", 30), ("0", 0), ("7", 7)])
def test_a_number_is_whole_or_the_default(monkeypatch, given, expected):
    monkeypatch.setenv("DAYS", given)
    assert environment.number("DAYS", 30) == expected


@pytest.mark.parametrize("given", ["-1", "1.5", "many"])
def test_anything_else_than_a_whole_number_is_an_error(monkeypatch, given):
    monkeypatch.setenv("DAYS", given)
    with pytest.raises(ImproperlyConfigured, match="DAYS"):
        environment.number("DAYS", 30)
