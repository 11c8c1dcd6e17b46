"""The forum of lunar month 12: the list, the sheet to print, what each member reported."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.lunar import lunar_year_of, twelfth_month
from members.actions import floating_forum as acts
from members.floating.forums import invited, sheet
from members.forms.floating_forum import EntryForm, ForumForm, HeldForm
from members.listings.floating_lists import ForumTable, PlaceFilter
from members.models import FloatingForum
from members.views.floating_reach import keepers_only, posts_of, show_form
from members.views.submitting import first_step, performed
from organisations.requests import Request


@require_safe
def forum_list(request: Request) -> HttpResponseBase:
    keepers_only(request.user)
    forums = FloatingForum.objects.visible_to(request.user).select_related("place")
    counted = forums.annotate(
        came=Count("entries", filter=Q(entries__attended=True)),
        appraised=Count("entries", filter=~Q(entries__appraisal="") & Q(entries__isnull=False)),
    )
    return render_list(
        request,
        queryset=counted,
        filterset_class=PlaceFilter,
        table_class=ForumTable,
        title=str(_("Forums in lunar month 12")),
        template="members/floating/forums.html",
        context={
            "month": twelfth_month(lunar_year_of(timezone.localdate())),
            **first_step(
                True,
                _("No forum yet. Before the Spring Festival those who are away come home and report."),
                "new_floating_forum",
                _("Prepare a forum"),
            ),
        },
    )


def new_forum(request: Request) -> HttpResponse:
    keepers_only(request.user)
    start = {"lunar_year": lunar_year_of(timezone.localdate())}
    form = ForumForm(request.POST or None, places=posts_of(request.user), initial=start)
    if forum := performed(request, form, acts.open_forum, at=timezone.now()):
        return redirect(forum)
    return show_form(request, form, _("Prepare a forum"), _("Prepare the sheet"))


def forum_page(request: Request, pk: int) -> HttpResponse:
    """The sheet: everybody invited, with room for report and appraisal on paper; what was noted stands in it."""
    forum = reached_forum(request, pk)
    form = HeldForm(request.POST or None, initial={"on": forum.held_on})
    if performed(request, form, acts.hold_forum, forum=forum, at=timezone.now()):
        messages.success(request, _("Noted. Now enter what each member reported."))
        return redirect(forum)
    shown = {"forum": forum, "lines": sheet(forum), "month": twelfth_month(forum.lunar_year), "form": form}
    return render(request, "members/floating/forum.html", shown)


def forum_entry(request: Request, pk: int, number: int) -> HttpResponse:
    forum = reached_forum(request, pk)
    record = get_object_or_404(invited(forum), pk=number)
    known = forum.entries.filter(record=record).first()
    names = ("attended", "report", "appraisal", "opinions")
    start = {name: getattr(known, name) for name in names} if known else {}
    form = EntryForm(request.POST or None, initial=start)
    if performed(request, form, acts.note_entry, forum=forum, record=record, at=timezone.now()):
        messages.success(request, _("Noted."))
        return redirect(forum)
    title = _("Duty report of %(name)s") % {"name": record}
    return show_form(request, form, title, _("Note it"), back=forum)


def reached_forum(request: Request, pk: int) -> FloatingForum:
    return get_object_or_404(FloatingForum.objects.visible_to(request.user).select_related("place"), pk=pk)
