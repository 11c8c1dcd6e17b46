"""The yearly statement of a giver, in Word beside Excel."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.urls import reverse
from docx import Document as Word

from funds.publishing.poster import HEAD_SHOWN
from funds.templates_word import build_poster, build_statement
from funds.tests.disclosing import JULY, MAY, place, published
from funds.tests.playing import entered

assert place
pytestmark = pytest.mark.django_db
ADDRESS = reverse("gifts")


def paper(client, year: int):
    answer = client.get(ADDRESS, {"statement": year})
    assert answer.status_code == 200
    return Word(io.BytesIO(answer.content))


def test_the_statement_of_a_year_tells_where_each_gift_is(place, client):
    entered(place, "receipt", "777.00", at=MAY, on=date(2025, 12, 31))
    entered(place, "receipt", "500.00", at=JULY, on=JULY.date(), channel="charity", receipt_number="黔财0042")
    published(place)
    client.force_login(place.secretary)
    document = paper(client, 2026)
    words = "".join(element.text or "" for element in document.element.body.iter())
    for part in (
        place.unit.name, "2026年捐赠资金物资使用情况", "捐赠2笔", "¥20,500.00", "人民币贰万零伍佰元整", "20,000.00",
        "3,000.00", "黔财0042", place.village.name, place.fund.head[:HEAD_SHOWN], reverse("open_check"),
    ):  # fmt: skip
        assert part in words, part
    assert "777.00" not in words
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[0] for row in rows] == ["日期", "2026年5月12日", "2026年7月8日"]
    assert rows[1][2:] == ["20,000.00", "3,000.00", "17,000.00", "是"]  # what was entered first is spent first
    assert rows[2][2:] == ["500.00", "0.00", "500.00", "否"]
    section = document.sections[0]
    assert [round(each.mm) for each in (section.top_margin, section.left_margin)] == [37, 28]


def test_each_year_with_a_gift_is_offered_in_word_and_in_excel(place, client):
    client.force_login(place.secretary)
    page = client.get(ADDRESS).content.decode()
    assert "?statement=2026" in page
    assert "?year=2026&amp;export=xlsx" in page
    assert "statement=2025" not in page
    for asked in ("2025", "1", "二〇二六", "99999"):
        assert client.get(ADDRESS, {"statement": asked}).status_code in (200, 404)
    assert client.get(ADDRESS, {"statement": "2025"}).status_code == 404


def test_nobody_else_gets_it(place, client):
    for who in (place.stranger, place.village_secretary):
        client.force_login(who)
        assert client.get(ADDRESS, {"statement": "2026"}).status_code == 404


@pytest.mark.parametrize("module", [build_poster, build_statement])
def test_the_shipped_template_is_what_the_script_writes(module, tmp_path):
    def parts(path):
        with ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    module.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(module.PATH)
