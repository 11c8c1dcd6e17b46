"""What an uploaded file really is, by its content. Runs in a child process with limits (office.child).

Each inspector takes the bytes and yields the media type; a picture then also yields its bytes drawn anew.
What is unfit is said with what was found and what to do.
"""

from collections.abc import Iterator

from office.child import N_
from office.inspection import pdfs
from office.inspection.office_documents import word, workbook
from office.inspection.pictures import drawn_anew


def scan(content: bytes) -> Iterator:
    if content.lstrip()[:5] == b"%PDF-":
        pdfs.refuse_active(content)
        yield "application/pdf"
    else:
        yield from drawn_anew(
            content, "scan", N_("a PDF document or a picture"), N_("Choose a .pdf, .jpg or .png file.")
        )


def picture(content: bytes) -> Iterator:
    yield from drawn_anew(content, "picture", N_("a picture"), N_("Choose a picture as .jpg or .png."))


INSPECTORS = {"workbook": workbook, "word": word, "scan": scan, "picture": picture}


def inspect(payload: bytes) -> Iterator:
    """`payload` is a line naming the kind, then the content of the file."""
    kind, _newline, content = payload.partition(b"\n")
    yield from INSPECTORS[kind.decode()](content)
