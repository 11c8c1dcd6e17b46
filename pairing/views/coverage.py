"""Coverage of a round as of a day (SH-07, SH-10, SH-17, SH-18): the figures, and the lists behind them."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.dates import localized_date
from core.listing import render_list
from organisations.requests import Request
from pairing.figures.coverage import coverage as coverage_of
from pairing.figures.coverage import directory_on, read_for, standing_on
from pairing.listings.coverage import (
    CoverageFilter,
    CoveragePairingFilter,
    CoveragePairingTable,
    CoverageTable,
    lines_on,
)
from pairing.listings.directory import of_directory
from pairing.listings.market import for_round
from pairing.views.reach import visible_round

MOST_TYPED = 20


@require_safe
def coverage(request: Request, pk: int) -> HttpResponse:
    round, (day, doubt) = visible_round(request.user, pk), day_asked(request)
    read = read_for(round)
    shown = {"round": round, "day": day, "coverage": coverage_of(round, day)}
    tables = partial(render_to_string, "pairing/coverage/tables.html", shown)
    shown |= {"today": timezone.localdate(), "doubt": doubt}
    shown |= {"tables": read.get(f"tables {day} {request.LANGUAGE_CODE}", tables)}
    return render(request, "pairing/coverage/page.html", shown)


@require_safe
def coverage_lines(request: Request, pk: int) -> HttpResponseBase:
    round, (day, doubt) = visible_round(request.user, pk), day_asked(request)
    directory = directory_on(round, day)
    about = {"round": round, "day": day}
    return render_list(
        request,
        queryset=lines_on(round, directory, day).order_by("pk"),
        filterset_class=of_directory(CoverageFilter, directory.pk if directory else None, **about),
        table_class=for_round(CoverageTable, **about),
        title=_("Villages and units covered"),
        is_long=True,
        template="pairing/coverage/list.html",
        context=about | {"doubt": doubt},
    )


@require_safe
def coverage_pairings(request: Request, pk: int) -> HttpResponseBase:
    round, (day, doubt) = visible_round(request.user, pk), day_asked(request)
    return render_list(
        request,
        queryset=standing_on(round, day).select_related("unit", "village").order_by("pk"),
        filterset_class=for_round(CoveragePairingFilter, round=round),
        table_class=CoveragePairingTable,
        title=_("Pairings that stood"),
        is_long=True,
        template="pairing/coverage/list.html",
        context={"round": round, "day": day, "doubt": doubt},
    )


def day_asked(request: Request) -> tuple[date, str]:
    """The day of the address; today where it names none that can be shown, with a sentence that says so."""
    today, typed = timezone.localdate(), request.GET.get("on", "").strip()
    try:
        asked = parse_date(typed)
    except ValueError:  # 30 February
        asked = None
    if asked is None:
        words = _("“%(typed)s” is no day, so this is today. Write a day as 2026-03-31.")
        return today, words % {"typed": typed[:MOST_TYPED]} if typed else ""
    if asked > today:
        words = _("%(day)s lies ahead, so this is today: coverage is counted up to today only.")
        return today, words % {"day": localized_date(asked)}
    return asked, ""
