"""How a duty stands: what is kept, and what follows from it on a day."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class DutyState(models.TextChoices):
    """Kept. A duty lapses where what it was planned from is gone: the pairing ended, the agreement was amended."""

    OPEN = "open", _("owed")
    WAIVED = "waived", _("waived")
    LAPSED = "lapsed", _("lapsed")


class Standing(models.TextChoices):
    """As of a day, from what was counted."""

    LATE = "late", _("late")
    SOON = "soon", _("due soon")
    RUNNING = "running", _("under way")
    MET = "met", _("done")


SOON_DAYS = 30
TONES = {Standing.LATE: "late", Standing.SOON: "soon", Standing.RUNNING: "wait", Standing.MET: "done"}


def open_standing(due_on: date, today: date) -> Standing:
    """Of what is due on that day and not met."""
    left = (due_on - today).days
    if left < 0:
        return Standing.LATE
    return Standing.SOON if left <= SOON_DAYS else Standing.RUNNING
