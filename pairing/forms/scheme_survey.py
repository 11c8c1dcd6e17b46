"""The survey of a scheme in forms: words of questions and answers, weights, households and shares."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pairing.schemes.editing import Path
from pairing.schemes.survey import SurveyRules

Given = tuple[Path, forms.Field, Any]  # where it stands in the file, its field, its value now
LONGEST_NAME = 60


def survey_items(rules: SurveyRules) -> Iterator[tuple[str, str, list[Given]]]:
    """Title, clause and items of each part."""
    for number, question in enumerate(rules.questions):
        at: Path = ("测评", "测评题目", number)
        yield _("Question"), question.clause, [((*at, "名称"), words(), question.name)]
    for number, option in enumerate(rules.options):
        at = ("测评", "测评选项", number)
        weight = whole(_("Counts, per cent"), 0, 100, required=False, help_text=_("Empty: told, and not counted."))
        yield (
            option.name,
            option.clause,
            [((*at, "名称"), words(), option.name), ((*at, "权重"), weight, option.weight)],
        )
    for number, channel in enumerate(rules.channels):
        at = ("测评", "测评方式", number)
        yield (
            channel.name,
            channel.clause,
            [
                ((*at, "名称"), words(), channel.name),
                ((*at, "每村户数"), whole(_("Households of each village"), 1, 200), channel.households),
                ((*at, "占比"), whole(_("Share of the score, per cent"), 0, 100), channel.weight),
            ],
        )
    least = whole(_("Results are shown from so many answers"), 3, 100)
    yield _("Smallest group"), rules.clause_of.get("least", ""), [(("测评", "最少份数"), least, rules.least)]


def words() -> forms.CharField:
    return forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


def whole(label: str, least: int, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)
