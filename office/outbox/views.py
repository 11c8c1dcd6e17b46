"""The outbox, the robots of groups, and how a person is told."""

from django.conf import settings
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.listing import MOST_COUNTED, render_list
from core.refusals import Refused
from office.models import Attempt, GroupChannel, Outgoing
from office.outbox import actions
from office.outbox.composing import choice_of
from office.outbox.forms import ChannelsForm, GroupChannelForm
from office.outbox.lists import GroupChannelFilter, GroupChannelTable, OutgoingFilter, OutgoingTable
from office.outbox.wording import short_text
from organisations.models import Organisation
from organisations.requests import Request

SHOWN = 10
WATCH, KEEP = "job.manage", "channel.manage"


def visible_outgoing(request: Request, pk: int) -> Outgoing:
    rows = Outgoing.objects.visible_to(request.user).select_related("recipient", "group", "organisation", "handled_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def outbox(request: Request) -> HttpResponseBase:
    if not request.user.can(WATCH):
        raise Http404
    found = Outgoing.objects.visible_to(request.user)
    return render_list(
        request,
        queryset=found.select_related("recipient", "group"),
        filterset_class=OutgoingFilter,
        table_class=OutgoingTable,
        title=_("Outbox"),
        template="office/outbox/list.html",
        context={
            "undelivered": found.undelivered().count(),
            "mail_leaves": bool(settings.EMAIL_HOST),
            "empty_sentence": _("Nothing has been sent to the outside yet."),
        },
        most=MOST_COUNTED,
    )


@require_safe
def outgoing(request: Request, pk: int) -> HttpResponse:
    found = visible_outgoing(request, pk)
    shown = {"outgoing": found, "text": short_text(found), "attempts": found.attempts.all()}
    return render(request, "office/outbox/outgoing.html", shown)


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    found = actions.resend(by=request.user, outgoing=visible_outgoing(request, pk), at=timezone.now())
    messages.success(request, _("It is sent again."))
    return redirect(found)


@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    found = actions.give_up(by=request.user, outgoing=visible_outgoing(request, pk), at=timezone.now())
    messages.success(request, _("Given up: it is not sent any more."))
    return redirect(found)


@require_POST
def resend_all(request: Request) -> HttpResponse:
    if not request.user.can(WATCH):
        raise Http404
    count = actions.resend_all(by=request.user, at=timezone.now())
    words = ngettext("%(count)s message is sent again.", "%(count)s messages are sent again.", count)
    messages.success(request, words % {"count": count})
    return redirect("outbox")


@require_safe
def group_channels(request: Request) -> HttpResponseBase:
    if not request.user.can(KEEP):
        raise Http404
    return render_list(
        request,
        queryset=GroupChannel.objects.visible_to(request.user).select_related("organisation").in_use_first(),
        filterset_class=GroupChannelFilter,
        table_class=GroupChannelTable,
        title=_("Group robots"),
        template="office/outbox/groups.html",
        context={"empty_sentence": _("No group has a robot yet. Add one, and the group is told how many are behind.")},
    )


def add_group_channel(request: Request) -> HttpResponse:
    if not request.user.can(KEEP):
        raise Http404
    among = Organisation.objects.managed_by(request.user, KEEP)
    form = GroupChannelForm(request.POST or None, among=among)
    if request.method == "POST" and form.is_valid():
        try:
            channel = actions.add_group_channel(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("address", refusal.sentence)
        else:
            messages.success(request, _("Added. Send a trial to see that it arrives."))
            return redirect(channel)
    return render(request, "office/outbox/add_group.html", {"form": form})


def visible_group(request: Request, pk: int) -> GroupChannel:
    found = GroupChannel.objects.visible_to(request.user).select_related("organisation", "made_by", "off_by")
    return get_object_or_404(found, pk=pk)


@require_safe
def group_channel(request: Request, pk: int) -> HttpResponse:
    channel = visible_group(request, pk)
    last = Attempt.objects.filter(outgoing=OuterRef("pk")).order_by("-begun_at", "-pk").values("answer")[:1]
    sent = channel.outgoing.annotate(last_answer=Subquery(last))[:SHOWN]
    may_read_history = request.user.can("history.read", channel.organisation)
    shown = {"channel": channel, "sent": sent, "may_read_history": may_read_history}
    return render(request, "office/outbox/group.html", shown)


@require_POST
def try_group_channel(request: Request, pk: int) -> HttpResponse:
    channel = visible_group(request, pk)
    actions.try_group_channel(by=request.user, channel=channel, at=timezone.now())
    messages.success(request, _("The trial is on its way. Load this page again to see whether it was taken."))
    return redirect(channel)


@require_POST
def switch_off_group_channel(request: Request, pk: int) -> HttpResponse:
    channel = actions.switch_off(by=request.user, channel=visible_group(request, pk), at=timezone.now())
    messages.success(request, _("Switched off: nothing is sent to this group any more."))
    return redirect(channel)


def my_channels(request: Request) -> HttpResponse:
    """A page of one's own account: by which channels one is told, and when not."""
    form = ChannelsForm(request.POST or None, person=request.user, choice=choice_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose_channels(by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my_channels")
    shown = {"form": form, "mail_leaves": bool(settings.EMAIL_HOST)}
    return render(request, "office/outbox/mine.html", shown)
