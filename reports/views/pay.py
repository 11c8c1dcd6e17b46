"""The pay of village secretaries: the sheets of a round, of one person, and what they are reckoned from."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from pairing.models import Pairing, Round
from pairing.states import PairingState
from reports.actions import pay as acts
from reports.forms.pay import LeavingForm, OfVillage, PayForm
from reports.listings.pay import LeavingFilter, LeavingTable, PayTable, YearFilter
from reports.models import LeavingAllowance, SecretaryPay
from reports.querysets.pay import KEEP

MOST_MISSING = 30
PAY = ("base", "base_source", "score", "score_source", "earned", "earned_source", "insurance")
LEAVING = ("left_on", "years_in_a_row", "years_in_all", "one_off", "one_off_source")


@require_safe
def pay_list(request: Request) -> HttpResponseBase:
    rows = SecretaryPay.objects.visible_to(request.user).related()
    shown = YearFilter(request.GET, queryset=rows).qs
    return render_list(
        request,
        queryset=rows,
        filterset_class=YearFilter,
        table_class=PayTable,
        title=_("Pay of village secretaries"),
        template="reports/pay/list.html",
        context={"figures": shown.of_newest_year().order_by().pay_figures(), **around(request)},
    )


@require_safe
def leaving_list(request: Request) -> HttpResponseBase:
    rows = LeavingAllowance.objects.visible_to(request.user).related()
    shown = LeavingFilter(request.GET, queryset=rows).qs
    return render_list(
        request,
        queryset=rows,
        filterset_class=LeavingFilter,
        table_class=LeavingTable,
        title=_("Allowances after leaving"),
        template="reports/pay/leaving_list.html",
        context={"figures": shown.of_newest_year().order_by().leaving_figures(), **around(request)},
    )


def around(request: Request) -> dict:
    """For whoever keeps the sheets: the villages for which something can be entered, and the year asked for."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else timezone.localdate().year
    villages = kept_villages(request.user)
    entered = SecretaryPay.objects.filter(year=year, village__in=[village.pk for _round, village in villages])
    known = set(entered.values_list("village", flat=True))
    missing = [pair for pair in villages if pair[1].pk not in known]
    return {
        "year": year,
        "kept": villages,
        "missing": missing[:MOST_MISSING],
        "missing_number": len(missing),
        "empty_sentence": (
            _("No pay has been entered yet: it begins with the yearly base and the score.")
            if villages
            else _("No round that you keep goes by a scheme that reckons the pay of village secretaries.")
        ),
    }


def kept_villages(user) -> list[tuple[Round, Organisation]]:
    """The paired villages of rounds whose scheme reckons the pay, where the user keeps it."""
    if not user.can(KEEP):
        return []
    rounds = [
        each for each in Round.objects.visible_to(user).select_related("scheme_version") if each.rules.pay.is_kept
    ]
    paired = Pairing.objects.filter(round__in=rounds, state__in=[PairingState.SIGNED, PairingState.ENDED])
    found = paired.select_related("village").order_by("round_id", "village__path").distinct("round_id", "village__path")
    by_key = {round.pk: round for round in rounds}
    return [(by_key[each.round_id], each.village) for each in found if user.can(KEEP, each.village)]


@require_safe
def secretary_pay(request: Request, pk: int) -> HttpResponse:
    paid = get_object_or_404(SecretaryPay.objects.visible_to(request.user).related(), pk=pk)
    shown = {"paid": paid, "keeps": request.user.can(KEEP, paid.village)}
    return render(request, "reports/pay/page.html", shown)


@require_safe
def leaving_allowance(request: Request, pk: int) -> HttpResponse:
    paid = get_object_or_404(LeavingAllowance.objects.visible_to(request.user).related(), pk=pk)
    shown = {"paid": paid, "keeps": request.user.can(KEEP, paid.village)}
    return render(request, "reports/pay/leaving.html", shown)


def enter_pay(request: Request, pk: int, year: int, party: int) -> HttpResponse:
    return entered(request, pk, year, party, PayForm, SecretaryPay, PAY, acts.enter_pay)


def enter_leaving(request: Request, pk: int, year: int, party: int) -> HttpResponse:
    return entered(request, pk, year, party, LeavingForm, LeavingAllowance, LEAVING, acts.enter_leaving)


def entered(
    request: Request, pk: int, year: int, party: int, form_class: type[OfVillage],
    model: type[SecretaryPay] | type[LeavingAllowance], names: tuple[str, ...], verb: Callable,
) -> HttpResponse:  # fmt: skip
    """One form for both: filled with what stands there of the person, where the address names one."""
    round, village = kept_here(request.user, pk, party)
    asked = request.GET.get("member", "")
    rows = model.objects.filter(round=round, village=village, year=year)
    stands = rows.filter(member=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else None
    initial = {name: getattr(stands, name) for name in ("member", *names)} if stands else {}
    form = form_class(request.POST or None, village=village, present=model is SecretaryPay, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = verb(
                by=request.user, round=round, village=village, year=year, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept. What follows from it has been reckoned."))
            return redirect(made)
    shown = {
        "form": form,
        "village": village,
        "year": year,
        "rules": round.rules.pay,
        "leaves": form_class is LeavingForm,
    }
    return render(request, "reports/pay/enter.html", shown)


def kept_here(user, pk: int, party: int) -> tuple[Round, Organisation]:
    round = get_object_or_404(Round.objects.visible_to(user).published().select_related("scheme_version"), pk=pk)
    paired = Pairing.objects.filter(round=round, village=party).select_related("village").first()
    if paired is None or not round.rules.pay.is_kept or not user.can(KEEP, paired.village):
        raise Http404
    return round, paired.village
