"""How far a plan is that a scheme asks for, seen from the pairing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanStanding(models.TextChoices):
    """Like the states of a plan; and missing, where nobody has begun. A version in force counts before a new draft."""

    MISSING = "missing", _("missing")
    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("to be confirmed by the other side")
    CONFIRMED = "confirmed", _("there")

    @property
    def tone(self) -> str:
        return {"missing": "late", "draft": "wait", "proposed": "soon", "confirmed": "done"}[self.value]
