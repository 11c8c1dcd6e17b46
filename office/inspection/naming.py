"""Naming what an upload was found to be, for the sentence that refuses it."""

import filetype

from office.child import N_, Unfit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NAMES = {
    "application/pdf": N_("a PDF document"),
    "application/zip": N_("a compressed folder"),
    "application/msword": N_("an old Word document (.doc)"),
    "application/vnd.ms-excel": N_("an old workbook (.xls)"),
    XLSX: N_("a workbook (.xlsx)"),
    DOCX: N_("a Word document (.docx)"),
}
WRONG_KIND = N_("This is %(found)s, not %(expected)s. %(remedy)s")


def unfit(content: bytes, expected: str, remedy: str) -> Unfit:
    return Unfit(WRONG_KIND, found=name_of(content), expected=expected, remedy=remedy)


def name_of(content: bytes) -> str:
    """What a person would call it; at worst, something unknown."""
    if not content:
        return N_("an empty file")
    if is_markup(content):
        return N_("a web page")
    found = filetype.guess_mime(content[:8192]) or ""
    if found.startswith("image/"):
        return N_("a picture")
    return NAMES.get(found) or (N_("plain text") if as_text(content) is not None else N_("a file of an unknown kind"))


def is_markup(content: bytes) -> bool:
    return content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def as_text(content: bytes) -> str | None:
    if b"\0" in content:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
