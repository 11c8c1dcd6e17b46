"""Recording many activities at once, from the workbook of those who kept paper."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.roster import Line, Verdict
from organisations.history import act
from organisations.models import User
from pairing.models import Pairing
from pairing.states import Side
from visits import paper
from visits.actions.recording import check_pairing, entitled
from visits.rosters import writing


@act(_("recorded activities kept on paper"))
def record_paper(
    *, by: User, pairing: Pairing, side: Side, file: UploadedFile, keeps_alike: bool
) -> tuple[list[Line], list[paper.Wrong]]:
    """All of the workbook or nothing: the rows, and what is wrong in them. What is recorded already stays as it is.

    They wait for the other side like anything that is recorded.
    """
    locked = Pairing.objects.select_for_update(no_key=True, of=("self",)).select_related("unit", "village")
    pairing = locked.get(pk=pairing.pk)
    entitled(by, pairing, pairing.unit, side)
    check_pairing(pairing)
    with NamedTemporaryFile() as copy:
        copy.writelines(file.chunks())
        copy.flush()
        work, lines = paper.read(pairing, by, side, Path(copy.name), file.name or "", keeps_alike=keeps_alike)
    wrong = paper.wrong_in(lines)
    if not wrong:
        writing.write(work, [line for line in lines if line.verdict is Verdict.CREATED])
    return lines, wrong
