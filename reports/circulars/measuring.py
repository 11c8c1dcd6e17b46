"""How long a document is and how many there are: what the rules to lighten the burden ask (P-17)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organisations.models import Organisation
from reports.inspection.states import MOST_CHARACTERS, Matter
from reports.models import CommendationLine, Notice

BLANK = re.compile(r"\s")


def characters(*texts: str) -> int:
    """All but blanks and ends of lines; punctuation counts, as in a word processor."""
    return sum(len(BLANK.sub("", text)) for text in texts)


@dataclass(frozen=True)
class Length:
    """`beside`: characters that stand in the title and in the tasks, beside the text."""

    text: int
    beside: int
    most: int

    @property
    def total(self) -> int:
        return self.text + self.beside

    @property
    def is_too_long(self) -> bool:
        return self.total > self.most


def length_of(notice: Notice) -> Length:
    tasks = [words for task in notice.tasks.all() for words in (task.what, task.who)]
    awards = [words for line in notice.awards.select_related("organisation") for words in words_of(line)]
    return Length(
        characters(notice.body), characters(notice.title, *tasks, *awards), MOST_CHARACTERS[Matter(notice.matter)]
    )


def words_of(line: CommendationLine) -> tuple[str, str, str]:
    return line.organisation.name, line.award, line.reason


@dataclass(frozen=True)
class Documents:
    """How many documents an organisation issued in a year and in the year before."""

    year: int
    now: int
    before: int

    @property
    def is_more(self) -> bool:
        """With one more it would be above the year before, of which something is on record."""
        return 0 < self.before <= self.now

    @property
    def sentence(self) -> str:
        words = {"year": self.year, "now": self.now, "last": self.year - 1, "before": self.before}
        return _("Issued in %(year)s so far: %(now)s; in the whole of %(last)s: %(before)s.") % words


def documents_of(organisation: Organisation, year: int) -> Documents:
    issued = Notice.objects.issued().filter(organisation=organisation)
    now, before = (issued.filter(issued_at__year=each).count() for each in (year, year - 1))
    return Documents(year, now, before)
