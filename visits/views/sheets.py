"""The record of an activity on A4: to be read and printed, or as a Word file; and the workbook for paper records."""

from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import XLSX
from core.roster import Verdict
from members.views.submitting import performed
from office.inspection.naming import DOCX
from office.rosters.exports import write_template
from organisations.requests import Request
from pairing.models import Pairing
from pairing.states import Side
from pairing.views.reach import visible_pairing
from visits import reading, sheets
from visits.actions.paper import record_paper
from visits.forms.activities import PaperForm
from visits.kinds import kinds_of
from visits.rosters import ACTIVITIES
from visits.views.activities import visible_activity

MOST_WRONG = 50


@require_safe
def activity_sheet(request: Request, pk: int) -> HttpResponse:
    """Of one activity; as a Word file for `?as=docx`."""
    activity = visible_activity(request.user, pk)
    name = f"{activity.name}{activity.on:%Y-%m-%d}"
    return shown(request, sheets.filled(activity), activity.pairing, name, activity.get_absolute_url())


@require_safe
def empty_sheet(request: Request, pk: int) -> HttpResponse:
    """For a pairing, to be filled by hand where there is neither phone nor signal."""
    pairing = visible_pairing(request.user, pk)
    if reading.acts_for(request.user, pairing) is None:
        raise Http404
    return shown(request, sheets.empty(pairing), pairing, f"空白记录单{pairing.village.name}", "")


def shown(request: Request, content: dict, pairing: Pairing, name: str, back: str) -> HttpResponse:
    if request.GET.get("as") != "docx":
        return render(
            request, "visits/activities/sheet.html", {"sheet": content, "pairing": pairing, "back": back, "name": name}
        )
    response = HttpResponse(sheets.document(content, pairing), content_type=DOCX)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.docx")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def paper_template(request: Request, pk: int) -> FileResponse:
    """A workbook for what was kept on paper, with the two sides and the kinds of the round to choose from."""
    pairing = visible_pairing(request.user, pk)
    if reading.acts_for(request.user, pairing) is None:
        raise Http404
    kinds = [kind.name for kind in kinds_of(pairing.round)]
    offers = {"unit": [pairing.unit.name], "village": [pairing.village.name], "kind": kinds}
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    write_template(file.name, ACTIVITIES, offers)
    name = _("Activities on paper: %(pairing)s") % {"pairing": pairing}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def hand_in_paper(request: Request, pk: int) -> HttpResponse:
    """What one side kept on paper, many at once: all of it is recorded, or it says where it can't be read."""
    pairing = visible_pairing(request.user, pk)
    acting = reading.acts_for(request.user, pairing)
    if acting is None or acting[0] != pairing.unit:
        raise Http404
    side = acting[1]
    other = pairing.village if side == Side.UNIT else pairing.unit
    form = PaperForm(request.POST or None, request.FILES or None)
    lines, wrong = performed(request, form, record_paper, pairing=pairing, side=side) or ([], [])
    if lines and not wrong:
        made = sum(line.verdict is Verdict.CREATED for line in lines)
        said = {"made": made, "known": len(lines) - made, "other": other.name}
        messages.success(
            request,
            _("%(made)s recorded, %(known)s were recorded already. %(other)s finds them on its first page.") % said,
        )
        return redirect("pairing_activities", pairing.pk)
    shown: dict[str, Any] = {"pairing": pairing, "form": form, "wrong": wrong[:MOST_WRONG], "number": len(wrong)}
    return render(request, "visits/activities/paper.html", shown | {"other": other})
