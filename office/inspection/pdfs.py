"""PDF documents: kept as they are, if they only show pages."""

import io
import re

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject

from office.child import N_, Unfit

ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}
KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/RichMedia", "/XFA"}
IN_PLAIN_SIGHT = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles)\b")


def refuse_active(content: bytes) -> None:
    """Unfit where a document would run, open, send or carry something."""
    try:
        active = IN_PLAIN_SIGHT.search(content) or any(map(does_something, objects(content)))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unfit(N_("This PDF is damaged. Print it to a new PDF, then try again.")) from error
    if active:
        raise Unfit(
            N_("This PDF holds a script, an attachment or an action. Print it to a new PDF or scan it, then try again.")
        )


def objects(content: bytes):
    """Every object of the document, those in compressed streams as well."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unfit(N_("This PDF is protected by a password. Print it to a new PDF, then try again."))
    if not len(reader.pages):
        raise Unfit(N_("This PDF has no pages."))
    yield reader.trailer
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    for number in sorted(numbers - {0}):
        yield reader.get_object(number)


def does_something(found: object) -> bool:
    """An action, a script or an attachment in this object or in those written inside it."""
    waiting = [found]
    while waiting:
        item = waiting.pop()
        if isinstance(item, DictionaryObject):
            if KEYS & set(item) or ("/S" in item and item.raw_get("/S") in ACTIONS):
                return True
            waiting += [item.raw_get(key) for key in item]
        elif isinstance(item, ArrayObject):
            waiting += list.__iter__(item)
    return False
