"""Findings: those without a measure, one with what answers it, and the way into the issue ledger."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members.actions.aids import rules_of
from members.nearness import Reader
from members.views.submitting import performed
from organisations.models import User
from organisations.requests import Request
from pairing.models import Issue, Pairing
from pairing.views.reach import visible_pairing
from visits import answering, doorstep, reading
from visits.actions import findings as acts
from visits.forms.diary import FoundForm
from visits.forms.findings import HelpForm, LinkForm, SettleForm
from visits.listings.findings import OPEN, FindingFilter, FindingTable, in_state
from visits.models import Finding, FindingAnswer
from visits.views.household_visits import visible_visit

SHOWN = 5
SHOWN_ON_HOME = 3


@require_safe
def findings(request: Request) -> HttpResponseBase:
    """The page; asked for by htmx in part, those without a measure on the first page of whoever has some."""
    if request.htmx and request.htmx.target != "list":
        return panel(request)
    state = request.GET.get("state") or OPEN
    rows = in_state(Finding.objects.visible_to(request.user), state)
    return render_list(
        request,
        queryset=rows.with_visit().with_nearness(request.user).with_answered(),
        filterset_class=FindingFilter,
        table_class=FindingTable,
        title=_("Findings of visits"),
        template="visits/findings/list.html",
        context={"empty_sentence": _("No finding waits for a measure. What visits bring to light stands here.")},
    )


def panel(request: Request) -> HttpResponse:
    """Nothing for whoever has none."""
    found = Finding.objects.visible_to(request.user).open()
    first = list(found.with_visit().with_nearness(request.user)[:SHOWN_ON_HOME])
    if not first:
        return HttpResponse()
    today = timezone.localdate()
    shown = {"findings": lined(first), "number": found.count(), "late": found.overdue(today).count()}
    return render(request, "visits/findings/panel.html", shown)


def lined(findings: list[Finding]) -> list[tuple[Finding, int, int]]:
    today = timezone.localdate()
    return [(each, each.days_open(today), each.days_late(today)) for each in findings]


@require_safe
def pairing_findings(request: Request, pk: int) -> HttpResponse:
    """A panel of the pairing's page, and a page: what visits under it found, and what has no measure yet."""
    pairing = visible_pairing(request.user, pk)
    found = Finding.objects.visible_to(request.user).filter(pairing=pairing).standing()
    without = found.open()
    number = found.count()
    if request.htmx and not number:
        return HttpResponse()
    rows = without.with_visit().with_nearness(request.user)
    shown = {
        "pairing": pairing,
        "findings": lined(list(rows[:SHOWN] if request.htmx else rows)),
        "number": number,
        "without": without.count(),
        "late": without.overdue(timezone.localdate()).count(),
    }
    return render(request, f"visits/findings/{'of_pairing_panel' if request.htmx else 'of_pairing'}.html", shown)


@require_safe
def finding_page(request: Request, pk: int) -> HttpResponse:
    return show_finding(request, visible_finding(request.user, pk))


def show_finding(request: Request, finding: Finding, **forms) -> HttpResponse:
    visit, today = finding.visit, timezone.localdate()
    reads = doorstep.reads_words(request.user, visit)
    is_open = not visit.withdrawn_at and not finding.settled_at
    found = answering.candidates(finding) if reads and is_open else {}
    pair = visit.pair
    acting = reading.acts_for(request.user, finding.pairing) if finding.pairing else None
    shown = {
        "finding": finding,
        "visit": visit,
        "name": Reader(request.user).name_of(visit.target),
        "reads_words": reads,
        "answers": [answering.line_of(each) for each in finding.answers.all()],
        "days_open": finding.days_open(today),
        "days_late": finding.days_late(today),
        "is_open": is_open,
        "link_form": forms.get("link_form") or (LinkForm(choices=answering.choices(found)) if found else None),
        "help_form": forms.get("help_form") or (HelpForm(rules=rules_of(pair)) if pair else None),
        "settle_form": forms.get("settle_form") or SettleForm(),
        "pair": pair if pair and pair.state == "active" else None,
        "records_activities": acting is not None,
    }
    return render(request, "visits/findings/page.html", shown)


def link_finding(request: Request, pk: int) -> HttpResponse:
    finding = answerable(request, pk)
    if request.method != "POST":
        return redirect(finding)
    found = answering.candidates(finding)
    form = LinkForm(request.POST, choices=answering.choices(found))

    def answer(*, record: str, **given) -> FindingAnswer:
        return acts.answer_finding(record=found[record], **given)

    if performed(request, form, answer, finding=finding, at=timezone.now()):
        messages.success(request, _("Linked. The finding has a measure."))
        return redirect(finding)
    return show_finding(request, finding, link_form=form)


def help_finding(request: Request, pk: int) -> HttpResponse:
    finding = answerable(request, pk)
    if request.method != "POST":
        return redirect(finding)
    if finding.visit.pair is None:
        raise Http404
    form = HelpForm(request.POST, rules=rules_of(finding.visit.pair))
    if performed(request, form, acts.help_because, finding=finding, at=timezone.now()):
        messages.success(request, _("Noted and linked. The finding has a measure."))
        return redirect(finding)
    return show_finding(request, finding, help_form=form)


def settle_finding(request: Request, pk: int) -> HttpResponse:
    finding = answerable(request, pk)
    if request.method != "POST":
        return redirect(finding)
    form = SettleForm(request.POST)
    if performed(request, form, acts.settle_finding, finding=finding, at=timezone.now()):
        messages.success(request, _("Settled; the reason is kept."))
        return redirect(finding)
    return show_finding(request, finding, settle_form=form)


def raise_from_visit(request: Request, pk: int) -> HttpResponse:
    """From the door straight into the ledger; with `?finding=` the issue answers that finding."""
    visit = visible_visit(request.user, pk)
    if visit.withdrawn_at or not doorstep.reads_words(request.user, visit):
        raise Http404
    number = request.GET.get("finding", "")
    finding = get_object_or_404(visit.findings, pk=number, settled_at=None) if number.isdigit() else None
    about = acts.ledger_place(visit)
    kinds = {str(kind.key): kind.name for kind in about.round.rules.issue_kinds} if isinstance(about, Pairing) else {}
    start = {"kind": Issue.Kind.LIVELIHOOD}
    form = FoundForm(request.POST or None, kinds=kinds, initial=start)
    if issue := performed(request, form, acts.raise_from_visit, visit=visit, finding=finding, at=timezone.now()):
        messages.success(request, _("Raised. Whoever has to act was told."))
        return redirect(finding or issue)
    shown = {"form": form, "visit": visit, "finding": finding, "about": about}
    shown["name"] = Reader(request.user).name_of(visit.target)
    return render(request, "visits/findings/raise.html", shown)


def visible_finding(user: User, pk: int) -> Finding:
    found = Finding.objects.visible_to(user).with_visit().with_answered()
    related = ("pairing__unit", "pairing__village", "settled_by", "visit__pair__round__scheme_version")
    return get_object_or_404(found.select_related(*related).prefetch_related(*ANSWERS), pk=pk)


ANSWERS = ("answers__aid__pair", "answers__plan__pair", "answers__activity", "answers__issue")


def answerable(request: Request, pk: int) -> Finding:
    """One that the user may answer; everything else does not exist."""
    finding = visible_finding(request.user, pk)
    if finding.settled_at or finding.visit.withdrawn_at or not doorstep.reads_words(request.user, finding.visit):
        raise Http404
    return finding
