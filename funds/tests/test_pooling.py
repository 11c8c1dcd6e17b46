"""Several givers for one project (SH-39): who pools, who agrees, and that the shares are always the whole."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.refusals import Refused
from funds.actions import pooling as acts
from funds.actions import projects as course
from funds.models import Project, ProjectShare
from funds.projects.states import ProjectState, ShareState
from funds.tests.playing import NOW, Place, place
from funds.tests.projects import plan, pooled, second_pairing
from office.models import Message
from organisations.models import User
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Pairing
from pairing.states import Side
from pairing.tests import factories as pairings

pytestmark = [pytest.mark.django_db, pytest.mark.clause("SH-39")]


@dataclass
class Pool:
    place: Place
    other: Pairing
    givers: list[tuple[int, Side, User]]
    staff: User

    def make(self, first: str = "60", second: str = "40", **changes) -> Project:
        shares = {self.place.pairing.pk: first, self.other.pk: second}
        return pooled(self.place, self.place.county, self.staff, shares, **changes)

    def answer(self, project: Project, *, but: tuple[int, Side] | None = None) -> None:
        for pk, side, user in self.givers:
            if (pk, side) != but:
                share = project.shares.get(pairing=pk)
                acts.answer_share(by=user, share=share, side=side, agrees=True, at=NOW)


@pytest.fixture
def pool(db) -> Pool:
    here = place()
    other, unit, village = second_pairing(here)
    first = here.pairing.pk
    givers = [
        (first, Side.UNIT, here.secretary),
        (first, Side.VILLAGE, here.village_secretary),
        (other.pk, Side.UNIT, unit),
        (other.pk, Side.VILLAGE, village),
    ]
    return Pool(here, other, givers, people.user("committee_staff", here.county))


def start(project: Project, by: User) -> Project:
    return course.start_project(by=by, project=project, at=NOW)


def test_it_begins_only_once_both_sides_of_each_share_agreed(pool):
    project = pool.make()
    asked = {message.organisation_id for message in Message.objects.open()}
    assert asked == {pool.place.unit.pk, pool.place.village.pk, pool.other.unit_id, pool.other.village_id}
    for missing in [(pk, side) for pk, side, _user in pool.givers]:
        with transaction.atomic():
            pool.answer(project, but=missing)
            with pytest.raises(Refused, match="份额"):
                start(project, pool.place.village_secretary)
            transaction.set_rollback(True)
    pool.answer(project)
    started = start(project, pool.place.village_secretary)
    assert started.state == ProjectState.UNDER_WAY
    assert [share.amount for share in started.shares.all()] == [Decimal("30000.00"), Decimal("20000.00")]


def test_nobody_answers_for_another(pool):
    project = pool.make()
    share = project.shares.get(pairing=pool.other)
    for side in Side:
        for somebody in (pool.staff, pool.place.organiser, pool.place.secretary, pool.place.stranger):
            with pytest.raises(Refused, match="答复"):
                acts.answer_share(by=somebody, share=share, side=side, agrees=True, at=NOW)
    assert not reread(share).is_agreed
    with pytest.raises(Refused, match="答复"):
        acts.answer_share(by=pool.givers[2][2], share=share, side=Side.VILLAGE, agrees=True, at=NOW)


def test_whoever_declines_says_why_and_the_committee_reads_it(pool):
    project = pool.make()
    share, giver = project.shares.get(pairing=pool.other), pool.givers[2][2]
    with pytest.raises(Refused, match="原因"):
        acts.answer_share(by=giver, share=share, side=Side.UNIT, agrees=False, at=NOW)
    acts.answer_share(by=giver, share=share, side=Side.UNIT, agrees=False, words="今年没有预算", at=NOW)
    assert (reread(share).unit_state, project.steps.last().words) == (ShareState.DECLINED, "今年没有预算")
    pool.answer(project, but=(pool.other.pk, Side.UNIT))
    with pytest.raises(Refused, match="份额"):
        start(project, pool.place.village_secretary)
    alone = acts.set_shares(by=pool.staff, project=project, shares={pool.place.pairing.pk: Decimal(100)}, at=NOW)
    assert [(each.share, each.is_agreed) for each in alone.shares.all()] == [(Decimal(100), False)]


def test_a_share_that_stays_as_it_was_keeps_its_answers(pool):
    project = pool.make()
    pool.answer(project)
    same = {pool.place.pairing.pk: Decimal(60), pool.other.pk: Decimal(40)}
    acts.set_shares(by=pool.staff, project=project, shares=same, at=NOW)
    assert all(share.is_agreed for share in project.shares.all())
    course.change_project(
        by=pool.staff, project=project, plan=plan(place=pool.place.village, budget=Decimal(90_000)), at=NOW
    )
    assert not any(share.is_agreed for share in project.shares.all())


@pytest.mark.parametrize("shares", [("60", "39.99"), ("60", "40.01"), ("100", "0"), ("120", "-20")])
def test_shares_that_are_not_the_whole_are_refused(pool, shares):
    with pytest.raises(Refused):
        pool.make(*shares)
    assert not Project.objects.exists()


def test_the_database_itself_holds_the_whole(pool):
    project = pool.make()
    share = project.shares.first()
    for change in (
        lambda: ProjectShare.objects.filter(pk=share.pk).update(share=Decimal("59.99")),
        lambda: ProjectShare.objects.filter(pk=share.pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="project_shares_sum_to_the_whole"):
            committed(change)
    with transaction.atomic():  # in steps, within one transaction
        ProjectShare.objects.filter(pk=share.pk).update(share=Decimal(50))
        ProjectShare.objects.exclude(pk=share.pk).update(share=Decimal(50))
        connection.check_constraints()
    assert sorted(project.shares.values_list("share", flat=True)) == [Decimal(50), Decimal(50)]


@transaction.atomic
def committed(change: Callable) -> None:
    """As at the end of a transaction, when the database looks at the whole."""
    change()
    connection.check_constraints()


def test_only_a_district_or_a_work_committee_pools(pool):
    here = pool.place
    township = people.user("committee_secretary", here.township)
    for by, committee in (
        (township, here.township), (here.secretary, here.unit), (here.village_secretary, here.village),
        (here.stranger, here.county), (township, here.county),
    ):  # fmt: skip
        with pytest.raises(Refused, match="工作党委"):
            pooled(here, committee, by, {here.pairing.pk: "100"})
    assert not Project.objects.exists()
    work = people.organisation("青山县直属机关工作委员会", kind="organs_work_committee", parent=here.county)
    staff = people.user("committee_staff", work)
    with pytest.raises(Refused, match="所辖"):  # its own units only
        pooled(here, work, staff, {here.pairing.pk: "100"})
    below = pairings.pairing(here.pairing.round, people.unit(work, "青山县工会"), here.village, state="signed")
    assert pooled(here, work, staff, {below.pk: "100"}).committee == work


def test_a_project_of_the_committee_itself_needs_no_giver(pool):
    project = pooled(pool.place, pool.place.county, pool.staff, {}, kind="party_building", budget=Decimal(0))
    assert start(project, pool.place.village_secretary).state == ProjectState.UNDER_WAY


def test_once_it_has_begun_the_shares_stay(pool):
    project = pool.make()
    pool.answer(project)
    start(project, pool.place.village_secretary)
    with pytest.raises(Refused, match="开工"):
        acts.set_shares(by=pool.staff, project=project, shares={pool.other.pk: Decimal(100)}, at=NOW)
    pk, side, user = pool.givers[0]
    with pytest.raises(Refused, match="开工"):
        acts.answer_share(by=user, share=project.shares.get(pairing=pk), side=side, agrees=False, words="不", at=NOW)
    assert project.shares.count() == 2


def test_each_giver_sees_it_and_nobody_beside(pool):
    project = pool.make()
    for _pk, _side, user in pool.givers:
        assert list(Project.objects.visible_to(user)) == [project]
    assert not Project.objects.visible_to(pool.place.stranger).exists()
