"""The issue ledger: the list, one issue with its journal and the next step, raising, assigning, the deadline."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from organisations.views.editing import refuse_in
from pairing.actions import issues as acts
from pairing.actions import solving
from pairing.forms.issues import AboutForm, AssignForm, DeadlineForm, RaiseForm, StepForm
from pairing.issues import ledger
from pairing.issues.standing import Verb, offered, standing_of
from pairing.listings.issues import IssueFilter, IssueTable
from pairing.models import Issue, Pairing
from pairing.speaking import MANAGE, own_organisations, speaking_post
from pairing.states import STANDING, RoundState
from pairing.views.reach import visible_pairing

SHOWN = 8
OWN_SHOWN = 50
STEPS = {
    Verb.STARTED: (acts.start_issue, _("Begin to deal with it")),
    Verb.CLAIMED: (solving.claim_solved, _("Report it as solved")),
    Verb.CONFIRMED: (solving.confirm_solved, _("Confirm that it is solved")),
    Verb.RETURNED: (solving.return_claim, _("Send it back: not solved")),
    Verb.CLOSED: (solving.close_issue, _("Close the issue")),
    Verb.ANSWERED: (acts.answer_issue, _("Write an answer")),
    Verb.REOPENED: (solving.reopen_issue, _("Re-open the issue")),
    Verb.WITHDRAWN: (acts.withdraw_issue, _("Withdraw the issue")),
}


@require_safe
def issue_list(request: Request) -> HttpResponseBase:
    issues = Issue.objects.visible_to(request.user)
    shows_figures = request.htmx.target != "list"
    return render_list(
        request,
        queryset=ledger.with_parties(issues),
        filterset_class=IssueFilter,
        table_class=IssueTable,
        title=str(_("Issue ledger")),
        is_long=True,
        template="pairing/issues/list.html",
        context={
            "figures": ledger.remembered_figures(issues, timezone.localdate()) if shows_figures else None,
            "may_raise": may_raise(request.user),
            "empty_sentence": _(
                "No issue has been raised yet. What visits and talks bring up stands here until solved."
            ),
        },
    )


def may_raise(user) -> bool:
    return any(user.can(permission) for permission in ("unit.act", "village.act", MANAGE))


@require_safe
def pairing_issues(request: Request, pk: int) -> HttpResponse:
    """A panel of the pairing's page, and a page: what is open between the two, the most urgent first."""
    pairing = visible_pairing(request.user, pk)
    pending = pairing.issues.pending().with_kind_named().select_related("owner").order_by("due_on", "pk")
    shown = {
        "pairing": pairing,
        "issues": pending[:SHOWN] if request.htmx else pending,
        "figures": ledger.figures(pairing.issues.all(), timezone.localdate()),
        "may_raise": may_raise_in(request.user, pairing),
    }
    return render(request, f"pairing/issues/{'panel' if request.htmx else 'of_pairing'}.html", shown)


def may_raise_in(user, pairing: Pairing) -> bool:
    parties = (pairing.unit, pairing.village)
    stands = pairing.state in STANDING and pairing.round.state != RoundState.CLOSED
    return stands and any(speaking_post(user, party) or user.can(MANAGE, party) for party in parties)


def new_issue(request: Request) -> HttpResponse:
    """Whom it is about: one of one's own pairings or organisations, or one typed in by staff of a committee above."""
    user = request.user
    if not may_raise(user):
        raise Http404
    own = own_organisations(user)
    keys = own.order_by().values("pk")
    pairings = Pairing.objects.standing().exclude(round__state=RoundState.CLOSED).select_related("unit", "village")
    form = AboutForm(request.POST or None, among=Organisation.objects.managed_by(user, MANAGE))
    if request.method == "POST" and form.is_valid():
        return redirect("raise_issue", form.cleaned_data["organisation"].pk)
    shown = {
        "pairings": (pairings.filter(unit__in=keys) | pairings.filter(village__in=keys))[:OWN_SHOWN],
        "organisations": own,
        "form": form if user.can(MANAGE) else None,
    }
    return render(request, "pairing/issues/new.html", shown)


