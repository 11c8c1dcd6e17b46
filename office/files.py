"""Taking files in and giving them out.

There is no address for a file as such: the view of the record that links it decides who may read it, then serves it.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office.child import stream_limited
from office.models import StoredFile
from organisations.models import User

LONGEST_NAME = 200
EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
}
ZIP = "application/zip"
SHOWN_IN_THE_PAGE = {"image/jpeg", "image/png"}


@dataclass(frozen=True)
class Checked:
    """An upload whose content was looked at; pictures are drawn anew already."""

    kind: StoredFile.Kind
    name: str
    media_type: str
    content: bytes


def store(*, upload: UploadedFile | tuple[str, bytes], by: User | None, kind: str) -> StoredFile:
    """Check an upload by its content and keep it. `kind`: workbook, scan, word or picture.

    Raises Refused with what was found and what to do. Nothing was kept then.
    """
    return keep(check(upload=upload, kind=kind), by=by)


def check(*, upload: UploadedFile | tuple[str, bytes], kind: str) -> Checked:
    """The first half of `store`, for those who have more to ask before they keep a file."""
    name, content = received(upload)
    media_type, content = inspected(kind, content)
    return Checked(StoredFile.Kind(kind), tidy_name(name, media_type), media_type, content)


def keep(checked: Checked, *, by: User | None) -> StoredFile:
    file = StoredFile(
        kind=checked.kind,
        name=checked.name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        uploaded_by=by,
    )
    write(file.path, checked.content)
    file.save(force_insert=True)
    return file


def store_drawn(*, name: str, content: bytes, by: User | None) -> StoredFile:
    """Keep a picture (JPEG) that the product itself has drawn."""
    return keep(Checked(StoredFile.Kind.PICTURE, tidy_name(name, "image/jpeg"), "image/jpeg", content), by=by)


def store_packed(*, path: Path, name: str, by: User | None) -> StoredFile:
    """Keep a package (ZIP) that the product itself has made: it is moved, whatever its size."""
    with path.open("rb") as made:
        checksum = hashlib.file_digest(made, "sha256").hexdigest()
    file = StoredFile(
        kind=StoredFile.Kind.PACKAGE, name=tidy_name(name, ZIP), media_type=ZIP, size=path.stat().st_size,
        sha256=checksum, uploaded_by=by,
    )  # fmt: skip
    file.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(path, file.path)
    file.save(force_insert=True)
    return file


def unfinished(suffix: str) -> Path:
    """Where something is made that will be kept: on the same disk, so that it can be moved."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=folder, suffix=suffix)
    os.close(descriptor)
    return Path(name)


def remove(file: StoredFile) -> None:
    """Forget an upload; its bytes go once the transaction holds, unless another upload has the same."""
    path, checksum = file.path, file.sha256
    file.delete()

    def unlink() -> None:
        if not StoredFile.objects.filter(sha256=checksum).exists():
            path.unlink(missing_ok=True)

    transaction.on_commit(unlink)


def received(upload: UploadedFile | tuple[str, bytes]) -> tuple[str, bytes]:
    name, size = (upload[0], len(upload[1])) if isinstance(upload, tuple) else (upload.name or "", upload.size or 0)
    if size > settings.UPLOAD_MAX_BYTES:
        raise Refused(
            _("This file has %(size)s MB; at most %(limit)s MB are taken. Make it smaller or split it, then try again.")
            % {"size": size // 1024**2 + 1, "limit": settings.UPLOAD_MAX_BYTES // 1024**2}
        )
    content = upload[1] if isinstance(upload, tuple) else upload.read()
    if not content:
        raise Refused(_("This file is empty. Choose another file."))
    return name, content


def inspected(kind: str, content: bytes) -> tuple[str, bytes]:
    """The media type, and the content to keep: a picture comes back drawn anew."""
    payload = f"{StoredFile.Kind(kind)}\n".encode() + content
    found = list(stream_limited("office.inspection.inspect", payload, seconds=30, megabytes=2048))
    return found[0], found[1] if len(found) > 1 else content


def tidy_name(name: str, media_type: str) -> str:
    """The name it came with, without folders and control characters, ending as its content says."""
    path = PurePath("".join(c for c in name.replace("\\", "/") if c.isprintable()))
    extension = EXTENSIONS[media_type]
    stem = path.name if path.suffix.lower() not in {*EXTENSIONS.values(), ".jpeg", ".webp", ".txt"} else path.stem
    return (stem[: LONGEST_NAME - len(extension)] or "file") + extension


def write(path: Path, content: bytes) -> None:
    """Complete or not at all; equal content lies there once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(unfinished, path)


def destroy(found: QuerySet[StoredFile], *, at: datetime) -> int:
    """The bytes go for good once the transaction holds, also where the same content came in under another name."""
    shelves = {file.sha256: file.shelf for file in found.filter(destroyed_at=None)}
    StoredFile.objects.filter(sha256__in=shelves, destroyed_at=None).update(destroyed_at=at)
    for shelf in shelves.values():
        transaction.on_commit(partial(shelf.unlink, missing_ok=True))
    return len(shelves)


def serve(file: StoredFile, *, as_attachment: bool = True) -> FileResponse:
    """The file as an answer. The caller has made sure that this person may read it."""
    return serve_content(file.open(), name=file.name, media_type=file.media_type, as_attachment=as_attachment)


def serve_content(content: BinaryIO, *, name: str, media_type: str, as_attachment: bool = True) -> FileResponse:
    """Content as a download that no browser runs, keeps or guesses the type of; pictures may stand in the page."""
    inline = not as_attachment and media_type in SHOWN_IN_THE_PAGE
    response = FileResponse(content, as_attachment=not inline, filename=name, content_type=media_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
