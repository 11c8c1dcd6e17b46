"""A duty that is met by handing something in: the action that does so says it here, in its own transaction.

Upper apps know what is handed in and by whom it may be; here is only kept that it was.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from duties.models import Duty, Filing
from duties.states import DutyState
from organisations.models import User
from pairing.schemes.duty_words import BY_FILING


def file(*, by: User, duty: Duty, address: str, at: datetime) -> Filing:
    """`address`: where it can be read. Refused where the duty is no longer owed, or was met already."""
    duty = Duty.objects.select_for_update(of=("self",)).related().get(pk=duty.pk)
    assert duty.rule is None or duty.rule.counted in BY_FILING
    if duty.state == DutyState.LAPSED:
        raise Refused(_("This duty is no longer owed."))
    if duty.filings.filter(withdrawn_at=None).exists():
        raise Refused(_("This was handed in already."))
    made = Filing.objects.create(duty=duty, address=address, filed_at=at, filed_by=by)
    counted_now(duty, at)
    return made


def withdraw(*, by: User, duty: Duty, at: datetime) -> None:
    """What was handed in came back: the duty is owed again. Nothing where nothing was handed in."""
    duty = Duty.objects.select_for_update(of=("self",)).get(pk=duty.pk)
    duty.filings.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by)
    counted_now(duty, at)


def counted_now(duty: Duty, at: datetime) -> None:
    """Lists show it at once, not from the next count on."""
    duty.done = duty.filings.filter(withdrawn_at=None).count()
    duty.counted_at = at
    duty.save(update_fields=["done", "counted_at"])
