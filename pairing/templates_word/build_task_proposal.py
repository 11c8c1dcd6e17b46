"""Writes task_proposal.docx: `python -m pairing.templates_word.build_task_proposal`.

The product ships what this writes; a test compares the two. Words in {{ }} are the fields of
pairing/figures/task_proposals.py.
"""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from pairing.templates_word.build_agreement import body, describe, heading, line, write
from pairing.templates_word.page import TITLE, set_up

PATH = Path(__file__).with_name("task_proposal.docx")


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "结对帮扶任务建议书"
    line(document, "结对帮扶任务建议书", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "")
    line(document, "{{ committee }}：")
    body(document, "根据《{{ scheme.name }}》和「{{ round.name }}」的安排，现就你处结对任务提出如下建议。")
    heading(document, "一、结对数")
    body(document, "{{ task }}{% if weak %}，{{ weak }}{% endif %}。{% if base %}{{ base }}。{% endif %}")
    heading(document, "二、时间要求")
    line(document, "{%p for deadline in deadlines %}")
    body(document, "{{ deadline }}。")
    line(document, "{%p endfor %}")
    body(document, "本轮协议期限至{{ round.ends }}。")
    line(document, "{%p if words %}")
    heading(document, "三、其他")
    body(document, "{{ words }}")
    line(document, "{%p endif %}")
    signed_off(document)
    document.save(str(path))


def signed_off(document: Document) -> None:
    """Who issues it and when, on the right, four characters in."""
    line(document, "")
    for text in ("{{ organiser }}", "{{ issued_on }}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(64)
        write(paragraph, text)


if __name__ == "__main__":
    build()
