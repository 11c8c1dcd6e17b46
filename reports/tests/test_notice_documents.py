"""The circular as a Word file: the page of GB/T 9704-2012 to the millimetre, the grid, and the words (P-28)."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from office.documents import try_out
from pairing.tests.test_documents import paragraphs, parts
from reports.actions import notices
from reports.circulars.documents import KINDS, attached, level_of, notice_document
from reports.templates_word import build_notices
from reports.tests.inspecting import AT, place
from reports.tests.test_notices import arranged, issued

NAMES = tuple(build_notices.NAMES)


@pytest.fixture(params=NAMES)
def template(request) -> docx.document.Document:
    return docx.Document(str(build_notices.FOLDER / f"{request.param}.docx"))


def test_the_templates_are_what_their_builder_writes(tmp_path):
    build_notices.build(tmp_path)
    for name in NAMES:
        assert parts(tmp_path / f"{name}.docx") == parts(build_notices.FOLDER / f"{name}.docx")


def test_page_and_margins_are_those_of_the_standard_to_the_millimetre(template):
    section = template.sections[0]
    edges = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    assert [round(getattr(section, edge).mm, 1) for edge in edges] == [210.0, 297.0, 37.0, 35.0, 28.0, 26.0]


def test_the_grid_holds_22_lines_of_28_characters(template):
    grid = template.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (grid.get(qn("w:linePitch")), grid.get(qn("w:charSpace"))) == ("579", "-848")
    assert int(225 / (579 / 20 * 25.4 / 72)) == 22
    assert int(156 / ((16 - 848 / 4096) * 25.4 / 72)) == 28


def test_fonts_follow_the_numbering_and_fall_back(template):
    looks = {
        paragraph.text: (paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")), paragraph.runs[0].font.size.pt)
        for paragraph in template.paragraphs
        if paragraph.runs
    }
    assert looks["{{ issuer }}文件"] == ("小标宋", 34)
    assert looks["{{ title }}"] == ("小标宋", 22)
    of_text = [
        paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in template.paragraphs
        if paragraph.text == "{{ paragraph.text }}"
    ]
    assert of_text == ["黑体", "楷体", "仿宋"]
    fonts = parts(build_notices.FOLDER / "circular.docx")["word/fontTable.xml"].decode()
    assert "仿宋_GB2312" in fonts
    assert "方正小标宋简体" in fonts


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_with_dashes(template):
    assert template.settings.odd_and_even_pages_header_footer
    section = template.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert {footer.runs[0].text for footer in (odd, even)} == {"— "}


def test_the_head_is_red_over_a_red_line_and_the_date_stands_four_characters_in(template):
    head = next(each for each in template.paragraphs if each.text == "{{ issuer }}文件")
    assert str(head.runs[0].font.color.rgb) == "FF0000"
    number = next(each for each in template.paragraphs if each.text == "{{ number }}")
    border = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert border.get(qn("w:color")) == "FF0000"
    day = template.paragraphs[-1]
    assert (day.text, day.alignment, day.paragraph_format.right_indent.pt) == ("{{ issued_on }}", 2, 64)


@pytest.mark.parametrize(
    ("text", "level"), [("一、总体", 1), ("（二）资金", 2), ("3. 档案", 3), ("（4）照片", 4), ("各村党组织", 0)]
)
def test_numbering_is_read_from_the_text(text, level):
    assert level_of(text) == level


def test_the_note_on_attachments_has_no_punctuation_after_the_names():
    assert attached(["受检村名单"]) == ["附件：受检村名单"]
    assert attached(["名单", "清单"]) == ["附件：1. 名单", "　　　2. 清单"]


def test_staff_can_replace_the_templates():
    for kind in KINDS.values():
        assert try_out(kind, kind.default.read_bytes())


@pytest.mark.django_db
@pytest.mark.clause("TN-28")
def test_the_circular_prints_what_was_found_and_gives_no_number_of_its_own():
    here = place()
    notice = issued(here)
    lines = paragraphs(notice_document(notice))
    assert "青山县文件" in lines
    assert "〔2026〕　号" in lines
    assert "关于下半年督查情况的通报" in lines
    assert "各乡镇党委、有关党（工）委，各帮扶单位，各村党组织：" in lines
    assert "一、总体情况" in lines
    assert lines[-2:] == ["青山县", "2026年9月10日"]
    assert any("以办公系统正式印发为准" in line for line in lines)
    assert not any("{" in line for line in lines)
    withdrawn = notices.withdraw_notice(by=here.organiser, notice=notice, reason="数字有误", at=AT)
    assert any("已撤回" in line for line in paragraphs(notice_document(withdrawn)))


@pytest.mark.django_db
@pytest.mark.clause("AH-22")
def test_the_arrangement_prints_its_tasks_under_a_heading_of_their_own():
    lines = paragraphs(notice_document(arranged(place("anhui"))))
    assert "三、任务分工" in lines
    assert "1. 开展一次集中走访（各帮扶单位，2026年11月30日前完成）。" in lines
    assert "　　　年　　月　　日" in lines


@pytest.mark.django_db
def test_words_of_a_person_are_never_read_as_markup_or_as_template():
    notice = arranged(place("anhui"))
    notice.body = "甲 & 乙 <签> {{ 7 * 7 }}"
    document = docx.Document(io.BytesIO(notice_document(notice)))
    assert "甲 & 乙 <签> {{ 7 * 7 }}" in [paragraph.text for paragraph in document.paragraphs]
