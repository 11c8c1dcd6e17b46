"""Clashes, gaps and load at one look, live (SH-30); and the villages with several unlinked helpers or none (AH-06)."""

import zlib

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from organisations.requests import Request
from pairing.figures import helpers
from pairing.figures.balance import balance_of, mark
from pairing.figures.interest import lines_with_interest
from pairing.listings.market import HelperFilter, HelperTable, for_round
from pairing.models import Round
from pairing.states import Side
from pairing.views.reach import managed_round

FIGURES = "figures"


@require_safe
def balance(request: Request, pk: int) -> HttpResponse:
    """The figures ask for themselves every ten seconds; while nothing moved, the answer is 304."""
    round = managed_round(request.user, pk)
    at = mark(round)
    if request.htmx.target != FIGURES:
        return render(request, "pairing/balance/page.html", shown(round, at))
    etag = quote_etag(f"{zlib.crc32(at.encode())}-{request.LANGUAGE_CODE}")
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or render(request, "pairing/balance/figures.html", shown(round, at))
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True, private=True)
    return response


def shown(round: Round, at: str) -> dict:
    return {"round": round, "balance": balance_of(round, at), "at": timezone.localtime()}


@require_safe
def unlinked(request: Request, pk: int) -> HttpResponseBase:
    """Villages to be warned of: several helpers that nobody arranged together, or none."""
    round = managed_round(request.user, pk)
    warned = helpers.several(round) | helpers.none(round)
    lines = lines_with_interest(round, Side.VILLAGE).annotate(contacts=helpers.contacts())
    return render_list(
        request,
        queryset=lines.filter(warned).select_related("organisation").order_by("pk"),
        plain=lines.select_related("organisation"),
        filterset_class=for_round(HelperFilter, round=round),
        table_class=for_round(HelperTable, round_pk=round.pk),
        title=_("Several unlinked helpers, or none"),
        is_long=True,
        template="pairing/decisions/list.html",
        context={"round": round, "what": "helpers", "empty_sentence": _("Nothing is left to decide here.")},
    )
