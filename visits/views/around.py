"""What stands around the activities of pairings: investment leads, joint meetings of committees (XY-23, SF-22)."""

from django.contrib import messages
from django.db.models import Q
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
from pairing.models import Pairing
from visits.actions import around as acts
from visits.forms.around import LeadForm, MeetingForm, StageForm
from visits.listings.around import LeadFilter, LeadTable, MeetingFilter, MeetingTable
from visits.models import CommitteeMeeting, InvestmentLead


@require_safe
def investment_leads(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=InvestmentLead.objects.visible_to(request.user).select_related("village", "unit"),
        filterset_class=LeadFilter,
        table_class=LeadTable,
        title=_("Investment leads"),
        template="visits/around/leads.html",
        context={
            "may_add": may_bring(request.user),
            "empty_sentence": _("No firm is being won for a village yet. Record one as soon as talks begin."),
        },
    )


def may_bring(user: User) -> bool:
    return user.can(acts.EDIT) or user.can(acts.LOG)


def villages_for(user: User):
    """Those for which the user may record leads."""
    paired = Pairing.objects.standing().filter(within(user.scopes(acts.LOG), "unit__path")).order_by()
    own = within(user.scopes(acts.EDIT)) | within(user.scopes(acts.LOG)) | Q(pk__in=paired.values("village"))
    return Organisation.objects.filter(own).villages().open()


def new_lead(request: Request) -> HttpResponse:
    if not may_bring(request.user):
        raise Http404
    villages = villages_for(request.user)
    first = list(villages[:2])
    start = {"village": first[0].name} if len(first) == 1 else {}
    form = LeadForm(request.POST or None, among=villages, initial=start)
    if lead := performed(request, form, acts.record_lead, at=timezone.now()):
        messages.success(request, _("Recorded. Both sides see it."))
        return redirect(lead)
    leads = _("Investment leads")
    return form_page(request, form, _("Record an investment lead"), back=reverse("investment_leads"), back_name=leads)


def investment_lead(request: Request, pk: int) -> HttpResponse:
    """What it is, how far it is, and the next stage for whoever deals with it."""
    leads = InvestmentLead.objects.visible_to(request.user).select_related("village", "unit", "recorded_by")
    lead = get_object_or_404(leads, pk=pk)
    may_move = acts.brings(request.user, lead.village)
    form = StageForm(request.POST or None, now=lead.stage)
    if request.method == "POST" and not may_move:
        raise Http404
    if performed(request, form, acts.move_lead, lead=lead, at=timezone.now()):
        messages.success(request, _("Noted."))
        return redirect(lead)
    steps = lead.steps.select_related("noted_by")
    shown = {"lead": lead, "steps": list(steps), "form": form if may_move else None}
    return render(request, "visits/around/lead.html", shown)


@require_safe
def committee_meetings(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=CommitteeMeeting.objects.visible_to(request.user).select_related("organisation"),
        filterset_class=MeetingFilter,
        table_class=MeetingTable,
        title=_("Joint meetings of the committee"),
        template="visits/around/meetings.html",
        context={
            "may_add": request.user.can(acts.HOLD),
            "empty_sentence": _("No joint meeting of the committee is recorded yet."),
        },
    )


def new_meeting(request: Request) -> HttpResponse:
    organisation = holding(request.user)
    form = MeetingForm(request.POST or None, initial={"on": timezone.localdate()})
    if meeting := performed(request, form, acts.record_meeting, organisation=organisation, at=timezone.now()):
        messages.success(request, _("Recorded. Everybody below the committee can read it."))
        return redirect(meeting)
    title, meetings = _("Record a joint meeting"), _("Joint meetings of the committee")
    return form_page(request, form, title, back=reverse("committee_meetings"), back_name=meetings, about=organisation)


def holding(user: User) -> Organisation:
    """The committee for which the user organises rounds."""
    post = next((post for post in user.posts if post.grants(acts.HOLD)), None)
    if post is None:
        raise Http404
    return get_object_or_404(Organisation, path=post.reach(acts.HOLD))


@require_safe
def committee_meeting(request: Request, pk: int) -> HttpResponse:
    meetings = CommitteeMeeting.objects.visible_to(request.user).select_related("organisation", "recorded_by")
    return render(request, "visits/around/meeting.html", {"meeting": get_object_or_404(meetings, pk=pk)})
