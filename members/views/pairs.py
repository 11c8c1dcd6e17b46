"""Who helps whom: the list, one pair with its course, naming a helper, ending it, handing it to somebody else."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.listing import render_list
from members import conditions
from members.actions import pairs as acts
from members.course import course_of
from members.forms.pairs import EndForm, HelperForm, ReplaceForm
from members.kinds import PairKind
from members.listings.columns import shown_name
from members.listings.pairs import PairFilter, PairTable
from members.models import PersonPair
from members.ruling import ruling_between
from members.views.pair_reach import kinds_for, managed_pair, target_of, visible_pair
from members.views.submitting import first_step, performed
from organisations.models import Organisation
from organisations.requests import Request


@require_safe
def pair_list(request: Request) -> HttpResponseBase:
    return render_list(
        request,
        queryset=PersonPair.objects.visible_to(request.user).with_people().with_nearness(request.user),
        filterset_class=PairFilter,
        table_class=PairTable,
        title=_("Person-to-person pairs"),
        is_long=True,
        template="members/pairs/list.html",
        context={
            "may_read_coverage": (reads := request.user.can(acts.MANAGE) or request.user.can("member.read")),
            **first_step(
                reads,
                _("Nobody helps anybody yet. Begin with the households without a helper."),
                "uncovered_households",
                _("Households without a helper"),
            ),
        },
    )


@require_safe
def pair_page(request: Request, pk: int) -> HttpResponse:
    pair = visible_pair(request.user, pk)
    shown = {"pair": pair, "course": course_of(pair, request.user)}
    if not pair.target_organisation_id:
        shown["panels"] = settings.ROSTER_PANELS
    return render(request, "members/pairs/page.html", shown)


@require_safe
def choose_kind(request: Request, side: str, pk: int) -> HttpResponse:
    """The kinds of pair in which somebody may be helped, those of the scheme first; straight on where there is one."""
    target = target_of(request.user, side, pk)
    place = conditions.place_of(target)
    rules = ruling_between(place, place).rules
    fitting = [PairKind(kind) for kind in rules.kinds if kind in kinds_for(target)]
    if len(fitting) == 1:
        return redirect("pair_up", side, pk, fitting[0])
    offered = [(kind, rules.rule(kind)) for kind in fitting]
    shown = {"target": target, "name": name_of(target), "side": side, "place": place, "offered": offered}
    return render(request, "members/pairs/choose_kind.html", shown)


def pair_up(request: Request, side: str, pk: int, kind: str) -> HttpResponse:
    target = target_of(request.user, side, pk)
    if kind not in kinds_for(target):
        raise Http404
    form = HelperForm(request.POST or None, user=request.user, kind=kind, place=conditions.place_of(target))
    if pair := performed(request, form, acts.pair_up, kind=kind, target=target, at=timezone.now()):
        messages.success(request, _("Named. The helper was told."))
        warn_of_load(request, pair)
        return redirect(pair)
    shown = {"target": target, "name": name_of(target), "kind": PairKind(kind), "form": form, "place": form.place}
    return render(request, "members/pairs/pair_up.html", shown)


def end(request: Request, pk: int) -> HttpResponse:
    pair = managed_pair(request.user, pk)
    form = EndForm(request.POST or None)
    if performed(request, form, acts.end_pair, pair=pair, at=timezone.now()):
        messages.success(request, _("Ended. It stays in the history of helpers."))
        return redirect(pair)
    return render(request, "members/pairs/end.html", {"pair": pair, "form": form})


def replace(request: Request, pk: int) -> HttpResponse:
    pair = managed_pair(request.user, pk)
    form = ReplaceForm(request.POST or None, user=request.user, kind=pair.kind, place=pair.village)
    if following := performed(request, form, acts.replace_helper, pair=pair, at=timezone.now()):
        messages.success(request, _("Handed over. Both helpers were told."))
        warn_of_load(request, following)
        return redirect(following)
    return render(request, "members/pairs/replace.html", {"pair": pair, "form": form})


def warn_of_load(request: Request, pair: PersonPair) -> None:
    """Whoever has more than the text asks for is not stopped, but it is said."""
    rules = pair.round.rules.persons if pair.round else None
    load = conditions.load(pair.kind, pair.helper, rules) if rules else None
    if load and load.is_over:
        words = {"number": load.number, "quota": load.quota}
        messages.warning(request, _("This helper now looks after %(number)s; the scheme asks for %(quota)s.") % words)


def name_of(target: conditions.Target) -> str:
    return target.name if isinstance(target, Organisation) else shown_name(target)
