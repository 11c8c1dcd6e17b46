"""What the two sides of a match on the board of resources are told."""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_noop

from office import inbox
from office.models import Message
from organisations.models import Organisation
from pairing.models import ResourceEntry, ResourceExchange
from pairing.notices.market import TURN
from pairing.speaking import MANAGE
from pairing.states import ExchangeState


def settle(exchanges: Iterable[ResourceExchange], at: datetime) -> None:
    """It is nobody's turn any more with these as they stood. One statement."""
    keys = (Q(key__startswith=f"exchange:{exchange.pk}:") for exchange in exchanges)
    Message.objects.open().filter(reduce(or_, keys, Q(pk__in=[]))).update(settled_at=at)


def tell_poster(exchange: ResourceExchange, subject: str, at: datetime, *, news: bool = False) -> None:
    entry = exchange.entry
    _tell(exchange, entry.organisation, exchange.asker.name, subject, at, news=news)


def tell_asker(exchange: ResourceExchange, subject: str, at: datetime, *, news: bool = False) -> None:
    declined = exchange.state in (ExchangeState.DECLINED, ExchangeState.ACCEPTED)
    _tell(exchange, exchange.asker, exchange.entry.organisation.name, subject, at, news=news or declined)


def tell_taken_down(entry: ResourceEntry, asked: Iterable[ResourceExchange], at: datetime) -> None:
    subject = gettext_noop("%(name)s took this down from the board of resources: %(title)s")
    settle(asked, at)
    inbox.tell_each(
        {
            "organisation": exchange.asker,
            "permission": permission_of(exchange.asker),
            "subject": subject,
            "params": {"name": entry.organisation.name, "title": entry.title},
            "url": entry.get_absolute_url(),
            "kind": inbox.NOTICE,
            "key": f"entry:{entry.pk}:down",
            "at": at,
        }
        for exchange in asked
    )


def permission_of(organisation: Organisation) -> str:
    """By which posts an organisation is reached that stands on no side of a pairing."""
    if organisation.is_village:
        return "village.act"
    return "unit.act" if organisation.is_unit else MANAGE


def _tell(
    exchange: ResourceExchange, organisation: Organisation, name: str, subject: str, at: datetime, *, news: bool
) -> None:
    inbox.tell(
        organisations=[organisation],
        permission=permission_of(organisation),
        subject=subject,
        body="",
        params={"name": name, "title": exchange.entry.title},
        url=exchange.entry.get_absolute_url(),
        kind=inbox.NOTICE if news else TURN,
        key=f"exchange:{exchange.pk}:{exchange.state}:{at.timestamp():.0f}",
        at=at,
    )
