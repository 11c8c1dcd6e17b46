"""Verbs of the office: messages read, templates replaced. Jobs have theirs in office/jobs.py."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import documents, files, inbox
from office.documents import TemplateKind
from office.models import Message, Receipt, StoredFile, WordTemplate
from organisations.history import act
from organisations.models import Organisation, User


def mark_read(*, by: User, message: Message, at: datetime) -> None:
    """Opening a message; a second time changes nothing."""
    Receipt.objects.bulk_create([Receipt(message=message, user=by, read_at=at)], ignore_conflicts=True)


def mark_all_read(*, by: User, at: datetime) -> int:
    """Whatever this person has not opened yet counts as read; what is their turn stays their turn."""
    unread = Message.objects.visible_to(by).unread_by(by).filter(Q(settled_at=None) | Q(kind=inbox.NOTICE))
    receipts = [Receipt(message_id=key, user=by, read_at=at) for key in unread.order_by().values_list("pk", flat=True)]
    return len(Receipt.objects.bulk_create(receipts, ignore_conflicts=True))


@act(_("replaced a Word template"))
def replace_template(
    *, by: User, place: Organisation, kind: TemplateKind, upload: UploadedFile, note: str, at: datetime
) -> WordTemplate:
    """Put an uploaded template in force, once it was rendered with invented content. Older versions stay."""
    by.acting("template.replace", place)
    checked = files.check(upload=upload, kind="word")
    documents.try_out(kind, checked.content)
    return add_version(by=by, place=place, kind=kind, file=files.keep(checked, by=by), note=note, at=at)


@act(_("put an earlier Word template back in force"))
def restore_template(
    *, by: User, place: Organisation, kind: TemplateKind, version: WordTemplate | None, at: datetime
) -> WordTemplate:
    """An earlier version counts again; None stands for the template that the product brings."""
    by.acting("template.replace", place)
    if version is None:
        note = str(_("Back to the template of the product"))
        return add_version(by=by, place=place, kind=kind, file=None, note=note, at=at)
    note = str(_("Back to version %(version)s") % {"version": version.version})
    return add_version(by=by, place=place, kind=kind, file=version.file, note=note, at=at)


def add_version(
    *, by: User, place: Organisation, kind: TemplateKind, file: StoredFile | None, note: str, at: datetime
) -> WordTemplate:
    Organisation.objects.select_for_update(no_key=True).get(pk=place.pk)  # two at once: the second counts on
    newest = WordTemplate.objects.of(kind.key, place).first()
    if (newest.file if newest else None) == file:
        raise Refused(_("This is the template in force already. Nothing was changed."))
    number = newest.version + 1 if newest else 1
    return WordTemplate.objects.create(
        place=place, kind=kind.key, version=number, file=file, note=note, replaced_at=at, replaced_by=by
    )
