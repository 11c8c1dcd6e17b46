"""Merging, splitting, renaming, closing: a form, then everything that would happen, then the decision."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.listing import render_list
from core.refusals import Refused
from organisations.actions import restructuring
from organisations.forms.restructuring import CloseForm, DecisionForm, MergeForm, RenameForm, SplitForm
from organisations.models import Organisation, Succession
from organisations.reading import current_posts
from organisations.registers import SuccessionFilter, SuccessionTable
from organisations.requests import Request
from organisations.views.editing import editable, refuse_in

SEEN = "seen"
TYPED = ("csrfmiddlewaretoken", SEEN)


@dataclass(frozen=True)
class Step:
    """One kind of decision: its form, its verb and its words."""

    form: type[DecisionForm]
    verb: Callable[..., Succession]
    title: object
    lead: object
    button: object


MERGE = Step(
    MergeForm,
    restructuring.merge,
    gettext_lazy("Merge %(name)s into another organisation"),
    gettext_lazy("Everything below and around it passes to the other one. Its own page stays readable."),
    gettext_lazy("Merge"),
)
SPLIT = Step(
    SplitForm,
    restructuring.split,
    gettext_lazy("Split %(name)s"),
    gettext_lazy("New organisations are added beside it. What no one is given goes to the first, or stays."),
    gettext_lazy("Split"),
)
RENAME = Step(
    RenameForm,
    restructuring.rename,
    gettext_lazy("Rename %(name)s"),
    gettext_lazy("By decision, from a day on. It is found by its former name and code as before."),
    gettext_lazy("Rename"),
)
CLOSE = Step(
    CloseForm,
    restructuring.close,
    gettext_lazy("Close %(name)s"),
    gettext_lazy("Without a successor. It stays readable with its history, but nobody can be appointed there."),
    gettext_lazy("Close the organisation"),
)


def merge(request: Request, pk: int) -> HttpResponse:
    return decide(request, pk, MERGE)


def split(request: Request, pk: int) -> HttpResponse:
    return decide(request, pk, SPLIT)


def rename(request: Request, pk: int) -> HttpResponse:
    return decide(request, pk, RENAME)


def close(request: Request, pk: int) -> HttpResponse:
    return decide(request, pk, CLOSE)


def decide(request: Request, pk: int, step: Step) -> HttpResponse:
    """Nothing is done before the person has seen what it does; where that has changed since, it is shown again."""
    organisation = editable(request, pk)
    among = Organisation.objects.managed_by(request.user, "organisation.edit")
    form = step.form(request.POST or None, organisation=organisation, among=among)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "organisation": organisation, "at": timezone.now(), **form.arguments()}
        try:
            return take(request, organisation, step, given)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = words_of(step, organisation) | {"form": form, "posts": current_posts(organisation)}
    return render(request, "organisations/restructuring/form.html", context)


def take(request: Request, organisation: Organisation, step: Step, given: dict) -> HttpResponse:
    """Decide where the person has seen what happens; else show it."""
    if request.POST.get(SEEN):
        try:
            done = step.verb(**given, seen=request.POST[SEEN])
        except restructuring.Changed as changed:
            messages.warning(request, changed.sentence)
        else:
            messages.success(request, _("Done. This is what was done."))
            return redirect(done)
    outcome = restructuring.preview(step.verb, **given).outcome
    typed = [(name, value) for name, values in request.POST.lists() if name not in TYPED for value in values]
    context = words_of(step, organisation) | {
        "outcome": outcome,
        "seen": restructuring.digest(outcome),
        "typed": typed,
        "posts": current_posts(organisation),
        "on": given["on"],
        "reason": given["reason"],
    }
    return render(request, "organisations/restructuring/preview.html", context)


def words_of(step: Step, organisation: Organisation) -> dict:
    name = {"name": organisation.name}
    return {"organisation": organisation, "title": str(step.title) % name, "lead": step.lead, "button": step.button}


def succession_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=Succession.objects.visible_to(request.user).select_related("decided_by").prefetch_related("steps"),
        filterset_class=SuccessionFilter,
        table_class=SuccessionTable,
        title=_("Mergers, splits, renamings and closures"),
        is_long=True,
        context={"empty_sentence": _("No organisation in your scope was merged, split, renamed or closed.")},
    )


def succession(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(
        Succession.objects.visible_to(request.user)
        .select_related("decided_by")
        .prefetch_related("steps__predecessor", "steps__successor"),
        pk=pk,
    )
    return render(request, "organisations/restructuring/succession.html", {"succession": found})
