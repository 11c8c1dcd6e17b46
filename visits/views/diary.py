"""The diary: one's own, an entry, the booklet for print, the leader's review, the way into the issue ledger."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from members.models import Member
from organisations.models import User
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.models import Issue, Pairing
from visits import diaries
from visits.actions import diary as acts
from visits.forms.diary import EntryForm, FoundForm, ReviewForm
from visits.listings.diaries import DiaryFilter, DiaryTable
from visits.models import Diary, DiaryEntry
from visits.querysets.diary import REVIEW

SHOWN = 30
RELATED = ("diary__member__organisation", "diary__round__scheme_version", "village", "written_by", "reviewed_by")


@require_safe
def my_diary(request: Request) -> HttpResponse:
    """The page; asked for by htmx, the part of it that stands on the first page of whoever keeps one."""
    member = diaries.member_of(request.user)
    if request.htmx and member is None:
        return HttpResponse()
    own = DiaryEntry.objects.filter(diary__member__user=request.user).select_related("village")
    shown = {"member": member, "entries": list(own[: 1 if request.htmx else SHOWN])}
    if request.htmx:
        return render(request, "visits/diary/panel.html", shown)
    kept = Diary.objects.filter(member__user=request.user).select_related("round__scheme_version")
    return render(request, "visits/diary/mine.html", shown | {"diaries": list(kept), "most": SHOWN})


def new_entry(request: Request) -> HttpResponse:
    member = own_member(request.user)
    form = EntryForm(request.POST or None, villages=diaries.villages_of(member))
    if request.method == "POST" and form.is_valid():
        try:
            key, at = form.cleaned_data["key"], timezone.now()
            entry = acts.write_entry(by=request.user, trip=form.trip, key=key, at=at)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Written into your diary."))
            return redirect(entry)
    return render(request, "visits/diary/form.html", {"form": form, "title": _("Write in the diary")})


def edit_entry(request: Request, pk: int) -> HttpResponse:
    entry = own_entry(request.user, pk)
    if entry.reviewed_at is not None:
        raise Http404
    start = {name: getattr(entry, name) for name in ("on", "village", "did", "solved", "reflection", "key")}
    form = EntryForm(request.POST or None, villages=diaries.villages_of(entry.diary.member), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_entry(by=request.user, entry=entry, trip=form.trip, at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(entry)
    return render(request, "visits/diary/form.html", {"form": form, "entry": entry, "title": _("Change the entry")})


@require_safe
def entry_page(request: Request, pk: int) -> HttpResponse:
    return show_entry(request, visible_entry(request.user, pk))


def show_entry(request: Request, entry: DiaryEntry, form: ReviewForm | None = None) -> HttpResponse:
    user, member = request.user, entry.diary.member
    is_own = member.user_id == user.pk
    found = Issue.objects.visible_to(user).filter(source=Issue.Source.DIARY, source_url=entry.get_absolute_url())
    shown = {
        "entry": entry,
        "is_own": is_own,
        "may_change": is_own and entry.reviewed_at is None,
        "may_review": not is_own and user.can(REVIEW, member.organisation),
        "issues": list(found),
        "form": form or ReviewForm(initial={"mark": entry.mark, "words": entry.review_words}),
    }
    return render(request, "visits/diary/entry.html", shown)


@require_POST
def review(request: Request, pk: int) -> HttpResponse:
    entry = visible_entry(request.user, pk)
    if entry.diary.member.user_id == request.user.pk or not request.user.can(REVIEW, entry.diary.member.organisation):
        raise Http404
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return show_entry(request, entry, form)
    acts.review_entry(by=request.user, entry=entry, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Reviewed. The author was told."))
    return redirect(entry)


def raise_issue(request: Request, pk: int) -> HttpResponse:
    entry = own_entry(request.user, pk)
    about = diaries.ledger_place(entry)
    kinds = {str(kind.key): kind.name for kind in about.round.rules.issue_kinds} if isinstance(about, Pairing) else {}
    form = FoundForm(request.POST or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            acts.raise_from_entry(by=request.user, entry=entry, about=about, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Raised. Whoever has to act was told."))
            return redirect(entry)
    return render(request, "visits/diary/raise.html", {"form": form, "entry": entry, "about": about})


@require_safe
def booklet(request: Request, pk: int) -> HttpResponse:
    """All entries in the order of the days, with the cover of the edition, to be read and printed on A4 (XY-21)."""
    kept = Diary.objects.visible_to(request.user).select_related("member__organisation", "round__scheme_version")
    diary = get_object_or_404(kept, pk=pk)
    entries = diary.entries.select_related("village", "reviewed_by").order_by("on", "pk")
    return render(request, "visits/diary/booklet.html", {"diary": diary, "entries": list(entries)})


@require_safe
def diary_list(request: Request) -> HttpResponseBase:
    if not request.user.can(REVIEW):
        raise Http404
    return render_list(
        request,
        queryset=diaries.keepers(request.user).with_nearness(request.user),
        filterset_class=DiaryFilter,
        table_class=DiaryTable,
        title=_("Diaries to review"),
        template="visits/diary/list.html",
        context={"empty_sentence": _("Nobody of your organisations takes part in a round that wants diaries.")},
    )


def own_member(user: User) -> Member:
    member = diaries.member_of(user)
    if member is None:
        raise Http404
    return member


def visible_entry(user: User, pk: int) -> DiaryEntry:
    return get_object_or_404(DiaryEntry.objects.visible_to(user).select_related(*RELATED), pk=pk)


def own_entry(user: User, pk: int) -> DiaryEntry:
    return get_object_or_404(
        DiaryEntry.objects.filter(diary__member__user=user).select_related(*RELATED, "diary__member__user"), pk=pk
    )
