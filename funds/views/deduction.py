"""The deduction sheet, for whoever acts for a unit. Profits are typed, used for the answer, kept nowhere (SH-50)."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import workbook_response
from funds.deduction import FIRST_YEAR
from funds.forms.deduction import SheetForm
from funds.sheets import book_rows, gifts_of, header
from organisations.models import Organisation
from organisations.requests import Request

ACT = "unit.act"
MOST_UNITS = 100


@require_safe
def choose(request: Request) -> HttpResponse:
    """With one unit its sheet at once."""
    if not request.user.can(ACT):
        raise Http404
    units = list(Organisation.objects.managed_by(request.user, ACT).open().units()[:MOST_UNITS])
    if len(units) == 1:
        return redirect("deduction_sheet", units[0].pk)
    return render(request, "funds/deduction/choose.html", {"units": units})


def sheet(request: Request, pk: int) -> HttpResponseBase:
    """Asked for with profits it answers with the sheet, as a page or as a workbook; nothing is written."""
    unit = get_object_or_404(Organisation.objects.managed_by(request.user, ACT).units(), pk=pk)
    year = year_asked(request.GET.get("year", ""))
    lines = gifts_of(request.user, unit, year)
    form = SheetForm(request.POST or None, lines=lines, until=year)
    years = form.sheet() if request.method == "POST" and form.is_valid() else []
    if years and "xlsx" in request.POST:
        title = f"{unit.name} {year} {_('deduction of gifts, for reference only')}"
        response: HttpResponseBase = workbook_response(title, header(), book_rows(years, lines))
    else:
        shown = {"unit": unit, "year": year, "years": years, "form": form, "choices": choices(), "columns": header()}
        response = render(request, "funds/deduction/sheet.html", shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def year_asked(given: str) -> int:
    """Last year, where nothing sensible is asked for: its books are being closed."""
    asked = int(given) if given.isdecimal() and len(given) == 4 else 0
    return asked if asked in choices() else timezone.localdate().year - 1


def choices() -> range:
    return range(timezone.localdate().year, FIRST_YEAR - 1, -1)
