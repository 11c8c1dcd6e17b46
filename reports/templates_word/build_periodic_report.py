"""Writes periodic_report.docx: `python -m reports.templates_word.build_periodic_report`.

The product ships what this writes; a test compares the two. The fields are those of reports/periodic/paper.py.
"""

from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from funds.templates_word.grid import lines_table
from pairing.templates_word.build_agreement import body, describe, heading, line
from pairing.templates_word.page import SECOND, TITLE, set_up

PATH = Path(__file__).with_name("periodic_report.docx")
COLUMNS = (
    ("事项", "{{ line.name }}", 62),
    ("数字／基数", "{{ line.figure }}", 54),
    ("基数是", "{{ line.of }}", 40),
)  # 156 millimetres: the type area


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "定期汇报"
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "（{{ span }}）", font=SECOND, centred=True)
    line(document, "")
    line(document, "{{ desk }}：")
    heading(document, "一、工作情况")
    lines_table(document, COLUMNS, size=12)
    body(document, "{%p if below %}")
    body(document, "{{ below }}")
    body(document, "{%p endif %}")
    body(document, "{%p for section in sections %}")
    heading(document, "{{ section.heading }}")
    body(document, "{{ section.words }}")
    body(document, "{%p endfor %}")
    line(document, "")
    for text in ("{{ signed }}", "{{ made_on }}"):
        line(document, text)
        document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(path))


if __name__ == "__main__":
    build()
