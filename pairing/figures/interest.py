"""Who is interested in whom: proposals and pairings counted beside the lines of a directory."""

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from core.counts import count_by
from organisations.models import Need, Organisation, Strength
from pairing.figures.stages import lines
from pairing.figures.statistics import kept, revision
from pairing.models import DirectoryEntry, Intention, Pairing, PairingPartner, Round
from pairing.states import Side

FEW = 500


def lines_with_interest(round: Round, side: Side) -> QuerySet:
    """The newest directory, each line with `interested` (open proposals) and `partners` (standing pairings)."""
    lines = DirectoryEntry.objects.filter(directory=round.newest_directory, side=side)
    return lines.annotate(
        interested=counted(Intention.objects.open().filter(round=round), side),
        partners=counted(Pairing.objects.standing().filter(round=round), side),
    )


def counted(rows: QuerySet, side: Side) -> Coalesce:
    return count_by(rows.filter(**{side: OuterRef("organisation")}), side)


def with_fit(lines: QuerySet[DirectoryEntry], side: Side, own: QuerySet[Organisation]) -> QuerySet:
    """Adds `fits`: 1 where a need of the one answers a strength of the other, by its aid resource."""
    if side == Side.VILLAGE:
        offered = Strength.objects.filter(unit__in=own.order_by().values("pk")).values("resource")
        fitting: QuerySet = Need.objects.filter(resource__in=offered).values("village")
    else:
        wanted = Need.objects.filter(village__in=own.order_by().values("pk")).values("resource")
        fitting = Strength.objects.filter(resource__in=wanted).values("unit")
    return lines.annotate(fits=Case(When(organisation__in=fitting, then=Value(1)), default=Value(0)))


def alone(round: Round, side: Side) -> Q:
    """Lines without anybody: neither a pairing nor an open proposal."""
    pairings = Pairing.objects.standing().filter(round=round).order_by().values(side)
    proposals = Intention.objects.open().filter(round=round).order_by().values(side)
    return ~Q(organisation__in=pairings) & ~Q(organisation__in=proposals)


def unpaired(round: Round, side: Side) -> Q:
    return ~Q(organisation__in=Pairing.objects.standing().filter(round=round).order_by().values(side))


def idle_units(round: Round) -> Q:
    """Lines of units that neither lead a standing pairing nor joined one (SH-13)."""
    joined = PairingPartner.objects.joined().filter(pairing__in=Pairing.objects.standing().filter(round=round))
    return unpaired(round, Side.UNIT) & ~Q(organisation__in=joined.order_by().values("unit"))


def unpaired_first(round: Round, side: Side) -> list[Case]:
    """For ordering: whoever has nobody yet comes before whoever has a partner.

    Towards the end of a round these are few: who they are is kept under its revision, and the partners of all
    others need not be read. Once there are none, there is nothing to order by.
    """
    at = revision(round)
    waiting = kept(f"unpaired:{round.pk}:{at}:{side}", round, at, lambda: few_unpaired(round, side))
    first = Q(pk__in=waiting) if len(waiting) <= FEW else unpaired(round, side)
    return [Case(When(first, then=Value(0)), default=Value(1))] if waiting else []


def few_unpaired(round: Round, side: Side) -> list[int]:
    """The lines without a partner by primary key: all of them, or one more than `FEW`."""
    return list(lines(round, side).filter(unpaired(round, side)).order_by().values_list("pk", flat=True)[: FEW + 1])


def with_proposals(round: Round, side: Side, least: int) -> Q:
    """Lines with at least `least` open proposals."""
    groups = Intention.objects.open().filter(round=round).order_by().values(side).annotate(rows=Count("pk"))
    return Q(organisation__in=groups.filter(rows__gte=least).values(side))
