"""Inquiries: the list, asking, one inquiry with its answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from members.actions import floating_inquiries as acts
from members.floating.kinds import Desk
from members.forms.floating_inquiries import AnswerForm, AskAboutForm, AskForm
from members.listings.floating_inquiries import InquiryFilter, InquiryTable
from members.models import FloatingInquiry
from members.querysets.floating import KEEP
from members.states import InquiryState
from members.views.floating_reach import at_desk, in_area, keepers_only, posts_of, show_form
from members.views.submitting import first_step, performed
from organisations.models import User
from organisations.requests import Request


@require_safe
def inquiry_list(request: Request) -> HttpResponseBase:
    keepers_only(request.user)
    inquiries = FloatingInquiry.objects.visible_to(request.user)
    return render_list(
        request,
        queryset=inquiries.select_related("asker", "asked", "record__member"),
        filterset_class=InquiryFilter,
        table_class=InquiryTable,
        title=str(_("Inquiries about floating members")),
        template="members/floating/inquiries.html",
        context={
            **first_step(
                True,
                _("No inquiry yet. When somebody arrives, the destination asks the Party organisation at home."),
                "new_floating_inquiry",
                _("Ask about somebody who arrived"),
            )
        },
    )


def new_inquiry(request: Request) -> HttpResponse:
    """About somebody who has arrived and is not registered yet."""
    user = request.user
    keepers_only(user)
    askers = posts_of(user)
    form = AskForm(request.POST or None, askers=askers, among=in_area(user))
    if inquiry := performed(request, form, acts.ask, at=timezone.now()):
        messages.success(request, _("Asked. The Party organisation at home was told, with the day."))
        return redirect(inquiry)
    return show_form(request, form, _("Ask the Party organisation at home"), pgettext("inquiry", "Ask"))


def ask_about(request: Request, pk: int) -> HttpResponse:
    """About a member who is registered: the destination asks the origin of the record."""
    record = at_desk(request, pk, Desk.DESTINATION)
    form = AskAboutForm(request.POST or None)
    places = {"asker": record.destination, "asked": record.origin}
    if inquiry := performed(request, form, acts.ask, record=record, at=timezone.now(), **places):
        messages.success(request, _("Asked. The Party organisation at home was told, with the day."))
        return redirect(inquiry)
    return show_form(request, form, _("Ask the Party organisation at home"), pgettext("inquiry", "Ask"), back=record)


def inquiry_page(request: Request, pk: int) -> HttpResponse:
    inquiry, user = reached_inquiry(request, pk), request.user
    waits = inquiry.state == InquiryState.ASKED
    may_answer = waits and user.can(KEEP, inquiry.asked)
    form = AnswerForm(request.POST or None) if may_answer else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and performed(request, form, acts.answer, inquiry=inquiry, at=timezone.now()):
        messages.success(request, _("Answered. Whoever asked was told."))
        return redirect(inquiry)
    shown = {
        "inquiry": inquiry,
        "form": form,
        "waits": waits,
        "may_withdraw": waits and user.can(KEEP, inquiry.asker),
        "may_erase": may_erase(user, inquiry),
    }
    return render(request, "members/floating/inquiry.html", shown)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    inquiry = reached_inquiry(request, pk)
    if not request.user.can(KEEP, inquiry.asker):
        raise Http404
    acts.withdraw(by=request.user, inquiry=inquiry, at=timezone.now())
    messages.success(request, _("Withdrawn."))
    return redirect(inquiry)


@require_POST
def erase(request: Request, pk: int) -> HttpResponse:
    inquiry = reached_inquiry(request, pk)
    if not may_erase(request.user, inquiry):
        raise Http404
    acts.erase_inquiry(by=request.user, inquiry=inquiry, at=timezone.now())
    messages.success(request, _("The personal data is erased."))
    return redirect(inquiry)


def may_erase(user: User, inquiry: FloatingInquiry) -> bool:
    """Of somebody who was never registered, once it is over."""
    is_over = inquiry.record is None and inquiry.state != InquiryState.ASKED and inquiry.erased_at is None
    return is_over and any(user.can(acts.ERASE, place) for place in (inquiry.asked, inquiry.asker))


def reached_inquiry(request: Request, pk: int) -> FloatingInquiry:
    inquiries = FloatingInquiry.objects.visible_to(request.user)
    return get_object_or_404(inquiries.select_related("asker", "asked", "record__member"), pk=pk)
