"""Good cases: the list, handing one in, the page of one with its steps; what everybody reads without sign-in."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.listing import render_list
from core.refusals import Refused
from core.requests import HtmxRequest
from members.views.submitting import form_page, performed
from organisations.models import User
from organisations.requests import Request
from pairing.models import Round
from reports.actions import good_cases as acts
from reports.circulars.sending import reading_permission
from reports.forms.praise import GoodCaseForm, PublishForm, RemarkForm, WithdrawCaseForm
from reports.listings.praise import GoodCaseFilter, GoodCaseTable
from reports.models import GoodCase
from reports.praise.authors import authors_for, may_author, own_first
from reports.praise.states import GoodCaseState

PERSONAL = ("organisation__contact_name", "organisation__contact_phone")  # not even read


@require_safe
def case_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=GoodCase.objects.visible_to(request.user).select_related("organisation", "round"),
        filterset_class=GoodCaseFilter,
        table_class=GoodCaseTable,
        title=_("Good cases"),
        template="reports/good_cases/list.html",
        context={
            "may_hand_in": may_author(request.user),
            "empty_sentence": _("No good case was published yet. Whoever does something well can hand it in."),
        },
    )


def new_case(request: Request) -> HttpResponse:
    authors = authors_for(request.user)
    if not authors.exists():
        raise Http404
    rounds = Round.objects.visible_to(request.user).published()
    form = GoodCaseForm(request.POST or None, authors=authors, rounds=own_first(rounds, authors))

    def hand_in(*, by: User, **fields) -> GoodCase:
        whose = {name: fields[name] for name in ("organisation", "round")}
        return acts.hand_in_case(by=by, **whose, words=GoodCaseForm.words_of(fields), at=timezone.now())

    if case := performed(request, form, hand_in):
        messages.success(request, _("Handed in. The organiser publishes it or sends it back with a remark."))
        return redirect(case)
    title, submit = _("Hand in a good case"), _("Hand in")
    back, back_name = reverse("good_cases"), _("Good cases")
    return form_page(request, form, title, back=back, back_name=back_name, submit=submit)


@require_safe
def case_page(request: Request, pk: int) -> HttpResponse:
    case = visible(request.user, pk)
    writes, judges = is_author(request.user, case), request.user.can(acts.JUDGE, case.round.organiser)
    waits, is_out = case.state == GoodCaseState.SUBMITTED, case.state == GoodCaseState.PUBLISHED
    near = writes or judges
    shown = {
        "case": case,
        "steps": case.steps.select_related("by") if near else None,
        "may_write": writes and case.state == GoodCaseState.RETURNED,
        "may_judge": judges and waits,
        "may_hide": near and case.is_public,
        "may_withdraw": (writes and case.state != GoodCaseState.WITHDRAWN) or (judges and is_out),
        "publishing": PublishForm(case=case) if judges and waits else None,
        "returning": RemarkForm() if judges and waits else None,
        "withdrawing": WithdrawCaseForm(),
    }
    return render(request, "reports/good_cases/page.html", shown)


def edit_case(request: Request, pk: int) -> HttpResponse:
    case = visible(request.user, pk)
    if not is_author(request.user, case) or case.state != GoodCaseState.RETURNED:
        raise Http404
    form = GoodCaseForm(request.POST or None, authors=None, rounds=None, case=case, initial=GoodCaseForm.now_of(case))

    def again(*, by: User, **fields) -> GoodCase:
        return acts.hand_in_again(by=by, case=case, words=GoodCaseForm.words_of(fields), at=timezone.now())

    if performed(request, form, again):
        messages.success(request, _("Handed in again."))
        return redirect(case)
    title, back = _("Write it better"), case.get_absolute_url()
    return form_page(request, form, title, back=back, back_name=case.title, submit=_("Hand in again"))


@require_POST
def case_step(request: Request, pk: int, step: str) -> HttpResponse:
    """Publish, send back, take off the public page, withdraw: for whoever may; to others the case does not exist."""
    case = visible(request.user, pk)
    judges = request.user.can(acts.JUDGE, case.round.organiser)
    given = {"case": case, "at": timezone.now()}
    steps: dict[str, tuple[bool, Callable | None, Callable]] = {
        "publish": (judges, partial(PublishForm, case=case), acts.publish_case),
        "return": (judges, RemarkForm, acts.return_case),
        "hide": (judges or is_author(request.user, case), None, acts.hide_case),
        "withdraw": (judges or is_author(request.user, case), WithdrawCaseForm, acts.withdraw_case),
    }
    if step not in steps or not steps[step][0]:
        raise Http404
    _may, make, verb = steps[step]
    form = make(request.POST) if make else None
    if form is None or form.is_valid():
        try:
            verb(by=request.user, **given, **(form.cleaned_data if form else {}))
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Done."))
    else:
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
    return redirect(case)


def visible(user: User, pk: int) -> GoodCase:
    rows = GoodCase.objects.visible_to(user).select_related("organisation", "round__organiser", "submitted_by")
    return get_object_or_404(rows, pk=pk)


def is_author(user: User, case: GoodCase) -> bool:
    return user.can(reading_permission(case.organisation), case.organisation)


def in_public(pk: int):
    return GoodCase.objects.public().filter(round=pk).select_related("organisation").defer(*PERSONAL)


@login_not_required
@require_safe
def open_cases(request: HtmxRequest, pk: int) -> HttpResponse:
    """What everybody reads of a round: the cases whose authors agreed."""
    round = get_object_or_404(Round.objects.published().select_related("organiser"), pk=pk)
    shown = {"round": round, "cases": in_public(pk).order_by("-published_at", "-pk")}
    return render(request, "reports/good_cases/open_list.html", shown)


@login_not_required
@require_safe
def open_case(request: HtmxRequest, pk: int) -> HttpResponse:
    rows = GoodCase.objects.public().select_related("organisation", "round__organiser").defer(*PERSONAL)
    return render(request, "reports/good_cases/open.html", {"case": get_object_or_404(rows, pk=pk)})
