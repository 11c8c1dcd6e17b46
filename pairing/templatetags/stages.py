"""The words of a stage: `{{ line.stage|stage_words }}`."""

from django import template

from pairing.stages import Stage

register = template.Library()


@register.filter
def stage_words(stage: str) -> str:
    return str(Stage(stage).label)
