"""Who can read the notes of a village on the three changes."""

from django.utils.translation import gettext as _

from organisations.audience import Readers, reaching, readers_of
from organisations.models import Organisation
from pairing.models import Pairing
from reports.models import ChangeNotes


@readers_of(ChangeNotes)
def of_notes(notes: ChangeNotes) -> Readers:
    paired = Pairing.objects.standing().filter(round=notes.round, village=notes.village).order_by().values("unit")
    circles = [reaching(_("Posts of %(name)s and above") % {"name": notes.village.name}, notes.village)]
    if units := list(Organisation.objects.filter(pk__in=paired)):
        circles.append(reaching(_("Posts of the units paired with the village, and above"), *units))
    return Readers(circles)
