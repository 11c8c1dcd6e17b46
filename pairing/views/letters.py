"""Responsibility letters: drawing one up, reading, signing, declaring it void, its Word file (QX-05)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from office.inspection.naming import DOCX
from organisations.requests import Request
from pairing.actions import letters as acts
from pairing.forms.plans import ReturnForm
from pairing.forms.targets import SignLetterForm
from pairing.models import ResponsibilityLetter
from pairing.plans import letters
from pairing.states import LetterState, Signatory
from pairing.views.plan_reach import number_in, of_pairing, plain_pairing


def reached(request: Request, pk: int) -> ResponsibilityLetter:
    letters_seen = ResponsibilityLetter.objects.visible_to(request.user).prefetch_related("signatures")
    return of_pairing(letters_seen, pk)


def may_sign_for(user, letter: ResponsibilityLetter) -> list[Signatory]:
    """The parties for which this person may still sign."""
    signed = {signature.party for signature in letter.signatures.all()}
    places = {Signatory.UNIT: letter.pairing.unit, Signatory.ORGANISER: letter.pairing.round.organiser}
    return [
        party for party, place in places.items() if party not in signed and user.can(acts.PERMISSIONS[party], place)
    ]


@require_POST
def draw_letter(request: Request, pk: int) -> HttpResponse:
    pairing = plain_pairing(request.user, pk)
    if not (request.user.can("unit.act", pairing.unit) or request.user.can("round.manage", pairing.round.organiser)):
        raise Http404
    year = number_in(request.POST, "year")
    letter = acts.draw_letter(by=request.user, pairing=pairing, year=year, at=timezone.now())
    messages.success(
        request, _("The letter is drawn up from the targets of the year. Both parties were asked to sign.")
    )
    return redirect(letter)


@require_safe
def letter_page(request: Request, pk: int) -> HttpResponse:
    return letter_answer(request, reached(request, pk), ReturnForm())


def letter_answer(request: Request, letter: ResponsibilityLetter, void_form: ReturnForm) -> HttpResponse:
    """The text as it will be printed, who has signed, and its proof."""
    parties = may_sign_for(request.user, letter)
    is_open = letter.state in (LetterState.DRAWN, LetterState.SIGNING)
    shown = {
        "letter": letter,
        "pairing": letter.pairing,
        "text": letters.letter_context(letter),
        "may_sign": parties if is_open else [],
        "may_void": is_open and (parties or has_signed(request, letter)),
        "papers": ResponsibilityLetter.objects.with_papers_for(request.user).filter(pk=letter.pk).exists(),
        "hash": letters.letter_hash(letter),
        "as_signed": letters.is_as_signed(letter),
        "void_form": void_form,
    }
    return render(request, "pairing/letters/page.html", shown)


def has_signed(request: Request, letter: ResponsibilityLetter) -> bool:
    return any(signature.signed_by_id == request.user.pk for signature in letter.signatures.all())


def party_of(request: Request, letter: ResponsibilityLetter) -> Signatory:
    """For whom this person acts; the unit where it is both and the unit has not signed."""
    places = {Signatory.UNIT: letter.pairing.unit, Signatory.ORGANISER: letter.pairing.round.organiser}
    open_parties = may_sign_for(request.user, letter)
    all_parties = [party for party, place in places.items() if request.user.can(acts.PERMISSIONS[party], place)]
    if not all_parties:
        raise Http404
    return (open_parties or all_parties)[0]


def sign_letter(request: Request, pk: int) -> HttpResponse:
    """The full text, the sentence of consent, one's own name: then the signature."""
    letter = reached(request, pk)
    party = party_of(request, letter)
    form = SignLetterForm(
        request.POST or None, person=request.user.name, initial={"shown_hash": letters.letter_hash(letter)}
    )
    if request.method == "POST" and form.is_valid():
        name, shown_hash = form.cleaned_data["name"], form.cleaned_data["shown_hash"]
        try:
            done = acts.sign_letter(
                by=request.user, letter=letter, party=party, name=name, shown_hash=shown_hash, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            signed = done.state == LetterState.SIGNED
            both = _("Signed by the unit and the organiser. From now on nothing can be changed.")
            messages.success(request, both if signed else _("Signed. The other party has to sign as well."))
            return redirect(letter)
    text = letters.letter_context(letter)
    shown = {"letter": letter, "pairing": letter.pairing, "party": party, "text": text, "form": form}
    return render(request, "pairing/letters/sign.html", shown)


@require_POST
def void_letter(request: Request, pk: int) -> HttpResponse:
    letter = reached(request, pk)
    party = party_of(request, letter)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return letter_answer(request, letter, form)
    acts.void_letter(by=request.user, letter=letter, party=party, words=form.cleaned_data["words"], at=timezone.now())
    messages.success(request, _("The letter is void. Draw up another one when the targets are right."))
    return redirect(letter)


@require_safe
def letter_word(request: Request, pk: int) -> HttpResponse:
    """The .docx, for both sides and the organiser, in any state."""
    readable = ResponsibilityLetter.objects.with_papers_for(request.user).prefetch_related("signatures")
    letter = of_pairing(readable, pk)
    response = HttpResponse(letters.letter_document(letter), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=letters.file_name(letter))
    response["Cache-Control"] = "private, no-store"
    return response
