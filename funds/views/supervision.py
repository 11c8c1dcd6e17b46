"""What county and township watch: balances, what is not published in time, what nobody confirmed (SH-52)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.periods import words_of
from funds.actions import supervising as acts
from funds.figures import by_village, figures, periods
from funds.listings.supervision import MoneyFiguresFilter, MoneyFiguresTable, MoneyWatchFilter, MoneyWatchTable
from funds.models import MoneyCheck
from funds.publishing.village import public_disclosures
from funds.querysets.supervision import SUPERVISE, WATCH, supervised, with_figures
from members.views.submitting import performed
from organisations.models import Organisation
from organisations.requests import Request


class CheckForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("what was checked and found"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


def watchers_only(user) -> None:
    if not user.can(WATCH):
        raise Http404


@require_safe
def money_watch(request: Request) -> HttpResponseBase:
    watchers_only(request.user)
    return render_list(
        request,
        queryset=with_figures(supervised(request.user), timezone.localdate()).order_by("-late", "path"),
        filterset_class=MoneyWatchFilter,
        table_class=MoneyWatchTable,
        title=_("Supervision of aid money"),
        template="funds/supervision/list.html",
        context={"may_remind": request.user.can(SUPERVISE), "empty_sentence": _("No village here has aid money yet.")},
    )


@require_safe
def money_figures(request: Request) -> HttpResponseBase:
    """By year or quarter: where money came from, on what it was spent, how it was published (T4, T12)."""
    watchers_only(request.user)
    today = timezone.localdate()
    offered = periods(today)
    period = next((one for one in offered if one.key == request.GET.get("period")), offered[0])
    villages = supervised(request.user)
    below = Organisation.objects.managed_by(request.user, WATCH).villages().open()
    return render_list(
        request,
        queryset=by_village(villages, period, today).order_by("path"),
        filterset_class=MoneyFiguresFilter,
        table_class=MoneyFiguresTable,
        title=_("Figures of aid money"),
        template="funds/supervision/figures.html",
        context={
            "periods": [(one.key, words_of(one.key)) for one in offered],
            "figures": figures(below, villages.count(), period, today),
            "empty_sentence": _("No village here has aid money yet."),
        },
    )


@require_POST
def remind_of_disclosure(request: Request) -> HttpResponse:
    if not request.user.can(SUPERVISE):
        raise Http404
    count = acts.remind_late(by=request.user, at=timezone.now())
    messages.success(
        request, ngettext("%(count)s village reminded.", "%(count)s villages reminded.", count) % {"count": count}
    )
    return redirect("money_watch")


def money_checks(request: Request, pk: int) -> HttpResponse:
    """One village: what was published, and what the checks found."""
    villages = Organisation.objects.managed_by(request.user, WATCH).villages()
    village = get_object_or_404(with_figures(villages, timezone.localdate()), pk=pk)
    form, may_note = CheckForm(request.POST or None), request.user.can(SUPERVISE, village)
    if request.method == "POST" and not may_note:
        raise Http404
    if performed(request, form, acts.note_check, village=village, at=timezone.now()):
        messages.success(request, _("Noted. It stays as it is."))
        return redirect("money_checks", village.pk)
    checks = MoneyCheck.objects.filter(village=village).select_related("noted_by", "noted_as__organisation")
    shown = {
        "village": village,
        "form": form if may_note else None,
        "checks": checks,
        "disclosures": public_disclosures(village)[:8],
    }
    return render(request, "funds/supervision/village.html", shown)
