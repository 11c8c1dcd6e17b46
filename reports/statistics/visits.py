"""T6: visits and diaries; the numbers are those of visits/figures.py, read as they are kept counted."""

from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.figures import Column, Figure, Line, Table, address, in_all
from members.models import Aid, Household, Member, PersonPair
from pairing.schemes.words import DiaryEdition
from reports.figures.summing import reported_section
from reports.models import ReportedFigure
from reports.statistics.frame import Asked, Section, Sheet, Statistic
from visits import figures
from visits.figures import By, Counted, Reach
from visits.models import Activity, Diary, DiaryEntry, HouseholdVisit, Participant
from visits.views import figures as pages

READS = (Activity, Participant, DiaryEntry, Diary, HouseholdVisit, Aid, PersonPair, Member, Household, ReportedFigure)
MOST_LINES = 200  # units and villages of a place whose cadres are listed


def activities_sheet(
    asked: Asked, *, with_diaries: bool = True
) -> tuple[Table, Page | None, list[Any] | None, Counted, Reach]:  # fmt: skip
    """The table with its sum, the page it stands on, the keys of its lines, the sum and what was reached."""
    sources = figures.Sources(asked.user, asked.form)
    places = None if sources.by not in figures.ORGANISATIONS else asked.keys
    places = figures.places(sources) if places is None else list(places)
    keys, page = (None, None) if places is None else asked.window(places)
    lines = figures.lines(sources, keys, is_first=page is None or page.number == 1)
    table = pages.table_of(asked.form, lines)
    counted, reach = figures.totals(sources)
    table.total = in_all(pages.Links(asked.form).line(None, counted).figures)
    if not with_diaries:
        shorten(table)
    return table, page, keys, counted, reach


def shorten(table: Table) -> None:
    """What belongs to T6 alone is left away."""
    table.columns = table.columns[:3]
    table.lines = [Line(each.name, each.figures[:3], each.url, each.key) for each in table.lines]
    table.total = in_all(table.total.figures[:3]) if table.total else None


def build(asked: Asked) -> Sheet:
    table, page, keys, counted, reach = activities_sheet(asked)
    first = Section(
        _("Visits and diaries"), table, page=page, keys=keys,
        note=_("Only what the other side confirmed counts."),
        nothing=_("Nothing was recorded in these days, and no pairing stands here. Choose other days or a place."),
    )  # fmt: skip
    facts = pages.facts(counted, reach, pages.Links(asked.form).line(None, counted))
    sections = [first, linked_section(asked)]
    if keys is None:  # not beside thousands of units or villages, of which each page is counted anew
        sections += [editions_section(asked), reported_section(asked, "T6")]
    return Sheet(sections, facts)


def linked_section(asked: Asked) -> Section:
    """How many of a unit are linked with people of a village, and how many of them have been there (XY-16)."""
    table = Table(_("unit → village"), [Column(_("Cadres who were at the door"), _("linked"))])
    title = _("Cadres linked with villages, and who of them went")
    if not asked.form.words:
        return Section(title, table, nothing=_("Name a place, unit or village above: its cadres are counted here."))
    since, until = asked.form.days()
    rows = PersonPair.objects.visible_to(asked.user).filter(asked.form.near("unit", "village"), since__lte=until)
    rows = rows.filter(Q(until=None) | Q(until__gte=since), helper_member__isnull=False).order_by()
    here, days = OuterRef("pk"), (since, until)
    visited = HouseholdVisit.objects.paid().filter(pair=here, on__range=days)
    went = Q(Exists(visited.order_by())) | Q(
        Exists(Aid.objects.standing().filter(pair=here, on__range=days).order_by())
    )
    groups = rows.values("unit__path", "village__path", "unit__name", "village__name").annotate(
        linked=Count("helper_member", distinct=True), went=Count("helper_member", distinct=True, filter=went)
    )  # fmt: skip
    for each in groups.order_by("unit__path", "village__path")[:MOST_LINES]:
        name = f"{each['unit__name']} → {each['village__name']}"
        url = address(reverse("person_pairs"), q=each["unit__name"], place=each["village__name"])
        table.lines.append(Line(name, [Figure(each["went"], each["linked"], url)]))
    return Section(title, table, nothing=_("Nobody here is linked with a household or person."))


def editions_section(asked: Asked) -> Section:
    """The booklets by edition (XY-19), and what was written into them in these days."""
    rows = Diary.objects.visible_to(asked.user).filter(asked.form.near("member__organisation")).order_by()
    rows = rows.filter(round=asked.form.chosen_round) if asked.form.chosen_round else rows
    written = Count("entries", filter=Q(entries__on__range=asked.form.days()))
    found: Any = rows.values_list("edition").annotate(number=Count("pk", distinct=True), written=written)
    table = Table(_("edition of the diary"), [Column(_("Diaries")), Column(_("Diary entries"))])
    known = {edition: numbers for edition, *numbers in found}
    for edition in DiaryEdition:
        if edition.value in known:
            figures_of = [Figure(number, url=reverse("diaries")) for number in known[edition.value]]
            table.lines.append(Line(str(edition.label), figures_of, key=edition.value))
    return Section(_("Diaries by edition"), table, nothing=_("No diary that you review has been begun."))


T6 = Statistic(
    "T6", gettext_lazy("Visits and diaries"),
    gettext_lazy("Activities, visits at the door, households reached, diary entries; who is linked and who went."),
    By, build, reads=READS,
)  # fmt: skip
