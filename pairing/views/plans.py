"""Plans: what a pairing has written down and what is missing, one plan with its versions, writing it, its steps."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.refusals import Refused
from organisations.requests import Request
from pairing.actions import plans as acts
from pairing.forms import plans as forms
from pairing.models import Pairing, Plan, PlanItem
from pairing.plans import asked as plans
from pairing.plans import calendars, goals
from pairing.plans.content import PlanText, differences, text_of
from pairing.plans.kinds import WRITTEN
from pairing.states import LetterState, PairingState, PlanState, RoundState, Side
from pairing.views.plan_reach import acting_side, number_in, of_pairing, plain_pairing
from pairing.views.reach import own_side

PANEL = "plans"
SHOWN_DATES = 4


@require_safe
def pairing_plans(request: Request, pk: int) -> HttpResponse:
    """Plans, targets, letters and commitments of one pairing; the panel of the pairing's page where htmx asks."""
    pairing = plain_pairing(request.user, pk)
    today = timezone.localdate()
    year = number_in(request.GET, "year", plans.year_in(pairing.round, today))
    kept = plans.Kept.of(pairing)
    targets = list(pairing.targets.prefetch_related("years"))
    entries = calendars.entries_of(pairing, kept.commitments)
    shown = {
        "pairing": pairing,
        "own_side": own_side(request.user, pairing),
        "may_write": may_write(request, pairing),
        "may_draw": may_draw(request, pairing, year, kept),
        "year": year,
        "years": plans.years_of(pairing.round),
        "requirements": plans.requirements(pairing, year, kept),
        "besides": [(rule, kept.versions(rule.kind, plans.period(rule, year))) for rule in other_rules(pairing)],
        "groups": goals.grouped(pairing, targets),
        "targets": targets,
        "met": sum(target.state == "met" for target in targets),
        "letters": kept.letters,
        "commitments": kept.commitments,
        "overdue": [each for each in plans.missing(pairing, today, kept) if each.year and each.year < today.year],
        "coming": calendars.coming(entries, today, SHOWN_DATES),
        "promises": pairing.round.rules.promises,
    }
    part = request.htmx.target == PANEL
    return render(request, f"pairing/plans/{'panel' if part else 'overview'}.html", shown)


def other_rules(pairing: Pairing):
    return plans.other_kinds(pairing.round.rules)


def may_write(request: Request, pairing: Pairing) -> bool:
    """For whom a button makes sense: who acts for a side of a pairing that stands, in a round that is not closed."""
    stands = pairing.state in (PairingState.NEGOTIATING, PairingState.SIGNED)
    return stands and pairing.round.state != RoundState.CLOSED and own_side(request.user, pairing) is not None


def may_draw(request: Request, pairing: Pairing, year: int, kept: plans.Kept) -> bool:
    """The unit or the organiser, while nobody has signed the letter of the year."""
    stands = pairing.state in (PairingState.NEGOTIATING, PairingState.SIGNED)
    signed = any(each.year == year and each.state != LetterState.DRAWN for each in kept.letters)
    drawers = (("unit.act", pairing.unit), ("round.manage", pairing.round.organiser))
    open_round = pairing.round.state != RoundState.CLOSED
    return stands and open_round and not signed and any(request.user.can(*drawer) for drawer in drawers)


@require_safe
def plan_page(request: Request, pk: int) -> HttpResponse:
    return plan_answer(request, of_pairing(Plan.objects.visible_to(request.user), pk), forms.ReturnForm())


def plan_answer(request: Request, plan: Plan, back: forms.ReturnForm) -> HttpResponse:
    """The text, what may be done with it, and the other versions with what they say otherwise."""
    pairing = plan.pairing
    versions = list(
        Plan.objects.filter(pairing=pairing, kind=plan.kind, year=plan.year)
        .order_by("-number")
        .prefetch_related("items")
        .select_related("file")
    )
    plan = next(version for version in versions if version.pk == plan.pk)
    plan.pairing = pairing
    older = next((version for version in versions if version.number < plan.number), None)
    side = own_side(request.user, pairing)
    shown = {
        "plan": plan,
        "pairing": pairing,
        "rule": plans.rule_for(pairing.round.rules, plan.kind),
        "shares": plans.shares(pairing.round.rules, plan.kind),
        "items": plan.items.all(),
        "versions": versions,
        "older": older,
        "differing": differences(plan, older) if older else [],
        "is_newest": plan.pk == versions[0].pk,
        "own_side": side,
        "may_write": may_write(request, pairing),
        "may_propose": side == plan.written_side and plan.state == PlanState.DRAFT,
        "may_answer": side and plan.state == PlanState.PROPOSED and not plan.confirmed_at(side),
        "papers": plan.file_id and Plan.objects.with_papers_for(request.user).filter(pk=plan.pk).exists(),
        "back_form": back,
        "done_form": forms.DoneForm(initial={"on": timezone.localdate()}),
    }
    return render(request, "pairing/plans/plan.html", shown)


