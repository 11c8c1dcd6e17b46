"""Users and posts, for those who keep them."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations import actions
from organisations.forms.people import (
    AppointForm,
    DetailsForm,
    EndForm,
    InviteForm,
    NewSuccessorForm,
    SuccessorForm,
)
from organisations.keeping import keeper_only, keeps, people_kept_by, posts_kept_by
from organisations.lists import UserFilter, UserTable
from organisations.models import Appointment, Organisation, User
from organisations.open_matters import open_matters
from organisations.policies import givable_roles
from organisations.requests import Request

FORM = "organisations/people/form.html"


@keeper_only
def user_list(request: Request) -> HttpResponseBase:
    current = Prefetch(
        "appointments", Appointment.objects.current().select_related("organisation"), to_attr="current_posts"
    )
    return render_list(
        request,
        queryset=people_kept_by(request.user).prefetch_related(current),
        filterset_class=UserFilter,
        table_class=UserTable,
        title=_("Users and posts"),
        template="organisations/people/user_list.html",
    )


@keeper_only
def user(request: Request, pk: int) -> HttpResponse:
    return show_person(request, get_object_or_404(people_kept_by(request.user), pk=pk))


@keeper_only
@require_POST
def user_phone(request: Request, pk: int) -> HttpResponse:
    """The page again, with the number in full; the reading is recorded."""
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    phone = actions.read_phone(by=request.user, person=person, at=timezone.now())
    return show_person(request, person, phone_in_full=phone)


def show_person(request: Request, person: User, **context) -> HttpResponse:
    posts = person.appointments.select_related("organisation", "predecessor__user").order_by("-since", "-pk")
    shown = {
        "person": person,
        "posts_held": [(post, keeps(request.user, post)) for post in posts],
        "today": timezone.localdate(),
        "invitation": person.invitations.filter(used_at=None, revoked_at=None).first(),
        "may_read_phone": request.user.can("personal.read"),
        "may_read_history": request.user.can("history.read"),
        **context,
    }
    return render(request, "organisations/people/user.html", shown)


@keeper_only
@never_cache
def invite(request: Request) -> HttpResponse:
    """On success the slip itself is the answer: the code is nowhere kept, so no redirect could show it."""
    form = InviteForm(request.POST or None, initial=place(request), **offered(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.invite(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return slip(request, invitation)
    return show_form(request, form, _("Invite a person"), _("Invite and print the code"))


@keeper_only
def appoint(request: Request, pk: int) -> HttpResponse:
    """One more post for somebody who is known here."""
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    form = AppointForm(request.POST or None, initial=place(request), **offered(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            actions.appoint(by=request.user, user=person, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("%(name)s holds the post.") % {"name": person.name})
            return redirect(person)
    return show_form(request, form, _("A post for %(name)s") % {"name": person.name}, _("Give the post"), person)


@keeper_only
def end_appointment(request: Request, pk: int) -> HttpResponse:
    post = get_object_or_404(posts_kept_by(request.user), pk=pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_appointment(by=request.user, appointment=post, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("The post ends on that day."))
            return redirect(post.user)
    title = _("End: %(post)s, %(name)s") % {"post": post, "name": post.user.name}
    return show_form(request, form, title, _("End the post"), post.user, danger=True)


@keeper_only
def edit_user(request: Request, pk: int) -> HttpResponse:
    """Name and number, after the invitation."""
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    form = DetailsForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_details(by=request.user, user=person, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(person)
    return show_form(request, form, _("Name and number of %(name)s") % {"name": person.name}, _("Save"), person)


@keeper_only
@require_safe
def post_matters(request: Request, pk: int) -> HttpResponse:
    """Everything open in the hands of this person in this post, to be printed and handed over with it."""
    post = get_object_or_404(posts_kept_by(request.user), pk=pk)
    context = {"post": post, "matters": open_matters(post), "today": timezone.localdate()}
    return render(request, "organisations/people/matters.html", context)


@keeper_only
def hand_over(request: Request, pk: int) -> HttpResponse:
    """To somebody known here, in one step."""
    post = get_object_or_404(posts_kept_by(request.user), pk=pk)
    form = SuccessorForm(request.POST or None, initial={"on": timezone.localdate()}, among=people_kept_by(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.hand_over(by=request.user, appointment=post, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("%(name)s takes over the post.") % {"name": new.user.name})
            return redirect(new.user)
    title = _("Hand over: %(post)s") % {"post": post}
    matters = open_matters(post)
    return show_form(request, form, title, _("Hand over"), post.user, post=post, matters=matters)


@keeper_only
@never_cache
def hand_over_to_new(request: Request, pk: int) -> HttpResponse:
    """To a new person: the answer is the slip with the code."""
    post = get_object_or_404(posts_kept_by(request.user), pk=pk)
    form = NewSuccessorForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = actions.hand_over_to_new(
                by=request.user, appointment=post, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return slip(request, invitation)
    title = _("Hand over to a new person: %(post)s") % {"post": post}
    matters = open_matters(post)
    submit = _("Hand over and print the code")
    return show_form(request, form, title, submit, post.user, leaving=post, matters=matters)


@keeper_only
@require_POST
@never_cache
def reissue(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    return slip(request, actions.reissue(by=request.user, user=person, at=timezone.now()))


@keeper_only
@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    actions.revoke(by=request.user, user=person, at=timezone.now())
    messages.success(request, _("The code is void."))
    return redirect(person)


@keeper_only
@require_POST
def suspend(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    actions.suspend(by=request.user, user=person)
    messages.success(request, _("%(name)s can't sign in any more.") % {"name": person.name})
    return redirect(person)


@keeper_only
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    person = get_object_or_404(people_kept_by(request.user), pk=pk)
    actions.restore(by=request.user, user=person)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
    return redirect(person)


def slip(request: Request, invitation) -> HttpResponse:
    context = {"invitation": invitation, "address": request.build_absolute_uri("/invitation/")}
    return render(request, "organisations/people/slip.html", context)


def offered(keeper: User) -> dict:
    return {
        "roles": givable_roles(keeper),
        "among": Organisation.objects.managed_by(keeper, "appointment.manage"),
    }


def place(request: Request) -> dict:
    """`?at=` comes from the page of an organisation; one out of reach is not filled in."""
    at = request.GET.get("at", "")
    organisations = Organisation.objects.managed_by(request.user, "appointment.manage")
    organisation = organisations.filter(pk=at).first() if at.isdecimal() else None
    return {"organisation": organisation.division_code or organisation.name} if organisation else {}


def show_form(request: Request, form, title: str, submit: str, person=None, **context) -> HttpResponse:
    return render(request, FORM, {"form": form, "title": title, "submit": submit, "person": person, **context})
