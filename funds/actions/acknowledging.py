"""A back-up was restored: the file outside knows entries that are gone. Somebody answers for it, once and for good."""

from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds import heads, verifying
from funds.models import AcknowledgedLoss, Fund
from funds.querysets.ledger import ACKNOWLEDGE
from funds.tasks import verify_ledgers
from organisations.history import act, note_capacity
from organisations.models import User


@act(_("acknowledged what is missing in ledgers"))
def acknowledge_losses(*, by: User, words: str, at: datetime) -> int:
    """All that the file outside has and the ledgers below the user's posts have not; returns of how many funds.

    Verification goes on naming it, as acknowledged; an altered entry that is hashed is not acknowledged by this.
    """
    if not by.can(ACKNOWLEDGE):
        raise Refused(_("None of your posts allows this."))
    if not words.strip():
        raise Refused(_("Say what happened: which back-up was restored, when and why."))
    found = lost()
    funds = Fund.objects.select_related("holder").in_bulk([fund for fund, _numbers, _hashes in found])
    made = []
    for fund, numbers, hashes in found:
        post = by.capacity(ACKNOWLEDGE, funds[fund].holder if fund in funds else None)
        if post is not None:
            note_capacity(post)
            made.append(AcknowledgedLoss(fund_key=fund, numbers=numbers, hashes=hashes, acknowledged_as=post))
    if not made:
        raise Refused(_("Nothing is missing here that was not acknowledged already."))
    for each in made:
        each.words, each.acknowledged_at, each.acknowledged_by = words.strip(), at, by
    AcknowledgedLoss.objects.bulk_create(made)
    transaction.on_commit(lambda: verify_ledgers.delay(), robust=True)
    return len(made)


def lost() -> list[tuple]:
    """Fund, numbers and hashes of what the file has and no ledger has, as far as nobody has acknowledged it."""
    try:
        with transaction.atomic():
            heads.load()
            return verifying.rows(verifying.LOST)
    except DatabaseError as error:
        raise Refused(verifying.SENTENCES["bad file"]) from error
