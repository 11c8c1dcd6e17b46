"""T1: pairings of organisations and person to person, as of a day; who is covered, and out of how many."""

from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet, TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.figures import Column, Fact, Figure, Line, Table, address, in_all
from members.models import Member, PersonPair, Registration
from organisations.kinds import Kind, Level, UnitCategory, VillageClass
from organisations.models import Organisation
from organisations.querysets import within
from organisations.statistics import category_of
from pairing.levels import Level as PairingLevel
from pairing.models import Pairing, Scheme
from pairing.states import Origin
from reports.figures.summing import reported_section
from reports.forms.statistics import DayForm
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic
from reports.statistics.persons import persons_section, ranks_section

READS = (Scheme, PersonPair, Member, Registration, ReportedFigure)


class By(TextChoices):
    KIND = "kind", gettext_lazy("by kind of unit")
    CATEGORY = "category", gettext_lazy("by category of unit")
    UNIT_LEVEL = "unit_level", gettext_lazy("by level of unit")
    SCHEME = "scheme", gettext_lazy("by scheme")
    ROUND = "of_round", gettext_lazy("by round")
    ORGANISER = "organiser", gettext_lazy("by organiser")
    CLASS = "class", gettext_lazy("by class of village")
    LEVEL = "level", gettext_lazy("by level of pairing")
    ORIGIN = "origin", gettext_lazy("by origin")


UNNESTED = Func(F("village__classes"), function="unnest", output_field=CharField())
# The column of a line; what its value is called; None: by the second column of the group.
LINES: dict[str, Any] = {
    By.KIND: F("unit__kind"), By.CATEGORY: category_of("unit__"), By.UNIT_LEVEL: F("unit__level"),
    By.SCHEME: F("round__scheme_version__scheme__key"), By.ROUND: F("round"), By.ORGANISER: F("round__organiser"),
    By.CLASS: UNNESTED, By.LEVEL: F("level"), By.ORIGIN: F("origin"),
}  # fmt: skip
NAMES: dict[str, Any] = {
    By.ROUND: F("round__name"), By.ORGANISER: F("round__organiser__name"),
    By.SCHEME: F("round__scheme_version__scheme__name"),
}  # fmt: skip
CHOICES: dict[str, type[TextChoices]] = {
    By.KIND: Kind, By.CATEGORY: UnitCategory, By.UNIT_LEVEL: Level, By.CLASS: VillageClass, By.LEVEL: PairingLevel,
    By.ORIGIN: Origin,
}  # fmt: skip


def stood(day: date) -> Q:
    """Reached by the end of that day, and neither released nor ended by then."""
    left = Q(released_at__date__lte=day) | Q(ended_on__lte=day)
    return Q(formed_at__date__lte=day) & ~Q(pk__in=Pairing.objects.order_by().filter(left).values("pk"))


STATES: dict[str, Any] = {  # what each number counts, and the list behind it shows
    "reached": lambda day: stood(day),
    "signed": lambda day: stood(day) & Q(signed_on__lte=day),
    "renewed": lambda day: stood(day) & Q(renews__isnull=False),
    "reselected": lambda day: Q(released_at__date__lte=day),
    "ended": lambda day: Q(ended_on__lte=day),
}


def pairings_of(asked: Asked) -> QuerySet[Pairing]:
    rows = Pairing.objects.visible_to(asked.user).order_by()
    if asked.form.chosen_round:
        rows = rows.filter(round=asked.form.chosen_round)
    return rows.filter(asked.form.near("unit", "village"))


def numbers(day: date) -> dict[str, Any]:
    signed = STATES["signed"](day)
    counts = {name: Count("pk", filter=condition(day)) for name, condition in STATES.items()}
    sides = {"units": Count("unit", filter=signed, distinct=True)}
    return counts | sides | {"villages": Count("village", filter=signed, distinct=True)}


def build(asked: Asked) -> Sheet:
    day, rows = asked.form.day, pairings_of(asked)
    by = By(asked.form.chosen_by)
    total, classes = rows.aggregate(**numbers(day)), by_class(rows, villages_of(asked), day)
    covered, of = classes[-1][1:]
    first = section(asked, by, grouped(rows, by, day), total)
    figures = first.table.total.figures  # type: ignore[union-attr]  # it has one
    facts = [
        Fact(_("Villages with a signed agreement"), covered, of, to_rows(asked, "signed")),
        Fact(_("Agreements signed"), total["signed"], total["reached"], figures[1].url),
        Fact(_("Units that aid"), total["units"], url=figures[1].url),
    ]
    sections = [first, classes_section(asked, classes), persons_section(asked), ranks_section(asked)]
    return Sheet([*sections, reported_section(asked, "T1")], facts)


