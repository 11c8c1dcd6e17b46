"""The dashboard of a round and an area: coverage at once, the other parts each from its own address; the wall."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.requests import HtmxRequest
from duties import by_hand
from funds.querysets.supervision import WATCH
from organisations.requests import Request
from pairing.figures.progress import progress_of
from pairing.figures.statistics import remembered_revision
from pairing.models import Round
from reports.dashboard.asked import Asked
from reports.dashboard.reading import PARTS, WHOLE, counted, due
from reports.dashboard.wall import figures_of
from reports.dashboard.watched import watched

SHOWN_LATE = 5


@require_safe
def dashboard(request: Request) -> HttpResponse:
    asked = Asked(request.user, request.GET.dict())
    if asked.round is None:
        return render(request, "reports/dashboard/none.html")
    scopes = WHOLE if asked.is_whole else asked.scopes
    now = remembered_revision(asked.round)
    shown = {
        "asked": asked,
        "round": asked.round,
        "current_round": asked.round,
        "parts": list(PARTS),
        "progress": progress_of(asked.round, now, today=timezone.localdate(), scopes=scopes),
        "manages": by_hand.may_remind(request.user, asked.round),
    }
    return render(request, "reports/dashboard/page.html", shown)


@require_safe
def part(request: Request, part: str) -> HttpResponse:
    """One chart with its table; a page of its own without htmx."""
    asked = Asked(request.user, request.GET.dict())
    if part not in PARTS or asked.round is None:
        raise Http404
    if not request.htmx:
        return redirect("dashboard")
    found = counted(part, asked.round, WHOLE if asked.is_whole else asked.scopes, PARTS[part])
    shown = {
        "asked": asked,
        "round": asked.round,
        "rows": found.rows,
        "at": found.at,
        "manages": by_hand.may_remind(request.user, asked.round),
    }
    return render(request, f"reports/dashboard/{part}.html", shown)


@require_safe
def round_card(request: Request, pk: int) -> HttpResponse:
    """On the page of a round and the desk of whoever watches it: what is due next, who is latest, whom to call."""
    asked = Asked(request.user, {"round": str(pk)})
    if asked.round is None or asked.round.pk != pk:
        raise Http404
    if not request.htmx:
        return redirect(asked.round)
    scopes = WHOLE if asked.is_whole else asked.scopes
    found = counted("due", asked.round, scopes, due)
    late = counted("behind", asked.round, scopes, PARTS["behind"])
    shown = {"round": asked.round, "due": found.rows, "late": late.rows[:SHOWN_LATE], "at": late.at}
    return render(request, "reports/dashboard/round_card.html", shown)


@require_safe
def money_card(request: Request) -> HttpResponse:
    """On the first page of whoever watches over aid money."""
    if not request.htmx:
        return redirect("home")
    found = watched(request.user, timezone.localdate()) if request.user.can(WATCH) else None
    if found is None or not found.villages:
        return HttpResponse()
    return render(request, "reports/dashboard/money_card.html", {"found": found})


@login_not_required
@require_safe
def wall_figures(request: HtmxRequest, pk: int) -> HttpResponse:
    """Visits, money, duties and issues of a round for the screen on a wall: sums alone, of nobody by name."""
    round = get_object_or_404(Round.objects.published(), pk=pk)
    if not request.htmx:
        return redirect("board_wall", pk)
    return render(request, "reports/dashboard/wall.html", {"round": round, "found": figures_of(round)})
