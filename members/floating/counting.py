"""Figures of floating members: origin by destination (T7), and those of one pairing of organisations (SH-20)."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from members.floating.halves import half_of
from members.floating.kinds import DeedKind
from members.models import FloatingDeed, FloatingRecord, GreetingLetter, HalfYearReport
from members.querysets.floating import FloatingQuerySet
from organisations.querysets import within
from pairing.models import Pairing

FIGURES = ("registered", "signed", "reported_in", "reported", "deeds", "letters")


def table(rows: FloatingQuerySet, today: date) -> list[dict]:
    """One line per origin and destination of those who float now: how many, and for how many each thing is done.

    Reports are those of the last whole half-year; deeds and letters those of the year. One statement.
    """
    places = ("origin__name", "destination__name", "origin", "destination")
    lines = rows.floating().order_by().values(*places).annotate(**counts(today))
    return list(lines.order_by("origin__path", "destination__path"))


def totals(lines: list[dict]) -> dict[str, int]:
    return {name: sum(line[name] for line in lines) for name in FIGURES}


def counts(today: date) -> dict[str, Count]:
    half, here = half_of(today).before, OuterRef("pk")
    reports = HalfYearReport.objects.filter(record=here, year=half.year, half=half.half)
    deeds = FloatingDeed.objects.filter(record=here, kind=DeedKind.GOOD_DEED, on__year=today.year)
    letters = GreetingLetter.objects.filter(record=here, year=today.year, sent_on__isnull=False)
    return {
        "registered": Count("pk"),
        "signed": Count("pk", filter=Q(agreement_signed_on__isnull=False)),
        "reported_in": Count("pk", filter=Q(reported_in_on__isnull=False)),
        "reported": Count("pk", filter=Q(Exists(reports))),
        "deeds": Count("pk", filter=Q(Exists(deeds))),
        "letters": Count("pk", filter=Q(Exists(letters))),
    }


def of_pairing(pairing: Pairing, today: date) -> dict[str, int]:
    """Members of the village who are away, and those of them whom the unit takes in; numbers only, no names."""
    village, unit = pairing.village, pairing.unit
    rows = FloatingRecord.objects.filter(within([village.path], "origin__path")).floating().order_by()
    with_unit = Count("pk", filter=within([unit.path], "destination__path"))
    return rows.aggregate(**counts(today), with_unit=with_unit)