def grouped(rows: QuerySet[Pairing], by: By, day: date) -> list[dict]:
    named = rows.annotate(line=LINES[by], line_name=NAMES.get(by, LINES[by]))
    found: Any = named.values("line", "line_name").annotate(**numbers(day))
    return list(found)


def section(asked: Asked, by: By, lines: list[dict], total: dict) -> Section:
    columns = [
        Column(_("Intentions reached")), Column(_("Agreements signed"), pgettext("intentions", "reached")),
        Column(_("of them renewed")), Column(_("Re-selected")), Column(_("Ended")),
        Column(_("Units with an agreement")), Column(_("Villages with an agreement")),
    ]  # fmt: skip
    order = list(CHOICES[by].values) if by in CHOICES else []
    known = sorted(lines, key=lambda line: order.index(line["line"]) if line["line"] in order else len(order))
    table = Table(str(by.label), columns)
    for line in known:
        if any(line[name] for name in STATES):
            name = words_of(by, line)
            table.lines.append(Line(name, cells(asked, line, {by.value: line["line"]}), key=(by.value, line["line"])))
    table.total = in_all(cells(asked, total, {}))
    if by == By.CLASS:
        table.total_note = _("A village may be of several classes or of none, so the lines do not add up to the whole.")
    return Section(_("Pairings of organisations"), table, nothing=_("No pairing stood here on this day."))


def words_of(by: By, line: dict) -> str:
    if by in CHOICES:
        known = {str(value): str(label) for value, label in CHOICES[by].choices}
        return known.get(line["line"], str(_("not said")))
    return str(line["line_name"])


def cells(asked: Asked, line: dict, narrowed: dict) -> list[Figure]:
    def to(state: str) -> str:
        return to_rows(asked, state, **narrowed)

    return [
        Figure(line["reached"], url=to("reached")),
        Figure(line["signed"], line["reached"], to("signed")),
        *(Figure(line[name], url=to(name)) for name in ("renewed", "reselected", "ended")),
        *(Figure(line[name], url=to("signed")) for name in ("units", "villages")),
    ]


def to_rows(asked: Asked, state: str, **narrowed) -> str:
    round = asked.form.chosen_round.pk if asked.form.chosen_round else None
    words = {"place": asked.form.words, "round": round, "on": asked.form.day, "stood": state}
    return address(reverse("statistics_pairings"), **words, **narrowed)


def villages_of(asked: Asked) -> QuerySet[Organisation]:
    """All that lie in the place and were open on the day: the denominator."""
    rows = Organisation.objects.visible_to(asked.user).villages().order_by()
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=asked.form.day))
    return rows.filter(within(asked.form.places)) if asked.form.words else rows


def by_class(rows: QuerySet[Pairing], villages: QuerySet[Organisation], day: date) -> list[tuple[str, int, int]]:
    """Class, villages with a signed agreement, all villages; at last all of them. One statement."""
    signed = rows.filter(STATES["signed"](day)).values("village")
    conditions = {each: Q(classes__contains=[each]) for each in VillageClass.values} | {"": Q()}
    counts = {}
    for number, condition in enumerate(conditions.values()):
        counts[f"of_{number}"] = Count("pk", filter=condition)
        counts[f"covered_{number}"] = Count("pk", filter=condition & Q(pk__in=signed))
    found = villages.aggregate(**counts)
    return [(each, found[f"covered_{number}"], found[f"of_{number}"]) for number, each in enumerate(conditions)]


def classes_section(asked: Asked, classes: list[tuple[str, int, int]]) -> Section:
    """Each class with its own denominator: 83 of 123 (QX-30)."""
    columns = [Column(_("Villages with an agreement"), _("all villages of the class"))]
    *lines, (_none, covered, of) = classes
    table = Table(_("class of village"), columns)
    for key, number, all_of in lines:
        if all_of:
            figure = Figure(number, all_of, to_rows(asked, "signed", **{"class": key}))
            table.lines.append(Line(str(VillageClass(key).label), [figure], key=key))
    table.total = in_all([Figure(covered, of, to_rows(asked, "signed"))])
    table.total_note = _("The last line is of all villages, of whatever class.")
    return Section(_("Villages covered, by class"), table, nothing=_("No village here has a class."))


T1 = Statistic(
    "T1", gettext_lazy("Pairing overview"),
    gettext_lazy("Intentions, agreements, renewals; who is covered; who helps whom person to person. As of a day."),
    By, build, form=DayForm, reads=READS,
)  # fmt: skip
