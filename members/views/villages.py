"""Who helps in one village, and under one pairing: leaders, branches, cadres, the chain, links with other villages."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from members.actions.pairs import MANAGE
from members.kinds import PairKind
from members.models import PersonPair
from organisations.kinds import Kind
from organisations.models import Organisation, User
from organisations.requests import Request
from pairing.views.reach import visible_pairing

SHOWN_OF_A_KIND = 30


@dataclass
class Group:
    """Pairs of one kind: how many, and those that are shown."""

    kind: PairKind
    number: int
    pairs: list[PersonPair]


@require_safe
def village_helpers(request: Request, pk: int) -> HttpResponse:
    """The chain of responsibility of a village: who answers for whom, and with whom it is linked (QX-17)."""
    villages = Organisation.objects.readable_by(request.user).filter(kind=Kind.VILLAGE)
    village = get_object_or_404(villages, pk=pk)
    pairs = PersonPair.objects.visible_to(request.user).active().filter(Q(village=village) | Q(unit=village))
    shown = {
        "village": village,
        "groups": grouped(pairs, request.user),
        "may_manage": request.user.can(MANAGE),
    }
    return render(request, "members/pairs/village.html", shown)


@require_safe
def pairing_persons(request: Request, pk: int) -> HttpResponse:
    """A panel of the page of a pairing of organisations, and a page: who helps whom under it."""
    pairing = visible_pairing(request.user, pk)
    pairs = PersonPair.objects.visible_to(request.user).active().filter(pairing=pairing)
    shown = {
        "pairing": pairing,
        "counts": counted(pairs),
        "gaps": pairs.gaps().count(),
        "may_manage": request.user.can(MANAGE, pairing.unit) or request.user.can(MANAGE, pairing.village),
    }
    if request.htmx:
        return render(request, "members/pairs/panel.html", shown)
    shown["groups"] = grouped(pairs, request.user)
    return render(request, "members/pairs/of_pairing.html", shown)


def counted(pairs: QuerySet[PersonPair]) -> list[tuple[PairKind, int]]:
    """Kinds with their numbers, in the order of the kinds."""
    found = dict(pairs.order_by().values_list("kind").annotate(number=Count("pk")))
    return [(kind, found[kind]) for kind in PairKind if kind in found]


def grouped(pairs: QuerySet[PersonPair], user: User) -> list[Group]:
    """By kind; of kinds that may hold hundreds only the first, the rest stands in the list. Two statements."""
    numbers = counted(pairs)
    few = Q(pk__in=[])
    for kind, _number in numbers:
        first = pairs.filter(kind=kind).order_by("since", "pk").values("pk")[:SHOWN_OF_A_KIND]
        few |= Q(pk__in=first)
    shown = PersonPair.objects.filter(few).with_people().with_nearness(user).order_by("since", "pk")
    rows = list(shown) if numbers else []
    return [Group(kind, number, [pair for pair in rows if pair.kind == kind]) for kind, number in numbers]
