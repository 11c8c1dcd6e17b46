"""Writes circular.docx and arrangement.docx: `python -m reports.templates_word.build_notices`.

The product ships what this writes; a test compares the two. Words in {{ }} are the fields of
reports/circulars/documents.py.
"""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from pairing.templates_word.build_agreement import body, describe, line, write
from pairing.templates_word.page import HEADING, SECOND, TITLE, set_up

FOLDER = Path(__file__).parent
NAMES = {"circular": "通报", "arrangement": "部署通知"}
RED = RGBColor(0xFF, 0x00, 0x00)
FOUR_CHARACTERS = Pt(64)


def build(folder: Path = FOLDER) -> None:
    for name, title in NAMES.items():
        document = docx.Document()
        set_up(document)
        describe(document)
        document.core_properties.title = title
        red_head(document)
        text(document)
        ending(document)
        document.save(str(folder / f"{name}.docx"))


def red_head(document: Document) -> None:
    """As a draft only: who issues it in red, the proposed number, the red line."""
    line(document, "{{ mark }}", font=SECOND, size=12, centred=True)
    line(document, "{{ issuer }}文件", font=TITLE, size=34, centred=True, pitch=58)
    document.paragraphs[-1].runs[0].font.color.rgb = RED
    line(document, "")
    line(document, "{{ number }}", centred=True)
    properties = document.paragraphs[-1]._p.get_or_add_pPr()
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="12" w:space="4" w:color="FF0000"/></w:pBdr>'
    )
    properties.insert_element_before(
        border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def text(document: Document) -> None:
    """Title two lines below the red line; level 1 in 黑体, level 2 in 楷体, the rest in 仿宋."""
    line(document, "")
    line(document, "")
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    line(document, "")
    line(document, "{%p if to %}")
    line(document, "{{ to }}：")
    line(document, "{%p endif %}")
    line(document, "{%p for paragraph in paragraphs %}")
    line(document, "{%p if paragraph.level == 1 %}")
    body(document, "{{ paragraph.text }}", font=HEADING, with_next=True)
    line(document, "{%p elif paragraph.level == 2 %}")
    body(document, "{{ paragraph.text }}", font=SECOND)
    line(document, "{%p else %}")
    body(document, "{{ paragraph.text }}")
    line(document, "{%p endif %}")
    line(document, "{%p endfor %}")


def ending(document: Document) -> None:
    """Attachments one line below the text, two characters in; who issues it and when, four from the right."""
    line(document, "{%p if attachments %}")
    line(document, "")
    line(document, "{%p for attachment in attachments %}")
    body(document, "{{ attachment }}")
    line(document, "{%p endfor %}")
    line(document, "{%p endif %}")
    line(document, "")
    line(document, "")
    for words in ("{{ issuer }}", "{{ issued_on }}"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = FOUR_CHARACTERS
        indent = paragraph._p.get_or_add_pPr().find(qn("w:ind"))
        indent.set(qn("w:rightChars"), "400")
        write(paragraph, words)


if __name__ == "__main__":
    build()
