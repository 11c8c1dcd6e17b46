"""The two sides of a person-to-person pair, named as the reader may know them: `{{ pair|target_name }}`."""

from django import template
from django.conf import settings
from django.urls import reverse

from members.listings.pairs import shown_helper, shown_target
from members.models import PersonPair

register = template.Library()


@register.filter
def target_name(pair: PersonPair) -> str:
    return shown_target(pair)


@register.filter
def helper_name(pair: PersonPair) -> str:
    return shown_helper(pair)


@register.filter
def kind_of(record) -> str:
    return record._meta.model_name


@register.simple_tag
def forms_ahead() -> str:
    """Where a phone learns which forms it may need where there is no signal, of an upper app (settings.FORMS_AHEAD)."""
    return reverse(settings.FORMS_AHEAD)


@register.simple_tag
def pair_visit(pair: PersonPair) -> str:
    """The form for a visit in this pair, of an upper app (settings.PAIR_VISIT); a village has no door."""
    return "" if pair.target_organisation_id else reverse(settings.PAIR_VISIT, args=[pair.pk])
