"""How far a disclosure is, and which states may follow."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DisclosureKind(models.TextChoices):
    QUARTER = "quarter", _("quarter")
    MONTH = "month", _("month")
    MATTER = "matter", _("major matter")


class DisclosureState(models.TextChoices):
    """Too short a time is never counted as published (P-20)."""

    DRAFT = "draft", _("being prepared")
    PUBLISHED = "published", pgettext_lazy("state of a disclosure", "published")
    SHORT = "short", _("time of publication too short")


TRANSITIONS: dict[DisclosureState, set[DisclosureState]] = {
    DisclosureState.DRAFT: {DisclosureState.PUBLISHED, DisclosureState.SHORT},
    DisclosureState.PUBLISHED: set(),
    DisclosureState.SHORT: set(),
}
TONES = {DisclosureState.DRAFT: "wait", DisclosureState.PUBLISHED: "done", DisclosureState.SHORT: "late"}
