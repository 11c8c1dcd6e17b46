"""Workbooks and Word documents: what they are, and that they bring nothing which acts by itself."""

import io
import zipfile
from collections.abc import Iterator

import msoffcrypto
import olefile
from lxml import etree

from office.child import N_, Unfit
from office.inspection.naming import DOCX, XLSX, as_text, is_markup, unfit

MOST_PARTS = 10_000
MOST_UNPACKED = 1024**3
MOST_RATIO, SMALL_UNPACKED = 200, 50 * 1024**2
MAIN_PARTS = {"workbook": XLSX + ".main+xml", "word": DOCX + ".main+xml"}
WITH_MACROS = ("macroEnabled", "vbaProject")
XML = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
DAMAGED = N_("This file is damaged. Open it in Office, save it anew, then try again.")
HAS_MACROS = N_("This file holds macros. Save it without macros, as .xlsx or .docx, then try again.")
SAVE_AS_XLSX = N_("Open it in Excel or WPS and save it as .xlsx.")
SAVE_AS_DOCX = N_("Open it in Word or WPS and save it as .docx.")
EXPECTED = {"workbook": N_("a workbook"), "word": N_("a Word document")}
REMEDIES = {"workbook": SAVE_AS_XLSX, "word": SAVE_AS_DOCX}


def workbook(content: bytes) -> Iterator:
    """An .xlsx, an .xls, or text with separated values."""
    if content.startswith(b"PK"):
        yield office_document(content, "workbook", XLSX)
    elif content.startswith(olefile.MAGIC):
        yield old_workbook(content)
    elif not is_markup(content) and as_text(content) is not None:
        yield "text/csv"
    else:
        raise unfit(content, EXPECTED["workbook"], SAVE_AS_XLSX)


def word(content: bytes) -> Iterator:
    refuse_locked(content)
    if not content.startswith(b"PK"):
        raise unfit(content, EXPECTED["word"], SAVE_AS_DOCX)
    yield office_document(content, "word", DOCX)


def office_document(content: bytes, kind: str, media_type: str) -> str:
    with opened(content) as archive:
        refuse_bomb(archive)
        types = part(archive, "[Content_Types].xml")
        if any(word.encode() in types for word in WITH_MACROS):
            raise Unfit(HAS_MACROS)
        if MAIN_PARTS[kind].encode() not in types:
            raise unfit(content, EXPECTED[kind], REMEDIES[kind])
        if kind == "word":
            refuse_active_word(archive)
    return media_type


def opened(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unfit(DAMAGED) from error


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        raise Unfit(DAMAGED) from error


def refuse_bomb(archive: zipfile.ZipFile) -> None:
    """By what it claims to hold: a reader that finds more than was claimed stops by itself."""
    parts = archive.infolist()
    unpacked = sum(info.file_size for info in parts)
    packed = max(sum(info.compress_size for info in parts), 1)
    is_dense = unpacked > SMALL_UNPACKED and unpacked > packed * MOST_RATIO
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or is_dense:
        raise Unfit(
            N_("Unpacked, this file would take %(megabytes)s MB; it was not opened. Save only what is needed anew."),
            megabytes=unpacked // 1024**2,
        )


def refuse_active_word(archive: zipfile.ZipFile) -> None:
    """No entities, no embedded programs, nothing fetched from elsewhere when it is opened."""
    for info in archive.infolist():
        if "/embeddings/" in info.filename or "/activeX/" in info.filename:
            raise Unfit(N_("This document holds embedded objects. Remove them, save it anew, then try again."))
        if info.filename.endswith((".xml", ".rels")):
            refuse_active_part(parsed(part(archive, info.filename)))


def parsed(text: bytes) -> etree._ElementTree:
    try:
        return etree.fromstring(text, XML).getroottree()
    except etree.XMLSyntaxError as error:
        raise Unfit(DAMAGED) from error


def refuse_active_part(tree: etree._ElementTree) -> None:
    if tree.docinfo.internalDTD is not None:
        raise Unfit(DAMAGED)
    for relation in tree.getroot().iter("{*}Relationship"):
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith("/hyperlink"):
            raise Unfit(N_("This document fetches something from elsewhere when opened. Remove it, then try again."))


def refuse_locked(content: bytes) -> None:
    """An encrypted .xlsx or .docx is an OLE container around it."""
    if not content.startswith(olefile.MAGIC):
        return
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted()
    except Exception:  # a broken container of a third kind: it says so in a moment
        locked = False
    if locked:
        raise Unfit(N_("This file is protected by a password. Open it, remove the password, save it, then try again."))


def old_workbook(content: bytes) -> str:
    refuse_locked(content)
    with olefile.OleFileIO(io.BytesIO(content)) as container:
        if not (container.exists("Workbook") or container.exists("Book")):
            raise unfit(content, EXPECTED["workbook"], SAVE_AS_XLSX)
        if container.exists("_VBA_PROJECT_CUR"):
            raise Unfit(HAS_MACROS)
    return "application/vnd.ms-excel"
