"""The words of a satisfaction survey: what an official writes, and what it means here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """Who is judged (YD-16). Cadres always as those of one unit together, never one by one."""

    TEAM = "team", _("aiding team")
    PARTY = "party", _("Party organisation of the village")
    CADRE = "cadre", _("cadres paired with households")


class Channel(models.TextChoices):
    """How people are asked (YD-15). A code on a slip of paper belongs to the questionnaires."""

    FIELD = "field", _("field check")
    PAPER = "paper", _("questionnaire")
    PHONE = "phone", _("telephone follow-up")


class Beside(models.TextChoices):
    """Which records of the product stand beside the answers to a question (YD-11, YD-12)."""

    COMMITMENTS = "commitments", _("public commitments")
    ISSUES = "issues", _("issue ledger")


SUBJECT_KIND_WORDS = {
    "工作队": SubjectKind.TEAM,
    "村党组织": SubjectKind.PARTY,
    "结对责任干部": SubjectKind.CADRE,
}
CHANNEL_WORDS = {"实地": Channel.FIELD, "问卷": Channel.PAPER, "电话": Channel.PHONE}
BESIDE_WORDS = {"公开承诺": Beside.COMMITMENTS, "问题台账": Beside.ISSUES}
# Which words an item may hold, by the block in which it stands.
SURVEY_CHOICES: dict[str, dict[str, dict]] = {
    "测评对象": {"种类": SUBJECT_KIND_WORDS},
    "测评方式": {"种类": CHANNEL_WORDS},
    "测评题目": {"对照": BESIDE_WORDS},
}
