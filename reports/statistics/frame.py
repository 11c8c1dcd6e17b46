"""What a statistics table is: its form, its sections, each a table of figures; how it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Model, TextChoices
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from core.figures import LINES, Fact, Table
from core.marks import remembered_of
from organisations.models import Organisation, OrganisationLink, User
from pairing.models import Pairing, PairingPartner, Round, SchemeVersion, Takeover
from reports.forms.statistics import StatisticsForm
from reports.statistics.comparing import laid_beside

# What decides who sees what and which places are meant by a name, of whatever table.
WHOSE: tuple[type[Model], ...] = (
    Organisation, OrganisationLink, Pairing, PairingPartner, Takeover, Round, SchemeVersion,
)  # fmt: skip


@dataclass
class Asked:
    """Who asks for what. `page`: of long tables so many lines are counted and shown; None: all, for paper and files.
    `keys`: exactly these lines, where a second table is laid beside the first."""

    user: User
    form: StatisticsForm
    page: int | None = None
    keys: Sequence[Any] | None = None

    def window(self, keys: list[Any]) -> tuple[list[Any], Page | None]:
        """Which of all lines are to be counted, and the page they stand on."""
        if self.keys is not None:
            return list(self.keys), None
        if self.page is None:
            return keys, None
        page = Paginator(range(len(keys)), LINES).get_page(self.page)  # remembered with it: not all of the keys
        return [keys[place] for place in page.object_list], page


@dataclass
class Section:
    """`page` where the table holds only the lines of one page; `keys` are then those of its lines."""

    title: str
    table: Table
    note: str = ""
    nothing: str = ""
    nothing_url: str = ""
    nothing_action: str = ""
    page: Page | None = None
    keys: Sequence[Any] | None = None


@dataclass
class Sheet:
    """All that a table says: what stands above it, and its sections."""

    sections: list[Section]
    facts: list[Fact] = field(default_factory=list)
    lead: str = ""


@dataclass(frozen=True)
class Statistic:
    """`code` as the papers of the field call it. `by`: what its lines may be. `needs`: permissions, one is enough.
    `reads`: all that it is counted from beside `WHOSE`, so that it is remembered until one of these changes. `stands`:
    what else tells of a change, where no event does."""

    code: str
    name: Any
    about: Any
    by: type[TextChoices]
    build: Callable[[Asked], Sheet]
    needs: tuple[str, ...] = ()
    form: type[StatisticsForm] = StatisticsForm
    reads: tuple[type[Model], ...] = ()
    stands: Callable[[Asked], Any] | None = None

    @property
    def read(self) -> list[type[Model]]:
        return list(dict.fromkeys((*WHOSE, *self.reads)))

    def is_for(self, user: User) -> bool:
        return not self.needs or any(user.can(each) for each in self.needs)

    @property
    def number(self) -> int:
        return int(self.code[1:])


@cache
def all_statistics() -> dict[str, Statistic]:
    """By code, T1 first."""
    found = sorted((import_string(name) for name in settings.STATISTICS), key=lambda each: each.number)
    return {each.code: each for each in found}


def sheet_of(statistic: Statistic, asked: Asked) -> Sheet:
    """With a second round, stretch of days or day beside the first, where the form asks for one."""
    sheet = built(statistic, asked)
    other = asked.form.other()
    if other is None:
        return sheet
    keys = next((each.keys for each in sheet.sections if each.keys is not None), None)
    second = built(statistic, replace(asked, form=other, keys=keys))
    from_second = {each.title: each for each in second.sections}
    names = asked.form.named(), other.named()
    for section in sheet.sections:
        if section.title in from_second:
            section.table = laid_beside(section.table, from_second[section.title].table, names)
    return sheet


def built(statistic: Statistic, asked: Asked) -> Sheet:
    """Remembered for this person, this question and this language, never older than what it was counted from."""
    form = asked.form
    posts = sorted(post.pk for post in asked.user.posts)
    question = sorted((name, str(value)) for name, value in form.cleaned_data.items())
    stands = statistic.stands and statistic.stands(asked)
    said = (statistic.code, asked.user.pk, posts, question, form.days(), timezone.localdate(), asked.page, asked.keys)
    return remembered_of(statistic.read, f"{said} {stands} {get_language()}", lambda: statistic.build(asked))
