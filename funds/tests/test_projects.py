"""The course of a project: each step by the side whose turn it is, and nobody else's."""

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction

from core.refusals import Refused
from funds.actions import project_parts as parts
from funds.actions import projects as acts
from funds.models import Project, ProjectPhoto, ProjectStep
from funds.projects.kinds import GROUPS, Measure, PartnerKind, ProjectKind, ProjectMode, WorkField
from funds.projects.standing import RULES, Verb, offered
from funds.projects.states import OPEN, OVER, ProjectState
from funds.projects.turns import Need, turn_of
from funds.tests.playing import NOW, TODAY, Place, place
from funds.tests.projects import DEADLINE, accepted, finished, picture, plan, planned, shown, under_way
from office.models import Message
from organisations.models import User
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.states import RoundState, Side

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db) -> Place:
    return place()


def asked(user: User) -> list[str]:
    """The subjects of what waits for a person."""
    return [message.subject for message in Message.objects.open().visible_to(User.objects.get(pk=user.pk))]


def need(project: Project) -> tuple:
    turn = turn_of(project, shares_open=False)
    return turn.need, turn.side


def test_every_kind_stands_under_one_heading():
    listed = [kind for _heading, kinds in GROUPS for kind in kinds]
    assert sorted(listed) == sorted(ProjectKind)


@pytest.mark.parametrize(
    ("kinds", "clause"),
    [
        pytest.param(["venue", "transport", "water", "energy", "culture"], "TN-14", marks=pytest.mark.clause("TN-14")),
        pytest.param(["clinic", "shop", "library", "sports"], "TN-18", marks=pytest.mark.clause("TN-18")),
        pytest.param(["stove", "kitchen", "toilet", "biogas"], "QX-27", marks=pytest.mark.clause("QX-27")),
        pytest.param(["industry", "market", "cooperative", "branding"], "SH-19", marks=pytest.mark.clause("SH-19")),
    ],
)
def test_the_kinds_of_the_texts_can_be_planned(here, kinds, clause):
    assert clause
    assert [planned(here, kind=kind, title=kind).kind for kind in kinds] == kinds


@pytest.mark.clause("YD-20")
def test_party_building_is_handled_as_a_project_with_goal_owner_and_deadline(here):
    project = planned(here, kind="party_building", field="party_building", goal="三个支部达标", budget=Decimal(0))
    assert (project.goal, project.in_charge, project.due_on) == ("三个支部达标", "王志远", DEADLINE)
    lacking: list[dict[str, Any]] = [{"goal": " "}, {"in_charge": " "}]
    for missing in lacking:
        with pytest.raises(Refused, match="负责"):
            planned(here, **missing)
    assert Project.objects.count() == 1


@pytest.mark.clause("SH-11")
def test_a_project_bears_one_of_the_four_fields_of_work(here):
    assert {planned(here, field=each, title=each).field for each in WorkField} == {
        "economy", "livelihood", "culture_society", "party_building"
    }  # fmt: skip


def test_from_the_plan_to_the_acceptance(here):
    project = planned(here, carrier=Side.UNIT)
    assert need(project) == (Need.AGREEMENT, Side.VILLAGE)
    assert (len(asked(here.village_secretary)), asked(here.secretary)) == (1, [])
    project = acts.start_project(by=here.village_secretary, project=project, at=NOW)
    assert (project.started_on, need(project)) == (TODAY, (Need.WORK, Side.UNIT))
    assert (asked(here.village_secretary), len(asked(here.secretary))) == ([], 1)
    project = acts.finish_project(by=here.secretary, project=project, at=NOW)
    assert need(project) == (Need.ACCEPTANCE, Side.VILLAGE)
    assert (len(asked(here.village_secretary)), asked(here.secretary)) == (1, [])
    shown(project, here.secretary)
    project = acts.accept_project(by=here.village_secretary, project=project, words="好走", at=NOW)
    assert (project.state, need(project)) == (ProjectState.ACCEPTED, (None, None))
    assert (asked(here.village_secretary), asked(here.secretary)) == ([], [])
    verbs = list(project.steps.values_list("verb", flat=True))
    assert verbs == ["planned", "started", "finished", "accepted"]


