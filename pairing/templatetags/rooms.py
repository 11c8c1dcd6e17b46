"""The pages and panels of a round that apps above this one have."""

from django import template
from django.conf import settings
from django.urls import reverse

from pairing.models import Round

register = template.Library()


@register.simple_tag
def rooms_above(round: Round) -> list[tuple[str, object]]:
    """Address and title of each."""
    return [(reverse(name, args=[round.pk]), title) for name, title in settings.ROUND_ROOMS]


@register.simple_tag
def panels_above(round: Round) -> list[str]:
    """The addresses from which the page fetches them."""
    return [reverse(name, args=[round.pk]) for name in settings.ROUND_PANELS]


@register.simple_tag
def wall_panels(round: Round) -> list[str]:
    """What apps above this one add to the screen on a wall."""
    return [reverse(name, args=[round.pk]) for name in settings.WALL_PANELS]


@register.simple_tag
def public_rooms(kind: str, pk: int) -> list[tuple[str, object]]:
    """Address and title of what everybody reads of a round or village in apps above this one."""
    return [(reverse(name, args=[pk]), title) for name, title in settings.PUBLIC_ROOMS[kind]]
