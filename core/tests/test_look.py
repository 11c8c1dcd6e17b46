from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from core.templatetags import look


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def rendered(source: str, **context) -> str:
    return Template(source).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (date(2010, 7, 30), '<span class="tag tag-wait">还有 29 天</span>'),
        (date(2010, 7, 15), '<span class="tag tag-soon">还有 14 天</span>'),
        (date(2010, 7, 2), '<span class="tag tag-soon">还有 1 天</span>'),
        (date(2010, 7, 1), '<span class="tag tag-soon">今天</span>'),
        (date(2010, 6, 30), '<span class="tag tag-late">逾期 1 天</span>'),
        (date(2010, 6, 22), '<span class="tag tag-late">逾期 9 天</span>'),
    ],
)
def test_a_deadline_is_said_in_words_and_toned_by_its_distance(until, expected):
    assert rendered("{% days_left until today %}", until=until, today=date(2010, 7, 1)) == expected


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ value|yuan }}", Decimal("20000"), "¥20,000.00"),
        ("{{ value|yuan }}", 20_000, "¥20,000.00"),
        ("{{ value|yuan }}", None, "—"),
        ("{{ value|wan }}", Decimal("23000"), "2.30 万元"),
        ("{{ value|day }}", date(2010, 7, 1), "2010年7月1日"),
        ("{{ value|day }}", datetime(2010, 6, 30, 16, 0, tzinfo=UTC), "2010年7月1日"),
        ("{{ value|day }}", None, "—"),
        ("{{ value|moment }}", datetime(2010, 6, 30, 16, 0, 5, tzinfo=UTC), "2010年7月1日 00:00:05"),
        ("{{ value|phone }}", "13812341234", "138****1234"),
        ("{{ value|phone }}", "", "—"),
    ],
)
def test_values_are_written_as_offices_write_them(source, value, expected):
    assert rendered(source, value=value) == expected


def test_english_readers_get_an_english_date():
    with translation.override("en"):
        assert rendered("{{ value|day }}", value=date(2010, 7, 1)) == "2010-07-01"


def test_a_tag_escapes_its_words():
    assert rendered('{% tag "done" words %}', words="<b>") == '<span class="tag tag-done">&lt;b&gt;</span>'


def test_an_unknown_tone_is_an_error_of_the_template():
    with pytest.raises(ValueError, match="'red' is no tone"):
        look.tag("red", "x")


class Record:
    state_tone = "done"

    def get_state_display(self):
        return "已签订"


def test_the_state_of_a_record_brings_its_tone():
    assert rendered("{% status record %}", record=Record()) == '<span class="tag tag-done">已签订</span>'


def test_an_icon_is_decoration_unless_it_is_labelled():
    decoration, picture = look.icon("house"), look.icon("house", "家")
    assert 'aria-hidden="true"' in decoration
    assert 'role="img" aria-label="家"' in picture
    assert "aria-hidden" not in picture


def test_a_meter_is_named_and_carries_no_inline_style():
    html = rendered('{% meter 71 of=83 tone="soon" label="协议已签订" %}')
    assert html == ('<progress class="meter meter-soon" value="71" max="83" aria-label="协议已签订">71 / 83</progress>')


def test_a_meter_of_nothing_stays_a_valid_element():
    assert 'max="1"' in rendered("{% meter 0 of=0 %}")


def test_a_fact_shows_its_denominator_and_leads_to_its_records():
    html = rendered('{% fact "协议已签订" 71 of=83 unit="个村" url="/pairings/" %}')
    assert '<a href="/pairings/">71</a><span class="fact-of"> / 83 个村</span>' in html


def test_an_empty_page_offers_the_first_step():
    html = rendered('{% empty "还没有名册。" "inbox" "/imports/" "导入名册" %}')
    assert "<p>还没有名册。</p>" in html
    assert '<a class="btn btn-primary" href="/imports/">导入名册</a>' in html
