"""Writes poster.docx, what a village hangs on its board: `python -m funds.templates_word.build_poster`.

The product ships what this writes; a test compares the two. The fields are those of funds/publishing/poster.py; the
picture called 二维码 gives way to the code of the village.
"""

import io
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from funds.templates_word.grid import fill, lines_table
from pairing.templates_word.build_agreement import describe, line, write
from pairing.templates_word.page import HEADING, SECOND, TITLE, set_up

PATH = Path(__file__).with_name("poster.docx")
CODE = "二维码"
COLUMNS = (
    ("日期", "{{ line.day }}", 30),
    ("收支事项", "{{ line.what }}", 66),
    ("收入（元）", "{{ line.income }}", 26),
    ("支出（元）", "{{ line.spending }}", 26),
    ("凭证", "{{ line.voucher }}", 14),
)
SIDES = (20, 24)  # top and bottom, left and right: a poster is no official letter


def build(path: Path = PATH) -> None:
    document = docx.Document()
    set_up(document)
    describe(document)
    document.core_properties.title = "帮扶资金公开"
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(SIDES[0])
    section.left_margin = section.right_margin = Mm(SIDES[1])
    line(document, "{{ village }}{{ title }}", font=TITLE, size=26, centred=True, pitch=40)
    line(document, "{{ span }}", font=SECOND, size=16, centred=True)
    line(document, "{{ sums }}", font=HEADING, size=15)
    lines_table(document, COLUMNS)
    line(document, "{%p if words %}")
    line(document, "{{ words }}", size=14)
    line(document, "{%p endif %}")
    line(document, "{{ review }}。公开时间：{{ public }}。", size=14)
    line(document, "有疑问、有异议，请拨打 {{ hotline }}，或者扫码提出，不需要注册。", font=HEADING, size=14)
    foot(document)
    document.save(str(path))


def foot(document: Document) -> None:
    """The code beside the ends of the chains."""
    grid = document.add_table(rows=1, cols=2)
    grid.autofit = False
    left, right = grid.rows[0].cells
    left.width, right.width = Mm(42), Mm(120)
    picture = io.BytesIO()
    Image.new("1", (290, 290), 1).save(picture, "PNG")
    picture.seek(0)
    left.paragraphs[0].add_run().add_picture(picture, width=Mm(38))
    for name in ("wp:docPr", "pic:cNvPr"):
        for element in left._tc.iter(qn(name)):
            element.set("descr", CODE)
            element.set("name", "code.png")
    fill(right, "{%p for head in heads %}")
    for text in ("账本校验码：{{ head }}", "{%p endfor %}", "扫码查看全部收支、核对账本：{{ address }}"):
        paragraph = right.add_paragraph()
        paragraph.paragraph_format.line_spacing = Pt(18)
        write(paragraph, text, font="仿宋", size=11)


if __name__ == "__main__":
    build()
