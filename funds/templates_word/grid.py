"""A table of the papers of aid money: its heading, and one row for each line of a list."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from pairing.templates_word.build_agreement import write
from pairing.templates_word.page import BODY, HEADING

Column = tuple[str, str, int]  # heading, field of `line`, width in millimetres


def lines_table(document: Document, columns: Sequence[Column], *, size: int = 12) -> None:
    grid = document.add_table(rows=4, cols=len(columns))
    grid.style, grid.autofit = document.styles["Table Grid"], False
    for number, (heading, field, _width) in enumerate(columns):
        fill(grid.rows[0].cells[number], heading, size=size, is_heading=True)
        fill(grid.rows[2].cells[number], field, size=size)
    for row, tag in ((1, "{%tr for line in lines %}"), (3, "{%tr endfor %}")):
        fill(grid.rows[row].cells[0], tag, size=size)
    for each in grid.rows:
        for cell, (_heading, _field, width) in zip(each.cells, columns, strict=True):
            cell.width = Mm(width)


def fill(cell, text: str, *, size: int = 12, is_heading: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = Pt(18)
    if is_heading:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, text, font=HEADING if is_heading else BODY, size=size)
