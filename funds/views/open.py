"""What everybody may read, without sign-in: a village and its disclosures, open data. Nothing of persons is read."""

import csv
import zlib
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from core.requests import HtmxRequest
from funds.models import Disclosure, DisclosurePicture
from funds.publishing import opendata
from funds.publishing.states import DisclosureState
from funds.publishing.village import account_of, lines_of, pictures_of, version_of
from office.files import serve
from organisations.models import Organisation

PERSONAL = ("contact_name", "contact_phone", "search_text", "search_grams")  # not even read


def unchanged_or(request: HtmxRequest, version: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """304 while nothing changed. The frame of the page differs by the day, the language, the size of the text and
    whoever is signed in."""
    shown = (version, timezone.localdate(), request.LANGUAGE_CODE, request.COOKIES.get("elder"), request.user.pk)
    etag = quote_etag(f"{zlib.crc32(repr(shown).encode()):08x}-{zlib.adler32(repr(shown).encode()):08x}")
    response = get_conditional_response(request, etag=etag) or answer()
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True, private=True)
    return response


def as_data(table: opendata.Table, form: str) -> HttpResponse:
    """`form`: csv, with a byte order mark by which office programs read it as UTF-8; or json."""
    if form == "json":
        return JsonResponse(table.content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{table.name}.csv"'
    writer = csv.writer(response)
    writer.writerow(table.columns.values())
    writer.writerows(row.values() for row in table.rows)
    return response


def open_organisation(pk: int) -> Organisation:
    villages = Organisation.objects.villages().defer(*PERSONAL)
    return get_object_or_404(villages, pk=pk)


@login_not_required
@require_safe
def open_village(request: HtmxRequest, pk: int) -> HttpResponse:
    """Who helps, what was promised, received and spent, on what, and whether the ledger is whole."""

    def answer() -> HttpResponse:
        account = account_of(open_organisation(pk), timezone.localdate())
        pictures = pictures_of(account.newest) if account.newest else []
        return render(request, "funds/open/village.html", {"account": account, "pictures": pictures})

    return unchanged_or(request, f"village-{pk}-{version_of(pk)}", answer)


@login_not_required
@require_safe
def open_disclosure(request: HtmxRequest, pk: int) -> HttpResponse:
    rows = Disclosure.objects.public().select_related("village", "corrects").defer("reviewer")
    disclosure = get_object_or_404(rows, pk=pk)

    def answer() -> HttpResponse:
        shown = {
            "disclosure": disclosure,
            "village": disclosure.village,
            "lines": lines_of(disclosure),
            "funds": disclosure.funds.select_related("fund"),
            "pictures": pictures_of(disclosure),
            "newer": Disclosure.objects.public().filter(corrects=disclosure).first(),
            "is_short": disclosure.state == DisclosureState.SHORT,
        }
        return render(request, "funds/open/disclosure.html", shown)

    return unchanged_or(request, f"disclosure-{pk}-{version_of(disclosure.village_id)}", answer)


@login_not_required
@require_safe
def open_picture(request: HtmxRequest, pk: int) -> HttpResponseBase:
    pictures = DisclosurePicture.objects.exclude(disclosure__state=DisclosureState.DRAFT).select_related("file")
    response = serve(get_object_or_404(pictures, pk=pk).file, as_attachment=False)
    response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    return response


@login_not_required
@require_safe
def village_data(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    table = opendata.of_village(open_organisation(pk))
    return unchanged_or(request, f"{form}-{pk}-{version_of(pk)}", lambda: as_data(table, form))
