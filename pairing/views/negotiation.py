"""What the two sides do with an agreement: edit, confirm, send back, sign."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.refusals import Refused
from organisations.requests import Request
from pairing import rules
from pairing.actions import agreements as acts
from pairing.agreements.content import content_hash, terms_of
from pairing.agreements.differing import differences
from pairing.agreements.documents import agreement_context
from pairing.forms import agreements as forms
from pairing.models import Agreement
from pairing.states import Side
from pairing.views.agreements import agreement_answer, in_words
from pairing.views.reach import own_agreement


def edit(request: Request, pk: int) -> HttpResponse:
    """The terms and the commitments. Nothing typed is lost when the other side was quicker."""
    agreement, side = own_agreement(request.user, pk)
    if request.method != "POST":
        return editor(request, agreement, forms.TermsForm.of(agreement), forms.commitments_of(agreement))
    wants_rows = "more" in request.POST
    data = forms.with_more_rows(request.POST) if wants_rows else request.POST
    form, rows = forms.TermsForm(data), forms.typed_commitments(data)
    if wants_rows or not (form.is_valid() and rows.is_valid()):
        return editor(request, agreement, form, rows)
    return save(request, agreement, side, form, rows)


def save(request: Request, agreement: Agreement, side: Side, form: forms.TermsForm, rows) -> HttpResponse:
    mine = forms.typed_terms(form, rows)
    terms = forms.choose(mine, terms_of(agreement), request.POST.getlist("take"))
    try:
        acts.revise_agreement(
            by=request.user,
            agreement=agreement,
            side=side,
            version=form.cleaned_data["version"],
            terms=terms,
            at=timezone.now(),
        )
    except acts.Outdated as refusal:
        messages.warning(request, refusal.sentence)
        agreement, _side = own_agreement(request.user, agreement.pk)
        form.renew(agreement.version)
        return editor(request, agreement, form, rows, forms.differences(form, terms, agreement))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return editor(request, agreement, form, rows)
    messages.success(request, what_comes_next(own_agreement(request.user, agreement.pk)[0]))
    return redirect(agreement)


def what_comes_next(agreement: Agreement) -> str:
    """After saving: what is still missing, or that nothing differs yet, or that it can be confirmed."""
    if missing := in_words(rules.lacking(agreement)):
        return _("Saved. Before it can be confirmed it still needs: %(missing)s.") % {"missing": missing}
    if agreement.amends_id and not differences(agreement):
        return _("Saved. Nothing differs from the agreement in force yet: change what shall be different.")
    return _("Saved. Now confirm it for your side, so that the other side can answer.")


def editor(request: Request, agreement: Agreement, form, rows, differing=()) -> HttpResponse:
    context = {"agreement": agreement, "form": form, "rows": rows, "differing": differing}
    return render(request, "pairing/agreements/edit.html", context)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Confirm the version that stood on the page."""
    agreement, side = own_agreement(request.user, pk)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise Http404
    try:
        done = acts.confirm_agreement(
            by=request.user, agreement=agreement, side=side, version=int(version), at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(agreement)
    if done.state == "confirmed":
        messages.success(request, _("Both sides have confirmed: the agreement can be signed now."))
    else:
        messages.success(request, _("Confirmed. It is the other side's turn; they were told."))
    return redirect(agreement)


@require_POST
def send_back(request: Request, pk: int) -> HttpResponse:
    agreement, side = own_agreement(request.user, pk)
    form = forms.SendBackForm(request.POST)
    if not form.is_valid():
        return agreement_answer(request, agreement, form, forms.ScanForm())
    try:
        draft = acts.return_agreement(
            by=request.user, agreement=agreement, side=side, words=form.cleaned_data["words"], at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return agreement_answer(request, agreement, form, forms.ScanForm())
    messages.success(request, _("Sent back. The other side was told what should change."))
    return redirect(draft)


def sign(request: Request, pk: int) -> HttpResponse:
    """The full text, the sentence of consent, one's own name: then the signature."""
    agreement, side = own_agreement(request.user, pk)
    if not request.user.can(f"{side}.sign", agreement.pairing.party(side)):
        raise Http404
    initial = {"shown_hash": content_hash(agreement)}
    form = forms.SignForm(request.POST or None, person=request.user.name, initial=initial)
    if request.method == "POST" and form.is_valid():
        answer = put_signature(request, agreement, side, form.cleaned_data)
        if answer:
            return answer
    context = {
        "agreement": agreement,
        "pairing": agreement.pairing,
        "own_side": side,
        "party": agreement.pairing.party(side),
        "text": agreement_context(agreement),
        "warning": rules.money_warning(agreement),
        "differences": differences(agreement) if agreement.amends_id else [],
        "form": form,
    }
    return render(request, "pairing/agreements/sign.html", context)


def put_signature(request: Request, agreement: Agreement, side: Side, data: dict) -> HttpResponse | None:
    try:
        done = acts.sign_agreement(
            by=request.user,
            agreement=agreement,
            side=side,
            name=data["name"],
            shown_hash=data["shown_hash"],
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    if done.state == "signed":
        messages.success(request, _("Signed by both sides. From now on nothing can be changed."))
    else:
        messages.success(request, _("Signed. The other side was told that it is their turn to sign."))
    return redirect(agreement.pairing)
