"""What of a floating member goes beside the words that personal_data.yaml names: links die, scans are destroyed.

Called within the act that erases the member (`person.erase`).
"""

from collections.abc import Sequence
from datetime import datetime

from members.models import CheckInLink, FloatingRecord
from office import files
from office.models import StoredFile
from organisations.models import User


def forget_floating(*, by: User | None, members: Sequence[int], at: datetime) -> int:
    """The personal links die at once. Returns how many signed agreements were destroyed."""
    records = FloatingRecord.objects.filter(member__in=members).order_by()
    links = CheckInLink.objects.filter(record__in=records.values("pk"), revoked_at=None)
    links.update(revoked_at=at, revoked_by=by)
    return files.destroy(StoredFile.objects.filter(pk__in=records.values("agreement_scan")), at=at)
