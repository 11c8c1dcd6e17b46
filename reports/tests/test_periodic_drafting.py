"""Drafting periodic reports: to the right desk, from the records, in a constant number of statements."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duties.planning import plan
from funds.actions.entering import Particulars, enter
from members.tests import factories
from organisations.tests import factories as people
from pairing.schemes.duty_words import Desk
from pairing.tests.factories import directory
from reports.models import PeriodicReport
from reports.periodic.counting import counted_now, rows_behind
from reports.periodic.drafting import Drafted
from reports.periodic.sources import SOURCES
from reports.tests.reporting import ON, QUARTER, Town, called, town, went
from visits.models import Activity, HouseholdVisit

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Town:
    return town()


@pytest.mark.clause("TN-26", "TN-27", "TN-29")
def test_each_report_goes_to_its_desk_and_to_no_other(place):
    place.draft()
    desks = set(PeriodicReport.objects.values_list("line", "desk__name", "organisation__name").distinct())
    assert (Desk.OWN_ORGANISATION, place.unit.name, None) in desks
    assert place.of_member.desk == place.unit
    assert place.of_unit.desk == place.county  # the unit lies right below the county: its nearest committee
    assert place.of_committee.desk == place.county
    assert not PeriodicReport.objects.filter(line=Desk.ORGANISATION_DEPARTMENT, member__isnull=False).exists()


@pytest.mark.clause("TN-27")
def test_a_unit_in_a_township_reports_to_the_township(place):
    unit = people.unit(place.township, "青山镇水管站")
    directory(place.world.place.pairing.round)
    plan(ON)
    place.draft()
    assert place.report("unit_report", organisation=unit).desk == place.township


def test_nothing_is_drafted_before_its_period_is_over(place):
    place.draft(date(2026, 9, 30))
    assert not PeriodicReport.objects.filter(period=QUARTER).exists()
    place.draft(date(2026, 10, 1))
    assert PeriodicReport.objects.filter(period=QUARTER).exists()


@pytest.mark.clause("TN-26")
def test_a_member_finds_their_own_work_with_what_it_is_out_of(place):
    went(place, "孙建国", "李同事")
    called(place)
    called_in_vain = called_again(place)
    place.draft()
    figures = place.of_member.figures
    assert figures["activities"] == {"n": 1, "of": 2}
    assert figures["activities.party_lecture"] == {"n": 1, "of": 2}
    assert figures["visits"] == {"n": 1, "of": 2}
    assert figures["helped"] == {"n": 1, "of": 1}
    assert called_in_vain.pk in rows_behind(place.of_member, "visits")


def called_again(place: Town):
    first = HouseholdVisit.objects.get()
    first.pk, first.took_place, first.met, first.key = None, False, "", "11111111-1111-4111-8111-111111111111"
    first.save(force_insert=True)
    return first


@pytest.mark.clause("TN-27")
def test_the_report_of_a_unit_counts_its_records_and_adds_up_its_members(place):
    went(place, "孙建国", "李同事", "外单位的人")
    called(place)
    place.draft()
    figures, merged = place.of_unit.figures, place.of_unit.merged
    assert figures["activities"] == {"n": 3, "of": 3}
    assert figures["persons"]["n"] == 2
    assert figures["persons"]["of"] == place.unit.members.count()
    assert merged["in"] == 0
    assert merged["of"] == PeriodicReport.objects.filter(desk=place.unit, period=QUARTER).count() == 3
    assert merged["figures"] == {}


def test_what_was_confirmed_later_is_counted_the_next_night_and_a_third_run_changes_nothing(place):
    went(place, "孙建国")
    Activity.objects.update(state="submitted", answered_at=None, answered_by=None)
    first = place.draft()
    assert first.added > 4
    assert place.of_unit.figures["activities"] == {"n": 0, "of": 1}
    Activity.objects.update(state="confirmed", answered_at=place.at, answered_by=place.secretary)
    assert place.draft() == Drafted(0, 1)
    assert place.of_unit.figures["activities"] == {"n": 1, "of": 1}
    assert place.draft() == Drafted()


def test_as_many_statements_for_many_reports_as_for_few(place):
    with CaptureQueriesContext(connection) as few:
        place.draft()
    for _each in range(12):
        factories.member(place.unit, rank="section")
    plan(ON)
    with CaptureQueriesContext(connection) as many:
        assert place.draft().added >= 12
    assert len(few) == len(many) <= 12


def test_one_counted_by_itself_is_as_it_was_drafted(place):
    went(place, "孙建国", "李同事")
    called(place)
    money(place)
    place.draft()
    reports = list(PeriodicReport.objects.all())
    with CaptureQueriesContext(connection) as statements:
        now = counted_now(reports)
    assert len(statements) == 2
    for report in reports:
        assert now[report.pk] == (report.figures, report.merged), str(report)


def money(place: Town) -> None:
    aid: dict[str, Any] = {"giver": place.unit, "source": "own", "channel": "direct", "on": date(2026, 7, 20)}
    into: dict[str, Any] = {"into": place.world.place.pairing, "at": place.at}
    village = place.world.place.village_secretary
    enter(by=place.secretary, kind="sent", given=Particulars(amount=Decimal("500.50"), **aid), key=uuid.uuid4(), **into)
    enter(by=village, kind="receipt", given=Particulars(amount=Decimal("800.25"), **aid), key=uuid.uuid4(), **into)


def test_money_stands_to_the_cent_with_what_was_received_in_all(place):
    money(place)
    place.draft()
    figures = place.of_unit.figures
    assert figures["received"] == {"n": Decimal("800.25"), "of": Decimal("800.25")}
    assert figures["sent"] == {"n": Decimal("0.00"), "of": Decimal("500.50")}
    assert figures["spent"] == {"n": Decimal("0.00"), "of": Decimal("800.25")}


@pytest.mark.parametrize("key", sorted(SOURCES))
def test_the_rows_behind_each_figure_add_up_to_it(place, key):
    went(place, "孙建国", "李同事")
    called(place)
    money(place)
    place.draft()
    for report in (place.of_member, place.of_unit, place.of_committee):
        rows = rows_behind(report, key)
        assert set(SOURCES[key].rows.values_list("pk", flat=True)) >= rows.keys()
        if key in report.figures:
            assert sum(n for n, _of in rows.values()) == report.figures[key]["n"]
            assert sum(of for _n, of in rows.values()) == report.figures[key]["of"]
