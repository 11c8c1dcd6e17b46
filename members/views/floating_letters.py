"""Greeting letters: the batches, one batch with its Word file, noting which were sent."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.actions import floating_letters as acts
from members.floating.letters import letters_document
from members.forms.floating_letters import BatchForm, ReceivedForm, SentForm
from members.listings.floating_lists import BatchTable, PlaceFilter
from members.models import GreetingBatch
from members.views.floating_reach import committees_of, keepers_only, show_form
from members.views.submitting import first_step, form_page, performed
from office.inspection.naming import DOCX
from organisations.requests import Request


@require_safe
def batch_list(request: Request) -> HttpResponseBase:
    keepers_only(request.user)
    batches = GreetingBatch.objects.visible_to(request.user).select_related("place")
    counted = batches.annotate(
        letters_count=Count("letters"),
        sent_count=Count("letters__sent_on"),
        received_count=Count("letters__received_on"),
    )
    return render_list(
        request,
        queryset=counted,
        filterset_class=PlaceFilter,
        table_class=BatchTable,
        title=str(_("Greeting letters before 1 July")),
        template="members/floating/batches.html",
        context={
            "may_write": (writes := committees_of(request.user).exists()),
            **first_step(
                writes,
                _("No letters yet. Once a year the committee writes to everybody who is away."),
                "new_greeting_batch",
                _("Write greeting letters"),
            ),
        },
    )


def new_batch(request: Request) -> HttpResponse:
    keepers_only(request.user)
    form = BatchForm(request.POST or None, places=committees_of(request.user))
    if batch := performed(request, form, acts.prepare_letters, at=timezone.now()):
        messages.success(request, _("Prepared: one letter for everybody who is away and has none of this year."))
        return redirect(batch)
    lead = _("The three parts stand in every letter; the names are filled in.")
    return show_form(request, form, _("Write greeting letters"), _("Prepare the letters"), lead=lead)


def batch_page(request: Request, pk: int) -> HttpResponse:
    """Who gets a letter, which were sent how and when, and the form that notes it for the rest."""
    batch = reached_batch(request, pk)
    letters = batch.letters.select_related("member", "record__origin")
    form = SentForm(request.POST or None, among=letters.filter(sent_on=None))
    if count := performed(request, form, acts.note_sent, batch=batch, at=timezone.now()):
        messages.success(request, _("%(count)s letters noted as sent.") % {"count": count})
        return redirect(batch)
    shown = {
        "batch": batch,
        "sent": letters.exclude(sent_on=None),
        "form": form,
        "figures": letters.order_by().aggregate(all=Count("pk"), sent=Count("sent_on"), received=Count("received_on")),
    }
    return render(request, "members/floating/batch.html", shown)


def note_received(request: Request, pk: int) -> HttpResponse:
    """Of the letters that were sent, which arrived."""
    batch = reached_batch(request, pk)
    sent = batch.letters.select_related("member", "record__origin").filter(sent_on__isnull=False, received_on=None)
    form = ReceivedForm(request.POST or None, among=sent)
    if count := performed(request, form, acts.note_received, batch=batch, at=timezone.now()):
        messages.success(request, _("%(count)s letters noted as received.") % {"count": count})
        return redirect(batch)
    title, submit = _("Note which letters arrived"), _("Note as received")
    back = {"back": batch.get_absolute_url(), "back_name": str(batch)}
    return form_page(request, form, title, submit=submit, **back)


@require_safe
def batch_word(request: Request, pk: int) -> HttpResponse:
    """One .docx with the letters that were not sent yet, each on its own page."""
    batch = reached_batch(request, pk)
    response = HttpResponse(letters_document(batch), content_type=DOCX)
    name = _("Greeting letters %(year)s %(place)s.docx") % {"year": batch.year, "place": batch.place.name}
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response


def reached_batch(request: Request, pk: int) -> GreetingBatch:
    return get_object_or_404(GreetingBatch.objects.visible_to(request.user).select_related("place"), pk=pk)
