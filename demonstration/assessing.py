"""The half-year that is over is assessed: reckoned from what was recorded, shown to the units; one of them objects."""

from datetime import datetime, timedelta

from core.periods import half_years
from demonstration.calendar import Calendar
from demonstration.play import Pair
from duties.counting.count import count_all
from organisations.models import User
from pairing.models import Round
from pairing.states import Side
from reports.actions import assessment as acts
from reports.models import Assessed, Assessment


def assess(round: Round, pairs: list[Pair], organiser: User, calendar: Calendar) -> None:
    over = [each for each in half_years(round.starts_on, calendar.today) if each.last_day < calendar.today]
    if not over:
        return
    at = calendar.days_ago(0, 7)
    count_all(at)
    made = acts.set_up(by=organiser, round=round, period=over[-1], at=at)
    acts.open_assessment(by=organiser, assessment=made, at=at + timedelta(minutes=20))
    acts.show(by=organiser, assessment=made, at=at + timedelta(minutes=50))
    object_to(made, pairs, at + timedelta(hours=1))


def object_to(made: Assessment, pairs: list[Pair], at: datetime) -> None:
    """The unit with the lowest score asks about a line that took points off."""
    by_unit = {pair.unit.pk: pair for pair in pairs}
    rows = Assessed.objects.filter(assessment=made, organisation__in=by_unit, score__lt=100).order_by("score", "pk")
    for sheet in rows.prefetch_related("lines")[:1]:
        line = max(sheet.lines.all(), key=lambda each: each.lost)
        person = by_unit[sheet.organisation_id or 0].secretary(Side.UNIT)
        acts.appeal(by=person, assessed=sheet, line=line, words="五月那次因防汛改到七月，村里已确认，请核实。", at=at)
