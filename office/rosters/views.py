"""Pages of the roster import: hand in, preview, mend, apply, undo."""

import io
from functools import wraps
from pathlib import Path

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.exports import XLSX
from core.listing import render_list
from core.roster import Verdict
from office.files import serve
from office.models import RosterImport, RosterSheet
from office.models.rosters import VERDICTS
from office.rosters import actions, returning
from office.rosters.applying import totals
from office.rosters.forms import HandInAgainForm, HandInForm, LayoutForm, PlaceForm, RowForm, initial_choices
from office.rosters.lists import ImportFilter, ImportTable, shown_rows
from office.rosters.reporting import passing_columns, place_words, planned, unread_columns
from office.rosters.sheets import described_sheet, described_sheets
from office.rosters.states import RosterState
from organisations.requests import Request

PAGE = 25
UNCLEAR = "unclear"


def importers_only(view):
    """Whoever holds no post that grants `roster.import` finds nothing here."""

    @wraps(view)
    def guarded(request: Request, *args, **kwargs) -> HttpResponse:
        if not request.user.can(actions.PERMISSION):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def visible_roster(request: Request, pk: int) -> RosterImport:
    rosters = RosterImport.objects.visible_to(request.user).select_related("place", "file", "job", "started_by")
    return get_object_or_404(rosters, pk=pk)


def sheet_of(roster: RosterImport, position: int) -> RosterSheet:
    return get_object_or_404(roster.sheets, position=position)


@require_safe
@importers_only
def imports(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=RosterImport.objects.visible_to(request.user).select_related("place", "started_by"),
        filterset_class=ImportFilter,
        table_class=ImportTable,
        title=_("Roster imports"),
        template="office/imports/list.html",
        context={"described": described_sheets()},
    )


@require_http_methods(["GET", "POST"])
@importers_only
def hand_in(request: Request) -> HttpResponse:
    form = HandInForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        roster = actions.hand_in(
            by=request.user, upload=form.cleaned_data["file"], place=form.chosen_place,
            year=form.cleaned_data["year"], options=form.options, at=timezone.now(),
        )  # fmt: skip
        return redirect(roster)
    return render(request, "office/imports/hand_in.html", {"form": form, "described": described_sheets()})


@require_safe
@importers_only
def roster_import(request: Request, pk: int) -> HttpResponse:
    """The import: its sheets with their counts, and the next step. While it is being read it asks for itself."""
    roster = visible_roster(request, pk)
    busy = roster.state in (RosterState.READING, RosterState.APPLYING)
    if request.htmx:
        return progress(request, roster, busy)
    sheets = [
        {
            "sheet": sheet,
            "unread": unread_columns(sheet),
            "passing": passing_columns(sheet),
            "counts": counts_of(sheet),
        }
        for sheet in roster.sheets.all()
    ]
    found = totals(roster)
    context = {
        "roster": roster,
        "sheets": sheets,
        "planned": planned(roster),
        "place": place_words(roster),
        "unclear": found[Verdict.DOUBTFUL] + found[Verdict.REJECTED],
        "clean": found[Verdict.CREATED] + found[Verdict.UPDATED],
        "busy": busy,
        "undoable": roster.made_changes.exists(),
        "again": HandInAgainForm(),
    }
    return render(request, "office/imports/import.html", context)


def progress(request: Request, roster: RosterImport, busy: bool) -> HttpResponse:
    """How far it is; once it has ended the asking page loads itself anew."""
    response = render(request, "office/imports/busy.html", {"roster": roster})
    if not busy:
        response.headers["HX-Refresh"] = "true"
    return response


def counts_of(sheet: RosterSheet) -> list[tuple[str, str, int]]:
    return [(key, str(words), sheet.counts.get(key, 0)) for key, words in VERDICTS]


@require_safe
@importers_only
def roster_sheet(request: Request, pk: int, position: int) -> HttpResponse:
    """The rows of a sheet, each doubt at its cell. What needs a decision comes first."""
    roster = visible_roster(request, pk)
    sheet = sheet_of(roster, position)
    return render(request, template_for(request), {"roster": roster, **sheet_context(request, sheet)})


def template_for(request: Request) -> str:
    return "office/imports/rows.html" if request.htmx.target == "rows" else "office/imports/sheet.html"


def sheet_context(request: Request, sheet: RosterSheet) -> dict:
    unclear = sheet.counts.get(Verdict.DOUBTFUL.value, 0) + sheet.counts.get(Verdict.REJECTED.value, 0)
    chosen = request.GET.get("verdict") or (UNCLEAR if unclear else "all")
    rows = sheet.rows.order_by("number")
    if chosen == UNCLEAR:
        rows = rows.filter(verdict__in=[Verdict.DOUBTFUL.value, Verdict.REJECTED.value])
    elif chosen in dict(VERDICTS):
        rows = rows.filter(verdict=chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "sheet": sheet,
        "chosen": chosen,
        "unclear": unclear,
        "counts": counts_of(sheet),
        "page": page,
        "total": sum(sheet.counts.values()),
        **shown_rows(sheet, list(page.object_list)),
    }


