"""The Word file as its XML: the official page (domain P-28) and the words of the agreement."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html

from organisations.tests import factories as people
from pairing.actions.amending import start_amendment
from pairing.actions.overrides import add_partner
from pairing.agreements import documents
from pairing.agreements.content import content_hash
from pairing.models import Agreement, Commitment
from pairing.states import Side
from pairing.templates_word import build_agreement
from pairing.tests import factories
from pairing.tests.market import AFTER_APRIL, IN_TIME, county, formed, negotiated, sign, signed


@pytest.fixture
def template() -> docx.document.Document:
    return docx.Document(str(build_agreement.PATH))


def paragraphs(content: bytes) -> list[str]:
    document = docx.Document(io.BytesIO(content))
    cells = [
        paragraph
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    ]
    return [paragraph.text for paragraph in [*document.paragraphs, *cells]]


def parts(path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_is_what_its_builder_writes(tmp_path):
    build_agreement.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(build_agreement.PATH)


def test_page_and_margins_are_those_of_the_standard_to_the_millimetre(template):
    section = template.sections[0]
    edges = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin", "right_margin")
    measured = [round(getattr(section, edge).mm, 1) for edge in edges]
    assert measured == [210.0, 297.0, 37.0, 35.0, 28.0, 26.0]


def test_the_grid_holds_22_lines_of_28_characters(template):
    grid = template.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    pitch, beside = int(grid.get(qn("w:linePitch"))), int(grid.get(qn("w:charSpace")))
    lines = 225 / (pitch / 20 * 25.4 / 72)
    characters = 156 / ((16 + beside / 4096) * 25.4 / 72)
    assert (int(lines), int(characters)) == (22, 28)
    assert (lines, characters) == (pytest.approx(22, abs=0.1), pytest.approx(28, abs=0.1))


def test_fonts_and_sizes_are_those_of_the_standard(template):
    normal = template.styles["Normal"].element.rPr
    assert normal.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert template.styles["Normal"].font.size.pt == 16
    looks = {
        paragraph.text: (paragraph.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")), paragraph.runs[0].font.size.pt)
        for paragraph in template.paragraphs
        if paragraph.runs
    }
    assert looks["{{ title }}"] == ("小标宋", 22)
    assert looks["一、协议期限"] == ("黑体", 16)
    assert looks["{{ group.heading }}"] == ("楷体", 16)
    assert looks["{{ promise }}"] == ("仿宋", 16)
    fonts = parts(build_agreement.PATH)["word/fontTable.xml"].decode()
    assert "仿宋_GB2312" in fonts


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(template):
    assert template.settings.odd_and_even_pages_header_footer
    section = template.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    for footer in (odd, even):
        assert [run.font.size.pt for run in footer.runs] == [14, 14, 14]
        assert "PAGE" in footer._p.xml
        assert (footer.runs[0].text, footer.runs[-1].text) == ("— ", " —")


@pytest.mark.django_db
@pytest.mark.clause("SH-38")
def test_a_draft_prints_term_money_in_words_and_that_it_is_a_draft():
    place = county(ends_on=date(2013, 7, 31), ends_printed="2013年7月", starts_on=date(2010, 7, 1))
    agreement = negotiated(place, formed(place))
    lines = paragraphs(documents.agreement_document(Agreement.objects.get()))
    assert f"「草案」第{agreement.version}稿" in lines
    assert "本协议自2010年7月1日起，至2013年7月止。" in lines
    assert "1. 经果林苗木，每年20,000.00元（人民币贰万元整）。" in lines
    assert "1. 技术培训，每年2次。" in lines
    assert [line for line in lines if line.startswith("（")] == ["（一）帮扶资金", "（二）帮扶活动"]
    assert "甲方分管领导：赵永安。" in lines
    assert "甲方负责部门：造林科。" in lines
    assert "签字：" + documents.BLANK_NAME in lines


@pytest.mark.django_db
def test_a_signed_agreement_prints_persons_moments_and_its_hash_and_is_no_draft():
    place = county()
    agreement = signed(place, formed(place), AFTER_APRIL)
    lines = paragraphs(documents.agreement_document(Agreement.objects.get()))
    assert not any("草案" in line for line in lines)
    assert "签字：王志远" in lines
    assert "签字：李桂兰" in lines
    assert lines.count("2026年5月2日 10:00") == 2
    assert f"内容校验码：{content_hash(agreement)}" in lines


@pytest.mark.django_db
@pytest.mark.parametrize("far", ["drafted", "half signed", "signed", "amended"])
@pytest.mark.parametrize("scheme", ["shanghai", "qianxi"])
def test_the_page_and_the_word_file_print_the_same_text(client, scheme, far):
    place = county(scheme=scheme)
    agreement = negotiated(place, formed(place))
    if far != "drafted":
        agreement = sign(place, agreement, Side.UNIT)
    if far in ("signed", "amended"):
        agreement = sign(place, agreement, Side.VILLAGE)
    if far == "amended":
        agreement = start_amendment(by=place.secretary, agreement=agreement, side=Side.UNIT, at=AFTER_APRIL)
    client.force_login(place.secretary)
    page = html.fromstring(client.get(agreement.get_absolute_url()).content.decode())
    shown = [
        line.strip()
        for block in page.xpath('//article[@class="paper"]//*[self::h2 or self::h3 or self::h4 or self::p]')
        for line in block.xpath(".//text()")
        if line.strip()
    ]
    word = paragraphs(documents.agreement_document(Agreement.objects.get(pk=agreement.pk)))
    assert shown == [line.strip() for line in word if line.strip() and "内容校验码" not in line]


@pytest.mark.django_db
def test_a_text_that_carries_a_signature_is_no_draft_any_more():
    place = county()
    sign(place, negotiated(place, formed(place)), Side.UNIT)
    lines = paragraphs(documents.agreement_document(Agreement.objects.get()))
    assert not any("草案" in line for line in lines)


@pytest.mark.django_db
def test_words_of_a_person_are_never_read_as_markup_or_as_template():
    place = county()
    pairing = formed(place)
    Agreement.objects.update(terms="甲 & 乙 <签> {{ 7 * 7 }}")
    lines = paragraphs(documents.agreement_document(pairing.agreements.get()))
    assert "甲 & 乙 <签> {{ 7 * 7 }}" in lines


@pytest.mark.django_db
def test_the_hash_is_over_what_was_agreed_and_not_over_the_leaders_name():
    place = county()
    agreement = negotiated(place, formed(place))
    first = content_hash(agreement)
    Agreement.objects.update(leader_in_charge="别人")
    assert content_hash(Agreement.objects.get()) == first
    agreement.commitments.filter(kind="money").update(amount=Decimal("20000.01"))
    assert content_hash(Agreement.objects.get()) != first


def test_amounts_in_words_follow_the_rules_of_receipts():
    promise = Commitment(kind="money", title="资助", amount=Decimal("107000.53"))
    assert documents.printed_promise(promise) in (
        "资助，每年107,000.53元（人民币壹拾万柒仟元伍角叁分）。",
        "资助，每年107,000.53元（人民币壹拾万零柒仟元伍角叁分）。",
    )


@pytest.mark.django_db
def test_one_signature_leaves_the_other_line_blank():
    place = county()
    sign(place, negotiated(place, formed(place)), Side.UNIT)
    lines = paragraphs(documents.agreement_document(Agreement.objects.get()))
    assert "签字：王志远" in lines
    assert "签字：" + documents.BLANK_NAME in lines


@pytest.mark.django_db
@pytest.mark.clause("SH-13")
def test_the_paper_names_the_lead_and_its_partners_with_their_shares():
    place = county()
    pairing = formed(place)
    assert not any("牵头单位" in text for text in paragraphs(documents.agreement_document(pairing.agreements.get())))
    bank = people.unit(place.root, "农商行")
    factories.directory(place.round)
    part = {"unit": bank, "share": Decimal("30"), "contribution": "提供小额贷款。"}
    add_partner(by=place.organiser, pairing=pairing, reason="综合平衡", at=IN_TIME, **part)
    texts = paragraphs(documents.agreement_document(pairing.agreements.get()))
    assert "牵头单位：青山县林业局，承担70%。" in texts
    assert "参与单位：农商行，承担30%，提供小额贷款。" in texts
