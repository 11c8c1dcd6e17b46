"""Records and files for tests. Every default makes a valid record; hostile files are made here, never kept."""

import io
import zipfile
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook
from PIL import Image
from pypdf import PdfWriter

from office.documents import TemplateKind
from office.models import Job, Message
from organisations.models import Organisation, User

NOON = datetime(2026, 6, 18, 4, 0, tzinfo=UTC)  # noon in China
numbers = count(1)


def job(by: User, *, organisation: Organisation | None = None, title: str = "读取名册", **fields: Any) -> Job:
    return Job.objects.create(kind="test.count", title=title, started_by=by, organisation=organisation, **fields)


def message(
    organisation: Organisation, *, permission: str = "village.act", subject: str = "Choose", **fields: Any
) -> Message:
    values: dict[str, Any] = {
        "kind": "turn",
        "key": f"test:{next(numbers)}",
        "sent_at": NOON,
        "url": "/inbox/",
        **fields,
    }
    return Message.objects.create(organisation=organisation, permission=permission, subject=subject, **values)


def xlsx() -> bytes:
    file = io.BytesIO()
    book = Workbook()
    book.active.append(["序号", "村名"])
    book.save(file)
    return file.getvalue()


def docx(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs or ("协议",):
        document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def text_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


def archive(**parts: bytes) -> bytes:
    """A zip; names with dots and slashes are given through a dictionary: archive(**{"a/b.xml": b"…"})."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def with_part(content: bytes, name: str, replacement: bytes) -> bytes:
    """The same package with one part added or exchanged."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist()}
    return archive(**(parts | {name: replacement}))


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, form, **options)
    return file.getvalue()


def pdf(writer: PdfWriter | None = None) -> bytes:
    writer = writer or PdfWriter()
    writer.add_blank_page(width=595, height=842)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def template_kind(folder: Path, *, text: str = "{{ unit.name }}", **options: Any) -> TemplateKind:
    default = folder / "default.docx"
    default.parent.mkdir(parents=True, exist_ok=True)
    default.write_bytes(docx(text))
    values: dict[str, Any] = {
        "key": "agreement",
        "name": "协议书",
        "fields": {
            "unit.name": "单位名称",
            "unit.items": "事项",
            "promises[].text": "承诺",
            "terms[]": "条款",
            "mark": "标记",
        },
        "default": default,
    }
    return TemplateKind(**(values | options))
