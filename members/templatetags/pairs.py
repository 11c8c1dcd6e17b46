"""The two sides of a person-to-person pair, named as the reader may know them: `{{ pair|target_name }}`."""

from django import template

from members.listings.pairs import shown_helper, shown_target
from members.models import PersonPair

register = template.Library()


@register.filter
def target_name(pair: PersonPair) -> str:
    return shown_target(pair)


@register.filter
def helper_name(pair: PersonPair) -> str:
    return shown_helper(pair)
