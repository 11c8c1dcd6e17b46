"""Supervision of aid money: reminding, and noting what a check found. Nobody approves what a village publishes."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.models import MoneyCheck
from funds.notices.publishing import remind
from funds.querysets.supervision import SUPERVISE, supervised, with_figures
from office.models import Message
from organisations.history import act
from organisations.models import Organisation, User


@act(_("reminded villages of aid money that is not published"))
def remind_late(*, by: User, at: datetime) -> int:
    """Every village below that is late, once a day, whoever reminds. Returns how many were reminded."""
    today = timezone.localdate(at)
    late = list(with_figures(supervised(by, SUPERVISE), today).filter(late__gt=0))
    if not late:
        raise Refused(_("Nobody is late with publishing."))
    key = f"disclosure:remind:{today}"
    told = set(Message.objects.filter(key=key, organisation__in=late).values_list("organisation", flat=True))
    fresh = [village for village in late if village.pk not in told]
    if not fresh:
        raise Refused(_("All of them were reminded today. Remind them again tomorrow."))
    remind(fresh, key, at)
    return len(fresh)


@act(_("noted a check of aid money"))
def note_check(*, by: User, village: Organisation, words: str, at: datetime) -> MoneyCheck:
    post = by.acting(SUPERVISE, village)
    if not words.strip():
        raise Refused(_("Write down what was checked and found."))
    return MoneyCheck.objects.create(village=village, words=words.strip(), noted_at=at, noted_by=by, noted_as=post)
