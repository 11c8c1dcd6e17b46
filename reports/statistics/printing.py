"""A statistics table on paper (.docx, the page of GB/T 9704-2012, landscape) and as a workbook."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.exports import SheetOf
from core.figures import Line, Table
from core.refusals import Refused
from pairing.templates_word.page import BODY, HEADING, TITLE, set_fonts, set_up
from reports.statistics.frame import Sheet

MOST_LINES = 1000  # of one table on paper


def workbook_sheets(sheet: Sheet) -> Iterator[SheetOf]:
    for section in sheet.sections:
        yield section.title, section.table.header, section.table.rows()


def document(title: str, sheet: Sheet) -> bytes:
    """Each table with its title and its note; what stands above them as sentences."""
    if any(len(section.table.lines) > MOST_LINES for section in sheet.sections):
        words = _("On paper a table holds %(most)s lines at most. Narrow it by the filter, or take the workbook.")
        raise Refused(words % {"most": MOST_LINES})
    made = Document()
    set_up(made)
    turn(made)
    write(made, title, TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER)
    write(made, sheet.lead, BODY, 14, WD_ALIGN_PARAGRAPH.CENTER)
    for fact in sheet.facts:
        said = fact.value if fact.of is None else f"{fact.value} / {fact.of}"
        write(made, f"{fact.title}：{'—' if fact.value is None else said}", BODY, 14)
    for section in sheet.sections:
        if section.table.lines:
            write(made, section.title, HEADING, 16)
            write_table(made, section.table)
            for note in (section.table.total_note, section.note):
                if note:
                    write(made, note, BODY, 12)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def turn(made) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(35), Mm(37)


def write(made, words: str, font: str, size: int, alignment=None) -> None:
    paragraph = made.add_paragraph()
    paragraph.alignment = alignment
    fill(paragraph, words, font, size)


def fill(paragraph, words: str, font: str, size: int) -> None:
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), font)


def write_table(made, table: Table) -> None:
    """The head is repeated on each page."""
    header = [table.subject, *(head(column.title, column.out_of) for column in table.columns)]
    lines: list[Line] = [*table.lines, *([table.total] if table.total else [])]
    grid = made.add_table(rows=1 + len(lines), cols=len(header), style="Table Grid")
    rows = [header, *([line.name, *(figure.shown for figure in line.figures)] for line in lines)]
    for row, words in zip(grid.rows, rows, strict=True):
        fill_row(row, words, HEADING if words is header else BODY)
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def fill_row(row, words: Sequence[str], font: str) -> None:
    for number, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(18)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number and font == BODY else None
        fill(paragraph, said, font, 12)


def head(title: str, out_of: str) -> str:
    return f"{title} / {out_of}" if out_of else title
