"""Writes sheet.docx, the record of a visit on one page: `python -m visits.templates_word.build_sheet`.

The product ships what this writes; a test compares the two. The fields are those of visits/sheets.py.
"""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from pairing.templates_word.build_agreement import describe, line, write
from pairing.templates_word.page import HEADING, SECOND, TITLE, set_up

PATH = Path(__file__).with_name("sheet.docx")
WIDTHS = (30, 48, 30, 48)  # of the four columns, in millimetres: the 156 of the type area
LOW, TALL = 12, 62
SIZE, PITCH = 14, 20
SHORT_ROWS = (
    ("帮扶单位", "{{ unit }}", "结对村", "{{ village }}"),
    ("日　　期", "{{ day }}", "活动类型", "{{ kind }}"),
    ("参加人数", "{{ persons }}", "参加人次", "{{ person_times }}"),
)
LONG_ROWS = (("参加人员", "{{ people }}", 22), ("帮扶资源", "{{ resources }}", LOW), ("开展情况", "{{ words }}", TALL))
SIGNED = (("单位登记", "{{ recorded }}", 22), ("村方确认", "{{ confirmed }}", 22))


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "结对帮扶活动记录单"
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "{{ mark }}", font=SECOND, size=SIZE, centred=True)
    table(document)
    line(document, "不写困难群众的姓名、病情和电话。{{ note }}", font=SECOND, size=12)
    document.save(str(path))


def table(document: Document) -> None:
    grid = document.add_table(rows=0, cols=4)
    grid.style, grid.autofit = document.styles["Table Grid"], False
    for texts in SHORT_ROWS:
        row = add_row(grid, LOW)
        for number, text in enumerate(texts):
            fill(row.cells[number], text, is_heading=number % 2 == 0)
    for heading, text, height in (*LONG_ROWS, *SIGNED):
        row = add_row(grid, height)
        fill(row.cells[0], heading, is_heading=True)
        fill(row.cells[1].merge(row.cells[3]), text, is_heading=False)


def add_row(grid, height: int):
    row = grid.add_row()
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = Mm(width)
    return row


def fill(cell, text: str, *, is_heading: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(PITCH)
    if is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, font=HEADING if is_heading else "仿宋", size=SIZE)


if __name__ == "__main__":
    build()
