"""What everybody reads of the money of a round: promised, received, spent, left, and how much of it was published."""

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from django.core.cache import cache
from django.db import connection
from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Left, Length
from django.utils.translation import get_language

from funds.kinds import EntryKind
from funds.models import Disclosure, Entry, Fund
from funds.publishing.filling import Sums, masked_giver, sums_of
from funds.publishing.village import uses_of
from funds.querysets.disclosure import disclosed, to_disclose
from funds.querysets.supervision import number
from organisations.models import Organisation
from pairing.models import Round

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Giver:
    """A unit that may be named, or all others together: `unit` is then None. `amount`: money and goods, in yuan."""

    unit: int | None
    name: str
    gifts: int
    villages: int
    amount: Decimal


@dataclass(frozen=True)
class Share:
    """So many of all, by number and, of what was spent, in yuan."""

    number: int = 0
    of: int = 0
    spent: Decimal = Decimal(0)
    of_spent: Decimal = Decimal(0)
    villages: int = 0
    of_villages: int = 0


@dataclass
class RoundAccount:
    """One round before everybody. Amounts in yuan."""

    sums: Sums = field(default_factory=Sums)
    areas: list[tuple[str, Sums]] = field(default_factory=list)
    uses: list[tuple[str, Decimal]] = field(default_factory=list)
    givers: list[Giver] = field(default_factory=list)
    published: Share = field(default_factory=Share)


def account_of(round: Round) -> RoundAccount:
    """A fixed number of statements; kept under the version of what they read, so that it is counted once a change."""
    version = sha256(f"{round.pk} {version_of(round.pk)} {get_language()}".encode()).hexdigest()
    return cache.get_or_set(f"money-of-round:{version}", lambda: counted(round), KEPT_SECONDS) or RoundAccount()


def counted(round: Round) -> RoundAccount:
    areas = [(name, sums_of([fund])) for name, fund in by_area(round)]
    return RoundAccount(
        Sums(**{name: sum(getattr(sums, name) for _area, sums in areas) for name in Sums.__dataclass_fields__}),
        areas,
        uses_of(entries_of(round)),
        givers_of(round),
        published_of(round),
    )


def funds_of(round: Round):
    return Fund.objects.filter(pairing__round=round)


def with_published(round: Round):
    """Its funds, with how many entries are `to_publish` and how many of them are `published`."""
    entries = to_disclose(Entry.objects.filter(fund=OuterRef("pk"))).order_by().values("fund")
    told = entries.filter(disclosed())
    counts = {"to_publish": entries, "published": told}
    return funds_of(round).annotate(**{name: number(rows.annotate(of=Count("pk"))) for name, rows in counts.items()})


def entries_of(round: Round):
    return Entry.objects.filter(fund__pairing__round=round)


def by_area(round: Round):
    """Of each township all funds as if they were one, with what they hold."""
    above = Left("holder__path", Length("holder__path") - Organisation.steplen)
    rows = list(
        funds_of(round).annotate(above=above).order_by("above").values("above")
        .annotate(**{f"all_{kind}": Sum(kind) for kind in EntryKind.values})
    )  # fmt: skip
    names = dict(Organisation.objects.filter(path__in=[row["above"] for row in rows]).values_list("path", "name"))
    for row in rows:
        yield names.get(row["above"], "—"), Fund(**{kind: row[f"all_{kind}"] for kind in EntryKind.values})


def givers_of(round: Round) -> list[Giver]:
    """The most first; those who did not agree to be named stand together at the end."""
    gifts = entries_of(round).standing().filter(kind__in=[EntryKind.RECEIPT, EntryKind.GOODS]).order_by()
    shown = Coalesce(F("name_consent__is_shown"), Value(False), output_field=BooleanField())
    named = gifts.annotate(unit=Case(When(shown, then=F("giver")))).values("unit")
    rows = named.annotate(
        name=Case(When(shown, then=F("giver__name"))),
        gifts=Count("pk"), villages=Count("fund__holder", distinct=True), amount=Sum("amount"),
    ).order_by(F("unit").asc(nulls_last=True))  # fmt: skip
    found = [Giver(**row | {"name": row["name"] or masked_giver()}) for row in rows]
    return sorted(found, key=lambda one: (one.unit is None, -one.amount))


def published_of(round: Round) -> Share:
    spent, out = Q(kind=EntryKind.SPENDING), Q(disclosed())
    signed = Case(When(corrects=None, then=F("amount")), default=-F("amount"))
    found = to_disclose(entries_of(round)).aggregate(
        number=Count("pk", filter=out), of=Count("pk"), spent=Sum(signed, filter=spent & out, default=Decimal(0)),
        of_spent=Sum(signed, filter=spent, default=Decimal(0)), of_villages=Count("fund__holder", distinct=True),
    )  # fmt: skip
    villages = funds_of(round).filter(last_number__gt=0).values("holder")
    told = Disclosure.objects.published().filter(village__in=villages).aggregate(of=Count("village", distinct=True))
    return Share(**found, villages=told["of"])


VERSION = """
SELECT concat_ws('-',
    (SELECT concat_ws('.', sum(f.last_number), max(f.id)) FROM funds_fund f JOIN pairing_pairing p
        ON p.id = f.pairing_id WHERE p.round_id = %(round)s),
    (SELECT concat_ws('.', count(*), max(id)) FROM funds_disclosure WHERE state <> 'draft'),
    (SELECT concat_ws('.', max(said_at), count(*)) FROM funds_nameconsent),
    (SELECT concat_ws('.', state, name) FROM pairing_round WHERE id = %(round)s))
"""


def version_of(round: int) -> str:
    """Changes whenever something on the page of the round's money does, but for the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"round": round})
        return cursor.fetchone()[0]
