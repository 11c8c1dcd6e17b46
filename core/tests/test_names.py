"""What a name is found by: itself, its initials in every reading, and their grams."""

import pytest

from core.names import grams, initials, search_text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("曾家", {"cj", "zj", "cg", "zg"}),
        ("重庆路", {"cql"}),  # within a known phrase 重 has one reading
        ("Ａ1（东）村", {"a1(d)c"}),
        ("", set()),
    ],
)
def test_initials_in_every_reading(name, typed):
    assert initials(name) == typed


def test_codes_stand_for_themselves_and_nothing_is_there_twice():
    assert search_text(["重庆路", "520522", "", "520522"]).split("\n") == ["重庆路", "cql", "520522"]


def test_grams_do_not_run_over_line_ends():
    assert set(grams("ab\nbc")) == {"a", "b", "c", "ab", "bc"}
