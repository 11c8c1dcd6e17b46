"""The words of what an inspection looks at: what an official writes, and what it means here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.TextChoices):
    """From which records a line of the checklist is filled; by eye where the inspectors look for themselves."""

    DUTIES = "duties", _("duties met, of those due")
    ACTIVITIES = "activities", _("activities confirmed, of those recorded")
    MONEY = "money", _("entries of aid money published, of those to be published")
    ISSUES = "issues", _("issues closed, of those raised")
    EYE = "eye", _("what the inspectors find on the spot")


EVIDENCE_WORDS = {
    "任务": Evidence.DUTIES,
    "活动": Evidence.ACTIVITIES,
    "资金公开": Evidence.MONEY,
    "问题": Evidence.ISSUES,
    "实地查看": Evidence.EYE,
}
