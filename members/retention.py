"""Whose time is over: records of people that were kept as long as personal_data.yaml lets them be kept.

The law wants them erased without being asked (P-34, art. 19 and 47). So whoever is responsible is told first, and when
the days of the notice are over the product erases them by itself, unless it is said why they are kept longer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core.dates import shift_years
from members.models import FloatingApplicant, FloatingInquiry, Household, Member, Person
from members.personal_data import RECORDS
from members.states import ApplicantState, InquiryState
from organisations.models import Organisation

ERASE = "person.erase"


@dataclass(frozen=True)
class Kind:
    """`key` stands in addresses. `place`: the column of the organisation that is responsible. `over_before(day)`: what
    was over before that day."""

    key: str
    model: Any
    place: str
    over_before: Callable[[date], Q]

    def last_day(self, today: date) -> date:
        return shift_years(today, -RECORDS[self.model._meta.label].years)

    def over(self, today: date) -> QuerySet:
        """Kept longer than its own time, with or without a reason."""
        return self.model._default_manager.filter(self.over_before(self.last_day(today)), erased_at=None)

    def past(self, today: date) -> QuerySet:
        """Those of them to be erased: nobody said why they are kept longer, or that is over too."""
        return self.over(today).filter(Q(kept_until=None) | Q(kept_until__lt=today))

    def place_of(self, record: Any) -> Organisation:
        return getattr(record, self.place)


def left_before(day: date) -> Q:
    return Q(left_on__lt=day)


def closed_before(day: date) -> Q:
    return ~Q(state=ApplicantState.CULTIVATED) & Q(closed_on__lt=day)


def answered_before(day: date) -> Q:
    """Of somebody who was never registered; a question that was withdrawn counts from the day on which it was asked."""
    answered = Q(state=InquiryState.ANSWERED, answered_at__date__lt=day)
    withdrawn = Q(state=InquiryState.WITHDRAWN, asked_at__date__lt=day)
    return Q(record=None) & (answered | withdrawn)


KINDS = (
    Kind("member", Member, "organisation", left_before),
    Kind("household", Household, "village", left_before),
    Kind("person", Person, "village", left_before),
    Kind("applicant", FloatingApplicant, "origin", closed_before),
    Kind("inquiry", FloatingInquiry, "asked", answered_before),
)
ROSTERS = KINDS[:3]
BY_KEY = {kind.key: kind for kind in KINDS}
