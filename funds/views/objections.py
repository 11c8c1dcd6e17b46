"""Questions and objections: asked by anybody without an account, answered at the desks of village and township."""

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.listing import render_list
from core.refusals import Refused
from core.requests import HtmxRequest
from funds.actions import objections as acts
from funds.actions.entering import KEEP
from funds.forms.objections import AnswerForm, AskForm, SecondAnswerForm
from funds.listings.objections import ObjectionFilter, ObjectionTable
from funds.models import DisclosedEntry, Disclosure, Objection
from funds.publishing.profiles import profile_of
from funds.views.open import open_organisation
from organisations.models import User
from organisations.requests import Request


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HtmxRequest, pk: int) -> HttpResponse:
    """No account, no riddle; so many from one address are too many."""
    village = open_organisation(pk)
    disclosure, line = about(request, village)
    form = AskForm(request.POST or None, village=village)
    if request.method == "POST":
        if not ratelimit.consume(request, action="objection"):
            return ratelimit.respond_429(request)
        if form.is_valid():
            subject = {"disclosure": disclosure, "entry": line.entry if line else None}
            try:
                made = acts.raise_objection(
                    by=None, village=village, at=timezone.now(), **subject, **form.cleaned_data
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, refusal.sentence)
            else:
                return redirect("open_objection", made.token)
    shown = {"village": village, "form": form, "disclosure": disclosure, "line": line, "rules": profile_of(village)}
    return render(request, "funds/open/ask.html", shown)


def about(request: HtmxRequest, village) -> tuple[Disclosure | None, DisclosedEntry | None]:
    """What it is about, if it says so: a disclosure, or one line of it."""
    given = request.GET.get("line", ""), request.GET.get("disclosure", "")
    line = disclosure = None
    if given[0].isdecimal() and len(given[0]) < 16:
        rows = DisclosedEntry.objects.filter(disclosure__in=Disclosure.objects.public(), disclosure__village=village)
        line = rows.select_related("entry__fund", "disclosure").filter(pk=int(given[0])).first()
    if given[1].isdecimal() and len(given[1]) < 16:
        disclosure = Disclosure.objects.public().filter(village=village, pk=int(given[1])).first()
    return (line.disclosure if line else disclosure), line


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_objection(request: HtmxRequest, token: str) -> HttpResponse:
    """For whoever raised it: how far it is; passing it on to the township."""
    try:
        objection = get_object_or_404(Objection.objects.select_related("village"), token=UUID(token))
    except ValueError as error:
        raise Http404 from error
    if request.method == "POST":
        acts.pass_on(by=None, objection=objection, at=timezone.now())
        return redirect("open_objection", token)
    shown = {"objection": objection, "may_pass_on": objection.may_be_passed_on(timezone.localdate())}
    return render(request, "funds/open/objection.html", shown | {"address": request.build_absolute_uri()})


@require_safe
def objection_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Objection.objects.visible_to(request.user).select_related("village"),
        filterset_class=ObjectionFilter,
        table_class=ObjectionTable,
        title=_("Questions and objections"),
        context={
            "lead": _("What people asked about aid money, and by when it is answered."),
            "empty_sentence": _("Nobody has asked or objected yet."),
        },
    )


def objection_page(request: Request, pk: int) -> HttpResponse:
    """Answered by the village; once passed on, by the township."""
    rows = Objection.objects.visible_to(request.user).select_related("village", "disclosure", "entry__fund")
    objection = get_object_or_404(rows, pk=pk)
    is_village = objection.answered_at is None and request.user.can(KEEP, objection.village)
    is_township = objection.waits_for_township and request.user.can(acts.SUPERVISE, objection.village)
    form = answer_form(request, objection, is_village=is_village) if is_village or is_township else None
    if request.method == "POST" and form is not None and form.is_valid():
        verb = acts.answer_objection if is_village else acts.answer_second
        try:
            verb(by=request.user, objection=objection, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Answered. Everybody can read it now."))
            return redirect(objection)
    shown = {"objection": objection, "form": form, "reads_contact": acts_on(request.user, objection)}
    return render(request, "funds/objections/page.html", shown)


def acts_on(user: User, objection: Objection) -> bool:
    """Whoever answers may call whoever asked; who only watches does not learn how."""
    return any(user.can(permission, objection.village) for permission in (KEEP, acts.SUPERVISE))


def answer_form(request: Request, objection: Objection, *, is_village: bool) -> AnswerForm | SecondAnswerForm:
    kind = AnswerForm if is_village else SecondAnswerForm
    return kind(request.POST or None, village=objection.village)
