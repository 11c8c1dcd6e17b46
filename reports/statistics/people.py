"""T3: postings, trainings, double training. T9: organisations, members, as of a day. Counted in members/figures.py."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table, address
from members import figures
from members.models import Advancement, Member, PersonPair, Registration, Secondment, Training
from organisations.kinds import Kind
from organisations.models import Organisation
from pairing.models import Pairing
from reports.figures.summing import reported_section
from reports.forms.statistics import DayForm
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic

READS = (
    Training, Secondment, Advancement, Member, Registration, PersonPair, Pairing, Organisation, ReportedFigure,
)  # fmt: skip
COMMITTEES = (Kind.PARTY_COMMITTEE.value, Kind.WORK_COMMITTEE.value)
NEEDS = ("member.read",)


class ByKind(TextChoices):
    KIND = "kind", gettext_lazy("by kind")


def places_of(asked: Asked) -> list[str] | None:
    return asked.form.places if asked.form.words else None


def of_people(
    subject: str, found: figures.Table, urls: Callable[[str], Sequence[str]], *, is_of: bool = False
) -> Table:
    """A table of the members' app in this frame; with `is_of` its last number is what the one before it is out of."""
    titles = list(found.columns)
    columns = [Column(title) for title in titles]
    if is_of:
        columns = [*columns[:-2], Column(titles[-2], titles[-1])]
    lines = []
    for line in found.lines:
        numbers: list[Any] = list(line.figures)
        links = urls(line.key)
        shown = [Figure(number, url=url) for number, url in zip(numbers[: len(columns)], links, strict=True)]
        if is_of:
            shown[-1] = Figure(numbers[-2], numbers[-1], links[-1])
        lines.append(Line(line.name, shown, key=line.key))
    total = lines.pop() if lines and not lines[-1].key else None
    return Table(subject, columns, lines, total)


def build_people(asked: Asked) -> Sheet:
    days, places = asked.form.days(), places_of(asked)
    since, until = days
    asked_for = {"since": since, "until": until, "place": asked.form.words}

    def to(name: str, parameter: str, times: int = 1) -> Callable[[str], list[str]]:
        return lambda key: [address(reverse(name), **asked_for, **{parameter: key})] * times

    def to_postings(key: str) -> list[str]:
        return [
            address(reverse("postings"), kind=key, direction=way, **asked_for) for way in Secondment.Direction.values
        ]

    sections = [
        Section(
            _("Trainings"),
            of_people(_("kind"), figures.trainings(asked.user, days, places), to("trainings", "kind", 4)),
        ),
        Section(
            _("Secondments and postings"),
            of_people(_("kind of person"), figures.postings(asked.user, days, places), to_postings),
        ),
        Section(
            _("Double training"),
            of_people(
                _("way"), figures.double_trainings(asked.user, days, places), to("advancements", "way"), is_of=True
            ),
        ),
    ]
    return Sheet([*sections, reported_section(asked, "T3")])


def build_organisations(asked: Asked) -> Sheet:
    day, places = asked.form.day, places_of(asked)
    on = None if day >= timezone.localdate() else day
    found = figures.organisations(asked.user, on, places)

    def urls(kind: str) -> list[str]:
        to_kind = address(reverse("organisations"), kind=kind.partition("+")[0], township=asked.form.words)
        return ["", to_kind if on is None else ""]

    party, places_there = parted(found)
    sections = [
        Section(
            _("Party organisations and members"), of_people(_("kind"), party, urls, is_of=True),
            note=_("Members are those on the rosters."), nothing=_("No organisation lies here."),
        ),
        Section(_("Places covered"), of_people(_("kind"), places_there, urls, is_of=True)),
    ]  # fmt: skip
    return Sheet([*sections, reported_section(asked, "T9")])


def parted(found: figures.Table) -> tuple[figures.Table, figures.Table]:
    """Party organisations, committees and work committees as one, with their sum; and the places."""
    of_party = [line for line in found.lines if line.key in figures.PARTY_ORGANISATIONS]
    committees = [line for line in of_party if line.key in COMMITTEES]
    lines = [line for line in of_party if line not in committees]
    if committees:
        summed = figures.with_total(committees)[-1].figures
        lines.insert(0, figures.Line(_("Party (work) committees"), summed, "+".join(COMMITTEES)))
    lines = figures.with_total(lines) if lines else []
    places = [line for line in found.lines if line.key not in figures.PARTY_ORGANISATIONS]
    return replace(found, lines=lines), replace(found, lines=places)


T3 = Statistic(
    "T3", gettext_lazy("People and training"),
    gettext_lazy("Secondments, trainings and technicians, double training, with what they are out of."),
    ByKind, build_people, NEEDS, reads=READS,
)  # fmt: skip
T9 = Statistic(
    "T9", gettext_lazy("Organisations and coverage"),
    gettext_lazy("Committees, branches, villages and their members; how many of each are paired. As of a day."),
    ByKind, build_organisations, form=DayForm, reads=READS,
)  # fmt: skip
