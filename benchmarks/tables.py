"""The statistics tables, the dashboards and the first pages of a province, warm, beside themselves at the size of a
district; how long each took to count is told."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from benchmarks import exporting, pages, province
from benchmarks.pages import PageTime
from benchmarks.report import Finding
from benchmarks.scratch import scratch_database
from organisations.kinds import Kind
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, Round
from reports.dashboard.reading import PARTS
from reports.statistics.frame import all_statistics

SMALL = {"villages": 26, "pairings": 67, "activities": 16_750, "entries": 8_125}
Pages = dict[str, PageTime]


def measure(villages: int, pairings: int, activities: int, entries: int, words: Sequence[str]) -> list[Finding]:
    with scratch_database():
        small = looked_at(province.build(**SMALL), words)
    with scratch_database():
        organiser = province.build(villages, pairings, activities, entries)
        large, exports = looked_at(organiser, words), exporting.measure(organiser)
    told = [Finding(f"{name}: counted anew", page.first, small[name].first, "", True) for name, page in large.items()]
    return [*pages.compare(small, large), *told, *exports]


def looked_at(organiser: User, words: Sequence[str]) -> Pages:
    """By the organiser of all and by the secretary of a unit; parts of pages as the pages fetch them."""
    secretary, fetched = secretary_of_a_unit(), {"HX-Request": "true"}
    found = pages.measure(organiser, pages.chosen(of_organiser(organiser), words))
    found |= pages.measure(organiser, pages.chosen(parts(), words), headers=fetched)
    found |= pages.measure(secretary, pages.chosen(first_of_each(secretary, ", of a unit"), words))
    return found | pages.measure(secretary, pages.chosen(panels(", of a unit"), words), headers=fetched)


def secretary_of_a_unit() -> User:
    pairing = Pairing.objects.signed().order_by("pk")[0]
    secretary = User.objects.create(username="unit-secretary", name="王志远")
    Appointment.objects.create(user=secretary, role="branch_secretary", organisation=pairing.unit)
    return secretary


def tables_of(user: User) -> dict[str, str]:
    """Each table by whatever its lines may be."""
    return {
        f"{code} by {by}": f"{reverse('statistics_table', args=[code])}?by={by}"
        for code, table in all_statistics().items()
        if table.is_for(user)
        for by in table.by.values
    }


def first_of_each(user: User, whose: str) -> dict[str, str]:
    tables = (table for table in all_statistics().values() if table.is_for(user))
    return {f"{each.code}{whose}": reverse("statistics_table", args=[each.code]) for each in tables}


def of_organiser(user: User) -> dict[str, str]:
    round = Round.objects.order_by("pk")[0]
    county = Organisation.objects.filter(kind=Kind.COUNTY, depth=2).order_by("-numchild")[0]
    return {
        **tables_of(user),
        "T1 of a county": f"{reverse('statistics_table', args=['T1'])}?place={county.name}",
        "T4 beside the last year": f"{reverse('statistics_table', args=['T4'])}?{last_year()}",
        "statistics": reverse("statistics"),
        "dashboard": reverse("dashboard"),
        "dashboard of a county": f"{reverse('dashboard')}?round={round.pk}&place={county.pk}",
        "home": reverse("home"),
        "wall": reverse("board_wall", args=[round.pk]),
        "reported figures": reverse("reported_figures"),
    }


def last_year() -> str:
    year = timezone.localdate().year - 1
    return f"against_since={year}-01-01&against_until={year}-12-31"


def parts() -> dict[str, str]:
    round = Round.objects.order_by("pk")[0]
    county = Organisation.objects.filter(kind=Kind.COUNTY, depth=2).order_by("-numchild")[0]
    return {
        **{f"dashboard: {part}": f"{reverse('dashboard_part', args=[part])}?round={round.pk}" for part in PARTS},
        **{
            f"dashboard of a county: {part}": (
                f"{reverse('dashboard_part', args=[part])}?round={round.pk}&place={county.pk}"
            )
            for part in PARTS
        },
        "round from above": reverse("round_from_above", args=[round.pk]),
        "wall: figures": reverse("wall_figures", args=[round.pk]),
        **panels(),
    }


def panels(whose: str = "") -> dict[str, str]:
    """What the first page fetches of reports."""
    return {f"home: {name}{whose}": reverse(name) for name in ("periodic_panel", "watched_money")}