def test_what_the_village_plans_the_unit_agrees_to(here):
    project = planned(here, Side.VILLAGE)
    assert need(project) == (Need.AGREEMENT, Side.UNIT)
    with pytest.raises(Refused, match="另一方"):
        acts.start_project(by=here.village_secretary, project=project, at=NOW)
    assert reread(project).state == ProjectState.PLANNED
    assert acts.start_project(by=here.secretary, project=project, at=NOW).state == ProjectState.UNDER_WAY


@pytest.mark.clause("SH-47")
def test_the_village_accepts_and_never_the_unit(here):
    project = finished(here)
    shown(project, here.secretary)
    for somebody in (here.secretary, here.organiser, here.stranger):
        with pytest.raises(Refused):
            acts.accept_project(by=somebody, project=project, words="好", at=NOW)
    assert reread(project).state == ProjectState.FINISHED
    assert acts.accept_project(by=here.village_secretary, project=project, words="好", at=NOW).accepted_by


def test_who_reported_it_finished_does_not_accept_it(here):
    project = acts.finish_project(by=here.village_secretary, project=under_way(here), at=NOW)
    shown(project, here.secretary)
    with pytest.raises(Refused, match="另一"):
        acts.accept_project(by=here.village_secretary, project=project, words="好", at=NOW)
    assert offered(here.village_secretary, project) == ["stopped"]
    with pytest.raises(IntegrityError, match="accepted_by_somebody_else"), transaction.atomic():
        Project.objects.update(
            state="accepted", accepted_at=NOW, accepted_by=here.village_secretary, accepted_words="好"
        )
    other = people.user("village_committee", here.village)
    assert acts.accept_project(by=other, project=project, words="好", at=NOW).state == ProjectState.ACCEPTED


@pytest.mark.clause("SH-47")
def test_nothing_is_accepted_that_nothing_shows(here):
    project = finished(here)
    shown(project, here.secretary, "before")
    with pytest.raises(Refused, match="照片"):
        acts.accept_project(by=here.village_secretary, project=project, words="好", at=NOW)
    with pytest.raises(Refused, match="评价"):
        acts.accept_project(by=here.village_secretary, project=project, words=" ", at=NOW)
    outcome = parts.note_outcome(
        by=here.secretary,
        project=project,
        measure="households",
        value=Decimal(86),
        source="村委会统计",
        on=TODAY,
        at=NOW,
    )
    parts.withdraw_outcome(by=here.secretary, outcome=outcome, at=NOW)
    with pytest.raises(Refused, match="照片"):
        acts.accept_project(by=here.village_secretary, project=project, words="好", at=NOW)
    shown(project, here.village_secretary)
    assert acts.accept_project(by=here.village_secretary, project=project, words="好", at=NOW)


def test_what_is_not_accepted_goes_back_with_the_reason(here):
    project = finished(here)
    with pytest.raises(Refused, match="缺"):
        acts.return_project(by=here.village_secretary, project=project, words="", at=NOW)
    project = acts.return_project(by=here.village_secretary, project=project, words="护栏没有装", at=NOW)
    assert (project.state, project.finished_on) == (ProjectState.UNDER_WAY, None)
    assert len(asked(here.secretary)) == 1
    assert project.steps.last().words == "护栏没有装"
    assert acts.finish_project(by=here.secretary, project=project, at=NOW).state == ProjectState.FINISHED


@pytest.mark.parametrize("make", [planned, under_way, finished])
def test_either_side_stops_it_with_a_reason_and_nothing_is_added_afterwards(here, make):
    project = make(here)
    with pytest.raises(Refused, match="停止"):
        acts.stop_project(by=here.secretary, project=project, words="", at=NOW)
    project = acts.stop_project(by=here.village_secretary, project=project, words="河道改线", at=NOW)
    assert (project.state, asked(here.secretary), asked(here.village_secretary)) == (ProjectState.STOPPED, [], [])
    with pytest.raises(Refused, match="停止"):
        shown(project, here.secretary)
    with pytest.raises(IntegrityError, match="step_with_reason"), transaction.atomic():
        ProjectStep.objects.create(project=project, verb="stopped", at=NOW, by=here.secretary)


