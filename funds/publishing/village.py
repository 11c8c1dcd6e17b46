"""What everybody reads of a village: who helps, what was promised, received and spent, what was published."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, Sum, prefetch_related_objects

from funds.kinds import EntryKind, Use
from funds.models import DisclosedEntry, Disclosure, DisclosurePicture, Entry, Fund, NameConsent, Objection
from funds.publishing.filling import Line, Sums, funds_of, published_lines, sums_of
from funds.publishing.intact import broken
from funds.querysets.disclosure import undisclosed, with_due_day
from funds.querysets.ledger import LedgerQuerySet
from organisations.models import Organisation
from pairing.models import Pairing
from pairing.states import PairingState

SHOWN = 8


@dataclass
class VillageAccount:
    """One village before everybody. Amounts in yuan."""

    village: Organisation
    today: date
    pairings: list[Pairing] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    uses: list[tuple[str, Decimal]] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    unanswered: int = 0
    waiting: int = 0
    late: int = 0
    is_whole: bool = True

    @property
    def has_money(self) -> bool:
        """Whether anything was entered."""
        return any(fund.last_number for fund in self.funds)

    @property
    def newest(self) -> Disclosure | None:
        return self.disclosures[0] if self.disclosures else None


def account_of(village: Organisation, today: date) -> VillageAccount:
    """A fixed number of statements, however many entries there are."""
    found = VillageAccount(village, today)
    found.pairings = list(pairings_of(village))
    found.funds = list(funds_of(village))
    found.sums = sums_of(found.funds)
    found.uses = uses_of(Entry.objects.filter(fund__holder=village))
    found.disclosures = list(public_disclosures(village)[:SHOWN])
    if found.newest is not None:
        found.lines = lines_of(found.newest)
    waiting = with_due_day(undisclosed(Entry.objects.filter(fund__holder=village))).order_by()
    counted = waiting.aggregate(waiting=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    found.waiting, found.late = counted["waiting"], counted["late"]
    asked = list(Objection.objects.filter(village=village).defer("contact", "token", "key"))
    found.objections = [one for one in asked if one.answer or one.second_answer][:SHOWN]
    found.unanswered = sum(1 for one in asked if one.open_until and one.open_until < today)
    found.is_whole = not broken(fund.pk for fund in found.funds)
    return found


def pairings_of(village: Organisation):
    """The units that help, as the public board has them."""
    stand = Pairing.objects.filter(village=village, state__in=[PairingState.SIGNED, PairingState.ENDED])
    return stand.select_related("unit", "round").only("unit__name", "round__name", "state", "signed_on").order_by("-pk")


def public_disclosures(village: Organisation):
    """Newest first; those that a newer version corrects stand behind it."""
    return Disclosure.objects.filter(village=village).public().order_by("-published_at", "-pk")


def uses_of(entries: LedgerQuerySet) -> list[tuple[str, Decimal]]:
    """On what money was spent, the most first."""
    rows = entries.standing().filter(kind=EntryKind.SPENDING).order_by().values("use").annotate(sum=Sum("amount"))
    return [(str(Use(row["use"]).label), row["sum"]) for row in rows.order_by("-sum", "use")]


def lines_of(disclosure: Disclosure) -> list[Line]:
    return lines_of_each([disclosure.pk]).get(disclosure.pk, [])


def lines_of_each(disclosures: Collection[int]) -> dict[int, list[Line]]:
    """By disclosure. A fixed number of statements."""
    rows = list(
        DisclosedEntry.objects.filter(disclosure__in=disclosures)
        .select_related("entry__giver")
        .defer("entry__giver__contact_name", "entry__giver__contact_phone")
        .order_by("disclosure", "position")
    )
    prefetch_related_objects([row.entry for row in rows if row.entry.goods], "lines")
    named, found = named_among([row.entry_id for row in rows]), defaultdict(list)
    for row, line in zip(rows, published_lines(rows, named), strict=True):
        found[row.disclosure_id].append(line)
    return found


def named_among(entries: list[int]) -> set[int]:
    """Entries whose giver agreed to be named (P-24)."""
    return set(NameConsent.objects.filter(entry__in=entries, is_shown=True).values_list("entry", flat=True))


def pictures_of(disclosure: Disclosure):
    return DisclosurePicture.objects.filter(disclosure=disclosure).order_by("pk")


VERSION = """
SELECT concat_ws('-',
    (SELECT concat_ws('.', sum(last_number), max(id)) FROM funds_fund WHERE holder_id = %(village)s),
    (SELECT concat_ws('.', count(*), max(id)) FROM funds_disclosure
        WHERE village_id = %(village)s AND state <> 'draft'),
    (SELECT concat_ws('.', count(*), max(p.id)) FROM funds_disclosurepicture p JOIN funds_disclosure d
        ON d.id = p.disclosure_id WHERE d.village_id = %(village)s),
    (SELECT concat_ws('.', count(*), max(answered_at), max(second_answered_at), max(second_due_on))
        FROM funds_objection WHERE village_id = %(village)s),
    (SELECT concat_ws('.', max(c.said_at), count(*)) FROM funds_nameconsent c JOIN funds_entry e ON e.id = c.entry_id
        JOIN funds_fund f ON f.id = e.fund_id WHERE f.holder_id = %(village)s),
    (SELECT string_agg(concat_ws('.', id, state), ',' ORDER BY id) FROM pairing_pairing WHERE village_id = %(village)s),
    (SELECT name FROM organisations_organisation WHERE id = %(village)s))
"""


def version_of(village: int) -> str:
    """Changes whenever something on the page of the village does, but for the day. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, {"village": village})
        return cursor.fetchone()[0]