def raise_in_pairing(request: Request, pk: int) -> HttpResponse:
    pairing = visible_pairing(request.user, pk)
    if not may_raise_in(request.user, pairing):
        raise Http404
    return raised(request, pairing, pairing.village, pairing.round.rules.issue_days)


def raise_about(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not (speaking_post(request.user, organisation) or request.user.can(MANAGE, organisation)):
        raise Http404
    return raised(request, None, organisation, acts.DAYS)


def raised(request: Request, pairing: Pairing | None, about: Organisation, days: int) -> HttpResponse:
    parties = [pairing.unit, pairing.village] if pairing else [about]
    kinds = {str(kind.key): kind.name for kind in pairing.round.rules.issue_kinds} if pairing else {}
    due_on = timezone.localdate() + timedelta(days=days)
    form = RaiseForm(request.POST or None, parties=parties, kinds=kinds, initial={"due_on": due_on})
    if request.method == "POST" and form.is_valid():
        try:
            issue = acts.raise_issue(
                by=request.user, pairing=pairing, organisation=about, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Raised. Whoever has to act was told."))
            return redirect(issue)
    shown = {"pairing": pairing, "about": about, "form": form, "days": days}
    return render(request, "pairing/issues/raise.html", shown)


def issue_page(request: Request, pk: int) -> HttpResponse:
    """What it is, who solves it until when, what was said and done, and the step that this person may take."""
    issue = visible_issue(request, pk)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = request.POST.get("verb", "")
        if verb not in STEPS:
            raise Refused(_("Choose one of the steps."))
        try:
            STEPS[Verb(verb)][0](by=request.user, issue=issue, words=form.cleaned_data["words"], at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Noted in the ledger. Whoever has to act next was told."))
            return redirect(issue)
    verbs = offered(request.user, issue)
    shown = {
        "issue": issue,
        "entries": list(ledger.journal(issue)),
        "verbs": verbs,
        "steps": [(str(verb), words) for verb, (_act, words) in STEPS.items() if verb in verbs],
        "form": form,
        "days_late": issue.days_late(timezone.localdate()),
        "is_solver": standing_of(request.user, issue).is_solver,
    }
    return render(request, "pairing/issues/page.html", shown)


def assign(request: Request, pk: int) -> HttpResponse:
    issue = issue_for(request, pk, Verb.ASSIGNED)
    manages = standing_of(request.user, issue).manages
    among = Organisation.objects.visible_to(request.user) if manages else None
    start = {"owner": issue.owner_id, "post": issue.owner_post_id}
    form = AssignForm(request.POST or None, parties=issue.parties, among=among, initial=start)
    if request.method == "POST" and form.is_valid():
        owner, post, words = (form.cleaned_data[name] for name in ("owner", "post", "words"))
        try:
            acts.assign_issue(by=request.user, issue=issue, owner=owner, post=post, words=words, at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("Assigned. %(name)s was told.") % {"name": owner.name})
            return redirect(issue)
    return render(request, "pairing/issues/assign.html", {"issue": issue, "form": form})


def deadline(request: Request, pk: int) -> HttpResponse:
    issue = issue_for(request, pk, Verb.DUE_CHANGED)
    form = DeadlineForm(request.POST or None, initial={"due_on": issue.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_deadline(by=request.user, issue=issue, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            messages.success(request, _("The deadline is changed; the reason stands in the ledger."))
            return redirect(issue)
    return render(request, "pairing/issues/deadline.html", {"issue": issue, "form": form})


def visible_issue(request: Request, pk: int) -> Issue:
    issues = Issue.objects.visible_to(request.user).with_kind_named().select_related(*ledger.READ_WITH)
    return get_object_or_404(issues, pk=pk)


def issue_for(request: Request, pk: int, verb: str) -> Issue:
    """404 for whoever can't take this step now."""
    issue = visible_issue(request, pk)
    if verb not in offered(request.user, issue):
        raise Http404
    return issue
