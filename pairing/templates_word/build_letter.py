"""Writes letter.docx, the template of responsibility letters: `python -m pairing.templates_word.build_letter`.

The product ships what this writes; a test compares the two. Words in {{ }} are the fields of pairing/plans/letters.py.
"""

from pathlib import Path

import docx
from docx.document import Document

from pairing.templates_word.build_agreement import body, describe, heading, line, write
from pairing.templates_word.page import SECOND, TITLE, set_up

PATH = Path(__file__).with_name("letter.docx")


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "目标责任书"
    opening(document)
    sections(document)
    signatures(document)
    document.save(str(path))


def opening(document: Document) -> None:
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "{%p if mark %}")
    line(document, "{{ mark }}", font=SECOND, centred=True)
    line(document, "{%p endif %}")
    line(document, "")
    line(document, "责任单位（{{ unit.label }}）：{{ unit.name }}")
    line(document, "{{ village.label }}：{{ village.name }}")
    line(document, "{%p if scheme.is_binding %}")
    body(document, "按照《{{ scheme.name }}》和「{{ round.name }}」的安排，现签订{{ year }}年度目标责任书。")
    line(document, "{%p else %}")
    body(document, "参照《{{ scheme.name }}》和「{{ round.name }}」的安排，现签订{{ year }}年度目标责任书。")
    line(document, "{%p endif %}")


def sections(document: Document) -> None:
    heading(document, "一、年度目标")
    line(document, "{%p for target in lines %}")
    body(document, "{{ target }}")
    line(document, "{%p endfor %}")
    heading(document, "二、责任与奖惩")
    line(document, "{%p for part in shared %}")
    body(document, "{{ part.heading }}", font=SECOND)
    body(document, "{{ part.text }}")
    line(document, "{%p endfor %}")
    body(document, "责任单位对上述目标负责，年度完成情况由对方确认。")
    line(document, "{%p if holds_until_met %}")
    body(document, "目标未实现，结对帮扶不脱钩。")
    line(document, "{%p endif %}")
    heading(document, "三、其他")
    body(document, "本责任书由责任单位与「{{ organiser.name }}」签字后生效，签字后内容不再改动；双方各执一份。")


def signatures(document: Document) -> None:
    """Two columns without borders, kept on one page."""
    line(document, "")
    table = document.add_table(rows=1, cols=2)
    for cell, side, label in zip(table.rows[0].cells, ("organiser", "unit"), ("组织单位", "责任单位"), strict=True):
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


if __name__ == "__main__":
    build()
