"""What members, households and persons have in common: leaving the roster, coming back, being read in full."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.refusals import Refused
from members.actions.leaving import Leaving, come_back, leave, pairs_of
from members.actions.readings import read_in_full
from members.forms.members import LeaveForm
from members.forms.privacy import ReasonForm
from members.helping import lines_of
from members.models import Household, Member, Person
from members.nearness import Reader, Rosterable
from members.views.households import readable_household, show_household
from members.views.members import readable_member, show_member, tell_gaps
from members.views.persons import readable_person, show_person
from members.views.submitting import performed
from organisations.requests import Request
from organisations.views.editing import refuse_in

Model = type[Member] | type[Household] | type[Person]
PAGES: dict[Any, tuple] = {
    Member: (readable_member, show_member),
    Household: (readable_household, show_household),
    Person: (readable_person, show_person),
}


def kept(request: Request, model: Model, pk: int) -> Any:
    """404 for whoever does not keep the roster."""
    return get_object_or_404(model.objects.kept_by(request.user), pk=pk)


def leave_roster(request: Request, pk: int, model: Model) -> HttpResponse:
    """Shows whom the leaving concerns before anything happens."""
    record = kept(request, model, pk)
    reader = Reader(request.user)
    pairs = pairs_of(record).count()
    form = LeaveForm(request.POST or None, pairs=pairs, initial={"on": timezone.localdate()})
    if left := performed(request, form, leave, record=record):
        tell(request, left, reader)
        return redirect(record)
    shown = {"form": form, "record": record, "kind": record._meta.model_name, "name": reader.name_of(record)}
    shown["lines"] = lines_of(record, reader)
    return render(request, "members/leave.html", shown)


def tell(request: Request, left: Leaving, reader: Reader) -> None:
    messages.success(request, _("Taken off the roster. Pairs that ended: %(count)s.") % {"count": left.ended})
    tell_gaps(request, left.gaps, reader)


@require_POST
def return_to_roster(request: Request, pk: int, model: Model) -> HttpResponse:
    record = kept(request, model, pk)
    come_back(by=request.user, record=record)
    messages.success(request, _("Back on the roster. Pairs that ended stay ended."))
    return redirect(record)


@require_POST
@never_cache
def in_full(request: Request, pk: int, model: Model) -> HttpResponse:
    """The page again, with phone and names in full; the reading is recorded with its reason."""
    readable, show = PAGES[model]
    record: Rosterable = readable(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            read_in_full(by=request.user, record=record, reason=form.cleaned_data["reason"], at=timezone.now())
        except Refused as refusal:
            refuse_in(form, refusal)
        else:
            return show(request, record, in_full=True, name=record.full_name)
    return show(request, record, reason_form=form)
