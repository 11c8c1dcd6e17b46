"""Writes archive_index.docx and archive_record.docx: `python -m reports.templates_word.build_archive`.

The product ships what this writes; a test compares the two. The fields are those of reports/archive/papers.py.
"""

from pathlib import Path

import docx
from docx.document import Document

from funds.templates_word.grid import lines_table
from pairing.templates_word.build_agreement import body, describe, line
from pairing.templates_word.page import SECOND, TITLE, set_up

FOLDER = Path(__file__).parent
COLUMNS = (
    ("编号", "{{ line.number }}", 14),
    ("题名", "{{ line.title }}", 34),
    ("责任者", "{{ line.by }}", 24),
    ("日期", "{{ line.on }}", 17),
    ("保管期限", "{{ line.term }}", 11),
    ("文件名", "{{ line.file }}", 26),
    ("大小", "{{ line.size }}", 11),
    ("SHA-256", "{{ line.sha256 }}", 19),
)  # 156 millimetres: the type area
TOLD = (("项目", "{{ line.name }}", 50), ("内容", "{{ line.words }}", 106))


def build(folder: Path = FOLDER) -> None:
    save(index(), "结对帮扶档案目录", folder / "archive_index.docx")
    save(record(), "结对帮扶档案材料", folder / "archive_record.docx")


def save(document: Document, title: str, path: Path) -> None:
    document.core_properties.title = title
    document.save(str(path))


def begun() -> Document:
    document = docx.Document()
    set_up(document)
    describe(document)
    line(document, "{{ title }}", font=TITLE, size=22, centred=True, pitch=36)
    return document


def index() -> Document:
    document = begun()
    line(document, "（{{ round }}）", font=SECOND, centred=True)
    line(document, "帮扶单位：{{ unit }}")
    line(document, "结对村：{{ village }}")
    line(document, "{{ sums }}")
    lines_table(document, COLUMNS, size=8)
    line(document, "{%p if note %}")
    body(document, "{{ note }}")
    line(document, "{%p endif %}")
    line(document, "保管期限依据：{{ standard }}", size=10)
    return document


def record() -> Document:
    document = begun()
    line(document, "（{{ about }}）", font=SECOND, centred=True)
    line(document, "{%p if lines %}")
    lines_table(document, TOLD)
    line(document, "{%p endif %}")
    line(document, "{%p for paragraph in paragraphs %}")
    body(document, "{{ paragraph }}")
    line(document, "{%p endfor %}")
    return document


if __name__ == "__main__":
    build()
