"""What everybody may read of the money of a round and of a unit that gives, without sign-in; and both as open data."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.requests import HtmxRequest
from funds.listings.open import RoundMoneyFilter, RoundMoneyTable
from funds.publishing import opendata
from funds.publishing.giver import AtVillage, gifts_in, villages_of
from funds.publishing.round import account_of, version_of, with_published
from funds.views.open import PERSONAL, as_data, unchanged_or
from organisations.models import Organisation
from pairing.models import Round


def open_to_all(pk: int) -> Round:
    return get_object_or_404(Round.objects.published().select_related("organiser"), pk=pk)


@login_not_required
@require_safe
def money(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """Its sums, by township, by use, by giver; the villages as a list."""
    round = open_to_all(pk)
    rows = with_published(round).select_related("holder").defer(*(f"holder__{name}" for name in PERSONAL))
    return render_list(
        request,
        queryset=rows.annotate(
            received=F("receipt") + F("transfer_in"), spent=F("spending") + F("transfer_out") + F("refund")
        ).order_by("holder__path", "pk"),
        filterset_class=RoundMoneyFilter,
        table_class=RoundMoneyTable,
        title=_("Villages"),
        template="funds/open/round.html",
        context={"round": round, "account": account_of(round), "empty_sentence": _("No money has been entered yet.")},
    )


@login_not_required
@require_safe
def money_data(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    table = opendata.of_round(open_to_all(pk))
    return unchanged_or(request, f"round-{form}-{pk}-{version_of(pk)}", lambda: as_data(table, form))


def named_unit(pk: int) -> tuple[Organisation, list[AtVillage]]:
    """Only a unit that agreed to be named with a gift has a page."""
    unit = get_object_or_404(Organisation.objects.defer(*PERSONAL), pk=pk)
    villages = villages_of(unit)
    if not villages:
        raise Http404
    return unit, villages


@login_not_required
@never_cache
@require_safe
def open_giver(request: HtmxRequest, pk: int) -> HttpResponse:
    unit, villages = named_unit(pk)
    return render(
        request, "funds/open/giver.html", {"unit": unit, "villages": villages, "gifts": gifts_in(villages)}
    )  # fmt: skip


@login_not_required
@never_cache
@require_safe
def giver_data(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    unit, villages = named_unit(pk)
    return as_data(opendata.of_gifts(unit, gifts_in(villages)), form)
