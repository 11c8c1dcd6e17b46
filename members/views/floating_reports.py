"""What floating members tell: entered for them, by themselves signed in, or by their personal link on a phone."""

from datetime import datetime
from typing import Any

from allauth.core.internal import ratelimit  # the public one never counts a GET, and a link is guessed by one
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.refusals import Refused
from core.requests import HtmxRequest
from members.actions import floating_reports as acts
from members.floating.halves import HalfYear, half_of
from members.floating.kinds import Channel, Desk
from members.forms.floating_reports import CheckInForm, DeedForm, DelegateForm
from members.models import CheckInLink, FloatingDeed, FloatingRecord
from members.states import AWAY
from members.views.floating_reach import at_desk, desks_of, reached, show_form
from members.views.submitting import performed
from organisations.requests import Request
from organisations.views.editing import refuse_in

PAGE, GONE = "members/floating/check_in.html", "members/floating/check_in_gone.html"
THROTTLE: dict[str, Any] = {"app": "allauth.account", "action": "check_in", "limit_get": True}
WORDS = ("work", "thinking", "skills", "difficulty", "deed-words")


def open_halves(record: FloatingRecord, now: datetime) -> list[HalfYear]:
    """Those that still want a report: the one before where they were away then, and the one that runs."""
    half = half_of(timezone.localdate(now))
    sent = {(report.year, report.half) for report in record.reports.all()}
    wanted = [half.before, half] if record.leaves_on < half.first_day else [half]
    return [each for each in wanted if (each.year, each.half) not in sent]


def may_tell(request: Request, pk: int) -> FloatingRecord:
    """The member, or somebody at one of the two places."""
    record = reached(request, pk)
    is_own = record.member.user_id == request.user.pk
    if record.state not in AWAY or not (is_own or desks_of(request.user, record)):
        raise Http404
    return record


def report(request: Request, pk: int) -> HttpResponse:
    """By the member's own account in few fields; by a delegate with the reason, the day and the channel."""
    record, now = may_tell(request, pk), timezone.now()
    is_own, today = record.member.user_id == request.user.pk, timezone.localdate(now)
    halves = open_halves(record, now)
    kind = CheckInForm if is_own else DelegateForm
    form = kind(request.POST or None, halves=halves, initial={"on": today})
    own = {"channel": Channel.ONLINE, "on": today} if is_own else {}
    if performed(request, form, acts.report_half_year, record=record, at=now, **own):
        messages.success(request, _("The report is with the Party branch at home."))
        return redirect(record)
    lead = "" if halves else _("The reports of this half-year and the one before are here already.")
    return show_form(request, form, _("Half-yearly report"), _("Send the report"), back=record, lead=lead)


def deed(request: Request, pk: int) -> HttpResponse:
    record = may_tell(request, pk)
    form = DeedForm(request.POST or None)
    if performed(request, form, acts.enter_deed, record=record, at=timezone.now()):
        messages.success(request, _("Entered. The Party branch at home confirms it."))
        return redirect(record)
    return show_form(request, form, _("Enter a deed"), _("Enter it"), back=record)


@require_POST
def confirm_deed(request: Request, pk: int, number: int) -> HttpResponse:
    record = at_desk(request, pk, Desk.ORIGIN)
    found = get_object_or_404(FloatingDeed, pk=number, record=record)
    acts.confirm_deed(by=request.user, deed=found, at=timezone.now())
    messages.success(request, _("Confirmed."))
    return redirect(record)


@never_cache
@require_POST
def make_link(request: Request, pk: int) -> HttpResponse:
    """The address itself is the answer: its token is nowhere kept, so no redirect could show it."""
    record = at_desk(request, pk, *Desk)
    link = acts.make_link(by=request.user, record=record, at=timezone.now())
    return render(request, "members/floating/link_made.html", {"record": record, "link": link})


@require_POST
def revoke_link(request: Request, pk: int) -> HttpResponse:
    record = at_desk(request, pk, *Desk)
    acts.revoke_link(by=request.user, record=record, at=timezone.now())
    messages.success(request, _("The link no longer works."))
    return redirect(record)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HtmxRequest, token: str) -> HttpResponse:
    """Public: the form of one member by their own link. Wrong tokens are counted for each address."""
    if not ratelimit.consume(request, **THROTTLE, dry_run=True):
        return ratelimit.respond_429(request)
    try:
        link = acts.open_link(token, timezone.now())
    except Refused as refusal:
        ratelimit.consume(request, **THROTTLE)
        return gone(request, refusal.sentence)
    return private(answered(request, link))


def answered(request: HtmxRequest, link: CheckInLink) -> HttpResponse:
    record, now = link.record, timezone.now()
    halves, is_deed = open_halves(record, now), request.POST.get("what") == "deed"
    form = CheckInForm(request.POST if request.POST and not is_deed else None, halves=halves)
    deed_form = DeedForm(request.POST if is_deed else None)
    try:
        if is_deed and deed_form.is_valid():
            acts.enter_deed(by=None, record=record, link=link, at=now, **deed_form.cleaned_data)
            return redirect(f"{request.path}?sent=deed")
        if request.POST and not is_deed and (form.is_valid() or sent_before(form, record)):
            return received(request, form, link, now)
    except Refused as refusal:
        if str(refusal.sentence) == str(acts.DEAD):
            return gone(request, refusal.sentence)
        refuse_in(deed_form if is_deed else form, refusal)
    shown = {"record": record, "link": link, "form": form, "deed_form": deed_form, "halves": halves}
    return render(request, PAGE, shown | {"sent": request.GET.get("sent", "")})


def received(request: HtmxRequest, form: CheckInForm, link: CheckInLink, now: datetime) -> HttpResponse:
    """The report is stored; where a double click sent it twice, the second is answered like the first."""
    if form.is_valid():
        on = timezone.localdate(now)
        acts.report_half_year(
            by=None, record=link.record, link=link, channel=Channel.ONLINE, on=on, at=now, **form.cleaned_data
        )
    return redirect(f"{request.path}?sent=report")


def sent_before(form: CheckInForm, record: FloatingRecord) -> bool:
    """Whether the very same words are here already, for the half-year that the form names."""
    year, _dash, half = form.data.get("half", "").partition("-")
    if not (year.isdecimal() and half.isdecimal() and len(year) == len("2026") and len(half) == 1):
        return False
    same = record.reports.filter(year=int(year), half=int(half), work=form.data.get("work", "").strip())
    return same.exists()


def gone(request: HtmxRequest, sentence) -> HttpResponse:
    """What was typed is shown, so that it can be copied; the address says nothing about why it does not work."""
    typed = [words for name in WORDS if (words := request.POST.get(name, "").strip())]
    return private(render(request, GONE, {"sentence": sentence, "typed": typed}, status=404))


def private(response: HttpResponse) -> HttpResponse:
    """For nobody else: no search engine keeps it, and no page it leads to learns the address."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
