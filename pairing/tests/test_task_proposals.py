"""Task proposals (SH-28): suggested numbers, issued as a document, unchangeable then, and how far they are."""

import io

import docx
import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from core.refusals import Refused
from office.models import Message
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.actions import task_proposals as acts
from pairing.figures.task_proposals import shared_out, standings, suggestions, task_document
from pairing.models import TaskProposal
from pairing.states import PairingState, RoundState, Side
from pairing.templates_word import build_task_proposal
from pairing.tests import factories
from pairing.tests.factories import SPRING
from pairing.tests.market import statements
from pairing.tests.test_documents import parts

pytestmark = pytest.mark.django_db


class City:
    """Two work committees with three units and one, a county with four villages, one of them weak."""

    def __init__(self):
        self.root = people.organisation("省城市", kind=Kind.PREFECTURE)
        self.organs = people.organisation("市级机关工委", kind=Kind.ORGANS_WORK_COMMITTEE, parent=self.root)
        self.schools = people.organisation("教卫工委", kind=Kind.WORK_COMMITTEE, parent=self.root)
        self.units = [people.unit(self.organs) for _number in range(3)]
        self.school = people.unit(self.schools, "师范大学", kind=Kind.UNIVERSITY)
        self.county = people.organisation("崇明县", kind=Kind.COUNTY, parent=self.root)
        self.villages = [people.village(self.county, classes=["weak"] if not i else []) for i in range(4)]
        self.organiser = people.user("organiser", people.organisation_dept(self.root))
        self.staff = people.user("committee_staff", self.organs)
        self.round = factories.round(self.root, name="新一轮")
        factories.directory(self.round)

    def prepared(self):
        acts.prepare_task_proposals(by=self.organiser, round=self.round)
        return {(task.committee.name, task.side): task for task in self.round.task_proposals.all()}


@pytest.fixture
def city():
    return City()


@pytest.mark.parametrize(
    ("number", "weights", "shares"),
    [
        (4, {"a": 3, "b": 1}, {"a": 3, "b": 1}),
        (5, {"a": 3, "b": 1}, {"a": 4, "b": 1}),
        (1, {"a": 1, "b": 1, "c": 1}, {"a": 1, "b": 0, "c": 0}),
        (0, {"a": 2}, {"a": 0}),
        (7, {}, {}),
    ],
)
def test_shares_are_whole_and_sum_to_the_number(number, weights, shares):
    assert shared_out(number, weights) == shares


@pytest.mark.clause("SH-28")
def test_villages_are_shared_out_by_units_and_each_county_is_to_receive_a_unit_for_each_village(city):
    found = {(each.committee.name, each.side): each for each in suggestions(city.round, standings(city.round))}
    numbers = {place: (each.suggested, each.suggested_weak) for place, each in found.items()}
    assert numbers == {
        ("市级机关工委", Side.UNIT): (3, 1),
        ("教卫工委", Side.UNIT): (1, 0),
        ("崇明县", Side.VILLAGE): (4, 1),
    }


@pytest.mark.clause("SH-18", "SH-28")
def test_no_committee_is_suggested_less_than_in_the_round_before(city):
    before = factories.round(city.root, name="上一轮")
    for village in city.villages[:3]:
        factories.pairing(before, city.school, village, state=PairingState.SIGNED)
    city.round.previous = before
    city.round.save()
    tasks = city.prepared()
    assert tasks["教卫工委", Side.UNIT].suggested == 3
    TaskProposal.objects.filter(pk=tasks["教卫工委", Side.UNIT].pk).update(suggested=1)
    factories.pairing(city.round, city.school, city.villages[0])
    standing = standings(city.round)[city.schools.path, Side.UNIT]
    assert (standing.base, standing.pairings, standing.short_of(1)) == (3, 1, 2)


@pytest.mark.clause("SH-28")
def test_issued_proposals_reach_their_committee_and_nobody_else(city, client):
    task = city.prepared()["市级机关工委", Side.UNIT]
    client.force_login(city.staff)
    assert client.get(task.get_absolute_url()).status_code == 404
    assert acts.issue_task_proposals(by=city.organiser, round=city.round, at=SPRING) == 3
    assert acts.issue_task_proposals(by=city.organiser, round=city.round, at=SPRING) == 0
    assert client.get(task.get_absolute_url()).status_code == 200
    other = TaskProposal.objects.get(committee=city.schools)
    assert client.get(other.get_absolute_url()).status_code == 404
    listed = client.get(reverse("task_proposals", args=[city.round.pk])).context["table"].paginated_rows
    assert [row.record.pk for row in listed] == [task.pk]
    assert Message.objects.visible_to(city.staff).filter(organisation=city.organs).count() == 1


def test_an_issued_proposal_is_changed_by_a_new_version_only(city):
    task = city.prepared()["教卫工委", Side.UNIT]
    acts.issue_task_proposals(by=city.organiser, round=city.round, task=task, at=SPRING)
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        TaskProposal.objects.filter(pk=task.pk).update(suggested=9)
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        TaskProposal.objects.filter(pk=task.pk).delete()
    task = people.reread(task)
    draft = acts.change_task_proposal(by=city.organiser, task=task, suggested=2, suggested_weak=1, words="优先远郊。")
    assert (draft.version, draft.suggested, people.reread(task).suggested) == (2, 2, 1)
    with pytest.raises(Refused):
        acts.change_task_proposal(by=city.organiser, task=task, suggested=5, suggested_weak=0)
    assert list(TaskProposal.objects.newest().filter(committee=city.schools)) == [draft]


def test_nobody_but_the_organiser_prepares_and_not_in_a_closed_round(city, client):
    client.force_login(city.staff)
    assert client.post(reverse("prepare_task_proposals", args=[city.round.pk])).status_code == 404
    city.round.state, city.round.closed_at = RoundState.CLOSED, SPRING
    city.round.save()
    with pytest.raises(Refused):
        city.prepared()
    assert not TaskProposal.objects.exists()


def test_more_weak_villages_than_pairings_is_refused_at_the_field(city, client):
    task = city.prepared()["教卫工委", Side.UNIT]
    client.force_login(city.organiser)
    answer = client.post(
        reverse("edit_task_proposal", args=[task.pk]), {"suggested": 1, "suggested_weak": 2, "words": "请优先"}
    )
    assert "suggested_weak" in answer.context["form"].errors
    assert "请优先" in answer.content.decode()
    assert people.reread(task).suggested_weak == task.suggested_weak


@pytest.mark.clause("SH-28")
def test_the_document_says_the_numbers_and_the_deadlines_of_the_round(city):
    task = city.prepared()["市级机关工委", Side.UNIT]
    acts.issue_task_proposals(by=city.organiser, round=city.round, at=SPRING)
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(task_document(people.reread(task)))).paragraphs)
    for words in (
        "结对帮扶任务建议书",
        "市级机关工委：",
        "结对3对，其中经济薄弱村1对",
        "2026年4月30日前",
        "2026年7月1日前",
    ):
        assert words in text


def test_the_template_is_what_its_builder_writes(tmp_path):
    build_task_proposal.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(build_task_proposal.PATH)


def test_the_statements_of_the_list_do_not_grow_with_the_committees(city, client):
    city.prepared()
    client.force_login(city.organiser)
    address = reverse("task_proposals", args=[city.round.pk])
    three = statements(client, address)
    health = people.organisation("卫生工委", kind=Kind.WORK_COMMITTEE, parent=city.root)
    people.unit(health)
    factories.directory(city.round)
    city.prepared()
    assert statements(client, address) == three <= 12
    assert TaskProposal.objects.count() == 4
