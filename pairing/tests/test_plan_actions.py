from datetime import date
from typing import Any

import pytest
from django.db import InternalError, transaction

from core.refusals import Refused
from office.models import Message
from office.tests.factories import pdf
from pairing.actions import plans as acts
from pairing.models import Pairing, Plan, PlanItem, PlanReference
from pairing.plans import asked as plans
from pairing.plans.asked import Kept
from pairing.plans.content import Line, PlanText, differences
from pairing.plans.states import PlanStanding
from pairing.states import PairingState, PlanState, RoundState, Side
from pairing.tests.market import IN_TIME
from pairing.tests.promising import DAY, YEAR, confirmed, handed_over, person, signed_under, written

pytestmark = pytest.mark.django_db
RULES = {"visit_rules": PlanStanding.CONFIRMED}


def asked(organisation):
    return Message.objects.open().filter(organisation=organisation).count()


def standings(pairing, year=YEAR):
    return {each.asked.kind: each.standing for each in plans.requirements(pairing, year, Kept.of(pairing))}


@pytest.mark.clause("SH-43")
def test_the_plan_of_the_term_is_missing_until_both_sides_stand_by_it():
    place, pairing = signed_under("shanghai")
    confirmed(place, written(place, pairing, "visit_rules"))
    assert standings(pairing) == RULES | {"term_plan": PlanStanding.MISSING}
    plan = written(place, pairing, "term_plan")
    assert standings(pairing) == RULES | {"term_plan": PlanStanding.DRAFT}
    plan = handed_over(place, plan)
    assert (standings(pairing), asked(place.village)) == (RULES | {"term_plan": PlanStanding.PROPOSED}, 1)
    plan = acts.confirm_plan(by=place.village_secretary, plan=plan, side=Side.VILLAGE, edition=plan.edition, at=IN_TIME)
    assert (plan.unit_confirmed_by, plan.village_confirmed_by) == (place.secretary, place.village_secretary)
    assert (standings(pairing), plans.missing(pairing, DAY, Kept.of(pairing)), asked(place.village)) == (
        RULES | {"term_plan": PlanStanding.CONFIRMED}, [], 0,
    )  # fmt: skip


@pytest.mark.clause("SH-48")
def test_the_two_sides_have_rules_for_their_visits_with_a_file_once_a_term():
    place, pairing = signed_under("shanghai")
    assert standings(pairing)["visit_rules"] == standings(pairing, YEAR + 1)["visit_rules"] == PlanStanding.MISSING
    plan = written(place, pairing, "visit_rules", body="分管领导每年走访不少于两次。", upload=("走访制度.pdf", pdf()))
    plan = confirmed(place, plan)
    assert standings(pairing)["visit_rules"] == standings(pairing, YEAR + 1)["visit_rules"] == PlanStanding.CONFIRMED
    assert (plan.year, plan.file.name, plan.unit_confirmed_by) == (None, "走访制度.pdf", place.secretary)
    assert "visit_rules" not in [each.asked.kind for each in plans.missing(pairing, DAY, Kept.of(pairing))]


@pytest.mark.clause("TN-11", "TN-21")
def test_the_plan_of_the_town_names_principal_and_secretary_and_the_village_has_one_of_its_own():
    place, pairing = signed_under("town")
    plan = written(place, pairing, "term_plan", principal="赵永安")
    with pytest.raises(Refused, match="TN-21"):
        handed_over(place, plan)
    plan = written(place, pairing, "term_plan", branch_secretary="王志远")
    with pytest.raises(Refused, match="TN-21"):
        handed_over(place, plan)
    plan = confirmed(place, written(place, pairing, "term_plan", principal="赵永安", branch_secretary="王志远"))
    assert (plan.principal, plan.branch_secretary) == ("赵永安", "王志远")
    assert standings(pairing)["village_plan"] == PlanStanding.MISSING
    confirmed(place, written(place, pairing, "village_plan", side=Side.VILLAGE), Side.VILLAGE)
    assert standings(pairing)["village_plan"] == PlanStanding.CONFIRMED


