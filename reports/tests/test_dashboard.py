"""The view from above: by round and area, few statements, the wall without persons."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from duties.models import Duty
from funds.tests import playing
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import Issue
from pairing.tests import factories as pairs
from reports.dashboard import reading
from reports.dashboard.reading import PARTS, WHOLE
from reports.tests.surveying import AT, county
from visits.models import Activity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered():
    cache.clear()


@pytest.fixture
def asked(db):
    made = county(households=0)
    pairs.directory(made.round)
    return made


def visit(pairing, on: date, state: str = "confirmed") -> None:
    at = timezone.now()
    author = people.user("branch_secretary", pairing.unit)
    done = {"answered_at": at, "answered_by": author} if state == "confirmed" else {}
    Activity.objects.create(
        pairing=pairing, unit=pairing.unit, side="unit", nature="visit", name="走访", on=on, state=state,
        entered_at=at, entered_by=author, **done,
    )  # fmt: skip


def test_activities_by_quarter_of_the_round_and_of_one_area(asked):
    first, second = asked.round.pairings.order_by("pk")
    today = date(2026, 11, 27)
    visit(first, date(2026, 4, 2))
    visit(first, date(2026, 11, 3), "submitted")
    visit(second, date(2026, 11, 3))
    whole = reading.activities(asked.round, WHOLE, today)
    assert [row[1:] for row in whole][-3:] == [(1, 1, 1), (0, 0, 0), (2, 1, 1)]
    part = reading.activities(asked.round, [first.village.path], today)
    assert [row[1:] for row in part][-3:] == [(1, 1, 1), (0, 0, 0), (1, 0, 0)]


def test_issues_by_kind_of_one_area_only(asked):
    first, second = asked.round.pairings.order_by("pk")
    for pairing, title in ((first, "缺水"), (first, "缺路"), (second, "缺树")):
        Issue.objects.create(
            pairing=pairing, organisation=pairing.village, title=title, kind="funds", raised_at=timezone.now(),
            due_on=date(2026, 1, 1),
        )  # fmt: skip
    today = timezone.localdate()
    ((_kind, _name, numbers),) = reading.issues(asked.round, [first.village.path], today)
    assert (numbers["received"], numbers["overdue"]) == (2, 2)
    assert reading.issues(asked.round, WHOLE, today)[0][2]["received"] == 3


def test_the_page_and_each_part_for_whoever_watches_and_nothing_for_strangers(
    client, asked, django_assert_max_num_queries
):
    client.force_login(asked.organiser)
    client.get(reverse("dashboard"))
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("dashboard")).content.decode()
    assert "第二轮结对" in shown
    for part in PARTS:
        address = reverse("dashboard_part", args=[part])
        client.get(address, headers={"HX-Request": "true"})
        with django_assert_max_num_queries(12):
            assert client.get(address, headers={"HX-Request": "true"}).status_code == 200, part
    away = people.county("白水县")
    client.force_login(people.user("organiser", away))
    assert "第二轮结对" not in client.get(reverse("dashboard")).content.decode()
    assert client.get(reverse("dashboard_part", args=["money"]), headers={"HX-Request": "true"}).status_code == 404


def test_an_area_that_one_does_not_cover_can_not_be_chosen(client, asked):
    other_town = people.township(asked.county, "白云镇")
    supervisor = people.user("township_supervisor", Organisation.objects.get(path=asked.village.parent_path))
    client.force_login(supervisor)
    shown = client.get(reverse("dashboard"), {"place": other_town.pk}).content.decode()
    assert "白云镇" not in shown


def test_who_is_behind_names_organisations_with_their_denominator(asked):

    first, _second = asked.round.pairings.order_by("pk")
    common = {
        "scheme_version": asked.round.scheme_version, "round": asked.round, "pairing": first, "unit": first.unit,
        "starts_on": date(2026, 4, 1), "least": 1, "planned_on": date(2026, 4, 1), "obligation": "satisfaction",
    }  # fmt: skip
    Duty.objects.create(due_on=date(2026, 6, 30), period="2026Q2", **common)
    Duty.objects.create(due_on=date(2026, 9, 30), period="2026Q3", done=1, **common)
    (line,) = reading.behind(asked.round, WHOLE, date(2026, 11, 27))
    assert (line.organisation, line.late, line.of, line.since) == (first.unit, 1, 2, date(2026, 6, 30))
    assert [row[1:] for row in reading.duties(asked.round, WHOLE, date(2026, 11, 27))][-3:] == [(1, 0), (1, 1), (0, 0)]


def test_the_wall_shows_sums_without_sign_in_and_nobody_by_name(client, asked):
    first, _second = asked.round.pairings.order_by("pk")
    visit(first, timezone.localdate())
    address = reverse("wall_figures", args=[asked.round.pk])
    shown = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "/ 1" in shown
    assert "截至" in shown  # they are remembered for minutes, and the clock of the wall is that of the coverage
    assert first.unit.name not in shown
    assert str(reading.money(asked.round, WHOLE, timezone.localdate())) == "[]"
    assert address in client.get(reverse("board_wall", args=[asked.round.pk])).content.decode()
    assert reading.Money("镇", Decimal(5), Decimal(3), Decimal(1)).left == 2


def test_the_desk_names_what_is_due_next_and_whom_to_call(client, asked, django_assert_max_num_queries):
    first, _second = asked.round.pairings.order_by("pk")
    today = timezone.localdate()
    common = {
        "scheme_version": asked.round.scheme_version, "round": asked.round, "pairing": first, "unit": first.unit,
        "starts_on": date(2026, 1, 1), "least": 1, "planned_on": date(2026, 1, 1), "obligation": "satisfaction",
    }  # fmt: skip
    Duty.objects.create(due_on=today, period="2026Q4", **common)
    Duty.objects.create(due_on=date(2026, 6, 30), period="2026Q2", **common)
    assert reading.due(asked.round, WHOLE, today) == [(today, 1, 1)]
    client.force_login(asked.organiser)
    address = reverse("round_from_above", args=[asked.round.pk])
    assert address in client.get(reverse("home")).content.decode()
    client.get(address, headers={"HX-Request": "true"})
    with django_assert_max_num_queries(12):
        shown = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert first.unit.name in shown
    client.force_login(people.user("organiser", people.county("白水县")))
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 404


def test_whoever_watches_aid_money_sees_what_is_late_and_nobody_else(client):
    place = playing.place()
    playing.entered(place, "receipt", at=AT)
    client.force_login(place.organiser)
    shown = client.get(reverse("watched_money"), headers={"HX-Request": "true"}).content.decode()
    assert " / 1" in shown
    client.force_login(place.secretary)
    assert client.get(reverse("watched_money"), headers={"HX-Request": "true"}).content == b""
    client.force_login(people.user("organiser", people.county("白水县")))
    assert client.get(reverse("watched_money"), headers={"HX-Request": "true"}).content == b""


def test_money_stands_by_the_areas_just_below_and_of_many_areas_the_smaller_ones_together(monkeypatch):
    place = playing.place()
    round, places = place.pairing.round, []
    for name, amount in (("乙", "500.00"), ("丙", "3000.00"), ("丁", "200.00")):
        village = people.village(people.township(place.county, f"{name}镇"), f"{name}村")
        unit, keeper = people.unit(place.county, f"{name}局"), people.user("village_secretary", village)
        into = pairs.pairing(round, unit, village, state="signed")
        playing.entered(place, "receipt", amount, by=keeper, into=into, giver=unit)
        places.append(village)
    today = timezone.localdate()

    def shown(scopes) -> list:
        return [(row.name, row.received) for row in reading.money(round, scopes, today)]

    assert shown(WHOLE) == [("乙镇", 500), ("丙镇", 3000), ("丁镇", 200)]
    assert shown([places[0].path[: -Organisation.steplen]]) == [("乙村", 500)]
    monkeypatch.setattr(reading, "SHOWN_AREAS", 1)
    assert shown(WHOLE) == [("丙镇", 3000), ("其他2个", 700)]
