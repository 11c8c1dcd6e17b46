"""What the board of resources shows: counts by kind, both columns, and the known needs and strengths beside (SH-25)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from organisations.kinds import Resource
from organisations.models import Need, Organisation, Strength, User
from pairing.models import ResourceEntry, ResourceExchange
from pairing.models.resource import Direction
from pairing.querysets.issues import in_area_of
from pairing.speaking import speaking_post
from pairing.states import EntryState, ExchangeState

SHOWN = 30
KNOWN_SHOWN = 8


@dataclass(frozen=True)
class Tally:
    """One kind of resource, or all of them, with how much is offered and asked for."""

    kind: str
    name: object
    offers: int
    requests: int


def tallies(entries: QuerySet[ResourceEntry]) -> list[Tally]:
    """One statement."""
    rows = entries.order_by().values_list("resource", "direction").annotate(Count("pk"))
    counted = {(resource, direction): number for resource, direction, number in rows}
    return [
        Tally(kind.value, kind.label, *(counted.get((kind.value, direction.value), 0) for direction in Direction))
        for kind in Resource
    ]


def searched(entries: QuerySet[ResourceEntry], words: str) -> QuerySet[ResourceEntry]:
    hits = Organisation.objects.found_by(words).order_by().values("pk")
    return entries.filter(Q(title__contains=words) | Q(details__contains=words) | Q(organisation__in=hits))


def column(entries: QuerySet[ResourceEntry], direction: Direction) -> QuerySet[ResourceEntry]:
    return entries.filter(direction=direction).select_related("organisation", "facility")


def known(model: type[Model], owner: str, direction: Direction, user: User, kind: str, words: str) -> QuerySet:
    """Needs of villages, or strengths of units, of the area that do not stand on the board yet."""
    posted = ResourceEntry.objects.filter(
        organisation=OuterRef(owner), title=OuterRef("name"), direction=direction, state=EntryState.OPEN
    )
    rows = model._default_manager.filter(in_area_of(user, f"{owner}__path"), **{f"{owner}__closed_on": None})
    if kind:
        rows = rows.filter(resource=kind)
    if words:
        hits = Organisation.objects.found_by(words).order_by().values("pk")
        rows = rows.filter(Q(name__contains=words) | Q(**{f"{owner}__in": hits}))
    return rows.exclude(Exists(posted)).select_related(owner).order_by("-pk")


def known_needs(user: User, kind: str, words: str) -> QuerySet[Need]:
    return known(Need, "village", Direction.REQUEST, user, kind, words)


def known_strengths(user: User, kind: str, words: str) -> QuerySet[Strength]:
    return known(Strength, "unit", Direction.OFFER, user, kind, words)


def known_of(rows: QuerySet, owner: str, own: set[int]) -> list[tuple[Model, bool]]:
    """One's own first, then the first of the others; each with whether the reader speaks for it. One statement."""
    mine = Q(**{f"{owner}__in": own})
    shown = rows.filter(mine)[:KNOWN_SHOWN].union(rows.exclude(mine)[:KNOWN_SHOWN], all=True) if own else rows
    marked = [(row, getattr(row, f"{owner}_id") in own) for row in shown[: 2 * KNOWN_SHOWN]]
    return sorted(marked, key=lambda each: not each[1])


def offered_verbs(user: User, exchange: ResourceExchange) -> list[str]:
    """What this person may do with a match now."""
    posts = speaking_post(user, exchange.entry.organisation) is not None
    asks = speaking_post(user, exchange.asker) is not None
    if exchange.state == ExchangeState.ASKED:
        return (["accept", "decline"] if posts else []) + (["withdraw"] if asks else [])
    if exchange.state == ExchangeState.ACCEPTED:
        return ["done", "withdraw"] if posts or asks else []
    if exchange.state == ExchangeState.DONE:
        return ["confirm", "return"] if (posts if exchange.done_by_asker else asks) else []
    return []


def is_on_offer(entry: ResourceEntry, today: date) -> bool:
    return entry.state == EntryState.OPEN and (entry.until is None or entry.until >= today)
