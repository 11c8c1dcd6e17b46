"""Handing in, sending back, accepting: by whom, what it does to the duty, what stays as it was."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from core.refusals import Refused
from duties.states import DutyState
from office.models import Message
from organisations.models import User
from reports.actions import periodic as acts
from reports.models import PeriodicReport, ReportStep, ReportWords
from reports.states import ReportState
from reports.tests.reporting import QUARTER, Town, owed, town, went

pytestmark = pytest.mark.django_db
TEXT = {"practice": "上了一次党课", "problem": "", "plan": "下季度继续"}


@pytest.fixture
def place() -> Town:
    made = town()
    made.draft()
    return made


def hand_in(place: Town) -> PeriodicReport:
    return acts.submit(by=place.cadre, report=place.of_member, words=TEXT, at=place.at)


@pytest.mark.clause("TN-26")
def test_a_member_hands_in_and_the_own_organisation_accepts(place):
    report = hand_in(place)
    assert owed(report).is_met
    told = Message.objects.get(organisation=place.unit, permission="report.receive")
    assert "待接收" in told.subject_text or told.subject_text
    assert acts.accept(by=place.secretary, reports=[report], at=place.at) == 1
    report = place.of_member
    assert (report.state, report.answered_by) == (ReportState.ACCEPTED, place.secretary)
    assert not Message.objects.filter(pk=told.pk).open().exists()
    assert Message.objects.filter(recipient=place.cadre, url=report.get_absolute_url()).exists()
    assert list(report.steps.values_list("verb", "by")) == [
        ("submitted", place.cadre.pk),
        ("accepted", place.secretary.pk),
    ]


@pytest.mark.parametrize("who", ["colleague", "township", "committee staff", "auditor", "organiser", "secretary"])
def test_nobody_writes_for_a_member(place, who):
    by = place.cast.get(who) or getattr(place, who)
    with pytest.raises(Refused):
        acts.submit(by=by, report=place.of_member, words=TEXT, at=place.at)
    assert place.of_member.state == ReportState.DRAFTED
    assert not ReportWords.objects.exists()
    assert not owed(place.of_member).is_met


@pytest.mark.clause("TN-26", "TN-27", "TN-29")
@pytest.mark.parametrize(
    ("which", "who"),
    [
        ("of_member", "colleague"),
        ("of_member", "township"),
        ("of_member", "committee staff"),
        ("of_member", "organiser"),
        ("of_member", "auditor"),
        ("of_unit", "township"),
        ("of_unit", "secretary"),
        ("of_committee", "township"),
        ("of_committee", "committee staff"),
        ("of_committee", "secretary"),
    ],
)
def test_no_other_desk_takes_a_report_in(place, which, who):
    writers = {"of_member": place.cadre, "of_unit": place.secretary, "of_committee": place.cast["township"]}
    acts.submit(by=writers[which], report=getattr(place, which), words=TEXT, at=place.at)
    by = place.cast.get(who) or getattr(place, who)
    for verb in (accepts, returns):
        with pytest.raises(Refused):
            verb(by, getattr(place, which), place)
    assert getattr(place, which).state == ReportState.SUBMITTED
    assert ReportStep.objects.count() == 1


def accepts(by: User, report: PeriodicReport, place: Town) -> None:
    acts.accept(by=by, reports=[report], at=place.at)


def returns(by: User, report: PeriodicReport, place: Town) -> None:
    acts.give_back(by=by, report=report, remark="请补充", at=place.at)


@pytest.mark.clause("TN-27", "TN-29")
def test_the_desks_of_organisations_take_their_reports_in(place):
    acts.submit(by=place.secretary, report=place.of_unit, words=TEXT, at=place.at)
    acts.submit(by=place.cast["township"], report=place.of_committee, words=TEXT, at=place.at)
    acts.accept(by=place.cast["committee staff"], reports=[place.of_unit], at=place.at)
    acts.accept(by=place.organiser, reports=[place.of_committee], at=place.at)
    assert {place.of_unit.state, place.of_committee.state} == {ReportState.ACCEPTED}
    assert owed(place.of_unit).is_met
    assert owed(place.of_committee).is_met


@pytest.mark.clause("AH-25")
def test_what_comes_back_is_owed_again_and_handed_in_anew(place):
    report = hand_in(place)
    acts.give_back(by=place.secretary, report=report, remark="请写明户数", at=place.at)
    assert not owed(report).is_met
    told = Message.objects.get(recipient=place.cadre)
    assert "请写明户数" in told.subject_text
    again = acts.submit(by=place.cadre, report=report, words=TEXT | {"practice": "两户"}, at=place.at)
    assert owed(report).is_met
    assert not Message.objects.filter(pk=told.pk).open().exists()
    assert [step.verb for step in again.steps.all()] == ["submitted", "returned", "submitted"]


def test_sending_back_needs_a_remark(place):
    report = hand_in(place)
    with pytest.raises(Refused):
        acts.give_back(by=place.secretary, report=report, remark=" ", at=place.at)
    assert place.of_member.state == ReportState.SUBMITTED
    assert owed(report).is_met


def test_nobody_accepts_their_own(place):
    """The secretary of a unit is a member too."""
    member = place.member
    member.user = None
    member.save()
    member.refresh_from_db()
    member.user = place.secretary
    member.save()
    report = acts.submit(by=place.secretary, report=place.of_member, words=TEXT, at=place.at)
    with pytest.raises(Refused, match="本人"):
        acts.accept(by=place.secretary, reports=[report], at=place.at)
    assert place.of_member.state == ReportState.SUBMITTED


def test_a_unit_says_what_its_scheme_of_contents_asks_for(place):
    with pytest.raises(Refused, match="主要做法"):
        acts.submit(by=place.secretary, report=place.of_unit, words={"plan": "继续"}, at=place.at)
    assert place.of_unit.state == ReportState.DRAFTED
    assert not place.of_unit.words.exists()


def test_late_is_what_comes_after_its_last_day(place):
    report = place.of_member
    in_time = acts.submit(by=place.cadre, report=report, words={}, at=place.at)
    assert not in_time.is_late
    late = place.at + timedelta(days=30)
    assert acts.submit(by=place.secretary, report=place.of_unit, words=TEXT, at=late).is_late


@pytest.mark.clause("AH-25")
def test_what_was_accepted_stays_whoever_asks(place):
    went(place, "孙建国")
    report = hand_in(place)
    acts.accept(by=place.secretary, reports=[report], at=place.at)
    words = report.words.first()
    attempts = [
        lambda: PeriodicReport.objects.filter(pk=report.pk).update(figures={}),
        lambda: PeriodicReport.objects.filter(pk=report.pk).update(state="drafted"),
        lambda: PeriodicReport.objects.filter(pk=report.pk)._raw_delete("default"),
        lambda: ReportWords.objects.filter(pk=words.pk).update(words="别的话"),
        lambda: ReportWords.objects.filter(pk=words.pk).delete(),
        lambda: ReportStep.objects.filter(report=report).update(words="别的话"),
        lambda: ReportStep.objects.filter(report=report)._raw_delete("default"),
    ]
    before = (report.figures, list(report.words.values_list("words", flat=True)))
    for attempt in attempts:
        with pytest.raises(InternalError), transaction.atomic():
            attempt()
    assert (place.of_member.figures, list(report.words.values_list("words", flat=True))) == before
    with pytest.raises(Refused):
        acts.write(by=place.cadre, report=report, words=TEXT, at=place.at)
    place.draft()
    assert place.of_member.figures == before[0]


def test_what_is_no_longer_owed_is_not_handed_in(place):
    duty = owed(place.of_member)
    duty.state = DutyState.LAPSED
    duty.save()
    with pytest.raises(Refused):
        hand_in(place)
    assert place.of_member.state == ReportState.DRAFTED


def test_many_are_accepted_at_once_in_as_many_statements_as_one(place):
    first = hand_in(place)
    with CaptureQueriesContext(connection) as one:
        acts.accept(by=place.secretary, reports=[first], at=place.at)
    unit = acts.submit(by=place.cast["colleague"], report=colleagues(place), words={}, at=place.at)
    third = PeriodicReport.objects.get(member__user=None, period=QUARTER, desk=place.unit)
    third.member.user = place.world.place.village_secretary
    third.member.save()
    third = acts.submit(by=place.world.place.village_secretary, report=third, words={}, at=place.at)
    with CaptureQueriesContext(connection) as two:
        assert acts.accept(by=place.secretary, reports=[unit, third], at=place.at) == 2
    assert len(two) <= len(one) + 1  # savepoints aside
    assert ReportStep.objects.filter(verb="accepted").count() == 3


def colleagues(place: Town) -> PeriodicReport:
    return PeriodicReport.objects.get(member__user=place.cast["colleague"], period=QUARTER)


@pytest.mark.clause("TN-27")
def test_the_next_level_adds_up_what_is_in(place):
    went(place, "孙建国", "李同事")
    place.draft()
    hand_in(place)
    place.draft()
    merged = place.of_unit.merged
    assert (merged["in"], merged["of"]) == (1, 3)
    assert merged["figures"]["activities"] == {"n": 1, "of": 2}
    acts.submit(by=place.cast["colleague"], report=colleagues(place), words={}, at=place.at)
    acts.refresh(by=place.secretary, report=place.of_unit, at=place.at)
    merged = place.of_unit.merged
    assert (merged["in"], merged["of"], merged["figures"]["activities"]) == (2, 3, {"n": 2, "of": 4})


@pytest.mark.clause("TN-29")
def test_the_report_of_a_committee_adds_up_those_of_its_organisations(place):
    merged = place.report("committee_report", "2026H1", organisation=place.township).merged
    assert merged == {"in": 0, "of": 0, "figures": {}}


def test_those_that_are_missing_are_reminded_once_a_day(place):
    round = place.world.place.pairing.round
    given = {"by": place.secretary, "desk": place.unit, "round": round, "period": QUARTER}
    assert acts.remind_missing(**given, at=place.at) == 2  # the third has no account
    assert Message.objects.filter(recipient=place.cadre).count() == 1
    with pytest.raises(Refused, match="明天"):
        acts.remind_missing(**given, at=place.at)
    assert Message.objects.filter(recipient=place.cadre).count() == 1
    with pytest.raises(Refused):
        acts.remind_missing(**given | {"by": place.cadre}, at=place.at)


def test_a_report_is_drafted_on_demand_once_its_period_is_over(place):
    duty = owed(place.of_member)
    other = duty.__class__.objects.get(obligation="member_report", member=place.member, period="2026Q4")
    with pytest.raises(Refused):
        acts.draft(by=place.cadre, duty=other, at=place.at)
    later = place.at + timedelta(days=95)
    with pytest.raises(Refused):
        acts.draft(by=place.cast["township"], duty=other, at=later)
    assert not PeriodicReport.objects.filter(duty=other).exists()
    made = acts.draft(by=place.cadre, duty=other, at=later)
    assert (made.state, made.desk) == (ReportState.DRAFTED, place.unit)
    assert acts.draft(by=place.cadre, duty=other, at=later) == made
