"""Notes of villages on the three changes: the list, writing them, those of one village and year."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.views.submitting import form_page, performed
from organisations.models import Organisation, User
from organisations.querysets import within
from organisations.requests import Request
from pairing.models import Round
from reports.actions import change_notes as acts
from reports.forms.change_notes import ChangeNotesForm
from reports.listings.change_notes import ChangeNotesFilter, ChangeNotesTable
from reports.models import ChangeNotes


@require_safe
def notes_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=ChangeNotes.objects.visible_to(request.user).select_related("village", "round"),
        filterset_class=ChangeNotesFilter,
        table_class=ChangeNotesTable,
        title=_("The three changes"),
        template="reports/change_notes/list.html",
        context={
            "may_write": request.user.can(acts.WRITE),
            "empty_sentence": _("No village has written of it yet: production, habits and thinking, once a year."),
        },
    )


def write_notes(request: Request) -> HttpResponse:
    """For whoever acts for a village; those of the year that are there already are opened again."""
    villages = Organisation.objects.filter(within(request.user.scopes(acts.WRITE))).villages().open().order_by("path")
    if not villages.exists():
        raise Http404
    rounds = Round.objects.visible_to(request.user).published().order_by("-starts_on", "-pk")
    form = ChangeNotesForm(request.POST or None, villages=villages, rounds=rounds, initial=now_of(request, villages))

    def write(*, by: User, **fields) -> ChangeNotes:
        given = {name: fields[name] for name in ("village", "round", "year")}
        return acts.write_change_notes(by=by, notes=ChangeNotesForm.notes_of(fields), at=timezone.now(), **given)

    if notes := performed(request, form, write):
        messages.success(request, _("Saved. The unit and all above the village can read it."))
        return redirect(notes)
    back, back_name = reverse("change_notes"), _("The three changes")
    return form_page(request, form, _("Write of the three changes"), back=back, back_name=back_name)


def now_of(request: Request, villages) -> dict:
    """What stands there, where an address names it."""
    chosen = request.GET.get("notes", "")
    known = ChangeNotes.objects.filter(village__in=villages, pk=int(chosen) if chosen.isdecimal() else 0).first()
    names = ("village", "round", "year", *acts.CHANGES)
    return {name: getattr(known, name) for name in names} if known else {}


@require_safe
def notes_page(request: Request, pk: int) -> HttpResponse:
    rows = ChangeNotes.objects.visible_to(request.user).select_related("village", "round", "written_by")
    notes = get_object_or_404(rows, pk=pk)
    may_write = request.user.can(acts.WRITE, notes.village)
    return render(request, "reports/change_notes/page.html", {"notes": notes, "may_write": may_write})
