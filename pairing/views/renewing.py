"""The next round from the last, and renewing the pairings of the last one in it."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.requests import Request
from pairing.actions.renewing import answer_renewal
from pairing.actions.rolling_over import roll_over
from pairing.agreements import renewals
from pairing.forms.course import NextBasisForm, WordsForm
from pairing.forms.rounds import RoundForm, initial_of
from pairing.listings.renewals import RenewalFilter, RenewalTable
from pairing.models import Pairing, RenewalAnswer, Round
from pairing.schemes.terms import next_terms
from pairing.states import RoundState, Side
from pairing.views.reach import own_side, visible_pairing, visible_round
from pairing.views.rounds import managed_round


def next_round(request: Request, pk: int) -> HttpResponse:
    """First the scheme and the first day, then its terms as they are proposed; the round is prepared, not opened."""
    last = managed_round(request, pk)
    following = last.following.first()
    if following is not None or last.state == RoundState.DRAFT:
        return redirect(following or last)
    proposed = {"version": last.scheme_version.scheme.versions.all()[0].pk, "starts_on": next_terms_day(last)}
    basis = NextBasisForm({**proposed, **request.GET.dict()}, round=last)
    if not basis.is_valid():
        return render(request, "pairing/rounds/next.html", {"round": last, "basis": basis})
    version = basis.cleaned_data["version"]
    terms = next_terms(version.rules, last, starts_on=basis.cleaned_data["starts_on"])
    form = RoundForm(request.POST or None, initial=initial_of(terms), user=request.user, rules=version.rules)
    del form.fields["organiser"]
    if request.method == "POST" and form.is_valid():
        try:
            made = roll_over(by=request.user, round=last, scheme_version=version, terms=form.terms(), at=timezone.now())
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Prepared, with the directory of the last round. Look at it, then open it."))
            return redirect(made)
    return render(request, "pairing/rounds/next.html", {"round": last, "basis": basis, "form": form})


def next_terms_day(last: Round):
    """The day after the last one, or today where that is past."""
    return max(last.ends_on + timedelta(days=1), timezone.localdate())


@require_safe
def renewal_list(request: Request, pk: int) -> HttpResponseBase:
    """Who of the last round wants to go on, as far as one sees the pairings."""
    round = visible_round(request.user, pk)
    pairings = renewals.of_previous(round) & Pairing.objects.visible_to(request.user)
    return render_list(
        request,
        queryset=renewals.with_answers(renewals.with_followers(pairings), round).select_related("renewed_by"),
        filterset_class=RenewalFilter,
        table_class=RenewalTable,
        title=_("Renewals"),
        is_long=True,
        template="pairing/rounds/renewals.html",
        context={"round": round, "empty_sentence": _("There is nothing to renew: no signed pairing came before.")},
    )


def renew(request: Request, pk: int) -> HttpResponse:
    """One side consents or declines; the page shows what was agreed in the last round."""
    pairing = renewals.as_of_today(visible_pairing(request.user, pk))
    side = own_side(request.user, pairing)
    round = get_object_or_404(
        Round.objects.select_related("scheme_version", "organiser").filter(
            previous=pairing.round, state=RoundState.OPEN
        )
    )
    form = WordsForm(request.POST or None)
    if request.method == "POST":
        if side is None:
            raise Http404
        if form.is_valid() and (answer := answered(request, round, pairing, side, form.cleaned_data["words"])):
            return answer
    answers = {answer.side: answer for answer in RenewalAnswer.objects.filter(round=round, pairing=pairing)}
    context = {
        "pairing": pairing,
        "round": round,
        "own_side": side,
        "answers": [(each, pairing.party(each), answers.get(each)) for each in Side],
        "own": answers.get(side) if side else None,
        "renewed": Pairing.objects.filter(renews=pairing).first(),
        "agreement": pairing.agreements.in_force().prefetch_related("commitments").first(),
        "form": form,
    }
    return render(request, "pairing/course/renew.html", context)


def answered(request: Request, round: Round, pairing: Pairing, side: Side, words: str) -> HttpResponse | None:
    """Where to go after the answer; None where it was refused and the sentence shows on the page."""
    consents = request.POST.get("verb") == "consent"
    try:
        answer_renewal(
            by=request.user, round=round, pairing=pairing, side=side, consents=consents, words=words, at=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    renewed = Pairing.objects.filter(renews=pairing).first()
    if renewed is not None:
        messages.success(request, _("Renewed. Its agreement is a draft with the terms of the last one."))
        return redirect(renewed)
    done = _("Consented. Once the other side consents as well, the pairing is renewed.")
    messages.success(request, done if consents else _("Declined. The other side was told; both may choose anew."))
    return redirect("renew_pairing", pairing.pk)
