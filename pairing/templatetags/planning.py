"""Values of targets as people write them."""

from django import template

from pairing.models import Target
from pairing.plans.letters import printed

register = template.Library()


@register.simple_tag
def figure(value, target: Target) -> str:
    """2,600元 - with its unit of measure; nothing where the target is one in words."""
    return "" if value is None else f"{printed(value)}{target.unit_of_measure}"
