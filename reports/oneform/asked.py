"""Of whom a form tells, in which days, of which round."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Round

Values = dict[int, dict[str, Any]]  # by organisation, by field


class About(models.TextChoices):
    VILLAGE = "village", pgettext_lazy("one row for each", "village")
    UNIT = "unit", pgettext_lazy("one row for each", "unit")


@dataclass(frozen=True)
class Form:
    """A local form as it was understood. `mapping`: by the number of a column, the key of its field."""

    about: About
    sheet: str
    header_rows: tuple[int, ...]
    headings: list[str]
    mapping: dict[int, str]


@dataclass(frozen=True)
class Asked:
    """`places`: tree paths; None: all that the person sees."""

    user: User
    about: About
    since: date
    until: date
    round: Round | None = None
    places: list[str] | None = None

    @property
    def is_of_villages(self) -> bool:
        return self.about == About.VILLAGE

    @property
    def rows(self) -> QuerySet[Organisation]:
        """In the order of the tree."""
        seen = Organisation.objects.visible_to(self.user).open()
        seen = seen.villages() if self.is_of_villages else seen.units()
        if self.places is not None:
            seen = seen.filter(within(self.places))
        if self.round is not None:
            paired = self.round.pairings.exclude(state="negotiating").order_by().values(self.about)
            joined = self.round.pairings.order_by().values("partners__unit") if not self.is_of_villages else None
            seen = seen.filter(Q(pk__in=paired) | (Q(pk__in=joined) if joined is not None else Q()))
        return seen

    @property
    def keys(self) -> QuerySet:
        return self.rows.order_by().values("pk")

    @property
    def days(self) -> tuple[date, date]:
        return self.since, self.until
