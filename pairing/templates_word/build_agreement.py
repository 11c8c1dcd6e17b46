"""Writes agreement.docx, the template of agreements: `python -m pairing.templates_word.build_agreement`.

The product ships what this writes; a test compares the two. Words in {{ }} are the fields of
pairing/agreements/documents.py.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from pairing.templates_word.page import BODY, HEADING, SECOND, TITLE, set_fonts, set_up

PATH = Path(__file__).with_name("agreement.docx")

ARRANGED = "《{{ scheme.name }}》和「{{ round.name }}」的安排，甲乙双方自愿结对，经平等协商，达成如下协议。"


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    opening(document)
    sections(document)
    signatures(document)
    document.save(str(path))


def describe(document: Document) -> None:
    """Nothing of the machine that built it; the same bytes of content whenever it is built."""
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.last_modified_by = "结对帮扶协议", "", "", ""
    facts.language, facts.created, facts.modified = (
        "zh-CN",
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    )


def opening(document: Document) -> None:
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "{%p if mark %}")
    line(document, "{{ mark }}", font=SECOND, centred=True)
    line(document, "{%p endif %}")
    line(document, "")
    line(document, "甲方（{{ unit.label }}）：{{ unit.name }}")
    line(document, "乙方（{{ village.label }}）：{{ village.name }}")
    line(document, "{%p if consortium %}")
    body(document, "甲方由下列单位组成，共同帮扶乙方，牵头单位代表甲方签订本协议：")
    line(document, "{%p for part in consortium %}")
    body(document, "{{ part }}")
    line(document, "{%p endfor %}")
    line(document, "{%p endif %}")
    line(document, "{%p if scheme.is_binding %}")
    body(
        document, "按照《{{ scheme.name }}》和「{{ round.name }}」的安排，甲乙双方自愿结对，经平等协商，达成如下协议。"
    )
    line(document, "{%p else %}")
    body(
        document, "参照《{{ scheme.name }}》和「{{ round.name }}」的安排，甲乙双方自愿结对，经平等协商，达成如下协议。"
    )
    line(document, "{%p endif %}")


def sections(document: Document) -> None:
    heading(document, "一、协议期限")
    body(document, "本协议自{{ term.starts }}起，至{{ term.ends }}止。")
    heading(document, "二、帮扶事项")
    line(document, "{%p for group in groups %}")
    body(document, "{{ group.heading }}", font=SECOND)
    line(document, "{%p for promise in group.promises %}")
    body(document, "{{ promise }}")
    line(document, "{%p endfor %}")
    line(document, "{%p endfor %}")
    heading(document, "三、责任落实")
    body(document, "甲方分管领导：{{ leader_in_charge }}。")
    body(document, "甲方负责部门：{{ responsible_dept }}。")
    heading(document, "四、其他约定")
    line(document, "{%p for paragraph in terms %}")
    body(document, "{{ paragraph }}")
    line(document, "{%p endfor %}")
    heading(document, "五、生效")
    line(document, "{%p if replaces %}")
    body(document, "{{ replaces }}")
    line(document, "{%p endif %}")
    body(document, "本协议由双方签字后生效，签字后内容不再改动；双方各执一份，报轮次组织单位备案一份。")


def signatures(document: Document) -> None:
    """Two columns without borders, kept on one page."""
    line(document, "")
    table = document.add_table(rows=1, cols=2)
    for cell, side, label in zip(table.rows[0].cells, ("unit", "village"), ("甲方", "乙方"), strict=True):
        texts = (
            label + "：{{ " + side + ".name }}",
            "签字：{{ " + side + ".signatory }}",
            "{{ " + side + ".signed_at }}",
        )
        for number, text in enumerate(texts):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.paragraph_format.keep_with_next = paragraph.paragraph_format.keep_together = True
            write(paragraph, text)
    line(document, "{%p if proof %}")
    write(document.add_paragraph(), "内容校验码：{{ proof }}", size=9)
    line(document, "{%p endif %}")


def line(document: Document, text: str, *, font: str = BODY, size: int = 16, centred: bool = False, pitch: int = 0):
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if pitch:
        paragraph.paragraph_format.line_spacing = Pt(pitch)
    write(paragraph, text, font=font, size=size)


def heading(document: Document, text: str) -> None:
    body(document, text, font=HEADING, with_next=True)


def body(document: Document, text: str, *, font: str = BODY, with_next: bool = False) -> None:
    """A paragraph that begins two characters in, both edges flush."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.keep_with_next = with_next
    paragraph.paragraph_format.first_line_indent = Pt(32)
    properties: Any = paragraph._p.pPr  # the indent above has made it
    properties.ind.set(qn("w:firstLineChars"), "200")
    write(paragraph, text, font=font)


def write(paragraph, text: str, *, font: str = BODY, size: int = 16) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), font)


if __name__ == "__main__":
    build()
