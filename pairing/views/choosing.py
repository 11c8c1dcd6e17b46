"""Choosing for others: a committee for its units in one area (SH-36), the villagers for their village (TC-05)."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from organisations.models import Organisation
from organisations.requests import Request
from pairing import together
from pairing.actions import choosing as acts
from pairing.figures.interest import lines_with_interest
from pairing.forms.choosing import BatchForm
from pairing.forms.market import ChoiceForm
from pairing.models import Intention, Round, SelectionBatch
from pairing.states import IntentionState, Origin, Side
from pairing.views.reach import own_parties, visible_round


def choose_together(request: Request, pk: int) -> HttpResponse:
    """First the area, then a village for each unit; `?spread=1` fills in a first suggestion."""
    round = visible_round(request.user, pk)
    committees = together.committees_of(request.user)
    if not committees:
        raise Http404
    committee = next((each for each in committees if str(each.pk) == request.GET.get("committee")), committees[0])
    area = chosen_area(request, round)
    shown = {"round": round, "committees": committees, "committee": committee, "area": area}
    shown["areas"] = together.areas(round, area or round.organiser)
    if area is None:
        return render(request, "pairing/choosing/area.html", shown)
    found = together.choices(round, committee, area)
    suggested = together.spread(found.units, found.villages, round.units_per_village) if "spread" in request.GET else {}
    form = BatchForm(
        request.POST or None,
        units=found.units,
        villages=found.villages,
        initial={f"unit_{unit}": village for unit, village in suggested.items()},
    )
    if request.method == "POST" and form.is_valid():
        batch = propose(request, round, committee, area, form)
        if batch:
            return redirect(batch)
    return render(request, "pairing/choosing/grid.html", shown | {"found": found, "form": form})


def chosen_area(request: Request, round: Round) -> Organisation | None:
    given = request.GET.get("area", "")
    if not given.isdecimal():
        return None
    return Organisation.objects.under(round.organiser).filter(kind__in=together.AREAS, pk=int(given)).first()


def propose(
    request: Request, round: Round, committee: Organisation, area: Organisation, form: BatchForm
) -> SelectionBatch | None:
    """None where it was refused: the sentences stand at their rows."""
    pairs, words = form.pairs(), form.cleaned_data["words"]
    where = {"round": round, "committee": committee, "area": area}
    try:
        batch = acts.propose_batch(by=request.user, pairs=pairs, words=words, at=timezone.now(), **where)
    except acts.BatchRefused as refusal:
        form.mark(pairs, refusal.faults)
        messages.error(request, refusal.sentence)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
    else:
        messages.success(request, _("Proposed. Each village was told and will answer."))
        return batch
    return None


@require_safe
def batch_page(request: Request, pk: int) -> HttpResponse:
    """What a committee chose at once, and how each village answered."""
    batches = SelectionBatch.objects.visible_to(request.user).select_related(
        "round", "committee", "area", "proposed_as"
    )
    batch = get_object_or_404(batches, pk=pk)
    intentions = Intention.objects.filter(batch=batch).select_related("unit", "village", "countered_by").order_by("pk")
    counted = Counter(IntentionState(each.state) for each in intentions)
    states = [(state, counted[state]) for state in IntentionState if counted[state]]
    return render(request, "pairing/choosing/batch.html", {"batch": batch, "intentions": intentions, "states": states})


def villagers_choice(request: Request, pk: int, party: int) -> HttpResponse:
    """A village proposes to the unit that its villagers chose, with the record of the choice."""
    round = visible_round(request.user, pk)
    line = get_object_or_404(lines_with_interest(round, Side.UNIT), organisation=party)
    own = own_parties(request.user, round, Side.VILLAGE)
    if Origin.VILLAGERS_CHOICE not in round.rules.pairing.origins or not own.exists():
        raise Http404
    form = ChoiceForm(request.POST or None, request.FILES or None, parties=own, round=round)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            intention = acts.propose_chosen(
                by=request.user,
                round=round,
                unit=line.organisation,
                village=data["party"],
                choice=form.choice(),
                words=data["words"],
                mode=data["mode"],
                upload=data["scan"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Proposed. %(name)s was told and will answer.") % {"name": line.name})
            return redirect(intention)
    return render(request, "pairing/choosing/villagers.html", {"round": round, "line": line, "form": form})
