"""One score sheet: it explains itself; adjusting, objecting, replying, giving points."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from reports.actions import assessment as acts
from reports.assessment.explaining import explained, gains
from reports.forms.assessment import AdjustForm, AppealForm, GivePointsForm, ReplyForm
from reports.models import Appeal, Assessed, ScoreLine
from reports.querysets.assessment import MANAGE
from reports.states import AssessmentState

RUNNING = (AssessmentState.OPEN, AssessmentState.SHOWN)


@require_safe
def assessed_page(request: Request, pk: int) -> HttpResponse:
    assessed = visible_sheet(request.user, pk)
    lines = explained(assessed)
    state = assessed.assessment.state
    manages = request.user.can(MANAGE, assessed.assessment.round.organiser)
    shown = {
        "assessed": assessed,
        "assessment": assessed.assessment,
        "lines": lines,
        "gains": gains(assessed, lines, timezone.localdate()),
        "rules": assessed.assessment.rules,
        "manages": manages and state in RUNNING,
        "is_low": manages and assessed.is_low,
        "appeals": assessed.appeals.select_related("line", "by", "post__organisation", "replied_by"),
        "adjustments": adjustments(assessed),
        "may_appeal": state == AssessmentState.SHOWN and acts.may_speak(request.user, assessed) is not None,
        "giver": giver_of(request.user, assessed),
    }
    return render(request, "reports/assessment/sheet.html", shown)


def adjustments(assessed: Assessed) -> dict[int, list]:
    """By line."""
    found: dict[int, list] = {}
    for line in assessed.lines.prefetch_related("adjustments__by", "adjustments__post__organisation"):
        found[line.pk] = list(line.adjustments.all())
    return found


def adjust_score(request: Request, pk: int) -> HttpResponse:
    line = sheet_line(request.user, pk)
    if not request.user.can(MANAGE, line.assessed.assessment.round.organiser):
        raise Http404
    form = AdjustForm(request.POST or None)
    return answered(request, line.assessed, form, line, _("Adjust"), lambda given: acts.adjust(
        by=request.user, line=line, at=timezone.now(), **given
    ))  # fmt: skip


def appeal_score(request: Request, pk: int) -> HttpResponse:
    line = sheet_line(request.user, pk)
    if acts.may_speak(request.user, line.assessed) is None:
        raise Http404
    form = AppealForm(request.POST or None)
    return answered(request, line.assessed, form, line, _("Object"), lambda given: acts.appeal(
        by=request.user, assessed=line.assessed, line=line, at=timezone.now(), **given
    ))  # fmt: skip


def reply_appeal(request: Request, pk: int) -> HttpResponse:
    mine = Assessed.objects.visible_to(request.user).values("pk")
    rows = Appeal.objects.filter(assessed__in=mine).select_related("assessed__assessment__round__organiser", "line")
    appeal = get_object_or_404(rows, pk=pk)
    if not request.user.can(MANAGE, appeal.assessed.assessment.round.organiser):
        raise Http404
    form = ReplyForm(request.POST or None)
    return answered(request, appeal.assessed, form, appeal.line, _("Reply"), lambda given: acts.reply(
        by=request.user, appeal=appeal, at=timezone.now(), **given
    ), lead=appeal.words)  # fmt: skip


def give_points(request: Request, pk: int) -> HttpResponse:
    assessed = visible_sheet(request.user, pk)
    giver = giver_of(request.user, assessed)
    if giver is None:
        raise Http404
    form = GivePointsForm(request.POST or None, assessed=assessed)
    return answered(request, assessed, form, None, _("Give points"), lambda given: acts.give_points(
        by=request.user, assessed=assessed, giver=giver, points=form.points(), at=timezone.now()
    ))  # fmt: skip


def answered(
    request: Request, assessed: Assessed, form: forms.Form, line: ScoreLine | None, submit: str,
    verb: Callable[[dict], object], lead: str = "",
) -> HttpResponse:  # fmt: skip
    """One form about a sheet: what was given is done, and the sheet shown again."""
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept."))
            return redirect(assessed)
    item = assessed.assessment.rules.item(line.item) if line else None
    shown = {"form": form, "assessed": assessed, "line": line, "item": item, "submit": submit, "lead": lead}
    return render(request, "reports/assessment/form.html", shown)


def giver_of(user, assessed: Assessed) -> Organisation | None:
    """For whom the user gives points, where points of that side count."""
    rules = assessed.assessment.rules
    if assessed.assessment.state != AssessmentState.SHOWN or not rules.uses_other_scores:
        return None
    keys = set(acts.own_sides(assessed)) if rules.own_weight else set()
    keys |= acts.other_sides(assessed) if rules.other_weight else set()
    found = Organisation.objects.filter(pk__in=keys)
    return next((each for each in found if user.can("village.act" if each.is_village else "unit.act", each)), None)


def visible_sheet(user, pk: int) -> Assessed:
    rows = Assessed.objects.visible_to(user).related().select_related("assessment__round__scheme_version")
    return get_object_or_404(rows.prefetch_related("lines"), pk=pk)


def sheet_line(user, pk: int) -> ScoreLine:
    mine = Assessed.objects.visible_to(user).values("pk")
    rows = ScoreLine.objects.filter(assessed__in=mine)
    related = ("assessed__assessment__round__organiser", "assessed__organisation", "assessed__pairing__unit")
    return get_object_or_404(rows.select_related(*related, "assessed__pairing__village"), pk=pk)