def test_the_plan_is_changed_by_its_own_side_before_it_begins(here):
    project = planned(here)
    with pytest.raises(Refused):
        acts.change_project(by=here.village_secretary, project=project, plan=plan(title="别的"), at=NOW)
    project = acts.change_project(by=here.secretary, project=project, plan=plan(title="新桥"), at=NOW)
    assert reread(project).title == "新桥"
    acts.start_project(by=here.village_secretary, project=project, at=NOW)
    with pytest.raises(Refused, match="实施中"):
        acts.change_project(by=here.secretary, project=project, plan=plan(title="大桥"), at=NOW)
    assert reread(project).title == "新桥"


def test_a_step_is_offered_to_whoever_may_take_it_and_refused_to_all_others(here):
    cast = {"unit": here.secretary, "village": here.village_secretary, "organiser": here.organiser}
    project = planned(here, carrier=Side.UNIT)
    seen = {who: offered(user, project) for who, user in cast.items()}
    assert seen == {"unit": ["changed", "stopped"], "village": ["consented", "started", "stopped"], "organiser": []}
    assert offered(here.stranger, project) == []
    assert {verb for verbs in seen.values() for verb in verbs} < set(map(str, RULES))
    assert set(OPEN) | set(OVER) == set(ProjectState)


def test_the_same_form_sent_twice_is_one_project(here):
    key = uuid.uuid4()
    given = {"by": here.secretary, "pairing": here.pairing, "side": Side.UNIT, "plan": plan(), "key": key, "at": NOW}
    assert acts.plan_project(**given) == acts.plan_project(**given)
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"budget": Decimal("-0.01")}, "预算"),
        ({"due_on": TODAY - timedelta(days=1)}, "期限"),
        ({"due_on": TODAY.replace(year=2046)}, "期限"),
        ({"due_on": TODAY.replace(year=1900)}, "期限"),
        ({"title": ""}, "负责"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(here, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        planned(here, **changes)
    assert not Project.objects.exists()


def test_a_project_may_need_no_money(here):
    assert planned(here, budget=Decimal(0)).budget == 0


def test_a_stranger_and_a_closed_round_plan_nothing(here):
    with pytest.raises(Refused):
        acts.plan_project(by=here.stranger, pairing=here.pairing, side=Side.UNIT, plan=plan(), key=uuid.uuid4(), at=NOW)
    project = under_way(here)
    round = here.pairing.round
    round.state, round.closed_at, round.closed_by = RoundState.CLOSED, NOW, here.organiser
    round.save()
    for act in (acts.finish_project, acts.stop_project):
        with pytest.raises(Refused, match="关闭"):
            act(by=here.village_secretary, project=project, words="x", at=NOW)
    with pytest.raises(InternalError, match="closed round"), transaction.atomic():
        Project.objects.update(title="改")


@pytest.mark.clause("YD-05")
@pytest.mark.parametrize("mode", list(ProjectMode))
def test_a_community_project_begins_only_after_the_villagers_agreed(here, mode):
    project = planned(here, kind="community", mode=mode)
    assert need(project) == (Need.CONSENT, Side.VILLAGE)
    with pytest.raises(Refused, match="村民"):
        acts.start_project(by=here.village_secretary, project=project, at=NOW)
    given = {"project": project, "on": TODAY, "form": "assembly", "minutes": here.paper, "at": NOW}
    with pytest.raises(Refused):
        parts.record_consent(by=here.secretary, asked=100, agreed=90, **given)
    for asked_of, agreed in ((100, 50), (100, 101), (3, 0)):
        with pytest.raises(Refused):
            parts.record_consent(by=here.village_secretary, asked=asked_of, agreed=agreed, **given)
    assert reread(project).state == ProjectState.PLANNED
    consent = parts.record_consent(by=here.village_secretary, asked=100, agreed=51, **given)
    assert (str(consent), reread(project).state) == ("51/100", ProjectState.CONSENTED)
    assert acts.start_project(by=here.village_secretary, project=project, at=NOW).state == ProjectState.UNDER_WAY


@pytest.mark.clause("YD-06")
def test_partners_of_the_village_are_named_by_kind(here):
    project = planned(here, partners=["five_elders", "village_council"])
    assert reread(project).partner_names == [str(PartnerKind.FIVE_ELDERS.label), str(PartnerKind.VILLAGE_COUNCIL.label)]


def test_milestones_lie_before_the_deadline_and_are_reached_once(here):
    project = under_way(here)
    with pytest.raises(Refused, match="期限"):
        parts.add_milestone(by=here.secretary, project=project, name="通车", due_on=DEADLINE + timedelta(days=1))
    step = parts.add_milestone(by=here.secretary, project=project, name="通车", due_on=DEADLINE)
    with pytest.raises(Refused, match="已有"):
        parts.add_milestone(by=here.village_secretary, project=project, name="通车", due_on=DEADLINE)
    with pytest.raises(Refused):
        parts.reach_milestone(by=here.stranger, milestone=step, on=TODAY, at=NOW)
    with pytest.raises(Refused, match="还没有到"):
        parts.reach_milestone(by=here.secretary, milestone=step, on=TODAY + timedelta(days=1), at=NOW)
    assert parts.reach_milestone(by=here.village_secretary, milestone=step, on=TODAY, at=NOW).done_on == TODAY
    with pytest.raises(Refused, match="已经"):
        parts.reach_milestone(by=here.secretary, milestone=step, on=TODAY, at=NOW)


def test_a_photo_twice_is_kept_once_and_never_changed(here):
    project = under_way(here)
    for _time in range(2):
        parts.add_photos(by=here.secretary, project=project, moment="before", photos=[picture(here.secretary)], at=NOW)
    assert project.photos.count() == 1
    with pytest.raises(InternalError), transaction.atomic():
        ProjectPhoto.objects.update(moment="after")
    with pytest.raises(InternalError), transaction.atomic():
        ProjectPhoto.objects.all().delete()


@pytest.mark.clause("SH-19")
@pytest.mark.parametrize(
    ("value", "qualifier", "printed"),
    [("1200", "over", "1,200余"), ("3000", "nearly", "近3,000"), ("0.3", "about", "约0.3"), ("12.50", "exact", "12.5")],
)
def test_what_came_of_it_is_told_as_the_source_prints_it(here, value, qualifier, printed):
    project = under_way(here)
    given = {"by": here.village_secretary, "project": project, "value": Decimal(value), "qualifier": qualifier}
    for measure in (Measure.INCOME_EACH, Measure.EFFICIENCY):
        parts.note_outcome(**given, measure=measure, source="村委会统计", on=TODAY, at=NOW)
    assert [reread(each).printed for each in project.outcomes.all()] == [printed] * 2


@pytest.mark.parametrize(
    "changes",
    [{"value": Decimal(0)}, {"source": " "}, {"on": TODAY + timedelta(days=1)}, {"on": TODAY.replace(year=1900)}],
)
def test_a_figure_has_a_number_a_source_and_a_day(here, changes):
    project = under_way(here)
    given = {"measure": "mu", "value": Decimal(30), "source": "丈量", "on": TODAY} | changes
    with pytest.raises(Refused):
        parts.note_outcome(by=here.secretary, project=project, at=NOW, **given)
    assert not project.outcomes.exists()


@pytest.mark.clause("SH-40")
def test_the_organiser_shows_an_accepted_project_to_the_whole_area(here):
    beside = people.user("village_secretary", people.village(here.township, "青山县石坪村"))
    away = people.user("village_secretary", people.village(people.township(people.county("白水县"), "白水镇")))
    project = accepted(here)
    assert not Project.objects.cases(beside).exists()
    with pytest.raises(Refused, match="组织者"):
        acts.promote_project(by=here.secretary, project=project, words="建设不花冤枉钱", at=NOW)
    with pytest.raises(Refused, match="借鉴"):
        acts.promote_project(by=here.organiser, project=project, words="", at=NOW)
    acts.promote_project(by=here.organiser, project=project, words="群众投工投劳", at=NOW)
    with pytest.raises(Refused, match="已经"):
        acts.promote_project(by=here.organiser, project=project, words="再次", at=NOW)
    assert list(Project.objects.cases(beside)) == [project]
    assert not Project.objects.visible_to(beside).exists()
    assert not Project.objects.cases(away).exists()


@pytest.mark.clause("SH-40")
def test_only_an_accepted_project_is_shown(here):
    with pytest.raises(Refused):
        acts.promote_project(by=here.organiser, project=finished(here), words="好", at=NOW)
    assert Verb.PROMOTED not in offered(here.organiser, finished(here, title="二"))
