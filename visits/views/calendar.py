"""Activities by day of a month, and by month of a village's year."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.months import month_asked
from organisations.models import Organisation
from organisations.requests import Request
from pairing.models import Pairing
from pairing.views.reach import visible_pairing
from visits import calendar, reading, year
from visits.actions.recording import LOG
from visits.models import Activity
from visits.querysets.activities import few


@require_safe
def activity_calendar(request: Request) -> HttpResponse:
    """Of one pairing (`pairing`), of one's own pairings, or of everything that one sees (`whose=all`).

    Where these are many, what is planned and what could not take place: what was done is looked for in the list.
    """
    user, today = request.user, timezone.localdate()
    given = request.GET.get("pairing", "")
    pairing = visible_pairing(user, int(given)) if given.isdecimal() and len(given) < 10 else None
    has_own = user.can(LOG)
    whose = "pairing" if pairing else "all" if request.GET.get("whose") == "all" or not has_own else "own"
    pairings = reading.own_pairings(user) if whose == "own" else Pairing.objects.visible_to(user)
    keys = [pairing.pk] if pairing else few(pairings)
    of_many = keys is None
    rows = Activity.objects.visible_to(user).filter(state__in=calendar.FIRST)
    if keys is not None:
        rows = Activity.objects.filter(pairing__in=keys)
    shown = {
        "month": calendar.month_of(rows, month_asked(request.GET.get("month", ""), today), today),
        "today": today,
        "whose": whose,
        "of_many": of_many,
        "pairing": pairing,
        "has_own": has_own,
        "may_record": reading.acts_for(user, pairing) is not None if pairing else has_own,
        "keep": f"&pairing={pairing.pk}" if pairing else f"&whose={whose}",
    }
    return render(request, "visits/activities/calendar.html", shown)


@require_safe
def village_year(request: Request, pk: int) -> HttpResponse:
    """The page; asked for by htmx, a panel of the village's page, empty where there is nothing to see."""
    village = get_object_or_404(Organisation.objects.readable_by(request.user).villages(), pk=pk)
    today = timezone.localdate()
    chosen = year.year_asked(request.GET.get("year", ""), today)
    numbers = year.by_month(request.user, village, chosen)
    shown = {"village": village, "year": chosen, "numbers": numbers, "total": sum(numbers), "most": max(numbers)}
    if request.htmx:
        if not has_pairing(village, request):
            return HttpResponse()
        return render(request, "visits/year/panel.html", shown)
    shown |= {
        "months": year.months(request.user, village, chosen),
        "years": year.years(request.user, village, today),
        "shown": year.MOST,
    }
    return render(request, "visits/year/page.html", shown)


def has_pairing(village: Organisation, request: Request) -> bool:
    return Pairing.objects.visible_to(request.user).filter(village=village).exists()
