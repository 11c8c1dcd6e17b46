"""For which organisation somebody inspects, writes circulars and notices."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from organisations.models import Organisation, User
from pairing.models import Round
from pairing.round_order import nearest_first

INSPECT = "inspection.manage"


def inspecting(user: User, permission: str = INSPECT) -> Organisation:
    """The organisation of the first post that grants it; to everybody else the page does not exist."""
    post = next((post for post in user.posts if post.grants(permission)), None)
    if post is None:
        raise Http404
    return get_object_or_404(Organisation, path=str(post.reach(permission)))


def rounds_of(user: User):
    """From whose directories villages can be drawn, and below whose organisers is told: the nearest first."""
    rounds = Round.objects.visible_to(user).published().filter(newest_directory__isnull=False)
    return nearest_first(rounds.select_related("scheme_version"), user)


def offices_of(user: User) -> list[Organisation]:
    """For which the user holds a post; a desk works for the committee above it."""
    return list(Organisation.objects.filter(path__in=[str(path) for path in user.scopes()]))
