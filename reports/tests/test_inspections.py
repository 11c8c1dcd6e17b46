"""Inspections: drawn once, filled from the records, looked at, confirmed by a second person, then as they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, transaction

from core.refusals import Refused
from duties.planning import plan as plan_duties
from office.models import Message
from organisations.models import User
from organisations.tests import factories as people
from pairing.models import Issue
from reports.actions import inspections as acts
from reports.inspection.states import Among, CheckResult, InspectionState
from reports.models import CheckLine, InspectedVillage, Inspection
from reports.tests.inspecting import AT, closed, drawn, looked_at, place, plan, planned
from visits.models import Activity

pytestmark = pytest.mark.django_db


@pytest.mark.clause("TN-30")
def test_villages_are_drawn_by_the_system_by_stratum_and_the_draw_can_be_repeated():
    here = place()
    first, second = drawn(here), drawn(here)
    drawn_first = list(first.places.values_list("village", "stratum"))
    assert drawn_first == list(second.places.values_list("village", "stratum"))
    assert first.shares == [["东镇", 3, 2], ["西镇", 3, 2]]
    assert (first.listed, first.seed, first.list_hash) == (6, "2026", second.list_hash)
    unplanned = planned(here, is_planned=False, among=Among.PAIRED, size=9)
    acts.draw_villages(by=here.organiser, inspection=unplanned, at=AT)
    assert set(unplanned.places.values_list("village", flat=True)) == {each.village_id for each in here.pairings}
    assert people.reread(unplanned).seed


def test_it_is_drawn_once_and_the_database_keeps_the_seed():
    here = place()
    inspection = drawn(here)
    with pytest.raises(Refused, match="现在不能办理"):
        acts.draw_villages(by=here.organiser, inspection=inspection, at=AT)
    with pytest.raises(Refused, match="已经抽取"):
        acts.change_plan(by=here.organiser, inspection=inspection, plan=plan(size=1))
    with pytest.raises(Error, match="inspection_drawn_once"), transaction.atomic():
        Inspection.objects.filter(pk=inspection.pk).update(seed="chosen")
    assert people.reread(inspection).seed == "2026"
    assert inspection.places.count() == 4


def test_another_village_is_taken_by_hand_with_a_reason_that_stays():
    here = place()
    inspection = drawn(here)
    out = inspection.places.first()
    left = next(v for v in here.villages if not inspection.places.filter(village=v).exists())
    for village, reason, words in (
        (left, " ", "为什么"),
        (here.units[0], "路断", "名单"),
        (out.village, "路断", "样本"),
    ):
        with pytest.raises(Refused, match=words):
            acts.replace_village(by=here.organiser, place=out, village=village, reason=reason, at=AT)
    assert inspection.places.count() == 4
    taken = acts.replace_village(by=here.organiser, place=out, village=left, reason="山路塌方", at=AT)
    assert (taken.instead_of, taken.reason, taken.position) == (out, "山路塌方", out.position)
    assert taken.lines.count() == len(inspection.checklist)
    assert out not in inspection.places.standing()
    with pytest.raises(Refused):
        acts.replace_village(by=here.organiser, place=out, village=left, reason="再换", at=AT)


def test_the_checklist_is_filled_from_the_records_each_with_its_denominator_and_the_way_there():
    here = place()
    plan_duties(AT.date())
    pairing = here.pairings[0]
    for number, state in enumerate(("confirmed", "submitted", "confirmed", "cancelled")):
        answered = {"answered_at": AT, "answered_by": here.second} if state == "confirmed" else {}
        Activity.objects.create(
            pairing=pairing, unit=pairing.unit, side="unit", nature="visit", name="走访", state=state,
            on=AT.date() - timedelta(days=number), words="看果园", entered_at=AT, entered_by=here.secretaries[0],
            **answered,
        )  # fmt: skip
    inspection = drawn(here, size=6)
    lines = {line.item: line for line in inspection.places.get(village=pairing.village).lines.all()}
    assert (lines["activities"].value, lines["activities"].of) == (2, 3)
    assert f"village={pairing.village_id}" in lines["activities"].url
    assert (lines["issues"].value, lines["issues"].of) == (0, 0)
    assert (lines["known"].value, lines["known"].of) == (None, None)
    elsewhere = inspection.places.get(village=here.villages[5]).lines.get(item="activities")
    assert (elsewhere.value, elsewhere.of) == (0, 0)
    Activity.objects.filter(state="submitted").update(state="confirmed", answered_at=AT, answered_by=here.second)
    acts.fill_again(by=here.organiser, inspection=inspection, at=AT)
    assert people.reread(lines["activities"]).value == 3


def test_filling_asks_the_same_number_of_questions_for_one_village_and_for_six(django_assert_num_queries):
    here = place()
    one, six = drawn(here, size=1), drawn(here, size=6)
    for inspection in (one, six):
        with django_assert_num_queries(10):
            acts.fill_again(by=here.organiser, inspection=inspection, at=AT)


def test_a_finding_becomes_an_issue_that_leads_back():
    here = place()
    inspection = drawn(here, size=6)
    looked = inspection.places.get(village=here.villages[0])
    issue = acts.raise_finding(
        by=here.organiser, place=looked, title="档案缺页", kind="party_building", words="", at=AT
    )
    assert (issue.pairing, issue.organisation) == (here.pairings[0], here.villages[0])
    assert (issue.source, issue.source_url) == (Issue.Source.INSPECTION, looked.get_absolute_url())
    assert looked.findings.get().issue == issue
    alone = acts.raise_finding(
        by=here.organiser, place=inspection.places.get(village=here.villages[5]), title="无人联系", kind="other",
        words="", at=AT,
    )  # fmt: skip
    assert (alone.pairing, alone.organisation) == (None, here.villages[5])


@pytest.mark.clause("TN-30")
def test_it_is_closed_by_a_second_person_and_never_changed_after():
    here = place()
    inspection = drawn(here)
    with pytest.raises(Refused, match="检查结果"):
        acts.submit_inspection(by=here.organiser, inspection=inspection, at=AT)
    looked_at(here, inspection, CheckResult.PARTLY)
    acts.submit_inspection(by=here.organiser, inspection=inspection, at=AT)
    told = Message.objects.get(kind=acts.KIND)
    assert (told.organisation, told.settled_at) == (here.root, None)
    with pytest.raises(Refused, match="其他人"):
        acts.confirm_inspection(by=here.organiser, inspection=inspection, at=AT)
    assert people.reread(inspection).state == InspectionState.SUBMITTED
    acts.confirm_inspection(by=here.second, inspection=inspection, at=AT)
    assert people.reread(told).settled_at is not None
    inspection = people.reread(inspection)
    assert (inspection.state, inspection.confirmed_by) == (InspectionState.CLOSED, here.second)
    rows: tuple[Any, ...] = (Inspection, InspectedVillage, CheckLine)
    for model, change in zip(rows, ({"title": "x"}, {"words": "x"}, {"result": "good"}), strict=True):
        with pytest.raises(Error, match="Cannot"), transaction.atomic():
            model.objects.update(**change)
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        CheckLine.objects.filter(pk=CheckLine.objects.first().pk).delete()
    with pytest.raises(Refused):
        acts.record_check(
            by=here.organiser, place=inspection.places.first(), looked_on=AT.date(), words="", results={}, at=AT
        )


def test_a_second_person_sends_it_back_with_words():
    here = place()
    inspection = drawn(here)
    looked_at(here, inspection)
    acts.submit_inspection(by=here.organiser, inspection=inspection, at=AT)
    with pytest.raises(Refused):
        acts.return_inspection(by=here.second, inspection=inspection, words=" ", at=AT)
    acts.return_inspection(by=here.second, inspection=inspection, words="档案再看一遍", at=AT)
    inspection = people.reread(inspection)
    assert (inspection.state, inspection.words) == (InspectionState.UNDER_WAY, "档案再看一遍")
    acts.drop_inspection(by=here.organiser, inspection=inspection, words="防汛抽调")
    assert people.reread(inspection).state == InspectionState.DROPPED


@pytest.mark.parametrize("who", ["branch_secretary", "village_secretary", "auditor", "elsewhere"])
def test_nobody_else_plans_or_draws(who):
    here = place()
    other = people.county("白水县")
    by = people.user("organiser", other) if who == "elsewhere" else people.user(who, here.root)
    with pytest.raises(Refused):
        acts.plan_inspection(by=by, organisation=here.root, round=here.round, plan=plan(), at=AT)
    inspection = planned(here)
    with pytest.raises(Refused):
        acts.draw_villages(by=by, inspection=inspection, at=AT)
    assert not InspectedVillage.objects.exists()
    assert Inspection.objects.count() == 1


def test_a_village_and_its_unit_read_what_concerns_them_once_it_is_closed():
    here = place()
    inspection = drawn(here, size=6)
    village = people.user("village_secretary", here.villages[0])
    readers: list[User] = [village, here.secretaries[0]]
    for reader in readers:
        assert not Inspection.objects.visible_to(reader).exists()
    looked_at(here, inspection)
    acts.submit_inspection(by=here.organiser, inspection=inspection, at=AT)
    acts.confirm_inspection(by=here.second, inspection=inspection, at=AT)
    for reader in readers:
        assert list(Inspection.objects.visible_to(reader)) == [inspection]
        assert [each.village for each in InspectedVillage.objects.visible_to(reader)] == [here.villages[0]]


def test_a_township_inspects_its_own_villages_and_reads_no_plan_of_the_county():
    here = place()
    township = people.user("township_supervisor", here.villages[0].__class__.objects.get(name="东镇"))
    planned(here)
    own = acts.plan_inspection(
        by=township, organisation=township.posts[0].organisation, round=here.round, plan=plan(size=9), at=AT
    )
    acts.draw_villages(by=township, inspection=own, at=AT)
    assert {each.village.name[:2] for each in own.places.all()} == {"东镇"}
    assert list(Inspection.objects.visible_to(township)) == [own]
    assert closed(here).organisation == here.root
