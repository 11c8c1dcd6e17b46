"""On-site meetings: the list, announcing one, its page with what follows."""

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
from organisations.models import User
from organisations.requests import Request
from reports.actions import meetings as acts
from reports.forms.praise import HeldForm, MeetingForm, ReasonForm
from reports.holding import inspecting, rounds_of
from reports.listings.praise import MeetingFilter, MeetingTable
from reports.models import OnsiteMeeting
from reports.praise.states import MeetingState


@require_safe
def meeting_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=OnsiteMeeting.objects.visible_to(request.user).select_related("organisation", "venue"),
        filterset_class=MeetingFilter,
        table_class=MeetingTable,
        title=_("On-site meetings"),
        template="reports/meetings/list.html",
        context={
            "may_announce": request.user.can(acts.HOLD),
            "empty_sentence": _("No on-site meeting was announced yet."),
        },
    )


def new_meeting(request: Request) -> HttpResponse:
    organisation = inspecting(request.user)
    form = MeetingForm(request.POST or None, rounds=rounds_of(request.user), below=organisation)

    def announce(*, by: User, **fields) -> OnsiteMeeting:
        plan, at = MeetingForm.plan_of(fields), timezone.now()
        return acts.announce_meeting(by=by, organisation=organisation, round=fields["round"], plan=plan, at=at)

    if meeting := performed(request, form, announce):
        messages.success(request, _("Announced. Those who are asked to come are told."))
        return redirect(meeting)
    title, back, back_name = _("Announce an on-site meeting"), reverse("onsite_meetings"), _("On-site meetings")
    return form_page(request, form, title, back=back, back_name=back_name, about=organisation)


@require_safe
def meeting_page(request: Request, pk: int) -> HttpResponse:
    meeting = visible(request.user, pk)
    holds = request.user.can(acts.HOLD, meeting.organisation) and meeting.state == MeetingState.PLANNED
    return render(request, "reports/meetings/page.html", {"meeting": meeting, "holds": holds})


def edit_meeting(request: Request, pk: int) -> HttpResponse:
    meeting = planned(request.user, pk)
    now = {name: getattr(meeting, name) for name in ("title", "on", "about", "to")} | {"venue": meeting.venue.name}
    form = MeetingForm(request.POST or None, rounds=None, below=meeting.organisation, initial=now)

    def change(*, by: User, **fields) -> OnsiteMeeting:
        return acts.change_meeting(by=by, meeting=meeting, plan=MeetingForm.plan_of(fields), at=timezone.now())

    if performed(request, form, change):
        messages.success(request, _("Changed; those who are asked to come are told."))
        return redirect(meeting)
    return form_page(request, form, _("Change the meeting"), back=meeting.get_absolute_url(), back_name=meeting.title)


def record_meeting(request: Request, pk: int) -> HttpResponse:
    meeting = planned(request.user, pk)
    form = HeldForm(request.POST or None, initial={"on": min(meeting.on, timezone.localdate())})
    if performed(request, form, acts.record_meeting, meeting=meeting, at=timezone.now()):
        messages.success(request, _("Recorded. Everybody below the committee can read it."))
        return redirect(meeting)
    title, back = _("Record the meeting"), meeting.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=meeting.title, about=meeting.venue)


def call_off_meeting(request: Request, pk: int) -> HttpResponse:
    meeting = planned(request.user, pk)
    form = ReasonForm(request.POST or None)
    if performed(request, form, acts.call_off_meeting, meeting=meeting, at=timezone.now()):
        messages.success(request, _("Called off; those who were asked to come are told."))
        return redirect(meeting)
    title, back = _("Call the meeting off"), meeting.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=meeting.title, submit=title)


def visible(user: User, pk: int) -> OnsiteMeeting:
    rows = OnsiteMeeting.objects.visible_to(user)
    return get_object_or_404(rows.select_related("organisation", "round", "venue", "planned_by", "recorded_by"), pk=pk)


def planned(user: User, pk: int) -> OnsiteMeeting:
    """One that can still be changed, of a committee for which the user holds meetings."""
    meeting = visible(user, pk)
    if not user.can(acts.HOLD, meeting.organisation) or meeting.state != MeetingState.PLANNED:
        raise Http404
    return meeting
