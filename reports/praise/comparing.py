"""Areas one level below a committee side by side, by figures that the records give (AH-28): organisations, no persons.

Eight statements, however many areas there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.figures import Column, Figure, Line, Table, address, in_all
from core.money import yuan
from duties.states import Standing
from funds.models import Fund
from organisations.kinds import COMMITTEES
from organisations.models import Organisation
from organisations.querysets import within
from pairing.models import DirectoryEntry, Pairing, Round
from pairing.schemes.inspection_words import Evidence
from pairing.states import IssueState
from reports.inspection.filling import Asked, Counted, counted
from visits.states import ActivityState

STEP = Organisation.steplen


class Measure(models.TextChoices):
    """What is compared; each is a share of what there is."""

    COVERED = "covered", gettext_lazy("villages of the directory that have a unit")
    SIGNED = "signed", gettext_lazy("pairings with a signed agreement")
    DUTIES = Evidence.DUTIES.value, Evidence.DUTIES.label
    ACTIVITIES = Evidence.ACTIVITIES.value, Evidence.ACTIVITIES.label
    MONEY = Evidence.MONEY.value, Evidence.MONEY.label
    ISSUES = Evidence.ISSUES.value, Evidence.ISSUES.label


# What heads a column: of what it counts, and out of which.
HEADS = {
    Measure.COVERED: (
        pgettext_lazy("comparison of areas", "Villages with a unit"),
        pgettext_lazy("comparison of areas", "in the directory"),
    ),
    Measure.SIGNED: (
        pgettext_lazy("comparison of areas", "Agreements signed"),
        pgettext_lazy("comparison of areas", "pairings"),
    ),
    Measure.DUTIES: (pgettext_lazy("comparison of areas", "Duties met"), pgettext_lazy("comparison of areas", "due")),
    Measure.ACTIVITIES: (
        pgettext_lazy("comparison of areas", "Activities confirmed"),
        pgettext_lazy("comparison of areas", "recorded"),
    ),
    Measure.MONEY: (
        pgettext_lazy("comparison of areas", "Entries published"),
        pgettext_lazy("comparison of areas", "to be published"),
    ),
    Measure.ISSUES: (
        pgettext_lazy("comparison of areas", "Issues closed"),
        pgettext_lazy("comparison of areas", "raised"),
    ),
}


@dataclass
class Area:
    """`shares`: by measure, how many of how many; `received`: aid money in yuan, in the round so far."""

    organisation: Organisation
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    received: Decimal = Decimal(0)

    def share(self, measure: str) -> Fraction:
        value, of = self.shares.get(measure, (0, 0))
        return Fraction(value, of) if of else Fraction(-1)


def may_rank(round: Round) -> bool:
    """Whether the scheme lets organisations be put in an order; persons never are."""
    return round.rules.assessment.may_rank or round.rules.inspection.ranks


def compared(organisation: Organisation, round: Round, since: date, until: date) -> list[Area]:
    """Those that have villages in the directory of the round, in the order of the tree."""
    below = Organisation.objects.under(organisation).open()
    areas = below.filter(depth=organisation.depth + 1, kind__in=COMMITTEES).order_by("path")
    found = {area.path: Area(area) for area in areas}
    lines = DirectoryEntry.objects.current(round).villages().order_by().values("organisation")
    villages = Organisation.objects.filter(within([organisation.path]), pk__in=lines).order_by()
    depth = len(organisation.path) + STEP
    for measure, records in sources(round, villages, since, until).items():
        for path, value, of in by_area(records, depth):
            if path in found:
                found[path].shares[measure] = (value, of)
    for path, received in money(round, villages, depth):
        if path in found:
            found[path].received = received
    return [area for area in found.values() if Measure.COVERED in area.shares]


def sources(round: Round, villages, since: date, until: date) -> dict[str, Counted]:
    paired = Pairing.objects.standing().filter(round=round)
    own = Q(Exists(paired.filter(village=OuterRef("pk"))))
    signed = Q(pk__in=Pairing.objects.signed().order_by().values("pk"))
    return {
        Measure.COVERED: Counted(villages, "", own),
        Measure.SIGNED: Counted(paired.filter(village__in=villages), "village__", signed),
        **{
            measure: Counted(records.rows, f"{records.village}__", records.met)
            for measure, records in counted(Asked(round, villages, since, until)).items()
        },
    }


def by_area(records: Counted, depth: int) -> Iterable[tuple[str, int, int]]:
    of, value = Count("pk", distinct=True), Count("pk", filter=records.met, distinct=True)
    rows = records.rows.order_by().annotate(area=Left(f"{records.village}path", depth)).values("area")
    return rows.annotate(value=value, of=of).values_list("area", "value", "of")


def money(round: Round, villages, depth: int) -> Iterable[tuple[str, Decimal]]:
    rows = Fund.objects.filter(pairing__round=round, holder__in=villages).order_by()
    received = Sum(F("receipt") + F("transfer_in") - F("refund"))
    return (
        rows.annotate(area=Left("holder__path", depth)).values("area").annotate(sum=received).values_list("area", "sum")
    )


def lists_behind(round: Round, since: date, until: date) -> dict[str, str]:
    """By measure: the address of the rows that it counts, but for the area."""
    days = {"since": since, "until": until}
    pairings, activities = reverse("statistics_pairings"), reverse("activities")
    return {
        Measure.COVERED: address(pairings, of_round=round.pk, now="standing"),
        Measure.SIGNED: address(pairings, of_round=round.pk, now="signed"),
        Measure.DUTIES: address(reverse("round_duties", args=[round.pk]), standing=Standing.MET, **days),
        Measure.ACTIVITIES: address(activities, round=round.pk, state=ActivityState.CONFIRMED, **days),
        Measure.MONEY: address(reverse("statistics_entries"), published="yes", **days),
        Measure.ISSUES: address(reverse("issues"), state=IssueState.CLOSED, **days),
    }


def table_of(organisation: Organisation, round: Round, since: date, until: date) -> Table:
    """The areas below `organisation`; each share opens the rows behind it, of all that lies in the area. Behind the
    villages with a unit these are their pairings, of which one village may have several."""
    columns = [Column(str(title), str(out_of)) for title, out_of in map(HEADS.__getitem__, Measure)]
    table = empty_table([*columns, Column(_("aid money received"))])
    areas, behind = compared(organisation, round, since, until), lists_behind(round, since, until)

    def figures(area: Area) -> list[Figure]:
        narrowed = f"&area={area.organisation.pk}"
        shares = [Figure(*area.shares.get(measure, (0, 0)), url=behind[measure] + narrowed) for measure in Measure]
        return [*shares, Figure(area.received, words=yuan(area.received))]

    for area in areas:
        table.lines.append(Line(area.organisation.name, figures(area), area.organisation.get_absolute_url()))
    if areas:
        table.total = in_all(figures(summed(organisation, areas)))
    return table


def empty_table(columns: Sequence[Column] = ()) -> Table:
    return Table(pgettext("comparison of areas", "area"), columns)


def summed(organisation: Organisation, areas: list[Area]) -> Area:
    whole = Area(organisation, received=sum((area.received for area in areas), Decimal(0)))
    for measure in Measure:
        value, of = (sum(area.shares.get(measure, (0, 0))[n] for area in areas) for n in (0, 1))
        whole.shares[measure] = (value, of)
    return whole
