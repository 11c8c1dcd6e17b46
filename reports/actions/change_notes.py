"""Notes of a village on the three changes of a year (QX-26)."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.personal import check_nothing_personal
from reports.models import ChangeNotes

WRITE = "village.act"
CHANGES = ("production", "habits", "thinking")


@act(_("wrote the notes on the three changes"))
def write_change_notes(
    *, by: User, village: Organisation, round: Round, year: int, notes: Mapping[str, str], at: datetime
) -> ChangeNotes:
    """One note of each change; those of the same year are written over, and the history keeps them."""
    by.acting(WRITE, village)
    if not Round.objects.visible_to(by).published().filter(pk=round.pk).exists():
        raise Refused(_("Choose a round that is open."))
    if not round.starts_on.year <= year <= timezone.localdate(at).year:
        raise Refused(_("The year lies between the beginning of the round and today."))
    texts = {name: notes.get(name, "").strip() for name in CHANGES}
    if not all(texts.values()):
        raise Refused(_("Write a note on each of the three changes."))
    check_nothing_personal(*texts.values())
    written, _new = ChangeNotes.objects.update_or_create(
        village=village, round=round, year=year, defaults={**texts, "written_at": at, "written_by": by}
    )
    return written
