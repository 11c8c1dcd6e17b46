"""Helpers proposed for the households without one: computed, changed by hand, paired, on their pages."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from core.refusals import Refused
from members.actions import assigning
from members.actions.assigning import Settings, choose_helper, start_assignment
from members.actions.assigning_all import issue_assignment
from members.kinds import Mark
from members.models import AssignmentProposal, AssignmentRun, PersonPair
from members.tests import factories
from members.views import assignment as views
from office import running
from office.models import Job, Message
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.tests.factories import SPRING
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """A team of two serves two villages; the first has three households without a helper, the second two."""
    county = people.county()
    town = people.township(county)
    villages = [people.village(town, "黑桥村"), people.village(town, "兰坑村")]
    team = people.organisation("第1工作队", kind=Kind.WORK_TEAM, parent=county)
    for village in villages:
        people.link(team, village)
    return SimpleNamespace(
        county=county,
        villages=villages,
        team=team,
        helpers=[factories.member(team, "彭刚兰"), factories.member(team, "冯娟昌")],
        households=[
            factories.household(villages[number // 3], f"任福{number}", number=f"{number}") for number in range(5)
        ],
        organiser=people.user("organiser", county),
        secretary=people.user("branch_secretary", people.unit(county)),
        stranger=people.user("organiser", people.county("白水县")),
    )


def started(place, **settings) -> AssignmentRun:
    return start_assignment(by=place.organiser, place=place.county, settings=Settings(**settings), at=SPRING)


def computed(place, **settings) -> AssignmentRun:
    run = started(place, **settings)
    running.perform(run.job.pk)
    run = AssignmentRun.objects.select_related("place", "job").get(pk=run.pk)
    assert run.job.error == ""
    return run


def of_helpers(place) -> list[int]:
    return [PersonPair.objects.active().filter(helper_member=helper).count() for helper in place.helpers]


@pytest.mark.clause("YD-01")
def test_every_household_gets_a_helper_of_its_team_and_the_load_is_even(place):
    factories.household(place.villages[0], "不需要帮扶", is_needy=False)
    factories.member(place.team, "需帮扶的党员", marks=[Mark.NEEDY])
    run = computed(place)
    assert (run.households, run.helpers, run.teams) == (5, 2, 1)
    assert run.before == {"helped": 0, "without": 5, "largest": 0, "smallest": 0, "ties": 0}
    assert {key: run.proposed[key] for key in ("helped", "without", "largest")} == {
        "helped": 5,
        "without": 0,
        "largest": 3,
    }
    issued = issue_assignment(
        by=place.organiser, run=run, proposals=list(run.proposals.values_list("pk", flat=True)), at=SPRING
    )
    assert (issued.done, issued.skipped) == (5, 0)
    assert sorted(of_helpers(place)) == [2, 3]
    pair = PersonPair.objects.first()
    assert (pair.unit, pair.origin, pair.made_by, pair.since) == (
        place.team,
        "proposed",
        place.organiser,
        SPRING.date(),
    )
    assert Message.objects.get(key__startswith="assignment").organisation == place.team


def test_what_became_impossible_is_skipped_and_nothing_is_doubled(place):
    run = computed(place)
    first, second = run.proposals.order_by("pk")[:2]
    factories.helps(place.helpers[1], first.household)
    second.household.left_on = SPRING.date()
    second.household.save()
    everything = list(run.proposals.values_list("pk", flat=True))
    issued = issue_assignment(by=place.organiser, run=run, proposals=everything, at=SPRING)
    assert (issued.done, issued.skipped) == (3, 2)
    assert PersonPair.objects.active().count() == 4
    with pytest.raises(Refused):
        issue_assignment(by=place.organiser, run=run, proposals=everything, at=SPRING)
    assert PersonPair.objects.active().count() == 4


def test_a_helper_is_chosen_by_hand_among_those_who_may_help_there(place):
    run = computed(place)
    proposal = run.proposals.select_related("run").order_by("pk")[0]
    other = next(helper for helper in place.helpers if helper.pk != proposal.member_id)
    outsider = factories.member(people.unit(place.county, "水利局"), "局外人")
    with pytest.raises(Refused):
        choose_helper(by=place.organiser, proposal=proposal, member=outsider, seen=proposal.member_id, at=SPRING)
    with pytest.raises(Refused):
        choose_helper(by=place.organiser, proposal=proposal, member=other, seen=outsider.pk, at=SPRING)
    moved = choose_helper(by=place.organiser, proposal=proposal, member=other, seen=proposal.member_id, at=SPRING)
    assert (moved.member, moved.why) == (other, "by_hand")
    assigning.drop_proposals(by=place.organiser, run=run, proposals=[moved.pk], at=SPRING)
    run.refresh_from_db()
    assert (run.now["helped"], run.proposed["helped"]) == (4, 5)


def test_one_at_a_time_and_not_by_everybody(place):
    started(place)
    with pytest.raises(Refused):
        started(place)
    with pytest.raises(Refused):
        start_assignment(by=place.stranger, place=place.county, settings=Settings(), at=SPRING)
    assert AssignmentRun.objects.count() == 1


def test_a_computation_that_was_cancelled_can_be_started_again(client, place):
    run = started(place)
    client.force_login(place.organiser)
    client.post(reverse("cancel_job", args=[run.job_id]))
    assert f'href="{reverse("assignments")}">重新开始' in client.get(run.get_absolute_url()).content.decode()


def test_the_pages_show_masked_names_and_lead_from_the_button_to_the_pairs(client, place, monkeypatch):
    client.force_login(place.organiser)
    form = {"place": place.county.pk, "round": "", "only_needy": "on"}
    run_url = client.post(reverse("assignments"), form)["Location"]
    assert "正在" in client.get(run_url).content.decode() or "等待" in client.get(run_url).content.decode()
    running.perform(Job.objects.get(kind="assignment.compute").pk)
    page = client.get(run_url).content.decode()
    assert "任**" in page
    assert "任福" not in page
    exported = client.get(f"{run_url}?export=xlsx")
    assert exported.status_code == 200
    chosen = AssignmentProposal.objects.order_by("pk")[0]
    detail = client.get(chosen.get_absolute_url()).content.decode()
    assert "任福" not in detail
    client.post(reverse("issue_assignment", args=[chosen.run_id]), {"pick": chosen.pk})
    assert PersonPair.objects.get().target_household == chosen.household
    monkeypatch.setattr(views, "AT_ONCE", 1)
    client.post(reverse("issue_assignment", args=[chosen.run_id]))
    running.perform(Job.objects.get(kind="assignment.issue").pk)
    assert PersonPair.objects.active().count() == 5


def test_nobody_else_reaches_the_pages(client, place):
    run = computed(place)
    proposal = run.proposals.first()
    for person in (place.stranger, place.secretary):
        client.force_login(person)
        for address in (run.get_absolute_url(), proposal.get_absolute_url()):
            assert client.get(address).status_code == 404
        assert client.post(reverse("issue_assignment", args=[run.pk])).status_code == 404
        assert client.post(proposal.get_absolute_url(), {"step": "drop"}).status_code == 404
    assert not PersonPair.objects.exists()
    assert not run.proposals.exclude(state="proposed").exists()


@pytest.mark.parametrize(("which", "queries"), [("runs", 10), ("run", 9), ("proposal", 11)])
def test_as_many_queries_for_one_row_as_for_three(client, place, which, queries):
    client.force_login(place.organiser)
    for number in (0, 1):
        run = computed(place)
        addresses = {
            "runs": reverse("assignments"),
            "run": run.get_absolute_url(),
            "proposal": run.proposals.first().get_absolute_url(),
        }
        assert statements(client, addresses[which]) == queries, number
        for _more in range(3):
            factories.household(place.villages[0])
            factories.member(place.team)
