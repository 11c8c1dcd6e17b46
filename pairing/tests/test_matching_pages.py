"""The pages of the matching, as the organiser uses them."""

from dataclasses import fields
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from office import running
from office.models import Job
from organisations.kinds import Resource
from organisations.tests import factories as people
from pairing.matching.states import MatchState
from pairing.models import Intention, MatchingRun, MatchProposal, Pairing
from pairing.tests import factories
from pairing.tests.market import County, county, statements
from pairing.tests.matching import Looking, computed, started
from pairing.views import matching as views

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    """Two villages that need money, a unit that offers it and one that doesn't."""
    small = county(units_per_village=1, villages_per_unit=1)
    place = Looking(**{each.name: getattr(small, each.name) for each in fields(County)})
    place.villages = [place.village, people.village(place.townships[0], "东村")]
    place.units = [place.unit, people.unit(place.root, "水利局")]
    people.need(place.villages[1], "水渠", Resource.FUNDS)
    people.strength(place.units[1], "水利资金", Resource.FUNDS)
    factories.directory(place.round)
    return place


@pytest.fixture
def desk(client, place):
    client.force_login(place.organiser)
    return client


def text(answer) -> str:
    return answer.content.decode()


def test_one_button_starts_the_computation_and_its_page_shows_how_far_it_is(desk, place):
    address = reverse("matching_runs", args=[place.round.pk])
    assert "为待结对村匹配单位" in text(desk.get(address))
    form = {"needs": 8, "ties": 8, "nearness": 3, "wishes": 10, "balance": 3, "wanted": 1, "most": "", "candidates": 50}
    answer = desk.post(address, form)
    run = MatchingRun.objects.get()
    assert answer["Location"] == run.get_absolute_url()
    assert (run.needs, run.candidates, run.most, run.started_by) == (8, 50, None, place.organiser)
    page = text(desk.get(run.get_absolute_url()))
    assert reverse("cancel_job", args=[run.job_id]) in page
    running.perform(run.job.pk)
    page = text(desk.get(run.get_absolute_url()))
    assert all(
        name in page for name in ("东村", "水利局", "青山县马岭村", "青山县林业局", "可满足1项需求（共1项）：资金")
    )
    assert "逐一比选了全部2个有名额的单位" in page
    assert "第1次匹配" in text(desk.get(address))


def test_a_second_one_is_refused_while_the_first_is_under_way(desk, place):
    started(place)
    form = {"needs": 5, "ties": 8, "nearness": 3, "wishes": 10, "balance": 3, "wanted": 1, "candidates": 50}
    answer = desk.post(reverse("matching_runs", args=[place.round.pk]), form)
    assert "本轮已有一次匹配正在计算" in text(answer)
    assert MatchingRun.objects.count() == 1


def test_pruned_candidates_are_named_as_such(desk, place):
    run = computed(place)
    MatchingRun.objects.update(units=900, candidates=100)
    assert "结果是其中的最优，不是全部单位中的最优" in text(desk.get(run.get_absolute_url()))


def test_an_older_run_leads_to_the_newer_one_and_says_what_may_still_be_issued(desk, place):
    older, newer = computed(place), computed(place)
    page = text(desk.get(older.get_absolute_url()))
    assert (f'href="{newer.get_absolute_url()}"' in page, "逐对重新核对" in page) == (True, True)
    assert "逐对重新核对" not in text(desk.get(newer.get_absolute_url()))


