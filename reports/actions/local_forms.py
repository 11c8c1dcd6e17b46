"""Handing in a local form, saying what its columns mean, removing it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from office.models import StoredFile
from office.rosters.returning import KEEPS_ITS_LOOK
from organisations.history import act
from organisations.models import Organisation, User
from reports.models import LocalForm
from reports.oneform.asked import About, Form
from reports.oneform.recognising import has_name, read, recognised


@act(_("handed in a local form"))
def hand_in_form(*, by: User, organisation: Organisation, upload: UploadedFile, at: datetime) -> LocalForm:
    """Looked at by its content; its head row is recognised, and shown to be confirmed."""
    if str(organisation.path) not in map(str, by.scopes()):
        raise Refused(_("You hold no post there."))
    file = files.store(upload=upload, by=by, kind=StoredFile.Kind.WORKBOOK)
    if PurePath(file.name).suffix.lower() not in KEEPS_ITS_LOOK:
        raise Refused(_("Only .xlsx keeps its look when it is filled in. Open the form, save it as .xlsx, try again."))
    workbook = read(file.path, file.name)
    return LocalForm.objects.create(
        organisation=organisation, name=PurePath(file.name).stem[:120], file=file, handed_in_at=at, handed_in_by=by,
        sheets=[sheet.name for sheet in workbook], **kept(recognised(workbook)),
    )  # fmt: skip


def kept(form: Form) -> dict:
    return {
        "about": form.about,
        "sheet": form.sheet[:120],
        "header_rows": list(form.header_rows),
        "headings": form.headings,
        "mapping": {str(index): key for index, key in form.mapping.items()},
    }


@act(_("found the headings of a local form on another sheet or in another row"))
def lay_out_anew(*, by: User, form: LocalForm, layout: Form) -> LocalForm:
    form = locked(by, form)
    for name, value in kept(layout).items():
        setattr(form, name, value)
    form.confirmed_at = None
    form.save()
    return form


@act(_("said what the columns of a local form mean"))
def confirm_columns(
    *, by: User, form: LocalForm, name: str, about: str, mapping: Mapping[int, str], at: datetime
) -> LocalForm:
    form = locked(by, form)
    if not has_name(dict(mapping)):
        raise Refused(_("One column must hold the name: by it each row is found."))
    form.name, form.about, form.confirmed_at = name, About(about), at
    form.mapping = {str(index): key for index, key in mapping.items()}
    form.save()
    return form


@act(_("removed a local form"))
def remove_form(*, by: User, form: LocalForm) -> None:
    form = locked(by, form)
    file = form.file
    form.delete()
    files.remove(file)


def locked(by: User, form: LocalForm) -> LocalForm:
    rows = LocalForm.objects.visible_to(by).select_for_update(of=("self",)).select_related("file")
    return rows.get(pk=form.pk)
