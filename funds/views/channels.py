"""The directory of donation channels (SH-51): for everybody signed in below the committee that keeps it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from funds.actions import channels as acts
from funds.forms.channels import ChannelForm
from funds.listings.channels import ChannelFilter, ChannelTable
from funds.models import DonationChannel
from funds.querysets.channels import KEEP
from members.views.submitting import entered, first_step, form_page
from organisations.models import Organisation
from organisations.requests import Request


@require_safe
def channel_list(request: Request) -> HttpResponseBase:
    may_list = request.user.can(KEEP)
    sentence = _("No channel is listed yet: foundations, the Red Cross, departments that give a receipt.")
    return render_list(
        request,
        queryset=DonationChannel.objects.visible_to(request.user).listed().select_related("area"),
        filterset_class=ChannelFilter,
        table_class=ChannelTable,
        title=_("Donation channels"),
        template="funds/channels/list.html",
        context={"may_list": may_list} | first_step(may_list, sentence, "new_channel", _("List a channel")),
    )


@require_safe
def channel(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(DonationChannel.objects.visible_to(request.user).select_related("area"), pk=pk)
    may_keep = found.ended_at is None and request.user.can(KEEP, found.area)
    return render(request, "funds/channels/page.html", {"channel": found, "may_keep": may_keep})


def new_channel(request: Request) -> HttpResponse:
    area = keeping_area(request)
    form = ChannelForm(request.POST or None)
    if made := entered(request, form, acts.list_channel, area=area, at=timezone.now()):
        messages.success(request, _("Listed. The units of your area can see it."))
        return redirect(made)
    return form_page(request, form, _("List a channel"), back=reverse("channels"), back_name=_("Donation channels"))


def keeping_area(request: Request) -> Organisation:
    """The committee for which the user keeps the directory."""
    post = next((post for post in request.user.posts if post.grants(KEEP)), None)
    if post is None:
        raise Http404
    return get_object_or_404(Organisation, path=post.reach(KEEP))


def edit_channel(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(DonationChannel.objects.kept_by(request.user).listed(), pk=pk)
    form = ChannelForm(request.POST or None, initial={name: getattr(found, name) for name in ChannelForm.base_fields})
    if entered(request, form, acts.change_channel, channel=found):
        messages.success(request, _("Saved."))
        return redirect(found)
    return form_page(request, form, _("Change a channel"), back=found.get_absolute_url(), back_name=found.name)


@require_POST
def end_channel(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(DonationChannel.objects.kept_by(request.user).listed(), pk=pk)
    acts.end_channel(by=request.user, channel=found, at=timezone.now())
    messages.success(request, _("Taken off the list; it stays readable in the history."))
    return redirect("channels")
