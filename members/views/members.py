"""The roster of members and cadres: list, one of them, and its forms."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from members.actions import members as acts
from members.actions.moving import Moved, outlook
from members.actions.moving import move_member as move
from members.forms.members import EndRegistrationForm, MemberForm, MoveForm, RegistrationForm
from members.helping import line_to, lines_of
from members.listings.members import MemberFilter, MemberTable, rosters, with_helped_count
from members.listings.places import chosen_presence
from members.models import Member, Registration
from members.nearness import Reader, Rosterable
from members.reading import page_of
from members.views.submitting import entered, first_step, performed, roster_form
from organisations.models import Organisation
from organisations.requests import Request
from organisations.views.editing import refuse_in


@require_safe
def member_list(request: Request) -> HttpResponseBase:
    visible = Member.objects.visible_to(request.user)
    rows = chosen_presence(visible, request.GET.get("presence", ""))
    return render_list(
        request,
        queryset=with_helped_count(rows.with_nearness(request.user).select_related("organisation")),
        filterset_class=MemberFilter,
        table_class=MemberTable,
        title=_("Members and cadres"),
        is_long=True,
        template="members/member_list.html",
        context={
            "rosters": [] if request.htmx.target == "list" else rosters(visible.present()),
            "chosen": request.GET.get("roster", ""),
            "may_add": (keeps := request.user.can("member.edit")),
            **first_step(keeps, _("Nobody stands on this roster yet."), "add_member", _("Add a member or cadre")),
        },
    )


@require_safe
def member(request: Request, pk: int) -> HttpResponse:
    return show_member(request, readable_member(request, pk))


def readable_member(request: Request, pk: int) -> Member:
    found = Member.objects.visible_to(request.user).select_related("organisation", "user")
    return get_object_or_404(found, pk=pk)


def show_member(request: Request, member: Member, **context) -> HttpResponse:
    shown = page_of(member, Reader(request.user)) | {
        "registrations": member.registrations.select_related("organisation"),
        **context,
    }
    shown["may_move"] = shown["may_keep"] and shown["is_kept"] and keeps_others(request, member)
    return render(request, "members/member.html", shown)


def keeps_others(request: Request, member: Member) -> bool:
    """Whether there is another roster to which the reader may move somebody."""
    home = member.organisation
    return home.numchild > 0 or any(scope != home.path for scope in request.user.scopes("member.edit"))


def kept_member(request: Request, pk: int) -> Member:
    """404 for whoever sees the member without keeping the roster."""
    return get_object_or_404(Member.objects.kept_by(request.user).select_related("organisation", "user"), pk=pk)


def add_member(request: Request) -> HttpResponse:
    if not request.user.can("member.edit"):
        raise Http404
    form = MemberForm(request.POST or None, by=request.user, initial={"organisation": own_place(request)})
    if added := entered(request, form, acts.add_member, "organisation"):
        messages.success(request, _("%(name)s stands on the roster.") % {"name": added.full_name})
        return redirect(added)
    return roster_form(request, form, _("Add a member or cadre"), _("Add"), kind="member")


def own_place(request: Request) -> str:
    """The organisation of the post in which rosters are kept, where there is only one."""
    places = {post.organisation.name for post in request.user.posts if post.grants("member.edit")}
    return places.pop() if len(places) == 1 else ""


def edit_member(request: Request, pk: int) -> HttpResponse:
    member = kept_member(request, pk)
    instance = Member.objects.select_related("user").get(pk=pk)
    form = MemberForm(request.POST or None, by=request.user, instance=instance)
    if entered(request, form, acts.change_member, member=member):
        messages.success(request, _("Saved."))
        return redirect(member)
    return roster_form(request, form, _("Change %(name)s") % {"name": member.full_name}, _("Save"), record=member)


def move_member(request: Request, pk: int) -> HttpResponse:
    """Once a place is chosen from which some pairs can't go on, these are listed before anything happens."""
    member = kept_member(request, pk)
    among = others_kept(request, member)
    form = MoveForm(request.POST or None, among=among)
    ending = []
    if request.method == "POST" and form.is_valid():
        try:
            moved = move(by=request.user, member=member, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
            ending = outlook(member, form.cleaned_data["to"]).ending
        else:
            tell_moved(request, moved)
            return redirect(member)
    reader = Reader(request.user)
    lines = [line_to(pair.target if pair.helper == member else pair.helper, pair, reader) for pair in ending]
    shown = {"form": form, "record": member, "kind": "member", "name": reader.name_of(member), "ending": lines}
    return render(request, "members/move.html", shown | {"lines": lines_of(member, reader)})


def others_kept(request: Request, member: Member) -> QuerySet[Organisation]:
    return Organisation.objects.open().managed_by(request.user, "member.edit").exclude(pk=member.organisation_id)


def tell_moved(request: Request, moved: Moved) -> None:
    words = {"name": moved.member.organisation.name, "count": moved.going_on, "ended": moved.ended}
    messages.success(request, _("Moved to %(name)s. Pairs that go on: %(count)s; that ended: %(ended)s.") % words)
    tell_gaps(request, moved.gaps, Reader(request.user))


def tell_gaps(request: Request, gaps: Sequence[Rosterable], reader: Reader) -> None:
    """Whom nobody helps any more."""
    if gaps:
        names = "、".join(reader.name_of(record) for record in gaps)
        words = _("Nobody helps these any more (%(count)s): %(names)s. Say who does from now on.")
        messages.warning(request, words % {"count": len(gaps), "names": names})


def register_member(request: Request, pk: int) -> HttpResponse:
    member = kept_member(request, pk)
    area = member.organisation.path[: Organisation.steplen]
    form = RegistrationForm(request.POST or None, among=Organisation.objects.open().filter(path__startswith=area))
    if made := performed(request, form, acts.register_member, member=member):
        messages.success(request, _("Registered: %(registration)s.") % {"registration": made})
        return redirect(member)
    title = _("Register %(name)s at work or at home") % {"name": member.full_name}
    return roster_form(request, form, title, _("Register"), record=member)


def end_registration(request: Request, pk: int) -> HttpResponse:
    """By whoever keeps the roster of the member, or that of the place where the member is registered."""
    kept = Registration.objects.select_related("organisation")
    found = get_object_or_404(kept, pk=pk)
    member = readable_member(request, found.member_id)
    if not any(request.user.can("member.edit", place) for place in (member.organisation, found.organisation)):
        raise Http404
    form = EndRegistrationForm(request.POST or None, initial={"on": timezone.localdate()})
    if performed(request, form, acts.end_registration, registration=found):
        messages.success(request, _("It ends on that day."))
        return redirect(member)
    return roster_form(request, form, _("End: %(link)s") % {"link": found}, _("End"), record=member, danger=True)
