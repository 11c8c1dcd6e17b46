"""Agreements: the list, the text of one, its Word file and its signed scans."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from office import files
from organisations.requests import Request
from pairing import rules
from pairing.actions import agreements as acts
from pairing.agreements.content import content_hash, is_as_signed
from pairing.agreements.differing import differences
from pairing.agreements.documents import agreement_context, agreement_document
from pairing.forms.agreements import ScanForm, SendBackForm
from pairing.listings.pairings import AgreementFilter, AgreementTable
from pairing.models import Agreement, AgreementScan
from pairing.states import STANDING, UNDER_WAY, AgreementState, Side
from pairing.views.reach import agreement_with_papers, own_agreement, own_side, visible_agreement

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def agreement_list(request: Request) -> HttpResponseBase:
    agreements = Agreement.objects.visible_to(request.user).with_turn()
    return render_list(
        request,
        queryset=agreements.select_related("pairing__unit", "pairing__village"),
        filterset_class=AgreementFilter,
        table_class=AgreementTable,
        title=_("Agreements"),
        is_long=True,
        context={"empty_sentence": _("No agreements yet. A draft comes to be with every pairing.")},
    )


@require_safe
def agreement_page(request: Request, pk: int) -> HttpResponse:
    return agreement_answer(request, visible_agreement(request.user, pk), SendBackForm(), ScanForm())


def agreement_answer(request: Request, agreement: Agreement, back: SendBackForm, scan: ScanForm) -> HttpResponse:
    """The text as it will be printed, what may be done with it, and its proof."""
    side = own_side(request.user, agreement.pairing)
    changes = differences(agreement) if agreement.amends_id else []
    missing = in_words(rules.lacking(agreement)) if agreement.state == AgreementState.DRAFT else ""
    return render(
        request,
        "pairing/agreements/page.html",
        {
            "agreement": agreement,
            "pairing": agreement.pairing,
            "text": agreement_context(agreement),
            "own_side": side,
            "differences": changes,
            "missing": missing,
            "is_ready": not missing and bool(changes or not agreement.amends_id),
            "is_negotiated": agreement.state in UNDER_WAY and agreement.pairing.state in STANDING,
            "may_send_back": side is not None and can_be_sent_back(agreement, side),
            "confirmed": side and agreement.confirmed_at(side),
            "has_signed": any(signature.side == side for signature in agreement.signatures.all()),
            "may_sign": side and request.user.can(f"{side}.sign", agreement.pairing.party(side)),
            "papers": Agreement.objects.with_papers_for(request.user).filter(pk=agreement.pk).exists(),
            "hash": content_hash(agreement),
            "as_signed": is_as_signed(agreement),
            "warning": rules.money_warning(agreement),
            "back_form": back,
            "scan_form": scan,
        },
    )


def in_words(missing: dict) -> str:
    return pgettext("between words", ", ").join(str(word) for word in missing)


def can_be_sent_back(agreement: Agreement, side: Side) -> bool:
    if agreement.state == AgreementState.DRAFT:
        return agreement.confirmed_at(side.other) is not None
    return agreement.state in (AgreementState.CONFIRMED, AgreementState.SIGNING)


@require_safe
def word(request: Request, pk: int) -> HttpResponse:
    """The .docx, for both sides and the organiser, in any state."""
    agreement = agreement_with_papers(request.user, pk)
    response = HttpResponse(agreement_document(agreement), content_type=DOCX)
    name = f"{agreement.unit_name}—{agreement.village_name}协议.docx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def attach_scan(request: Request, pk: int) -> HttpResponse:
    agreement, side = own_agreement(request.user, pk)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return agreement_answer(request, agreement, SendBackForm(), form)
    try:
        acts.attach_scan(
            by=request.user, agreement=agreement, side=side, upload=form.cleaned_data["file"], at=timezone.now()
        )
    except Refused as refusal:
        form.add_error("file", refusal.sentence)
        return agreement_answer(request, agreement, SendBackForm(), form)
    messages.success(request, _("The scan is attached."))
    return redirect(agreement)


@require_safe
def scan(request: Request, pk: int) -> HttpResponseBase:
    """The scan itself, for both sides and the organiser only."""
    readable = Agreement.objects.with_papers_for(request.user)
    found = get_object_or_404(AgreementScan.objects.filter(agreement__in=readable).select_related("file"), pk=pk)
    return files.serve(found.file)
