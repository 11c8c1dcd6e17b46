"""The words of what a scheme says of assessments: what an official writes, and what it means here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssessedSide(models.TextChoices):
    """Who is assessed."""

    UNIT = "unit", _("each unit with a pairing")
    VILLAGE = "village", _("each paired village")
    TOWNSHIP = "township", _("each township with paired villages")
    PAIRING = "pairing", _("each pairing as a whole")


class ItemKind(models.TextChoices):
    SCORED = "scored", _("counts")
    BONUS = "bonus", _("bonus")
    VETO = "veto", _("veto")


class ItemRule(models.TextChoices):
    """How the points of an item come about."""

    PER_MISSING = "per_missing", _("points off for each one missing")
    RATIO = "ratio", _("by how far the duties are met")
    ACTIVITIES = "activities", _("by the number of confirmed activities")
    PUBLISHED = "published", _("by how much of the aid money was published")
    SATISFACTION = "satisfaction", _("by the rate of satisfaction")
    LINKED = "linked", _("by the score of the paired villages")
    MANUAL = "manual", _("full mark, the organiser takes off with a reason")


class ConsumerKind(models.TextChoices):
    SCORES = "scores", _("items and scores")
    AWARDS = "awards", _("who may be commended")


ASSESSED_WORDS = {
    "单位": AssessedSide.UNIT,
    "村": AssessedSide.VILLAGE,
    "乡镇": AssessedSide.TOWNSHIP,
    "结对": AssessedSide.PAIRING,
}
ITEM_KIND_WORDS = {"计分": ItemKind.SCORED, "加分": ItemKind.BONUS, "否决": ItemKind.VETO}
RULE_WORDS = {
    "每缺一次扣分": ItemRule.PER_MISSING,
    "按完成比例": ItemRule.RATIO,
    "按确认的活动": ItemRule.ACTIVITIES,
    "按资金公开比例": ItemRule.PUBLISHED,
    "按满意率": ItemRule.SATISFACTION,
    "按结对村得分": ItemRule.LINKED,
    "手工评定": ItemRule.MANUAL,
}
CONSUMER_WORDS = {"得分表": ConsumerKind.SCORES, "评先评优": ConsumerKind.AWARDS}

# Which words an item of these blocks may hold, by the name of the item.
ASSESSMENT_CHOICES: dict[str, dict[str, dict]] = {
    "考核": {"对象": ASSESSED_WORDS},
    "考核项目": {"对象": ASSESSED_WORDS, "性质": ITEM_KIND_WORDS, "规则": RULE_WORDS},
    "考核去向": {"对象": ASSESSED_WORDS, "种类": CONSUMER_WORDS},
}
