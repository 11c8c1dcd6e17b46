"""An assessment: what gives how many points, who may change what, and that it stays once it is frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from core.periods import Period
from core.refusals import Refused
from organisations.tests import factories as people
from organisations.tests.factories import reread
from reports.actions import adjusting
from reports.actions import assessment as acts
from reports.assessment import consumers
from reports.assessment.reckoning import reckon
from reports.models import AdjustmentCase, Appeal, Assessed, Assessment, GivenScore, ScoreAdjustment, ScoreLine
from reports.tests.assessing import NOON, Ground, line, points, sheet
from visits.models import Activity

pytestmark = pytest.mark.django_db


def test_each_one_missing_takes_points_off_and_the_share_met_gives_some():
    ground = Ground()
    ground.duty("survey_trip", 1, 1, period="2026Q2", due_on=date(2026, 6, 30))
    ground.duty("survey_trip", 0, 1, period="2026Q3", due_on=date(2026, 9, 30))
    ground.duty("training", 0, 1, period="2026H1", due_on=date(2026, 6, 30))
    ground.duty("good_deed", 1, 2)
    found = ground.opened()
    assert points(found, ground.unit) == {
        "survey_trip": 10, "training": 0, "good_deed": 10, "members_activity": None, "targets": None, "daily": 10,
        "falsehood": 0,
    }  # fmt: skip
    kept = sheet(found, ground.unit)
    assert (kept.points, kept.full, kept.score, kept.grade) == (30, 70, Decimal("42.86"), "不合格")


def test_what_falls_due_after_the_period_counts_only_once_it_is_met():
    ground = Ground("shanghai")
    ground.duty("assistance_plan", 0, due_on=date(2028, 7, 31), period="")
    ground.duty("principals_visit", 1, due_on=date(2028, 7, 31), period="")
    found = points(ground.opened(), ground.unit)
    assert (found["plan"], found["visits"]) == (None, 30)


def test_what_is_owed_in_yuan_is_one_thing_missing_not_twenty_thousand():
    ground = Ground("shanghai")
    made = ground.set_up()
    ground.changed(made, items={"results": {"rule": "per_missing", "off": "15"}})
    ground.duty("weak_village_money", 500, 20000)
    assert points(ground.opened(made), ground.unit)["results"] == 25


def test_confirmed_activities_give_the_full_mark_at_the_number_wanted():
    ground = Ground("yudu")
    for day, state in ((3, "confirmed"), (4, "confirmed"), (5, "confirmed"), (6, "submitted")):
        answered = {"answered_at": NOON, "answered_by": ground.villager} if state == "confirmed" else {}
        Activity.objects.create(
            pairing=ground.pairing, unit=ground.unit, side="unit", nature="visit", name="送政策", on=date(2026, 9, day),
            words="好", state=state, entered_at=NOON, entered_by=ground.secretary, **answered,
        )  # fmt: skip
    found = line(ground.opened(), ground.unit, "services")
    assert (found.points, found.met) == (20, 3)
    assert [each["on"] for each in found.evidence] == ["2026-09-05", "2026-09-04", "2026-09-03"]


@pytest.mark.clause("AH-24")
def test_both_sides_get_one_score():
    ground = Ground("anhui")
    ground.duty("joint_meeting", 1)
    ground.duty("party_lecture", 0)
    found = ground.shown()
    assert list(found.subjects.values_list("side", "pairing")) == [("pairing", ground.pairing.pk)]
    kept = sheet(found, ground.pairing)
    assert kept.score == Decimal("64.71")  # 12 + 10 of 34
    for person in (ground.secretary, ground.villager):
        assert list(Assessed.objects.visible_to(person)) == [kept]


@pytest.mark.clause("XC-02")
def test_the_result_of_the_villages_counts_for_the_department_and_the_township():
    ground = Ground("xincheng", 2)
    ground.duty("seven_links", 7, 7)
    ground.duty("seven_links", 0, 7, of=1)
    found = ground.opened()
    acts.adjust(
        by=ground.organiser, line=line(found, ground.village, "team"), points=Decimal(-10), words="班子不团结", at=NOON
    )
    acts.reckon_anew(by=ground.organiser, assessment=found, at=NOON)
    scores = [sheet(found, village).score for village in ground.villages]
    assert scores == [Decimal("87.50"), Decimal("37.50")]  # 70 of 80, 30 of 80
    assert [points(found, unit)["linked"] for unit in ground.units] == [Decimal("26.25"), Decimal("11.25")]
    assert points(found, ground.township) == {"linked_township": Decimal("62.50"), "falsehood": 0}


def test_an_item_that_does_not_apply_leaves_the_full_mark_smaller():
    ground = Ground("yudu")
    kept = sheet(ground.opened(), ground.unit)
    assert kept.full == 40  # nobody was asked yet: satisfaction does not count


def test_three_columns_are_weighed_and_who_gave_nothing_does_not_count():
    ground = Ground()
    ground.duty("good_deed", 2, 2)
    found = ground.shown(ground.set_up(own_weight=20, other_weight=20, organiser_weight=60))
    kept, deed = sheet(found, ground.unit), line(found, ground.unit, "good_deed")
    acts.give_points(by=ground.secretary, assessed=kept, giver=ground.unit, points={deed.pk: Decimal(18)}, at=NOON)
    assert reread(deed).points == Decimal("19.50")  # (18 × 20 + 20 × 60) / 80
    acts.give_points(by=ground.villager, assessed=kept, giver=ground.village, points={deed.pk: Decimal(10)}, at=NOON)
    assert (reread(deed).own, reread(deed).other, reread(deed).points) == (18, 10, Decimal("17.60"))


def test_whoever_is_neither_assessed_nor_partner_gives_no_points():
    ground = Ground(number=2)
    found = ground.shown(ground.set_up(own_weight=20, organiser_weight=80))
    kept, deed = sheet(found, ground.unit), line(found, ground.unit, "good_deed")
    others = [(people.user("branch_secretary", ground.units[1]), ground.units[1]), (ground.villager, ground.village)]
    for person, giver in others:
        with pytest.raises(Refused):
            acts.give_points(by=person, assessed=kept, giver=giver, points={deed.pk: Decimal(1)}, at=NOON)
    with pytest.raises(Refused):
        acts.give_points(by=ground.secretary, assessed=kept, giver=ground.unit, points={deed.pk: Decimal(21)}, at=NOON)
    assert not GivenScore.objects.exists()


def test_an_adjustment_has_a_reason_and_stays_between_floor_and_full_mark():
    ground = Ground()
    ground.duty("good_deed", 1, 1)
    found = ground.opened()
    deed = line(found, ground.unit, "good_deed")
    with pytest.raises(Refused):
        acts.adjust(by=ground.organiser, line=deed, points=Decimal(-5), words=" ", at=NOON)
    with pytest.raises(Refused):
        acts.adjust(by=ground.secretary, line=deed, points=Decimal(5), words="我要", at=NOON)
    assert not ScoreAdjustment.objects.exists()
    acts.adjust(by=ground.organiser, line=deed, points=Decimal(-5), words="质量一般", at=NOON)
    assert (reread(deed).points, reread(deed).adjusted) == (15, -5)
    acts.adjust(by=ground.organiser, line=deed, points=Decimal(50), words="重报", at=NOON)
    assert reread(deed).points == 20


def test_a_veto_leaves_no_better_grade_than_the_rules_say():
    ground = Ground()
    ground.duty("good_deed", 1, 1)
    found = ground.opened()
    assert sheet(found, ground.unit).grade == "优秀"
    acts.adjust(
        by=ground.organiser, line=line(found, ground.unit, "falsehood"), points=Decimal(-1), words="虚报活动", at=NOON
    )
    kept = sheet(found, ground.unit)
    assert (kept.is_vetoed, kept.grade, kept.score) == (True, "合格", 100)


def test_where_little_applies_there_is_a_score_but_no_grade_no_place_and_no_little_effect():
    ground = Ground(number=2)
    ground.duty("training", 0)
    for obligation in ("survey_trip", "training", "good_deed"):
        ground.duty(obligation, 0, of=1)
    found = ground.opened(ground.set_up(least_share=50, may_rank=True))
    thin, enough = (sheet(found, unit) for unit in ground.units)
    assert (thin.full, thin.is_thin, thin.score, thin.grade, thin.place) == (30, True, Decimal("33.33"), "", None)
    assert (enough.full, enough.is_thin, enough.grade, enough.place) == (70, False, "不合格", 1)
    assert list(Assessed.objects.low(found.rules.low)) == [enough]
    assert (consumers.why_not(thin), consumers.why_not(enough)) == ("适用项目过少，不评定等次", "等次低于「优秀」")
    with pytest.raises(Refused, match="适用项目过少"):
        adjusting.open_case(by=ground.organiser, assessed=thin, pairing=ground.pairing, reason="低效", at=NOON)
    assert not AdjustmentCase.objects.exists()


def test_the_first_half_year_counts_in_the_year():
    ground = Ground()
    ground.duty("training", 1, period="2026H1", due_on=date(2026, 6, 30))
    half = ground.frozen(ground.set_up(Period(date(2026, 1, 1), date(2026, 6, 30), "2026H1")))
    ground.duty("training", 0, period="2026H2")
    year = ground.set_up()
    assert year.earlier == half
    first, kept = sheet(half, ground.unit), sheet(ground.opened(year), ground.unit)
    alone = (kept.points * 100 / kept.full).quantize(Decimal("0.01"))
    assert (first.score, alone, kept.score) == (100, Decimal("33.33"), Decimal("60.00"))


def test_a_half_year_without_a_grade_does_not_count_in_the_year():
    ground = Ground()
    half = Period(date(2026, 1, 1), date(2026, 6, 30), "2026H1")
    ground.frozen(ground.set_up(half, least_share=50))
    ground.duty("training", 0, period="2026H2")
    kept = sheet(ground.opened(), ground.unit)
    assert (kept.assessment.earlier.period, kept.score) == ("2026H1", Decimal("33.33"))


def test_organisations_are_put_in_an_order_only_where_the_rules_say_so():
    ground = Ground(number=2)
    ground.duty("good_deed", 1)
    ground.duty("good_deed", 0, of=1)
    found = ground.opened()
    assert set(found.subjects.values_list("place", flat=True)) == {None}
    again = Ground("anhui", 2, name="白水县")
    again.duty("joint_meeting", 1)
    again.duty("joint_meeting", 0, of=1)
    opened = again.opened()
    assert [sheet(opened, each).place for each in again.pairings] == [1, 2]


def test_what_is_frozen_the_database_keeps_as_it_is():
    ground = Ground()
    ground.duty("good_deed", 1)
    found = ground.frozen()
    deed = line(found, ground.unit, "good_deed")
    assert deed.evidence[0]["done"] == 1
    attempts = [
        lambda: ScoreLine.objects.filter(pk=deed.pk).update(points=1),
        lambda: ScoreLine.objects.filter(pk=deed.pk).delete(),
        lambda: Assessed.objects.filter(pk=deed.assessed_id).update(score=1),
        lambda: Assessment.objects.filter(pk=found.pk).update(state="shown", frozen_at=None, frozen_by=None),
        lambda: ScoreAdjustment.objects.create(
            line=deed, points=1, words="x", at=NOON, by=ground.organiser, post=ground.organiser.posts[0]
        ),
    ]
    for attempt in attempts:
        with pytest.raises(InternalError), transaction.atomic():
            attempt()
    with pytest.raises(Refused):
        acts.reckon_anew(by=ground.organiser, assessment=found, at=NOON)
    assert reread(deed).points == 20


def test_it_is_frozen_only_once_the_period_is_over_and_every_appeal_answered():
    ground = Ground()
    found = ground.shown()
    kept = sheet(found, ground.unit)
    with pytest.raises(Refused):
        acts.freeze(by=ground.organiser, assessment=found, at=NOON.replace(year=2026, month=12, day=31))
    made = acts.appeal(by=ground.secretary, assessed=kept, line=None, words="少算一次", at=NOON)
    with pytest.raises(Refused):
        acts.freeze(by=ground.organiser, assessment=found, at=NOON)
    acts.reply(by=ground.organiser, appeal=made, words="已核实", at=NOON)
    assert acts.freeze(by=ground.organiser, assessment=found, at=NOON).state == "frozen"


def test_only_the_assessed_object_and_nobody_changes_their_words():
    ground = Ground()
    kept = sheet(ground.shown(), ground.unit)
    with pytest.raises(Refused):
        acts.appeal(by=ground.villager, assessed=kept, line=None, words="不对", at=NOON)
    made = acts.appeal(by=ground.secretary, assessed=kept, line=None, words="少算一次", at=NOON)
    with pytest.raises(InternalError), transaction.atomic():
        Appeal.objects.filter(pk=made.pk).update(words="别的话")
    with pytest.raises(InternalError), transaction.atomic():
        made.delete()
    assert reread(made).words == "少算一次"


def test_the_assessed_see_nothing_before_it_is_shown():
    ground = Ground()
    found = ground.opened()
    assert not Assessed.objects.visible_to(ground.secretary).exists()
    assert not Assessment.objects.visible_to(ground.secretary).exists()
    acts.show(by=ground.organiser, assessment=found, at=NOON)
    assert Assessed.objects.visible_to(ground.secretary).get().organisation == ground.unit
    stranger = people.user("branch_secretary", people.unit(people.county("白水县")))
    assert not Assessed.objects.visible_to(stranger).exists()


def test_rules_change_only_before_it_opens_and_have_to_fit():
    ground = Ground()
    made = ground.set_up()
    with pytest.raises(Refused):
        ground.changed(made, own_weight=50)
    assert reread(made).rules.own_weight == 0
    ground.changed(made, items={"training": {"full": "30", "off": "30"}})
    ground.opened(made)
    assert line(made, ground.unit, "training").full == 30
    with pytest.raises(Refused):
        ground.changed(made, low="50")
    with pytest.raises(Refused):
        ground.set_up()


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_as_many_statements_for_three_as_for_one(number):
    ground = Ground("xincheng", number)
    for each in range(number):
        ground.duty("seven_links", 3, 7, of=each)
    made = ground.opened()
    with CaptureQueriesContext(connection) as found:
        reckon(made, NOON)
    assert len(found) == 10
