"""What is read of duties for the pages: what somebody owes, how a pairing and a round stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, Value
from django.utils.translation import gettext as _

from core.figures import Column, Figure, Line, Table
from duties.assigning import assignee
from duties.counting.count import with_progress
from duties.fulfilling import Owed, owed
from duties.models import Assignment, Duty
from duties.querysets import FULFIL, DutyQuerySet, held_by
from duties.states import Standing
from members.models import Member
from members.nearness import Reader
from organisations.models import User
from pairing.models import Pairing, Round
from pairing.models.scheme_change import obligations_of
from pairing.schemes.duties import Obligation

FEW = 3  # duties of one line that have a card each
MOST = 60  # on one page; whoever owes more sees the most pressing ones


def may_owe(user: User) -> bool:
    """By a post, in person, or because it was given to them."""
    by_post = any(user.can(permission) for permission in FULFIL.values())
    in_person = Member.objects.filter(user=user).values(one=Value(1))
    given = Assignment.objects.filter(ended_at=None, post__in=held_by(user)).values(one=Value(1))
    return by_post or in_person.union(given).exists()


def owed_by(user: User, today: date) -> list[Owed]:
    """What runs now, and what is over without having been met; most pressing first. Four statements at most."""
    rows = Duty.objects.owed_by(user).open().filter(due(today))
    rows = rows.related().annotate(assignee=assignee()).order_by("due_on", "pk")
    return in_order(rows[:MOST], today, Reader(user))


@dataclass(frozen=True)
class Bundle:
    """Duties of one line and period, the most pressing first: twenty households of a cadre are one card, not twenty."""

    first: Owed
    others: list[Owed]

    @property
    def late(self) -> int:
        return sum(each.standing == Standing.LATE for each in self.others)


def bundled(found: Iterable[Owed]) -> list[Bundle]:
    """In the order given; a line with few subjects keeps a card for each."""
    alike: dict[tuple, list[Owed]] = {}
    for each in found:
        alike.setdefault(
            (each.duty.scheme_version_id, each.duty.obligation, each.duty.period, each.duty.is_met), []
        ).append(each)
    cards = []
    for same in alike.values():
        cards += [Bundle(same[0], same[1:])] if len(same) > FEW else [Bundle(each, []) for each in same]
    return sorted(cards, key=lambda card: card.first.urgency)


def of_pairing(pairing: Pairing, today: date) -> list[Owed]:
    """The same for one pairing, whoever owes it."""
    rows = Duty.objects.filter(pairing=pairing).open().filter(due(today))
    return in_order(rows.related().order_by("due_on", "pk")[:MOST], today)


def due(today: date) -> Q:
    return Q(starts_on__lte=today) & (Q(due_on__gte=today) | Q(done__lt=F("least")))


def in_order(duties: Iterable[Duty], today: date, reader: Reader | None = None) -> list[Owed]:
    found = [owed(duty, today, reader) for duty in with_progress(list(duties))]
    return sorted(found, key=lambda each: each.urgency)


@dataclass(frozen=True)
class Tally:
    """How one line of the scheme stands over a round: of the periods that run, how many are met; how many are late."""

    rule: Obligation
    met: int
    running: int
    late: int

    @property
    def line(self) -> Line:
        """With the lists behind its numbers."""
        here = f"?obligation={self.rule.key}"
        late = Figure(self.late, url=f"{here}&standing={Standing.LATE}" if self.late else "", is_late=True)
        clause = f"（{self.rule.clause}）" if self.rule.clause else ""
        name = f"{self.rule.name} · {self.rule.frequency.label}{clause}"
        return Line(name, [Figure(self.met, self.running, f"{here}&now=yes&standing={Standing.MET}"), late], here)


def table_of(found: Iterable[Tally]) -> Table:
    columns = [Column(_("Met of this period"), _("owed")), Column(_("Late"))]
    return Table(_("Duty"), columns, [tally.line for tally in found])


def tallies(duties: DutyQuerySet, round: Round, today: date) -> list[Tally]:
    """As counted last. Two statements."""
    met = Q(done__gte=F("least"))
    numbers = {
        "met": Count("pk", filter=met & Q(due_on__gte=today)),
        "running": Count("pk", filter=Q(due_on__gte=today)),
        "late": Count("pk", filter=~met & Q(due_on__lt=today)),
    }
    rows = duties.open().filter(starts_on__lte=today).order_by().values_list("obligation").annotate(**numbers)
    found = {code: counted for code, *counted in rows}
    return [Tally(rule, *found[rule.key]) for rule in obligations_of(round, today) if rule.key in found]
