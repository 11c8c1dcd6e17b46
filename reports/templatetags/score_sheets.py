"""Small words of the score sheets."""

from django import template

from pairing.schemes.assessment import AssessmentRules
from pairing.schemes.assessment_document import plain
from reports.models import ScoreLine

register = template.Library()
register.filter("plain", plain)


@register.filter
def of_key(found: dict, key: int) -> list:
    return found.get(key, [])


@register.filter
def item_name(line: ScoreLine, rules: AssessmentRules) -> str:
    item = rules.item(line.item)
    return item.name if item else line.item
