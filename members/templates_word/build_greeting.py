"""Writes greeting.docx, the template of greeting letters: `python -m members.templates_word.build_greeting`.

The product ships what this writes; a test compares the two. The fields are those of members/floating/letters.py.
"""

from pathlib import Path

import docx
from docx.document import Document

from pairing.templates_word.build_agreement import body, describe, heading, line
from pairing.templates_word.page import SECOND, TITLE, set_up

PATH = Path(__file__).with_name("greeting.docx")


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "慰问信"
    line(document, "{%p for letter in letters %}")
    opening(document)
    sections(document)
    line(document, "{%p endfor %}")
    document.save(str(path))


def opening(document: Document) -> None:
    """Each letter begins a page of its own."""
    line(document, "慰 问 信", font=TITLE, size=22, centred=True, pitch=36)
    document.paragraphs[-1].paragraph_format.page_break_before = True
    line(document, "")
    line(document, "{{ letter.name }}同志：")
    body(document, "在中国共产党成立纪念日到来之际，谨向在外工作生活的您致以节日的问候，并通报家乡工作情况。")


def sections(document: Document) -> None:
    for title, field in (("一、工作思路", "plans"), ("二、核心任务", "tasks"), ("三、取得的成效", "results")):
        heading(document, title)
        line(document, "{%p for text in " + field + " %}")
        body(document, "{{ text }}")
        line(document, "{%p endfor %}")
    body(document, "望您在外努力工作，保重身体，按时向{{ letter.origin }}党组织汇报情况，为家乡发展献计出力。")
    line(document, "")
    body(document, "{{ sender }}", font=SECOND)
    body(document, "{{ year }}年6月")


if __name__ == "__main__":
    build()
