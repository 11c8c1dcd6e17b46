"""What the ledger of aid money holds in the world of the tests that cross the apps."""

import uuid
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funds.actions import publishing as acts
from funds.actions.entering import Particulars, enter
from funds.actions.feedback import say_name, send_feedback
from funds.actions.objections import raise_objection
from funds.models import Disclosure, LateVoucher
from funds.publishing.windows import Window
from office.models import StoredFile
from organisations.models import Organisation, User
from pairing.models import Pairing


def funded(pairing: Pairing, cast: dict[str, User], file: StoredFile, mark: str) -> dict[str, Any]:
    """Money sent that waits for the village, and some received and spent, by the beginning of their addresses."""
    at = timezone.now()
    same: dict[str, Any] = {"on": timezone.localdate(at), "words": f"{mark}修路"}
    aid: dict[str, Any] = {"giver": pairing.unit, "source": "own", "channel": "direct"} | same
    given: dict[str, Any] = {"into": pairing, "at": at}
    village, unit = cast["village_secretary"], cast["branch_secretary"]
    sent = enter(by=unit, kind="sent", given=Particulars(amount=Decimal(500), **aid), key=uuid.uuid4(), **given)
    enter(by=village, kind="receipt", given=Particulars(amount=Decimal(800), **aid), key=uuid.uuid4(), **given)
    spending = Particulars(amount=Decimal(300), use="infrastructure", vouchers=[file], **same)
    spent = enter(by=village, kind="spending", given=spending, key=uuid.uuid4(), **given)
    LateVoucher.objects.create(
        entry=spent,
        file=file,
        sha256=file.sha256,
        words=f"{mark}补交",
        added_at=at,
        added_by=village,
        added_as=spent.entered_as,
    )
    disclosures = disclosed(pairing.village, cast, mark)
    asked = raise_objection(
        by=None, village=pairing.village, kind="question", words=f"{mark}路有多长？", key=uuid.uuid4(), at=at
    )
    return {
        "funds/entries": spent,
        "funds/sent": sent,
        "funds": spent.fund,
        "disclosures": disclosures,
        "open/disclosures": disclosures,
        "open/rounds": pairing.round,
        "open/units": pairing.unit,
        "objections": asked,
    } | told(pairing, cast, mark)


def told(pairing: Pairing, cast: dict[str, User], mark: str) -> dict[str, Any]:
    """What the village told the unit; and the gift, with which the unit agreed to be named."""
    at = timezone.now()
    today = timezone.localdate(at)
    sent = send_feedback(
        by=cast["village_secretary"], pairing=pairing, starts_on=today, ends_on=today, words=f"{mark}路通了", at=at
    )
    gift = pairing.fund.entries.get(kind="receipt")
    say_name(by=cast["branch_secretary"], gift=gift, is_shown=True, at=at)
    return {"feedback": sent, "gifts": gift}


def disclosed(village: Organisation, cast: dict[str, User], mark: str) -> Disclosure:
    """What was received and spent today, published at once."""
    at, by = timezone.now(), cast["village_secretary"]
    today = timezone.localdate(at)
    window = Window("matter", "", today, today, today, f"{mark}修路")
    draft = acts.prepare(by=by, village=village, window=window, at=at)
    text = acts.Text(words=f"{mark}路已修通", hotline="0857-4222333", reviewer=f"{mark}监委", reviewed_on=today)
    return acts.publish(by=by, disclosure=draft, text=text, days=15, key=uuid.uuid4(), at=at)
