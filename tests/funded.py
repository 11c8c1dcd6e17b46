"""What the ledger of aid money holds in the world of the tests that cross the apps."""

import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funds.actions.entering import Particulars, enter
from office.models import StoredFile
from organisations.models import User
from pairing.models import Pairing


def funded(pairing: Pairing, cast: dict[str, User], file: StoredFile, mark: str) -> dict[str, Any]:
    """Money sent that waits for the village, and some received and spent, by the beginning of their addresses."""
    at = timezone.now()
    same = {"on": timezone.localdate(at), "words": f"{mark}修路"}
    aid = {"giver": pairing.unit, "source": "own", "channel": "direct"} | same
    given = {"into": pairing, "at": at}
    village, unit = cast["village_secretary"], cast["branch_secretary"]
    sent = enter(by=unit, kind="sent", given=Particulars(amount=Decimal(500), **aid), key=uuid.uuid4(), **given)
    enter(by=village, kind="receipt", given=Particulars(amount=Decimal(800), **aid), key=uuid.uuid4(), **given)
    spending = Particulars(amount=Decimal(300), use="infrastructure", vouchers=[file], **same)
    spent = enter(by=village, kind="spending", given=spending, key=uuid.uuid4(), **given)
    return {"funds/entries": spent, "funds/sent": sent, "funds": spent.fund}
