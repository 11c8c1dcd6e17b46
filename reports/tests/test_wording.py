"""How a figure is read, and how it is printed: as its source writes it, or as an official text would."""

from decimal import Decimal

import pytest

from core.refusals import Refused
from reports.figures.measures import measures
from reports.figures.wording import Qualifier, printed, read, together
from reports.forms.statistics import DayForm
from reports.statistics.frame import all_statistics

READ = [
    ("26万元", "元", 260_000, "exact", "26万元"),
    ("4000余万元", "元", 40_000_000, "over", "4000余万元"),
    ("近90万元", "元", 900_000, "nearly", "近90万元"),
    ("20多", "个", 20, "over", "20余个"),
    ("300余条", "条", 300, "over", "300余条"),
    ("8800余名", "人", 8800, "over", "8800余人"),
    ("上千名", "名", 1000, "over", "1000余名"),
    ("不到3万元", "元", 30_000, "below", "不到3万元"),
    ("2.4万亩", "亩", 24_000, "exact", "2.4万亩"),
    ("万亩", "亩", 10_000, "exact", "1万亩"),
    ("约20万户", "户", 200_000, "about", "约20万户"),
    ("１０．５７万元", "元", 105_700, "exact", "10.57万元"),
    ("11283", "名", 11_283, "exact", "11283名"),
    ("1000名以上", "名", 1000, "least", "1000名以上"),
    ("2,462", "人", 2462, "exact", "2462人"),
    ("1.2亿元", "元", 120_000_000, "exact", "12000万元"),
    ("500元左右", "元", 500, "about", "约500元"),
]


@pytest.mark.parametrize(("typed", "unit", "number", "qualifier", "words"), READ)
def test_a_figure_is_read_as_written_and_printed_with_its_qualifier(typed, unit, number, qualifier, words):
    assert read(typed, unit) == (Decimal(number), qualifier)
    assert printed(Decimal(number), qualifier, unit) == words
    assert read(words, unit) == (Decimal(number), qualifier)


@pytest.mark.parametrize(
    ("typed", "unit"), [("许多", "个"), ("", "个"), ("约", "个"), ("20亩", "户"), ("9999999亿元", "元")]
)
def test_what_is_no_figure_is_refused_with_a_sentence(typed, unit):
    with pytest.raises(Refused):
        read(typed, unit)


def test_a_sum_says_no_more_than_its_parts():
    q = Qualifier
    assert together({q.EXACT}) == q.EXACT
    assert together({q.EXACT, q.OVER}) == q.OVER
    assert together({q.OVER, q.LEAST}) == q.OVER
    assert together({q.OVER, q.NEARLY}) == q.ABOUT


def test_the_catalogue_is_whole():
    for measure in measures().values():
        assert measure.name
        assert measure.unit
        assert measure.clause
        assert measure.table in {f"T{number}" for number in range(1, 14)}
        assert len(measure.code) <= 40
        if all_statistics()[measure.table].form is DayForm:
            assert not measure.adds_up, measure.name
    names = [measure.name for measure in measures().values()]
    assert len(set(names)) == len(names)
