"""What a template asks of a directory line: `{{ line.stage|stage_words }}`, `{{ line|partners }}`."""

from datetime import date

from django import template

from pairing.figures import stages

register = template.Library()


@register.filter
def stage_words(stage: int) -> str:
    return str(stages.Stage(stage).label)


@register.filter
def due_on(line) -> date | None:
    return stages.due_on(line)


@register.filter
def partners(line) -> list:
    """Whom a line that was read `with_partners` is paired with."""
    return stages.partners(line)
