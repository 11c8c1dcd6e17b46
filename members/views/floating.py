"""Floating members: the two desks, one record, and the steps from registering to coming back."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from members.actions import floating as acts
from members.floating import desks
from members.floating.checklist import checklist, grouped
from members.floating.kinds import Desk
from members.forms.floating import ContactForm, DepartForm, EndForm, RecordForm, RegisterForm, ReportInForm
from members.listings.floating import FloatingFilter, FloatingTable
from members.models import FloatingRecord, Member
from members.nearness import Reader
from members.querysets.floating import KEEP
from members.states import AWAY, FLOATING, FloatingState
from members.views.floating_reach import at_desk, desks_of, in_area, keepers_only, reached, show_form
from members.views.submitting import first_step, performed
from office import files
from organisations.querysets import within
from organisations.requests import Request

SHORT_STAY = timedelta(days=183)  # P-44: less than six months away is a warning, never a refusal


@require_safe
def desk_page(request: Request, desk: str = Desk.ORIGIN) -> HttpResponseBase:
    """流出 or 流入: who is looked after here, what is amiss with how many, and the list behind each number."""
    rows, today = desks.rows_of(desk, request.user), timezone.localdate()
    is_page = request.htmx.target != "list"
    return render_list(
        request,
        queryset=rows.select_related("member__organisation", "origin", "destination").with_last_contact(),
        filterset_class=FloatingFilter,
        table_class=FloatingTable,
        title=str(_("Floating members: leaving") if desk == Desk.ORIGIN else _("Floating members: arriving")),
        template="members/floating/list.html",
        context={
            "desk": desk,
            "figures": desks.figures(desk, rows, today) if is_page else None,
            "inquiries": desks.waiting_inquiries(desk, request.user, today) if is_page else None,
            "may_register": (keeps := request.user.can(KEEP)),
            **first_step(
                keeps and desk == Desk.ORIGIN,
                _("Nobody is registered here. The origin registers whoever leaves; the destination takes them in."),
                "register_floating",
                _("Register a floating member"),
            ),
        },
    )


def register(request: Request) -> HttpResponse:
    user = request.user
    keepers_only(user)
    mine = Member.objects.filter(within(user.scopes(KEEP), "organisation__path"))
    form = RegisterForm(request.POST or None, request.FILES or None, members=mine, among=in_area(user))
    if record := performed(request, form, acts.register_floating, at=timezone.now()):
        warn_of_short_stay(request, record)
        messages.success(request, _("Registered. The list shows what is still to be done before leaving."))
        return redirect(record)
    lead = _("By the Party branch at home, before the member leaves. What is not known yet can be added later.")
    return show_form(request, form, _("Register a floating member"), _("Register"), lead=lead)


@require_safe
def record_page(request: Request, pk: int) -> HttpResponse:
    """Who looks after them, what the scheme asks for and how far it is, what they told, what the two places said."""
    record, today = reached(request, pk), timezone.localdate()
    prefetch_related_objects([record], "reports", "deeds", "letters")
    desks_here = desks_of(request.user, record)
    is_own = record.member.user_id == request.user.pk
    shown = {
        "record": record,
        "name": Reader(request.user).name_of(record.member),
        "groups": grouped(list(checklist(record, today)), record.rules.headings),
        "desks": desks_here,
        "keeps_origin": Desk.ORIGIN in desks_here and record.state in FLOATING,
        "keeps_any": bool(desks_here) and record.state in FLOATING,
        "may_report": (bool(desks_here) or is_own) and record.state in AWAY and not record.member.erased_at,
        "may_report_in": bool(desks_here) and record.state == FloatingState.DEPARTED,
        "contacts": record.contacts.all(),
        "link": record.links.filter(revoked_at=None).first() if desks_here and record.state in FLOATING else None,
        "is_short": is_short(record),
        "now": timezone.now(),
    }
    return render(request, "members/floating/page.html", shown)


def edit(request: Request, pk: int) -> HttpResponse:
    record = open_at(request, pk, Desk.ORIGIN)
    names = ("leaves_on", "back_on", "destination", "place", "certificate_number", "agreement_signed_on", "trained_on")
    start = {name: getattr(record, name) for name in names} | {"destination": destination_name(record)}
    form = RecordForm(request.POST or None, request.FILES or None, among=in_area(request.user), initial=start)
    if changed := performed(request, form, acts.change_floating, record=record, at=timezone.now()):
        warn_of_short_stay(request, changed)
        messages.success(request, _("Saved."))
        return redirect(changed)
    return show_form(request, form, _("Change the record"), _("Save"), back=record)


def depart(request: Request, pk: int) -> HttpResponse:
    record = open_at(request, pk, Desk.ORIGIN)
    form = DepartForm(request.POST or None, initial={"on": min(record.leaves_on, timezone.localdate())})
    if done := performed(request, form, acts.depart, record=record, at=timezone.now()):
        messages.success(request, _("Noted. The destination was told, where it is an organisation of this system."))
        return redirect(done)
    return show_form(request, form, _("Left"), _("Note it"), back=record)


def report_in(request: Request, pk: int) -> HttpResponse:
    record = open_at(request, pk, *Desk)
    start = {"on": timezone.localdate(), "where": record.where}
    form = ReportInForm(request.POST or None, among=in_area(request.user), initial=start)
    if done := performed(request, form, acts.report_in, record=record, at=timezone.now()):
        messages.success(request, _("Reported in. %(rule)s") % {"rule": done.placement_rule})
        return redirect(done)
    lead = _("Whether or not there is a Party organisation at work, everybody reports in at the community or village.")
    return show_form(request, form, _("Report in"), _("Note it"), back=record, lead=lead)


def end(request: Request, pk: int) -> HttpResponse:
    record = open_at(request, pk, Desk.ORIGIN)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate(), "returned": "yes"})
    if done := performed(request, form, acts.end_floating, record=record, at=timezone.now()):
        messages.success(request, _("Closed. The personal link no longer works; everything noted stays."))
        return redirect(done)
    return show_form(request, form, _("Returned or ended"), _("Close the record"), back=record)


def contact(request: Request, pk: int) -> HttpResponse:
    record = open_at(request, pk, *Desk)
    form = ContactForm(request.POST or None, desks=desks_of(request.user, record))
    if performed(request, form, acts.note_contact, record=record, at=timezone.now()):
        messages.success(request, _("Noted; both places read it."))
        return redirect(record)
    return show_form(request, form, _("Note a contact"), _("Note it"), back=record)


@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    record, today = open_at(request, pk, *Desk), timezone.localdate()
    acts.tick_step(by=request.user, record=record, step=request.POST.get("step", ""), on=today, at=timezone.now())
    messages.success(request, _("Noted as done."))
    return redirect(record)


@require_safe
def scan(request: Request, pk: int) -> HttpResponseBase:
    """The signed agreement, for the two places only."""
    record = at_desk(request, pk, *Desk)
    if record.agreement_scan is None:
        raise Http404
    return files.serve(record.agreement_scan)


def open_at(request: Request, pk: int, *wanted: Desk) -> FloatingRecord:
    """404 for whoever acts for none of these places, and where the record is closed."""
    record = at_desk(request, pk, *wanted)
    if record.state not in FLOATING:
        raise Http404
    return record


def destination_name(record: FloatingRecord) -> str:
    return record.destination.name if record.destination else ""


def is_short(record: FloatingRecord) -> bool:
    return bool(record.back_on and record.back_on - record.leaves_on < SHORT_STAY)


def warn_of_short_stay(request: Request, record: FloatingRecord) -> None:
    if is_short(record):
        messages.warning(
            request, _("Away for less than six months: usually not kept as a floating member. It was registered.")
        )