def back_to_rows(request: Request, roster: RosterImport, position: int) -> HttpResponse:
    """The page of rows that was looked at; its part only where htmx asked."""
    if not request.htmx:
        return redirect("roster_sheet", roster.pk, position)
    sheet = sheet_of(roster, position)
    return render(request, "office/imports/rows.html", {"roster": roster, **sheet_context(request, sheet)})


@require_POST
@importers_only
def decide(request: Request, pk: int, position: int) -> HttpResponse:
    """Accept a suggestion, keep a cell as typed, or type another text; for one row or all rows with the same doubt."""
    roster = visible_roster(request, pk)
    sheet, given = sheet_of(roster, position), request.POST
    number = int(given["number"]) if given.get("number", "").isdigit() and not given.get("all") else None
    doubt = {"by": request.user, "roster": roster, "sheet": sheet, "column": given.get("column", "")}
    if given.get("keep"):
        actions.keep_as_typed(**doubt, code=given.get("code", ""), number=number)
    elif given.get("choice", "").isdigit():
        actions.accept_suggestions(**doubt, code=given.get("code", ""), number=number, choice=int(given["choice"]))
    elif number is not None and sheet.rows.filter(number=number).exists():
        actions.mend_cell(**doubt, number=number, text=given.get("text", "")[:500])
    return back_to_rows(request, roster, position)


@require_http_methods(["GET", "POST"])
@importers_only
def roster_row(request: Request, pk: int, position: int, number: int) -> HttpResponse:
    """All cells of one row, to be mended together."""
    roster = visible_roster(request, pk)
    sheet = get_object_or_404(roster.sheets.exclude(described=""), position=position)
    row = get_object_or_404(sheet.rows, number=number)
    form = RowForm(request.POST or None, sheet=sheet, row=row)
    if form.is_valid():
        changed = {key: form.cleaned_data[key] for key in form.changed_data}
        actions.mend_row(by=request.user, roster=roster, sheet=sheet, number=number, texts=changed)
        return redirect("roster_sheet", roster.pk, position)
    return render(request, "office/imports/row.html", {"roster": roster, "sheet": sheet, "row": row, "form": form})


@require_POST
@importers_only
def leave_out(request: Request, pk: int, position: int, number: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    left_out = request.POST.get("left_out") == "1"
    actions.leave_out(
        by=request.user, roster=roster, sheet=sheet_of(roster, position), number=number, left_out=left_out
    )
    return back_to_rows(request, roster, position)


@require_http_methods(["GET", "POST"])
@importers_only
def layout(request: Request, pk: int, position: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    sheet = sheet_of(roster, position)
    form = LayoutForm(request.POST or None, sheet=sheet)
    if form.is_valid():
        key = form.cleaned_data["described"]
        actions.choose_layout(
            by=request.user, roster=roster, sheet=sheet, described=described_sheet(key) if key else None,
            header_row=form.cleaned_data["header_row"], mapping=form.mapping(), scales=form.scales(),
        )  # fmt: skip
        return redirect(roster)
    return render(request, "office/imports/layout.html", {"roster": roster, "sheet": sheet, "form": form})


@require_http_methods(["GET", "POST"])
@importers_only
def choose_place(request: Request, pk: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    form = PlaceForm(request.POST or None, user=request.user, initial=initial_choices(roster))
    if form.is_valid():
        actions.choose_place(
            by=request.user, roster=roster, place=form.chosen_place or roster.place,
            year=form.cleaned_data["year"] or roster.year, options=form.options,
        )  # fmt: skip
        return redirect(roster)
    return render(request, "office/imports/place.html", {"roster": roster, "form": form})


@require_POST
@importers_only
def apply(request: Request, pk: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    everything = request.POST.get("part") == "all"
    return redirect(actions.apply_roster(by=request.user, roster=roster, everything=everything, at=timezone.now()))


@require_POST
@importers_only
def undo(request: Request, pk: int) -> HttpResponse:
    roster = actions.undo_roster(by=request.user, roster=visible_roster(request, pk), at=timezone.now())
    if roster.state != RosterState.UNDONE:
        messages.info(request, _("The import is being undone as a whole; this takes a while."))
        return redirect(roster.job)
    messages.success(request, _("The import was undone as a whole."))
    return redirect(roster)


@require_POST
@importers_only
def discard(request: Request, pk: int) -> HttpResponse:
    actions.discard(by=request.user, roster=visible_roster(request, pk))
    messages.success(request, _("Discarded. Nothing was changed."))
    return redirect("imports")


@require_POST
@importers_only
def hand_in_again(request: Request, pk: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    form = HandInAgainForm(request.POST, request.FILES)
    if form.is_valid():
        actions.hand_in_again(by=request.user, roster=roster, upload=form.cleaned_data["file"], at=timezone.now())
    else:
        messages.error(request, _("Choose the mended copy first."))
    return redirect(roster)


@require_safe
@importers_only
def original(request: Request, pk: int) -> FileResponse:
    roster = visible_roster(request, pk)
    if roster.file is None:
        raise Http404
    return serve(roster.file)


@require_safe
@importers_only
def marked_copy(request: Request, pk: int) -> FileResponse:
    """The workbook as it came, with its doubts marked at their cells."""
    roster = visible_roster(request, pk)
    if roster.file is None:
        raise Http404
    content = returning.marked_copy(roster, roster.file.path)
    name = _("%(file)s (marked).xlsx") % {"file": Path(roster.name).stem}
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)
