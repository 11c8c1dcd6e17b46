"""The live public board: without sign-in, without personal data, never behind the tables (SH-33)."""

import zlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.requests import HtmxRequest
from pairing.figures.progress import Progress, public_progress
from pairing.figures.stages import lines, public_stage_of, with_partners
from pairing.listings.directory import BoardFilter, BoardTable, of_directory
from pairing.models import Round
from pairing.states import Side

FIGURES = "figures"
PERSONAL = ("organisation__contact_name", "organisation__contact_phone")  # not even read
PARTS = {FIGURES: "pairing/board/figures.html"}


@login_not_required
@require_safe
def board_index(request: HtmxRequest) -> HttpResponse:
    rounds = Round.objects.published().select_related("organiser", "scheme_version").prefetch_related("milestones")
    return render(request, "pairing/board/index.html", {"rounds": rounds})


@login_not_required
@require_safe
def board(request: HtmxRequest, pk: int) -> HttpResponseBase:
    """The page with its list of villages; the figures alone where they ask for themselves every ten seconds."""
    round = published_round(pk)
    progress = public_progress(round, today=timezone.localdate())
    if request.htmx.target == FIGURES:
        return figures(request, progress, PARTS[FIGURES])
    villages = lines(round, Side.VILLAGE).annotate(stage=public_stage_of(round, Side.VILLAGE))
    return render_list(
        request,
        queryset=with_partners(villages, round, Side.VILLAGE).defer(*PERSONAL),
        filterset_class=of_directory(BoardFilter, round.newest_directory_id, round=round),
        table_class=BoardTable,
        title=_("Public board"),
        template="pairing/board/page.html",
        is_long=True,
        context={"round": round, "labels": round.rules.labels, **shown(progress)},
    )


@login_not_required
@require_safe
def wall(request: HtmxRequest, pk: int) -> HttpResponse:
    """The figures for a screen on a wall, 1920 × 1080."""
    progress = public_progress(published_round(pk), today=timezone.localdate())
    if request.htmx.target == FIGURES:
        return figures(request, progress, "pairing/board/wall_figures.html")
    return render(request, "pairing/board/wall.html", shown(progress))


def published_round(pk: int) -> Round:
    rounds = Round.objects.published().select_related("organiser", "scheme_version").prefetch_related("milestones")
    return get_object_or_404(rounds, pk=pk)


def shown(progress: Progress) -> dict:
    return {"round": progress.round, "progress": progress, "at": timezone.localtime()}


def figures(request: HtmxRequest, progress: Progress, template: str) -> HttpResponse:
    """304 while nothing changed: the revision, the days left and the language make up everything that is shown."""
    days = [f"{each.milestone.name}{each.milestone.on}{each.days_left}" for each in progress.countdowns]
    etag = quote_etag(f"{progress.revision}-{zlib.crc32(''.join(days).encode())}-{request.LANGUAGE_CODE}")
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or render(request, template, shown(progress))
    response.headers["ETag"] = etag
    patch_cache_control(response, no_cache=True)
    return response
