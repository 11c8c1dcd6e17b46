"""Where a round stands today: its figures, its deadlines, its clashes - for the desk, the round's page, the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.templatetags import look
from organisations.models import Organisation, User
from pairing.figures.statistics import (
    WHOLE,
    Revision,
    Statistics,
    Tally,
    clashes,
    kept,
    remembered_revision,
    revision,
    statistics,
)
from pairing.models import Milestone, Round
from pairing.schemes.scheme import INTENTION, MilestoneRule

SHOWN_CLASHES = 5


@dataclass(frozen=True)
class Countdown:
    """A deadline of a round and how far the villages are with it."""

    milestone: Milestone
    days_left: int
    done: int
    total: int

    @property
    def tone(self) -> str:
        return "done" if self.total and self.done >= self.total else look.deadline_tone(self.days_left)

    @property
    def words(self) -> str:
        return look.days_left_words(self.days_left)


@dataclass(frozen=True)
class Progress:
    round: Round
    revision: Revision
    statistics: Statistics
    countdowns: list[Countdown]
    is_part: bool = False

    @property
    def villages(self) -> Tally:
        return self.statistics.villages

    @property
    def units(self) -> Tally:
        return self.statistics.units

    @property
    def next_deadline(self) -> Countdown | None:
        """The nearest one that is not past; the last one where all are."""
        ahead = [countdown for countdown in self.countdowns if countdown.days_left >= 0]
        return next(iter(ahead or self.countdowns[::-1]), None)

    @property
    def waiting(self) -> list[MilestoneRule]:
        """Milestones of the scheme that wait for an event, and whose day nobody has filled in (AH-04)."""
        dated = {countdown.milestone.key for countdown in self.countdowns}
        return [rule for rule in self.round.rules.milestones if rule.event and rule.key not in dated]

    def clashes(self) -> list[dict]:
        """The first of them. Which villages they are is kept under the revision; their names are read anew."""
        key = f"clashes:{self.round.pk}:{self.revision}:{self.revision.steps}"
        found = kept(key, self.round, self.revision, lambda: first_clashes(self.round))
        names = dict(Organisation.objects.filter(pk__in=found).values_list("pk", "name")) if found else {}
        return [
            {"village": village, "village__name": names[village], "wanted_by": number}
            for village, number in found.items()
            if village in names
        ]


def first_clashes(round: Round) -> dict[int, int]:
    """Village by primary key, and how many want it."""
    return dict(clashes(round).values_list("village", "wanted_by")[:SHOWN_CLASHES])


def progress_for(user: User, round: Round, *, today: date) -> Progress:
    """As the desk of `user` shows it: of the whole round, or of the part below their posts."""
    scopes = user.scopes()
    whole = any(round.organiser.path.startswith(path) for path in scopes)
    return progress_of(round, revision(round, with_steps=True), today=today, scopes=WHOLE if whole else scopes)


def public_progress(round: Round, *, today: date) -> Progress:
    """As everybody sees it."""
    return progress_of(round, remembered_revision(round), today=today)


def progress_of(round: Round, now: Revision, *, today: date, scopes: Sequence[str] = WHOLE) -> Progress:
    figures = statistics(round, now, scopes)
    villages = figures.villages
    countdowns = [
        Countdown(
            milestone=step,
            days_left=step.deadline.days_left(today),
            done=villages.reached if step.key == INTENTION else villages.signed,
            total=villages.total,
        )
        for step in round.milestones.all()
    ]
    return Progress(round, now, figures, countdowns, is_part=bool(scopes))
