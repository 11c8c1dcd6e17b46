from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from core.refusals import Refused
from office.models import Message
from office.tests.factories import pdf
from pairing.actions import targets as acts
from pairing.actions.targets import TargetTerms
from pairing.models import Pairing, Target, TargetYear
from pairing.plans import goals
from pairing.states import Side, TargetState
from pairing.tests.market import IN_TIME
from pairing.tests.promising import YEAR, met, planned, signed_under, taken

pytestmark = pytest.mark.django_db


def states(pairing):
    return list(pairing.targets.values_list("name", "state"))


@pytest.mark.clause("QX-04")
def test_six_targets_over_three_to_five_years_with_baseline_yearly_values_and_a_state_each():
    place, pairing = signed_under("qianxi")
    targets = taken(place, pairing)
    assert (len(targets), {each.state for each in targets}) == (6, {"not_begun"})
    assert {each.horizon_year for each in targets} == {pairing.round.ends_on.year}
    terms = TargetTerms(
        words="人均纯收入", unit_of_measure="元", baseline=Decimal(2100), baseline_year=YEAR - 1,
        final=Decimal(4000), horizon_year=YEAR + 5,
    )  # fmt: skip
    target = acts.revise_target(by=place.village_secretary, target=targets[1], side=Side.VILLAGE, terms=terms)
    assert (target.name, target.baseline, target.horizon_year) == ("生活富裕的条件更加具备", 2100, YEAR + 5)
    for year in range(YEAR, YEAR + 6):
        planned(place, target, 2500 + year - YEAR, year)
    with pytest.raises(Refused):
        planned(place, target, 9, YEAR + 6)
    assert target.years.count() == 6
    met(place, target)
    counted = {
        each["goal"].key: (each["total"], each["met"])
        for each in goals.tally(Pairing.objects.all(), pairing.round.rules)
    }
    assert counted == {goal.key: (1, int(goal.key == "well_off")) for goal in pairing.round.rules.goals[0].goals}


@pytest.mark.clause("TC-07")
def test_the_four_goals_are_for_a_lagging_village_only():
    place, pairing = signed_under("article", classes=("weak",))
    with pytest.raises(Refused):
        taken(place, pairing)
    assert Target.objects.count() == 0
    place.village.classes = ["lagging"]
    place.village.save()
    pairing = Pairing.objects.select_related("round__scheme_version", "village", "unit").get()
    assert [each.name for each in taken(place, pairing)] == [
        "建班子", "选准一条好的发展路子", "形成一个好的工作机制", "营造一个好的发展环境",
    ]  # fmt: skip
    assert {each.state for each in pairing.targets.all()} == {TargetState.NOT_BEGUN}


@pytest.mark.clause("YD-17")
def test_five_goods_in_words_year_by_year():
    place, pairing = signed_under("yudu")
    targets = taken(place, pairing)
    assert [each.name for each in targets] == [
        "一个好的带头人", "一个好思路", "一项好制度", "一个好阵地", "一个好机制",
    ]  # fmt: skip
    row = acts.plan_year(
        by=place.village_secretary, target=targets[3], side=Side.VILLAGE, year=YEAR, planned=None, planned_words="活动室翻修"
    )  # fmt: skip
    row = acts.claim_year(
        by=place.village_secretary, target=targets[3], side=Side.VILLAGE, year=YEAR, actual=None,
        proof_words="9月已投入使用", at=IN_TIME,
    )  # fmt: skip
    acts.confirm_year(by=place.secretary, row=row, side=Side.UNIT, at=IN_TIME)
    assert states(pairing)[3] == ("一个好阵地", "under_way")
    assert TargetYear.objects.get().confirmed_by == place.secretary


@pytest.mark.clause("XY-15")
def test_four_tasks_each_with_its_status():
    place, pairing = signed_under("xinyi")
    first, second, *_ = taken(place, pairing)
    acts.begin_target(by=place.secretary, target=first, side=Side.UNIT)
    met(place, second)
    assert states(pairing) == [
        ("摸底子", "under_way"), ("建班子", "met"), ("找路子", "not_begun"), ("解难题", "not_begun"),
    ]  # fmt: skip