@pytest.mark.clause("TN-22")
def test_both_work_plans_name_the_pairing_with_title_and_attached_file_each_year():
    place, pairing = signed_under("town")
    given = {"by": place.secretary, "pairing": pairing, "year": YEAR, "title": "2026年工作计划", "at": IN_TIME}
    with pytest.raises(Refused):
        acts.refer_to_plan(**given, kind="unit_plan_reference")
    assert PlanReference.objects.count() == 0
    for kind in ("unit_plan_reference", "branch_plan_reference"):
        acts.refer_to_plan(**given, kind=kind, upload=("计划.pdf", pdf()))
    now = standings(pairing)
    assert (now["unit_plan_reference"], now["branch_plan_reference"]) == (PlanStanding.CONFIRMED,) * 2
    assert standings(pairing, YEAR + 1)["unit_plan_reference"] == PlanStanding.MISSING
    acts.refer_to_plan(**(given | {"title": "修订后的计划"}), kind="unit_plan_reference")
    kept = PlanReference.objects.get(kind="unit_plan_reference")
    assert (kept.title, kept.file.name, kept.noted_by) == ("修订后的计划", "计划.pdf", place.secretary)


@pytest.mark.clause("XC-03")
def test_the_three_shared_fields_are_filled_before_the_joint_plan_is_handed_over():
    place, pairing = signed_under("xincheng")
    assert standings(pairing) == {"joint_plan": PlanStanding.MISSING}
    three: dict[str, Any] = {
        "responsibility": "双方书记共同负责。",
        "target": "年内通路。",
        "reward_penalty": "同奖同罚。",
    }
    for name in three:
        with pytest.raises(Refused, match="XC-03"):
            handed_over(place, written(place, pairing, "joint_plan", YEAR, **(three | {name: " "})))
    plan = confirmed(place, written(place, pairing, "joint_plan", YEAR, **three))
    assert {name: getattr(plan, name) for name in three} == three
    assert standings(pairing) == {"joint_plan": PlanStanding.CONFIRMED}


@pytest.mark.clause("QX-15")
def test_measures_are_lines_each_of_which_can_be_noted_as_done():
    place, pairing = signed_under("qianxi")
    empty = written(place, pairing, "measures", lines=[])
    with pytest.raises(Refused):
        handed_over(place, empty)
    lines = [Line("measure", "整合资金硬化通组路", "县交通局立项", DAY), Line("measure", "建蔬菜大棚")]
    plan = confirmed(place, written(place, pairing, "measures", lines=lines))
    item = plan.items.get(heading="建蔬菜大棚")
    acts.note_done(by=place.village_secretary, item=item, side=Side.VILLAGE, words="已建成6个", on=DAY)
    assert list(PlanItem.objects.values_list("heading", "done_on", "done_words")) == [
        ("整合资金硬化通组路", None, ""),
        ("建蔬菜大棚", DAY, "已建成6个"),
    ]


def test_a_change_is_a_new_version_beside_the_old_and_says_what_differs():
    place, pairing = signed_under("shanghai")
    confirmed(place, written(place, pairing, "visit_rules"))
    first = confirmed(place, written(place, pairing, "term_plan"))
    second = written(place, pairing, "term_plan", body="另建冷库。", lines=[Line("input", "资金到位", "", DAY)])
    assert (second.number, second.pk != first.pk) == (2, True)
    assert standings(pairing) == RULES | {"term_plan": PlanStanding.CONFIRMED}
    term = Plan.objects.filter(kind="term_plan")
    assert list(term.in_force()) == [first]
    confirmed(place, second)
    assert list(term.in_force()) == [second]
    told = differences(second, first)
    assert [(each.get("before"), each.get("after")) for each in told[:1]] == [(first.body, "另建冷库。")]
    assert (told[1]["lines_before"][0].heading, told[1]["lines_after"][0].heading) == ("苗木到村", "资金到位")


def test_the_database_refuses_to_change_a_confirmed_version_or_its_lines():
    place, pairing = signed_under("shanghai")
    confirmed(place, written(place, pairing, "term_plan"))
    for change in (
        lambda: Plan.objects.update(body="改"),
        lambda: Plan.objects.all().delete(),
        lambda: PlanItem.objects.update(heading="改"),
        lambda: PlanItem.objects.all().delete(),
        lambda: PlanItem.objects.create(plan=Plan.objects.get(), heading="再加一条"),
    ):
        with pytest.raises(InternalError, match="pgtrigger: Cannot"), transaction.atomic():
            change()
    assert list(PlanItem.objects.values_list("heading", flat=True)) == ["苗木到村"]


