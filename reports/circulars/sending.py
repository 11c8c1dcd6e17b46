"""To whom below a committee something is sent, and how each of them is told."""

from collections.abc import Iterable
from datetime import datetime

from office import inbox
from office.models.messages import NOTICE
from organisations.kinds import COMMITTEES
from organisations.models import Organisation
from pairing.models import DirectoryEntry
from pairing.states import Side
from reports.inspection.states import Addressee
from reports.models import Contest, Notice, OnsiteMeeting

KIND, KEY = "to_be_read", "notice:{pk}:read"
SIDES = {Addressee.UNIT: Side.UNIT, Addressee.VILLAGE: Side.VILLAGE}
Sent = Notice | OnsiteMeeting | Contest


def recipients_of(sent: Notice | OnsiteMeeting) -> list[Organisation]:
    """Those below the issuer that it names: of the newest directory of the round, committees, who is commended."""
    sides = [SIDES[Addressee(each)] for each in sent.to if each in SIDES]
    lines = DirectoryEntry.objects.filter(directory=sent.round.newest_directory_id, side__in=sides)
    below = Organisation.objects.under(sent.organisation).exclude(pk=sent.organisation_id).open()
    found = below.filter(pk__in=lines.order_by().values("organisation"))
    if Addressee.COMMITTEE in sent.to:
        found = found | below.filter(kind__in=COMMITTEES)
    if isinstance(sent, Notice):
        found = found | below.filter(commendations__notice=sent)
    return list(found.distinct().order_by("path"))


def reading_permission(organisation: Organisation) -> str:
    return "village.act" if organisation.is_village else "unit.act" if organisation.is_unit else "report.file"


def tell(sent: Sent, organisations: Iterable[Organisation], subject: str, at: datetime, key: str = "") -> None:
    """To whoever acts for each recipient: three statements however many there are."""
    by_permission: dict[str, list[Organisation]] = {}
    for each in organisations:
        by_permission.setdefault(reading_permission(each), []).append(each)
    for permission, told in by_permission.items():
        inbox.tell(
            organisations=told, permission=permission, subject=subject, body="", params={"title": sent.title},
            url=sent.get_absolute_url(), kind=NOTICE if key else KIND, key=key or KEY.format(pk=sent.pk), at=at,
        )  # fmt: skip
