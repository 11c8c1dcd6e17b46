"""What everybody reads of a unit that gives: the gifts with which it agreed to be named, and where each of them is."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from funds.kinds import EntryKind
from funds.models import Entry
from funds.querysets.feedback import with_whereabouts
from organisations.models import Organisation

GIFTS = (EntryKind.RECEIPT, EntryKind.GOODS)


@dataclass
class AtVillage:
    """Of one village, in yuan. `promised` is told where the unit is named with every gift there; else it is None."""

    village: Organisation
    gifts: list[Any] = field(default_factory=list)  # entries with their whereabouts
    promised: Decimal | None = None

    @property
    def received(self) -> Decimal:
        return sum((gift.amount for gift in self.gifts), Decimal(0))

    @property
    def used(self) -> Decimal:
        return sum((gift.used for gift in self.gifts), Decimal(0))

    @property
    def left(self) -> Decimal:
        return self.received - self.used

    @property
    def published(self) -> Decimal:
        return sum((gift.amount for gift in self.gifts if gift.is_published), Decimal(0))


def gifts_of(unit: Organisation):
    """Named ones alone, the newest first."""
    named = Entry.objects.standing().filter(giver=unit, kind__in=GIFTS, name_consent__is_shown=True)
    return with_whereabouts(named).select_related("fund__holder").order_by("-on", "-pk")


def villages_of(unit: Organisation) -> list[AtVillage]:
    """Each village with the gifts there: two more statements than for the gifts."""
    found: dict[int, AtVillage] = {}
    for gift in gifts_of(unit):
        found.setdefault(gift.fund.holder_id, AtVillage(gift.fund.holder)).gifts.append(gift)
    theirs = Entry.objects.standing().filter(giver=unit, fund__holder__in=found).order_by()
    hidden = theirs.filter(kind__in=GIFTS).exclude(name_consent__is_shown=True).values_list("fund__holder", flat=True)
    open_ones = set(found) - set(hidden)
    pledged = theirs.filter(kind=EntryKind.PLEDGE, fund__holder__in=open_ones).values_list("fund__holder")
    promised: dict[int, Decimal] = defaultdict(Decimal, pledged.annotate(of=Sum("amount")))
    for key in open_ones:
        found[key].promised = promised[key]
    return list(found.values())


def gifts_in(villages: list[AtVillage]) -> list[Any]:
    return sorted((gift for one in villages for gift in one.gifts), key=lambda gift: (gift.on, gift.pk), reverse=True)
