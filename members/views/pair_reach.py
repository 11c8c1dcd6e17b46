"""What a person may reach among pairs and those who are to be helped; everything else does not exist."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from members.actions.pairs import MANAGE
from members.conditions import Target
from members.kinds import SIDES, PairKind
from members.models import Household, Member, Person, PersonPair
from organisations.kinds import Kind
from organisations.models import Organisation, User

TARGET_MODELS: dict[str, type] = {"household": Household, "member": Member, "person": Person}
VILLAGE = "village"


def visible_pair(user: User, pk: int) -> PersonPair:
    return get_object_or_404(PersonPair.objects.visible_to(user).with_people().with_nearness(user), pk=pk)


def managed_pair(user: User, pk: int) -> PersonPair:
    """In force, and the user may end it or hand it on."""
    managed = PersonPair.objects.visible_to(user).managed_by(user).active()
    return get_object_or_404(managed.with_people().with_nearness(user), pk=pk)


def target_of(user: User, side: str, pk: int) -> Target:
    """Somebody for whom the user may name a helper, with `is_near`."""
    if not user.can(MANAGE):
        raise Http404
    if side == VILLAGE:
        return get_object_or_404(Organisation.objects.readable_by(user).filter(kind=Kind.VILLAGE), pk=pk)
    if side not in TARGET_MODELS:
        raise Http404
    rows: QuerySet = TARGET_MODELS[side]._default_manager.visible_to(user)  # type: ignore[attr-defined]  # people have it
    return get_object_or_404(rows.with_nearness(user).present(), pk=pk)  # type: ignore[attr-defined]


def kinds_for(target: Target) -> list[PairKind]:
    column = f"target_{type(target)._meta.model_name}"
    return [PairKind(kind) for kind, (_helpers, targets) in SIDES.items() if column in targets]
