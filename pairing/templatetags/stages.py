"""The words of a stage: `{{ line.stage|stage_words }}`."""

from django import template

from pairing.stages import Stage

register = template.Library()


@register.filter
def stage_words(stage: int) -> str:
    return str(Stage(stage).label)
