"""What must be done before a pairing or a round is closed (目标未实现不脱钩, QX-06).

`settings.CLOSING_CONDITIONS` names the conditions by dotted name; upper apps add theirs. A condition takes pairings
and the rules of their scheme and returns a `Finding`, or None where the scheme doesn't ask. Each costs the same few
statements for one pairing as for twenty thousand.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from pairing.models import Agreement, Ending, Issue, Pairing, Plan, Round, Target
from pairing.plans.kinds import WRITTEN
from pairing.schemes.scheme import SchemeText
from pairing.states import EndingState, PairingState

SHOWN = 10


@dataclass(frozen=True)
class Finding:
    """`held`: the records that hold everything up; `needed` says what must be done with them first.

    `page` names the list of the round that shows all of them.
    """

    needed: object
    held: QuerySet
    page: str = ""


@dataclass(frozen=True)
class Unmet:
    """A condition that is not met by so many records, the first of which are named."""

    needed: object
    number: int
    records: list
    page: str

    @property
    def hidden(self) -> int:
        return self.number - len(self.records)


Condition = Callable[[QuerySet[Pairing], SchemeText], Finding | None]


class NotYet(Refused):
    """Closing is refused; `unmet` lists why."""

    def __init__(self, unmet: list[Unmet]):
        reasons = "；".join(f"{each.needed}（{each.number}）" for each in unmet)
        super().__init__(format_lazy("{}{}", _("This can't be closed yet: "), reasons))
        self.unmet = unmet


def check_closable(findings: Iterable[Finding]) -> None:
    if unmet := unmet_in(findings):
        raise NotYet(unmet)


def unmet_in(findings: Iterable[Finding]) -> list[Unmet]:
    counted = [(finding, finding.held.count()) for finding in findings]
    return [Unmet(finding.needed, number, first_of(finding), finding.page) for finding, number in counted if number]


def first_of(finding: Finding) -> list:
    return list(finding.held.select_related("unit", "village").order_by("pk")[:SHOWN])


def of_pairing(pairing: Pairing) -> Iterator[Finding]:
    yield from of_scheme(Pairing.objects.filter(pk=pairing.pk), pairing.round.rules)


def of_round(round: Round) -> Iterator[Finding]:
    """What hangs in the air whatever the scheme says; then the scheme's conditions for each pairing that stands."""
    pairings = Pairing.objects.filter(round=round)
    amended = Agreement.objects.under_way().filter(pairing__round=round, amends__isnull=False)
    waiting = round.intentions.open()
    yield Finding(_("a proposal still awaits an answer: have it answered, or decide"), waiting, "behind")
    unsigned = pairings.filter(state=PairingState.NEGOTIATING)
    yield Finding(_("the agreement is not signed yet: have it signed, or release the pairing"), unsigned, "behind")
    held = pairings.filter(pk__in=amended.order_by().values("pairing"))
    yield Finding(_("an amendment is still negotiated: have it signed, or dropped"), held)
    asked = Ending.objects.filter(state=EndingState.PROPOSED, pairing__round=round).order_by()
    leaving = pairings.filter(pk__in=asked.values("pairing"))
    yield Finding(_("a proposal to end it early still awaits an answer: have it answered, or withdrawn"), leaving)
    yield from of_scheme(pairings.signed(), round.rules)


def of_scheme(pairings: QuerySet[Pairing], rules: SchemeText) -> Iterator[Finding]:
    """In the order of the settings."""
    conditions: list[Condition] = [import_string(name) for name in settings.CLOSING_CONDITIONS]
    yield from filter(None, (condition(pairings, rules) for condition in conditions))


def targets_met(pairings: QuerySet[Pairing], rules: SchemeText) -> Finding | None:
    """Every target is met and confirmed by the other side, and there is at least one."""
    if not rules.closing.needs_targets:
        return None
    targets = Target.objects.order_by()
    open_ones = Q(pk__in=targets.unmet().values("pairing")) | ~Q(pk__in=targets.values("pairing"))
    held = pairings.filter(open_ones)
    return Finding(_("its targets are not all met and confirmed, or none was set"), held, "round_targets")


def plans_made(pairings: QuerySet[Pairing], rules: SchemeText) -> Finding | None:
    """Each kind of plan that the scheme wants written has been confirmed at least once."""
    if not rules.closing.needs_plans:
        return None
    missing = Q(pk__in=[])
    for rule in rules.plans:
        if rule.kind in WRITTEN:
            made = Plan.objects.confirmed().filter(kind=rule.kind).order_by().values("pairing")
            missing |= ~Q(pk__in=made)
    return Finding(_("a plan that the scheme asks for was never confirmed"), pairings.filter(missing), "round_plans")


def no_open_issues(pairings: QuerySet[Pairing], rules: SchemeText) -> Finding | None:
    """Every issue between the two is closed or withdrawn."""
    if not rules.closing.needs_no_open_issues:
        return None
    pending = Issue.objects.pending().order_by().values("pairing")
    return Finding(_("an issue of the ledger is not closed yet"), pairings.filter(pk__in=pending))
