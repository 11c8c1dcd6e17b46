"""The record of an activity on A4: to be read and printed, or as a Word file; and the workbook for paper records."""

from tempfile import NamedTemporaryFile

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.exports import XLSX
from office.inspection.naming import DOCX
from office.rosters.exports import write_template
from organisations.requests import Request
from pairing.models import Pairing
from pairing.views.reach import visible_pairing
from visits import reading, sheets
from visits.kinds import kinds_of
from visits.rosters import ACTIVITIES
from visits.views.activities import visible_activity


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
