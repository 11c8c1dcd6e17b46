"""What protects people: how data are kept, a copy for the person, consent, erasure."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.exports import workbook_response
from core.refusals import Refused
from members import portability
from members.actions.consents import purposes_of, record_consent, withdraw_consent
from members.actions.erasing import erase_person
from members.actions.readings import read_in_full
from members.forms.privacy import ConsentForm, EraseForm, ReasonForm, WithdrawForm
from members.helping import lines_of
from members.models import Consent
from members.nearness import Reader, place_of
from members.personal_data import RECORDS
from members.views.records import PAGES, Model
from members.views.submitting import performed, roster_form
from office import files
from organisations.requests import Request
from organisations.views.editing import refuse_in

FORM = "members/form.html"


@require_safe
def personal_data(request: Request) -> HttpResponse:
    """For everybody who signs in, read from the file that the product follows."""
    records = list(RECORDS.values())
    bases = {field.basis.key: field.basis for record in records for field in record.fields}
    shown = {"records": records, "bases": bases.values(), "may_erase": request.user.can("person.erase")}
    return render(request, "members/personal_data.html", shown)


@require_POST
@never_cache
def export_person(request: Request, pk: int, model: Model) -> HttpResponseBase:
    """A copy for the person. It shows all in full, so it is a reading with a reason."""
    readable, show = PAGES[model]
    record: Any = readable(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            read_in_full(by=request.user, record=record, reason=form.cleaned_data["reason"], at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            title = _("Copy of personal data")
            return workbook_response(title, portability.header(), portability.rows_of(record))
    return show(request, record, export_form=form)


def erase(request: Request, pk: int, model: Model) -> HttpResponse:
    """Says what will be gone before anything happens."""
    readable, _show = PAGES[model]
    record: Any = readable(request, pk)
    if not request.user.can("person.erase", place_of(record)) or record.erased_at is not None:
        raise Http404
    reader = Reader(request.user)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_person(by=request.user, record=record, reason=form.cleaned_data["reason"], at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Erased everywhere. The entry stays without a name, so that counts stay true."))
            return redirect(record)
    shown = {"form": form, "record": record, "kind": record._meta.model_name, "name": reader.name_of(record)}
    shown |= {"lines": lines_of(record, reader), "account": getattr(record, "user", None)}
    return render(request, "members/erase.html", shown)


def add_consent(request: Request, pk: int, model: Model) -> HttpResponse:
    record: Any = get_object_or_404(model.objects.kept_by(request.user), pk=pk)
    purposes = purposes_of(record)
    if not purposes:
        raise Http404
    form = ConsentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (given := form.cleaned_data["consent"]):
        try:
            file = files.keep(given.scan, by=request.user) if given.scan else None
            consent = {"purpose": purposes[0], "given_on": given.on, "file": file, "at": timezone.now()}
            record_consent(by=request.user, record=record, **consent)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("The consent is recorded."))
            return redirect(record)
    title = _("Consent: %(purpose)s") % {"purpose": purposes[0].label}
    return roster_form(request, form, title, _("Record the consent"), record=record)


def withdraw(request: Request, pk: int) -> HttpResponse:
    consent = kept_consent(request, pk)
    record = consent.record
    form = WithdrawForm(request.POST or None, initial={"on": timezone.localdate()})
    if performed(request, form, withdraw_consent, consent=consent, at=timezone.now()):
        messages.success(request, _("The consent is withdrawn, and what rested on it is gone."))
        return redirect(record)
    is_minor = consent.purpose == Consent.Purpose.MINOR
    lead = (
        _("Without this consent nobody may keep the child: all personal data are erased at once, for good.")
        if is_minor
        else _("Illness and disability are struck out of the causes at once.")
    )
    title = _("Withdrawal: %(purpose)s") % {"purpose": consent}
    return roster_form(request, form, title, _("Record the withdrawal"), record=record, lead=lead, danger=True)


@require_safe
def consent_scan(request: Request, pk: int) -> FileResponse:
    """The signed paper, for those who keep the roster."""
    consent = kept_consent(request, pk)
    if consent.file is None:
        raise Http404
    return files.serve(consent.file)


def kept_consent(request: Request, pk: int) -> Consent:
    """404 for whoever does not keep the roster on which the person stands."""
    consent = get_object_or_404(Consent.objects.select_related("member", "household", "person", "file"), pk=pk)
    record = consent.record
    if not type(record).objects.kept_by(request.user).filter(pk=record.pk).exists():
        raise Http404
    return consent
