"""The official page of GB/T 9704-2012 (domain P-28) for python-docx: margins, grid, fonts, page numbers.

28 characters of 16 points are 158 mm, two more than the type area: they fit by a grid of 15.79 points only.
"""

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

LETTER_SPACING = -5  # twentieths of a point: what a program that ignores the grid needs for the same 28 characters
LINE_PITCH = 579  # twentieths of a point: 22 lines on 225 mm
CHAR_SPACE = -848  # 4096ths of a point beside the 16 points of the body: 28 characters on 156 mm
BODY, HEADING, SECOND, TITLE, NUMBER = "仿宋", "黑体", "楷体", "小标宋", "宋体"
# None of these comes with the product; a desk that lacks one takes the next.
FALLBACKS = {
    BODY: "FangSong,仿宋_GB2312,STFangsong,FZFangSong-Z02,Noto Serif CJK SC",
    HEADING: "SimHei,STHeiti,FZHei-B01,Noto Sans CJK SC",
    SECOND: "KaiTi,楷体_GB2312,STKaiti,FZKai-Z03,Noto Serif CJK SC",
    TITLE: "方正小标宋简体,FZXiaoBiaoSong-B05,方正小标宋_GBK,STZhongsong,SimSun,Noto Serif CJK SC",
    NUMBER: "SimSun,STSong,FZShuSong-Z01,Noto Serif CJK SC",
}


def set_up(document: Document) -> None:
    set_margins(document.sections[0])
    set_grid(document.sections[0])
    set_default_style(document)
    write_font_table(document)
    number_pages(document)


def set_margins(section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)


def set_grid(section) -> None:
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    grid.set(qn("w:charSpace"), str(CHAR_SPACE))
    section._sectPr.append(grid)


def set_default_style(document: Document) -> None:
    """Everything inherits from here: the theme's fonts would win over 仿宋, so they go."""
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    for owner in (
        document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}"),
        normal.element.get_or_add_rPr(),
    ):
        set_fonts(owner, BODY)
        language = owner.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            owner.append(language)
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Twips(LINE_PITCH)
    measure_without_grid(normal)


def measure_without_grid(style) -> None:
    """Lines and characters as the grid has them, by exact pitch and spacing.

    A cell of the grid is narrower than its character; Word closes up, LibreOffice takes two cells for each.
    """
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(LETTER_SPACING))
    style.element.rPr.rFonts.addnext(spacing)
    for properties in (style.element.get_or_add_pPr(), style.element.rPr):
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        if properties is style.element.rPr:
            spacing.addprevious(snap)
        else:
            properties.insert_element_before(snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


def set_fonts(properties, name: str, latin: str = "Times New Roman") -> None:
    """`w:eastAsia` is what Chinese characters are set in; python-docx alone would leave it out."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script, font in (("ascii", latin), ("hAnsi", latin), ("eastAsia", name), ("cs", latin)):
        fonts.set(qn(f"w:{script}"), font)
    properties.insert(0, fonts)


def write_font_table(document: Document) -> None:
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, others in FALLBACKS.items()
    )
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{entries}</w:fonts>'.encode()


def number_pages(document: Document) -> None:
    """— 1 — in 14 points, odd pages on the right, even ones on the left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles["Normal"]
        paragraph.alignment = alignment
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(14))
        for piece in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if piece == "PAGE" else piece)
            run.font.size = Pt(14)
            set_fonts(run._r.get_or_add_rPr(), NUMBER, latin=NUMBER)
            if piece == "PAGE":
                add_field(run, piece)


def add_field(run, code: str) -> None:
    for xml in (
        f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>',
        f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>',
        f'<w:fldChar {nsdecls("w")} w:fldCharType="separate"/>',
        f"<w:t {nsdecls('w')}>1</w:t>",
        f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>',
    ):
        run._r.append(parse_xml(xml))