def test_who_wrote_does_not_confirm_and_who_reads_decides_on_what_it_read():
    place, pairing = signed_under("shanghai")
    plan = handed_over(place, written(place, pairing, "term_plan"))
    with pytest.raises(Refused):
        acts.confirm_plan(by=place.secretary, plan=plan, side=Side.UNIT, edition=plan.edition, at=IN_TIME)
    with pytest.raises(Refused):
        acts.confirm_plan(
            by=place.village_secretary, plan=plan, side=Side.VILLAGE, edition=plan.edition - 1, at=IN_TIME
        )
    with pytest.raises(Refused):
        acts.confirm_plan(by=place.secretary, plan=plan, side=Side.VILLAGE, edition=plan.edition, at=IN_TIME)
    assert Plan.objects.get().state == PlanState.PROPOSED


def test_sent_back_with_words_it_is_the_writers_turn_again():
    place, pairing = signed_under("shanghai")
    plan = handed_over(place, written(place, pairing, "term_plan"))
    given = {"by": place.village_secretary, "plan": plan, "side": Side.VILLAGE, "edition": plan.edition, "at": IN_TIME}
    with pytest.raises(Refused):
        acts.return_plan(**given, words=" ")
    plan = acts.return_plan(**given, words="请写明时间")
    assert (plan.state, plan.return_words, plan.unit_confirmed_at) == (PlanState.DRAFT, "请写明时间", None)
    assert (asked(place.unit), asked(place.village)) == (1, 0)
    confirmed(place, plan)
    assert asked(place.unit) == 0


def test_two_who_write_at_once_do_not_overwrite_each_other():
    place, pairing = signed_under("shanghai")
    plan = written(place, pairing, "term_plan")
    with pytest.raises(Refused):
        acts.write_plan(
            by=place.village_secretary, pairing=pairing, side=Side.VILLAGE, kind="term_plan", year=None,
            text=PlanText(body="村里写的"), edition=0, at=IN_TIME,
        )  # fmt: skip
    assert Plan.objects.get().body == plan.body


@pytest.mark.parametrize(
    ("kind", "year"), [("term_plan", YEAR), ("joint_plan", None), ("joint_plan", 1999), ("x", None)]
)
def test_a_plan_belongs_to_a_period_of_the_round(kind, year):
    place, pairing = signed_under("shanghai")
    with pytest.raises(Refused):
        written(place, pairing, kind, year)
    assert Plan.objects.count() == 0


def test_what_everybody_will_read_holds_no_number_of_a_person():
    place, pairing = signed_under("anhui")
    plan = written(place, pairing, "key_points", YEAR, body="联系人电话１３９ 0000 1111")
    with pytest.raises(Refused, match="139"):
        handed_over(place, plan)
    assert Plan.objects.get().state == PlanState.DRAFT


def test_a_pairing_that_no_longer_stands_or_whose_round_is_closed_keeps_its_plans_as_they_are():
    place, pairing = signed_under("shanghai")
    plan = written(place, pairing, "term_plan")
    Pairing.objects.update(state=PairingState.ENDED, ended_on=date(2026, 5, 1), end_reason="early")
    with pytest.raises(Refused):
        handed_over(place, plan)
    Pairing.objects.update(state=PairingState.SIGNED, ended_on=None, end_reason="")
    place.round.state, place.round.closed_at, place.round.closed_by = RoundState.CLOSED, IN_TIME, place.organiser
    place.round.save()
    with pytest.raises(Refused):
        handed_over(place, plan)
    with pytest.raises(InternalError, match="closed round"), transaction.atomic():
        Plan.objects.update(body="改")


def test_strangers_write_nothing():
    place, pairing = signed_under("shanghai")
    with pytest.raises(Refused):
        acts.write_plan(
            by=place.organiser, pairing=pairing, side=Side.UNIT, kind="term_plan", year=None, text=PlanText(body="村里写的"),
            edition=0, at=IN_TIME,
        )  # fmt: skip
    assert (Plan.objects.count(), person(place, Side.UNIT)) == (0, place.secretary)