def test_the_list_filters_sorts_and_exports(desk, place):
    run = computed(place)
    address = run.get_absolute_url()
    rows = MatchProposal.objects.filter(run=run)
    rows.filter(village=place.village).update(state=MatchState.DROPPED)
    assert "水利局" not in text(
        desk.get(f"{address}?state=dropped", headers={"hx-request": "true", "hx-target": "list"})
    )
    unmet = text(desk.get(f"{address}?why=unmet", headers={"hx-request": "true", "hx-target": "list"}))
    assert ("青山县林业局" in unmet, "水利局" in unmet) == (True, False)
    found = text(desk.get(f"{address}?q=水利&sort=-points", headers={"hx-request": "true", "hx-target": "list"}))
    assert ("东村" in found, "马岭村" in found) == (True, False)
    assert f'href="{reverse("issue_matching", args=[run.pk])}?q=' in found
    exported = b"".join(desk.get(f"{address}?export=xlsx"))
    sheet = load_workbook(BytesIO(exported)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == ["青山县马岭村", "东村"]
    assert sheet[2][2:4] == ["水利局", "可满足1项需求（共1项）：资金；同县（区）"]


def test_another_unit_is_chosen_and_the_change_of_the_measure_is_told(desk, place):
    run = computed(place)
    proposal = run.proposals.get(village=place.villages[1])
    page = text(desk.get(proposal.get_absolute_url()))
    assert all(words in page for words in ("青山县林业局", "与青山县马岭村对调", "需求 -1"))
    form = {"chosen": place.unit.pk, "seen": place.units[1].pk, "exchange": "1"}
    answer = desk.post(proposal.get_absolute_url(), form, follow=True)
    assert "已保存。各项指标不变。" in text(answer)  # the other village needs funds as well
    proposal.refresh_from_db()
    assert proposal.unit == place.unit
    stale = desk.post(proposal.get_absolute_url(), form, follow=True)
    assert "其间已有他人调整了该村" in text(stale)
    dropped = desk.post(proposal.get_absolute_url(), {"verb": "drop"}, follow=True)
    assert "有结对单位的村 2 → 1" in text(dropped)
    assert "重新提议" in text(dropped)
    again = desk.post(proposal.get_absolute_url(), {"chosen": place.unit.pk, "seen": place.unit.pk}, follow=True)
    assert "手工选定" in text(again)


def test_a_unit_is_found_by_name(desk, place):
    run = computed(place)
    proposal = run.proposals.get(village=place.villages[1])
    people.unit(place.root, "交通局")
    assert "没有其他合适单位" in text(desk.get(f"{proposal.get_absolute_url()}?unit=交通"))
    assert "青山县林业局" in text(desk.get(f"{proposal.get_absolute_url()}?unit=林业"))


def test_the_ticked_ones_are_issued_with_a_reason(desk, place):
    run = computed(place)
    proposal = run.proposals.get(village=place.villages[1])
    address = f"{reverse('issue_matching', args=[run.pk])}?pick={proposal.pk}"
    assert "1对提议" in text(desk.get(address))
    assert "请写明理由" in text(desk.post(address, {"step": "issue", "reason": " "}))
    assert not Pairing.objects.exists()
    answer = desk.post(address, {"step": "issue", "reason": "综合平衡"}, follow=True)
    assert "已下达1对，跳过0对。" in text(answer)
    assert Pairing.objects.get().village == place.villages[1]
    assert "没有可" not in text(answer)
    assert "这些提议都不能下达" in text(desk.get(address))


def test_what_the_filter_shows_is_put_to_both_sides_or_dropped(desk, place):
    run = computed(place)
    address = f"{reverse('issue_matching', args=[run.pk])}?q=水利"
    desk.post(address, {"step": "recommend", "reason": "请双方商议"})
    assert Intention.objects.get().unit == place.units[1]
    desk.post(reverse("issue_matching", args=[run.pk]), {"step": "drop"})
    states = dict(run.proposals.values_list("unit__name", "state"))
    assert states == {"水利局": MatchState.RECOMMENDED, "青山县林业局": MatchState.DROPPED}


def test_many_are_issued_in_the_background(desk, place, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    run = computed(place)
    answer = desk.post(reverse("issue_matching", args=[run.pk]), {"step": "issue", "reason": "综合平衡"})
    job = Job.objects.get(kind="matching.issue")
    assert answer["Location"] == job.get_absolute_url()
    running.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.url) == ("done", {"done": 2, "skipped": 0}, run.get_absolute_url())
    assert Pairing.objects.count() == 2


def test_nobody_else_reaches_the_pages(client, place):
    run = computed(place)
    proposal = run.proposals.first()
    other = county("绿水县")
    for person in (other.organiser, place.secretary, place.village_secretary):
        client.force_login(person)
        for address in (
            reverse("matching_runs", args=[place.round.pk]),
            run.get_absolute_url(),
            reverse("issue_matching", args=[run.pk]),
            proposal.get_absolute_url(),
        ):
            assert client.get(address).status_code == 404
            assert client.post(address, {"step": "issue", "reason": "理由", "verb": "drop"}).status_code in (404, 405)
    assert not Pairing.objects.exists()
    assert not run.proposals.filter(state=MatchState.DROPPED).exists()


@pytest.mark.parametrize(("which", "queries"), [("runs", 8), ("run", 9), ("issue", 8), ("proposal", 12)])
def test_as_many_queries_for_one_row_as_for_three(desk, place, which, queries):
    last = factories.round(place.root, name="上一轮", starts_on=place.round.starts_on.replace(year=2023))
    factories.pairing(last, place.unit, place.villages[1], state="signed")
    for number in range(4):
        run = computed(place)
        proposal = run.proposals.get(village=place.villages[1])
        addresses = {
            "runs": reverse("matching_runs", args=[place.round.pk]),
            "run": run.get_absolute_url(),
            "issue": reverse("issue_matching", args=[run.pk]),
            "proposal": proposal.get_absolute_url(),
        }
        assert statements(desk, addresses[which]) == queries
        people.village(place.townships[0], f"第{number}村")
        people.unit(place.root, f"第{number}局")
        factories.directory(place.round)
        place.round.refresh_from_db()