def test_taking_the_goals_twice_makes_none_twice_and_adds_what_is_missing():
    place, pairing = signed_under("qianxi")
    taken(place, pairing)
    with pytest.raises(Refused):
        acts.take_goals(by=place.village_secretary, pairing=pairing, side=Side.VILLAGE)
    Target.objects.filter(goal_key="well_off").delete()
    assert acts.take_goals(by=place.secretary, pairing=pairing, side=Side.UNIT) == 1
    assert Target.objects.count() == 6


def test_one_side_claims_with_proof_and_the_other_confirms_or_says_what_is_missing():
    place, pairing = signed_under("qianxi")
    target = taken(place, pairing)[0]
    given = {"by": place.secretary, "target": target, "side": Side.UNIT, "at": IN_TIME}
    with pytest.raises(Refused):
        acts.claim_target(**given, proof_words=" ")
    target = acts.claim_target(**given, proof_words="", upload=("验收.pdf", pdf()))
    assert (target.state, target.proof.name, open_messages(place.village)) == ("claimed", "验收.pdf", 1)
    with pytest.raises(Refused):
        acts.confirm_target(by=place.secretary, target=target, side=Side.UNIT, at=IN_TIME)
    target = acts.return_target(
        by=place.village_secretary, target=target, side=Side.VILLAGE, words="水渠还没有通水", at=IN_TIME
    )
    assert (target.state, target.return_words, target.claimed_at, open_messages(place.village)) == (
        "under_way", "水渠还没有通水", None, 0,
    )  # fmt: skip
    target = met(place, target)
    assert (target.state, target.confirmed_by) == ("met", place.village_secretary)
    for change in (acts.begin_target, acts.revise_target):
        with pytest.raises(Refused):
            change(
                by=place.secretary,
                target=target,
                side=Side.UNIT,
                **({"terms": TargetTerms()} if change is acts.revise_target else {}),
            )


def open_messages(organisation):
    return Message.objects.open().filter(organisation=organisation).count()


def test_a_year_is_planned_recorded_confirmed_and_then_unchangeable():
    place, pairing = signed_under("qianxi")
    target = taken(place, pairing)[0]
    given = {"by": place.secretary, "target": target, "side": Side.UNIT, "year": YEAR, "at": IN_TIME}
    with pytest.raises(Refused):
        acts.claim_year(**given, actual=Decimal(12), proof_words="统计表")
    planned(place, target)
    row = acts.claim_year(**given, actual=Decimal("12.5"), proof_words="统计表")
    with pytest.raises(Refused):
        planned(place, target, 99)
    row = acts.return_year(by=place.village_secretary, row=row, side=Side.VILLAGE, words="应为12", at=IN_TIME)
    row = acts.claim_year(**given, actual=Decimal(12), proof_words="统计表（更正）")
    acts.confirm_year(by=place.village_secretary, row=row, side=Side.VILLAGE, at=IN_TIME)
    with pytest.raises(Refused):
        acts.claim_year(**given, actual=Decimal(13), proof_words="再改")
    with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
        TargetYear.objects.update(actual=99)
    kept = TargetYear.objects.get()
    assert (kept.planned, kept.actual, kept.proof_words) == (12, 12, "统计表（更正）")


def test_a_target_of_ones_own_has_a_name_of_its_own_and_a_baseline_its_year():
    place, pairing = signed_under("shanghai")
    given = {"by": place.secretary, "pairing": pairing, "side": Side.UNIT}
    acts.add_target(**given, terms=TargetTerms(name="村集体收入", unit_of_measure="万元"))
    for terms in (TargetTerms(name="村集体收入"), TargetTerms(name=" "), TargetTerms(name="新", baseline=Decimal(1))):
        with pytest.raises(Refused):
            acts.add_target(**given, terms=terms)
    assert list(Target.objects.values_list("name", "set_key")) == [("村集体收入", "")]


def test_nobody_else_sets_or_confirms():
    place, pairing = signed_under("qianxi")
    with pytest.raises(Refused):
        acts.take_goals(by=place.organiser, pairing=pairing, side=Side.UNIT)
    with pytest.raises(Refused):
        acts.take_goals(by=place.secretary, pairing=pairing, side=Side.VILLAGE)
    assert Target.objects.count() == 0
