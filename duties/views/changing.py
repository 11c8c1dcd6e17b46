"""What a round would owe under another version of its scheme or with another number; and deciding for a version."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.dates import chinese_date
from core.refusals import Refused
from duties.actions import choose_version
from duties.forms import ChooseVersionForm, SupposeForm, VersionForm
from duties.supposing import difference, suppose
from organisations.requests import Request
from pairing.actions.scheme_changes import possible_versions
from pairing.models import Round
from pairing.schemes.comparing import compared
from pairing.states import RoundState
from pairing.views.reach import managed_round


def open_round(request: Request, pk: int) -> Round:
    round = managed_round(request.user, pk)
    if round.state != RoundState.OPEN:
        raise Http404
    return round


def round_scheme(request: Request, pk: int) -> HttpResponse:
    """First what another version would mean, then deciding for it with a reason."""
    round, today = open_round(request, pk), timezone.localdate()
    possible = possible_versions(round).exclude(pk=round.scheme_version_id).exists()
    form = VersionForm(request.GET if "version" in request.GET else None, round=round, initial={"from_day": today})
    deciding = ChooseVersionForm(request.POST or None, round=round, initial=request.GET.dict())
    if request.method == "POST" and deciding.is_valid():
        given = deciding.cleaned_data
        try:
            made = choose_version(by=request.user, round=round, at=timezone.now(), **given)
        except Refused as refusal:
            deciding.add_error(None, refusal.sentence)
        else:
            words = _("From %(day)s on the round goes by this version. Both sides are told.")
            messages.success(request, words % {"day": chinese_date(made.from_day)})
            return redirect(round)
    shown = {"round": round, "form": form, "deciding": deciding, "nothing": not possible}
    if form.is_bound and form.is_valid():
        version, from_day = form.cleaned_data["version"], form.cleaned_data["from_day"]
        found = difference(round, version, from_day, today)
        shown |= {
            "version": version,
            "from_day": from_day,
            "may_choose": today <= from_day <= round.ends_on,
            "found": found,
            "changed": compared(round.rules, version.rules),
        }
    return render(request, "duties/round_scheme.html", shown)


@require_safe
def suppose_duties(request: Request, pk: int) -> HttpResponse:
    """Who would be behind with another number; nothing is written."""
    round, today = open_round(request, pk), timezone.localdate()
    form = SupposeForm(request.GET if "least" in request.GET else None, round=round, initial=request.GET.dict())
    shown = {"round": round, "form": form, "today": today}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        shown |= {"found": suppose(round, given["obligation"], given["least"], today), "least": given["least"]}
    return render(request, "duties/suppose.html", shown)