def write(request: Request, pk: int, kind: str) -> HttpResponse:
    """The version under way, or the next one. Nothing typed is lost when somebody else was quicker."""
    pairing = plain_pairing(request.user, pk)
    side = acting_side(request.user, pairing)
    if kind not in WRITTEN:
        raise Http404
    rule = plans.rule_for(pairing.round.rules, kind)
    year = plans.period(rule, number_in(request.GET, "year", plans.year_in(pairing.round, timezone.localdate())))
    newest = Plan.objects.filter(pairing=pairing, kind=kind, year=year).order_by("-number").first()
    before = text_of(newest) if newest else PlanText()
    edition = newest.edition if newest and newest.state != PlanState.CONFIRMED else 0
    given: dict[str, Any] = {
        "rules": pairing.round.rules,
        "kind": kind,
        "initial": before.scalars() | {"edition": edition},
    }
    shown = {"pairing": pairing, "rule": rule, "year": year, "newest": newest}
    if request.method != "POST":
        return editor(request, shown, forms.PlanForm(**given), forms.lines_of(before, kind))
    wants_rows = "more" in request.POST
    data = forms.with_more_rows(request.POST) if wants_rows else request.POST
    form, lines = forms.PlanForm(data, request.FILES, **given), forms.typed_lines(data)
    if wants_rows or not (form.is_valid() and lines.is_valid()):
        return editor(request, shown | {"file_again": bool(request.FILES)}, form, lines)
    try:
        plan = acts.write_plan(
            by=request.user,
            pairing=pairing,
            side=side,
            kind=kind,
            year=year,
            text=forms.typed_text(form, lines, before),
            edition=form.cleaned_data["edition"],
            at=timezone.now(),
            upload=form.cleaned_data["file"],
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        form.renew(edition)
        return editor(request, shown, form, lines)
    messages.success(request, _("Saved. Read it once more, then hand it over to the other side."))
    return redirect(plan)


def editor(request: Request, shown: dict, form: forms.PlanForm, lines) -> HttpResponse:
    return render(request, "pairing/plans/write.html", shown | {"form": form, "lines": lines})


@require_POST
def plan_step(request: Request, pk: int) -> HttpResponse:
    """Hand over, confirm or send back the edition that stood on the page."""
    plan = of_pairing(Plan.objects.visible_to(request.user), pk)
    side, step = acting_side(request.user, plan.pairing), request.POST.get("step", "")
    given = {"by": request.user, "plan": plan, "side": side, "edition": number_in(request.POST, "edition")}
    given["at"] = timezone.now()
    if step == "propose":
        acts.propose_plan(**given)
        messages.success(request, _("Handed over. The other side was told that it is its turn."))
    elif step == "confirm":
        acts.confirm_plan(**given)
        messages.success(request, _("Confirmed by both sides. From now on this version can't be changed."))
    elif step == "return":
        form = forms.ReturnForm(request.POST)
        if not form.is_valid():
            return plan_answer(request, plan, form)
        acts.return_plan(**given, words=form.cleaned_data["words"])
        messages.success(request, _("Sent back. The other side was told what should change."))
    else:
        raise Http404
    return redirect(plan)


@require_POST
def item_done(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(PlanItem.objects.select_related("plan"), pk=pk)
    plan = of_pairing(Plan.objects.visible_to(request.user), item.plan_id)
    side: Side = acting_side(request.user, plan.pairing)
    form = forms.DoneForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the day on which it was done."))
        return redirect(plan)
    item.plan = plan
    acts.note_done(by=request.user, item=item, side=side, words=form.cleaned_data["words"], on=form.cleaned_data["on"])
    messages.success(request, _("Noted as done."))
    return redirect(plan)
