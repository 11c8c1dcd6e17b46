"""Files as strangers hand them in: each that can't be used ends in its own sentence."""

import io
import zipfile
from datetime import datetime

import msoffcrypto.format.ooxml
import pytest
from django.utils import translation
from openpyxl import Workbook

from core.refusals import Refused
from office.rosters.checking import ahead
from office.rosters.spooling import spool


def xlsx(rows, name: str = "村") -> bytes:
    book = Workbook()
    book.active.title = name
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def rezipped(content: bytes, change) -> bytes:
    """The workbook with the text of its first sheet changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            text = source.read(name)
            package.writestr(name, change(text) if name == "xl/worksheets/sheet1.xml" else text)
    return target.getvalue()


def encrypted() -> bytes:
    target = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx([["村名"]]))).encrypt("secret", target)
    return target.getvalue()


def far_cell(cell: str):
    def change(text: bytes) -> bytes:
        row = "".join(filter(str.isdigit, cell))
        extra = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return text.replace(b"</sheetData>", extra.encode())

    return rezipped(xlsx([["村名"], ["甲村"]]), change)


def formula_without_value() -> bytes:
    book = Workbook()
    book.active.append(["村名", "户数"])
    book.active.append(["甲村", "=1+1"])
    return saved(book)


def bomb() -> bytes:
    return rezipped(xlsx([["村名"]]), lambda text: text.replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>"))


def read(tmp_path, content: bytes, name: str = "名册.xlsx") -> list:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return [(sheet.name, [(raw.number, raw.cells) for raw in sheet.rows()]) for sheet in spool(path, name)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This workbook is empty: no sheet holds anything."),
        (
            b"\x00\x01\x02 no workbook at all",
            "This is not a workbook: it can't be opened as .xlsx, .xls, .ods or .csv.",
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", "This is a web page that is named like a workbook."),
        (xlsx([]), "This workbook is empty: no sheet holds anything."),
        (xlsx([["村名"]])[:900], "This workbook is damaged or was not copied completely."),
        (encrypted(), "This workbook is protected by a password."),
        (far_cell("XFD2"), "XFD2"),
        (far_cell("A1048576"), "A1048576"),
        (formula_without_value(), "B2"),
        (bomb(), "Unpacked, this workbook would be"),
        ("村名,户数\n甲村,\ufffd".encode(), "lost when it was converted"),
    ],
    ids=[
        "nothing",
        "noise",
        "web page",
        "empty",
        "cut off",
        "encrypted",
        "far column",
        "far row",
        "formula",
        "bomb",
        "lost text",
    ],
)
def test_what_cannot_be_used_ends_in_a_sentence(tmp_path, content, words):
    with translation.override("en"), pytest.raises(Refused) as refusal:
        read(tmp_path, content)
    assert words in str(refusal.value.sentence)


def test_a_reader_that_grows_is_stopped_and_the_server_lives_on(tmp_path, monkeypatch):
    monkeypatch.setattr("office.rosters.spooling.MEGABYTES", 180)
    wide = xlsx([[f"值{number}" for number in range(600)] for _row in range(3)])
    tall = rezipped(
        wide, lambda text: text.replace(b"</sheetData>", b'<row r="9000"><c r="A9000"><v>1</v></c></row></sheetData>')
    )
    with pytest.raises(Refused):
        read(tmp_path, tall)
    monkeypatch.undo()
    assert read(tmp_path, xlsx([["村名"]])) == [("村", [(1, ["村名"])])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_text_in_any_usual_encoding_is_read(tmp_path, encoding, sign):
    text = sign.join(["村名", "代码"]) + "\r\n" + sign.join(["野马图村", '="015010"']) + "\r\n"
    assert read(tmp_path, text.encode(encoding), "村.csv") == [
        ("村", [(1, ["村名", "代码"]), (2, ["野马图村", "015010"])])
    ]


def test_numbers_stay_numbers_and_dates_become_text(tmp_path):
    rows = [["签订日期", "人数", "收入"], [datetime(2007, 3, 15), 23, 2.5]]
    assert read(tmp_path, xlsx(rows)) == [("村", [(1, ["签订日期", "人数", "收入"]), (2, ["2007-03-15", 23, 2.5])])]


def test_a_table_that_begins_further_down_and_right_keeps_its_row_numbers(tmp_path):
    rows = [[], [], [None, "村名", "户数"], [None, "甲村", 3]]
    assert read(tmp_path, xlsx(rows)) == [("村", [(3, ["", "村名", "户数"]), (4, ["", "甲村", 3])])]


def test_what_is_read_ahead_comes_whole_and_in_order_and_fails_where_the_reading_fails():
    def chunks():
        for number in range(3):
            yield [number], {}, {}
        raise Refused("damaged")

    found = ahead(chunks())
    assert [next(found)[0] for _ in range(3)] == [[0], [1], [2]]
    with pytest.raises(Refused, match="damaged"):
        next(found)
