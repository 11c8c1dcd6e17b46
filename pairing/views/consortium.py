"""The units of one pairing: who leads, who joined with which share, and what each may do about it (SH-13)."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import consortium as acts
from pairing.actions import shares as share_acts
from pairing.consortium import lead_share
from pairing.forms.consortium import EndForm, InviteForm, ShareAnswerForm, SharesForm
from pairing.forms.market import AnswerForm
from pairing.models import Agreement, Pairing, PairingPartner
from pairing.states import UNDER_WAY, AgreementState, PairingState, PartnerState, RoundState, Side
from pairing.views.reach import visible_pairing

PRESENT = (PartnerState.INVITED, PartnerState.JOINED)


def consortium(request: Request, pk: int) -> HttpResponse:
    """The table alone where the page of the pairing asks for it; a page with its forms otherwise."""
    pairing = visible_pairing(request.user, pk)
    partners = list(PairingPartner.objects.filter(pairing=pairing).select_related("unit").order_by("pk"))
    shown = {"pairing": pairing, **parts(pairing, partners), **abilities(request, pairing, partners)}
    if request.method == "GET" and request.htmx.target == "consortium":
        return render(request, "pairing/consortium/parts.html", shown)
    forms = forms_for(request, pairing, shown)
    verb = request.POST.get("verb", "")
    form = forms.get(FORM_OF.get(verb, ""))
    if form is not None and form.is_valid() and perform(request, pairing, shown, verb, form):
        return led_on(request, pairing)
    return render(request, "pairing/consortium/page.html", shown | forms)


def led_on(request: Request, pairing: Pairing) -> HttpResponse:
    """Whoever has left sees the pairing no more."""
    if Pairing.objects.visible_to(request.user).filter(pk=pairing.pk).exists():
        return redirect("consortium", pk=pairing.pk)
    return redirect("pairings")


FORM_OF = {
    "invite": "invite",
    "join": "answer",
    "decline": "answer",
    "end": "end",
    "propose": "shares",
    "withdraw": "withdraw",
    "agree": "share",
    "disagree": "share",
}


def parts(pairing: Pairing, partners: list[PairingPartner]) -> dict:
    joined = [each.share for each in partners if each.state == PartnerState.JOINED]
    return {
        "lead_share": lead_share(joined),
        "present": [each for each in partners if each.state in PRESENT],
        "former": [each for each in partners if each.state not in PRESENT],
    }


def abilities(request: Request, pairing: Pairing, partners: list[PairingPartner]) -> dict:
    """On which side of the consortium the reader stands, and why nothing can be changed, where that is so."""
    own = next((p for p in partners if p.state in PRESENT and request.user.can("unit.act", p.unit)), None)
    leads = request.user.can("unit.act", pairing.unit)
    manages = request.user.can("round.manage", pairing.round.organiser)
    return {"own": own, "leads": leads, "manages": manages, "fixed": why_fixed(pairing)}


def why_fixed(pairing: Pairing) -> str:
    if pairing.round.state == RoundState.CLOSED or pairing.state in (PairingState.RELEASED, PairingState.ENDED):
        return str(_("This pairing can be read only."))
    state = Agreement.objects.filter(pairing=pairing, state__in=UNDER_WAY).values_list("state", flat=True).first()
    if state is None:
        return str(_("The agreement is signed: start an amendment first, then change the partners."))
    if state == AgreementState.SIGNING:
        return str(_("One side has signed: send the agreement back first, then change the partners."))
    return ""


def forms_for(request: Request, pairing: Pairing, shown: dict) -> dict:
    """Each form that the reader may send; bound where it was sent."""
    forms: dict = {}
    own, present, verb = shown["own"], shown["present"], request.POST.get("verb", "")

    def data(name: str):
        return request.POST if FORM_OF.get(verb) == name else None

    if shown["leads"] and not shown["fixed"]:
        sought = request.GET.get("unit", "")
        where: dict[str, Any] = {
            "round": pairing.round,
            "side": Side.UNIT,
            "label": _("partner unit"),
            "sought": sought,
        }
        forms["invite"] = InviteForm(data("invite"), **where)
    if own and own.state == PartnerState.INVITED:
        forms["answer"] = AnswerForm(data("answer"))
    forms |= share_forms(shown, data)
    mine = [each.pk for each in present if shown["leads"] or (own and each.pk == own.pk and "answer" not in forms)]
    if mine and not shown["fixed"]:
        partners = PairingPartner.objects.filter(pk__in=mine).select_related("unit")
        forms["end"] = EndForm(data("end"), partners=partners)
    return forms


def share_forms(shown: dict, data) -> dict:
    """The lead proposes shares and takes them back; a partner answers about its own."""
    forms: dict = {}
    joined = [each for each in shown["present"] if each.state == PartnerState.JOINED]
    if shown["leads"] and joined and not shown["fixed"]:
        forms["shares"] = SharesForm(data("shares"), partners=joined)
        if any(each.proposed_share for each in joined):
            forms["withdraw"] = Form(data("withdraw"))
    own = shown["own"]
    if own and own.is_asked_for_share and not shown["fixed"]:
        forms["share"] = ShareAnswerForm(data("share"), initial={"share": own.proposed_share})
    return forms


def perform(request: Request, pairing: Pairing, shown: dict, verb: str, form) -> bool:
    try:
        VERBS[verb](pairing, shown["own"], form, {"by": request.user, "at": timezone.now()})
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, what_became(pairing, verb))
    return True


def what_became(pairing: Pairing, verb: str):
    if verb == "agree" and not PairingPartner.objects.filter(pairing=pairing, proposed_share__isnull=False).exists():
        return _("Agreed. All have agreed: the shares are changed, and the agreement names them.")
    return DONE[verb]


def invite(pairing: Pairing, own: PairingPartner | None, form, common: dict) -> None:
    given = form.cleaned_data
    part = {"unit": given["party"], "share": given["share"], "contribution": given["contribution"]}
    acts.invite_partner(pairing=pairing, **part, **common)


def end(pairing: Pairing, own: PairingPartner | None, form, common: dict) -> None:
    partner = get_object_or_404(PairingPartner.objects.filter(pairing=pairing), pk=form.cleaned_data["partner"].pk)
    acts.end_partnership(partner=partner, words=form.cleaned_data["words"], **common)


def answering(verb):
    """A verb of the partner itself, with what its form says."""
    return lambda pairing, own, form, common: verb(partner=own, **form.cleaned_data, **common)


def propose(pairing: Pairing, own: PairingPartner | None, form, common: dict) -> None:
    share_acts.propose_shares(pairing=pairing, shares=form.shares(), **common)


def withdraw(pairing: Pairing, own: PairingPartner | None, form, common: dict) -> None:
    share_acts.withdraw_shares(pairing=pairing, **common)


VERBS = {
    "invite": invite,
    "join": answering(acts.join),
    "decline": answering(acts.decline_to_join),
    "end": end,
    "propose": propose,
    "withdraw": withdraw,
    "agree": answering(share_acts.agree_to_share),
    "disagree": answering(share_acts.decline_share),
}
DONE = {
    "invite": _("Asked. The unit was told and will answer."),
    "join": _("Joined. The lead and the village were told; the agreement names your unit."),
    "decline": _("Declined. The lead was told."),
    "end": _("Ended. The others were told, with the reason."),
    "propose": _("Proposed. Each partner whose share changes was asked; the shares change once all have agreed."),
    "withdraw": _("Withdrawn. The shares of today stand."),
    "agree": _("Agreed. The shares change once all those who were asked have agreed."),
    "disagree": _("Declined. The lead was told; the shares of today stand."),
}
