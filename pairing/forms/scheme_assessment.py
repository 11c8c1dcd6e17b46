"""The assessment of a scheme in forms: names and points of its items, grades, whose points count how much."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from pairing.forms.scheme_survey import Given, whole, words
from pairing.schemes.assessment import GRADES, MOST_POINTS, AssessmentRules, Item
from pairing.schemes.assessment_words import ItemKind, ItemRule
from pairing.schemes.editing import Path


class PointsField(forms.DecimalField):
    """A number as the file writes it: 5, 2.5."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label=label, min_value=0, max_value=MOST_POINTS, decimal_places=2, **options)

    def clean(self, value: Any) -> int | float | None:
        given = super().clean(value)
        return None if given is None else as_written(given)


def as_written(points: Decimal) -> int | float:
    return int(points) if points == int(points) else float(points)


def assessment_items(rules: AssessmentRules) -> Iterator[tuple[str, str, list[Given]]]:
    """Title, clause and items of each part."""
    for number, item in enumerate(rules.items):
        yield item.name, item.clause, list(_of_item(("考核", "考核项目", number), item))
    if rules.grades != GRADES:  # else the file may not have them
        for number, grade in enumerate(rules.grades):
            at: Path = ("考核", "等次", number)
            least = PointsField(_("From so many points of a hundred"))
            named: Given = ((*at, "名称"), words(), grade.name)
            yield grade.name, "", [named, ((*at, "最低分"), least, grade.least)]
    yield (
        _("Whose points count how much"),
        rules.clause_of.get("organiser_weight", ""),
        [
            (("考核", "自评权重"), percent(_("The assessed themselves, per cent")), rules.own_weight),
            (("考核", "对方评分权重"), percent(_("The other side, per cent")), rules.other_weight),
            (("考核", "组织者评分权重"), percent(_("The organiser, per cent")), rules.organiser_weight),
        ],
    )
    yield (
        _("The result"),
        "",
        [
            (("考核", "上半年权重"), percent(_("The first half-year counts, per cent")), rules.earlier_weight),
            (
                ("考核", "定等适用比例"),
                percent(_("A grade where items apply for at least, per cent")),
                rules.least_share,
            ),
            (("考核", "加分封顶"), PointsField(_("Bonus points at most")), rules.bonus_cap),
            (("考核", "低效分数"), PointsField(_("A pairing has little effect below")), rules.low),
        ],
    )


def _of_item(at: Path, item: Item) -> Iterator[Given]:
    yield (*at, "名称"), words(), item.name
    if item.kind == ItemKind.VETO:
        return
    yield (*at, "满分"), PointsField(_("Full mark")), item.full
    if item.rule == ItemRule.PER_MISSING:
        yield (*at, "每缺一次扣"), PointsField(_("Points off for each one missing")), item.off
    if item.rule == ItemRule.ACTIVITIES:
        yield (*at, "满分次数"), whole(_("Full mark at so many activities"), 1, MOST_POINTS), item.wanted


def percent(label: str) -> forms.IntegerField:
    return whole(label, 0, 100)
