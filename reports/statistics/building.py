"""T2: what the two sides did to build their organisations: activities by kind, tag or month; and what was reported."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Fact
from reports.figures.summing import reported_section
from reports.statistics.frame import Asked, Section, Sheet, Statistic
from reports.statistics.visits import READS, activities_sheet
from visits.figures import By as Lines


class By(TextChoices):
    KIND = Lines.KIND.value, Lines.KIND.label
    TAG = Lines.TAG.value, Lines.TAG.label
    MONTH = Lines.MONTH.value, Lines.MONTH.label


def build(asked: Asked) -> Sheet:
    table, _page, _keys, counted, _reach = activities_sheet(asked, with_diaries=False)
    done: Any = table.total.figures[0]  # type: ignore[union-attr]  # it has one
    first = Section(
        _("Activities"), table, note=_("Only what the other side confirmed counts."),
        nothing=_("Nothing was recorded in these days. Choose other days or a place."),
    )  # fmt: skip
    facts = [Fact(_("Activities confirmed"), counted.confirmed, counted.recorded, done.url)]
    return Sheet([first, reported_section(asked, "T2")], facts)


T2 = Statistic(
    "T2", gettext_lazy("Organisation-building activity"),
    gettext_lazy("Meetings, lectures, studies and what else was done together, as the scheme calls it."), By, build,
    reads=READS,
)  # fmt: skip
