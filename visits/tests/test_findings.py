"""Findings of visits: what needs a measure, and what answers it (XY-09, XY-11)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from core.refusals import Refused
from members.actions.aids import withdraw_aid, write_plan
from members.actions.erasing import erase_person
from members.tests import factories as members
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Issue
from pairing.tests.market import statements
from visits import answering
from visits.actions import findings as acts
from visits.actions import household_visits, recording
from visits.matters import open_matters
from visits.models import Finding, FindingAnswer
from visits.tests.playing import NOW, TODAY, record, recorded
from visits.tests.test_household_visits import ALL, PART, door_under, sent, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(db) -> Any:
    return door_under("xinyi")


def found(door, topic: str = "livelihood", **changes) -> Finding:
    visit = visited(door, answers=ALL, needs=[topic], **changes)
    return visit.findings.get()


@pytest.mark.clause("XY-09")
def test_what_is_ticked_at_the_door_is_listed_until_a_measure_is_linked(door, signed_in):
    client = signed_in(door.cadre)
    address = f"/household-visits/new/household/{door.household.pk}/"
    client.post(address, sent(**ALL, needs_livelihood="on", needs_words="on", words=""))
    finding = Finding.objects.get()
    assert (finding.topic, finding.pairing, finding.due_on - finding.found_on) == (
        "livelihood",
        door.pairing,
        timedelta(days=15),
    )
    assert [row.pk for row in client.get("/findings/").context["table"].data] == [finding.pk]
    client.post(f"/findings/{finding.pk}/help/", {"service": "skill_aid", "on": "2026-03-01", "words": "请技术员打井"})
    answer = FindingAnswer.objects.get()
    assert (answer.finding, answer.aid.pair, answer.aid.name) == (finding, door.pair, "技能帮扶")
    assert not list(client.get("/findings/").context["table"].data)
    assert [row.pk for row in client.get("/findings/?state=answered").context["table"].data] == [finding.pk]
    withdraw_aid(by=door.cadre, note=answer.aid, words="记错", at=NOW)
    assert list(Finding.objects.open()) == [finding]


@pytest.mark.clause("XY-09")
def test_a_plan_is_a_measure_too_and_only_of_the_same_pair(door, signed_in):
    finding = found(door)
    given = {"content": "缺水", "measures": "打井", "leaves_on": TODAY + timedelta(days=99), "at": NOW}
    plan = write_plan(by=door.cadre, pair=door.pair, **given)
    assert f"plan:{plan.pk}" in answering.candidates(finding)
    signed_in(door.cadre).post(f"/findings/{finding.pk}/link/", {"record": f"plan:{plan.pk}"})
    assert FindingAnswer.objects.get().plan == plan
    other = members.helps(members.member(door.unit), members.household(door.village))
    with pytest.raises(Refused, match="别的"):
        acts.answer_finding(by=door.cadre, finding=finding, record=members.aid(other, on=TODAY), at=NOW)
    assert FindingAnswer.objects.count() == 1


@pytest.mark.clause("XY-11")
def test_a_goodwill_visit_of_the_pairing_answers_a_finding(door, signed_in):
    finding = found(door)
    recorded(door, kind="talk_policy")
    goodwill = recorded(door, kind="goodwill_visit")
    client = signed_in(door.secretary)
    page = client.get(finding.get_absolute_url())
    first, *_more = page.context["link_form"].fields["record"].choices
    assert first[0] == f"activity:{goodwill.pk}"
    client.post(f"/findings/{finding.pk}/link/", {"record": first[0]})
    assert FindingAnswer.objects.get().activity == goodwill
    assert not Finding.objects.open()
    recording.cancel(by=door.secretary, activity=goodwill, at=NOW)
    assert list(Finding.objects.open()) == [finding]


def test_from_a_visit_straight_into_the_ledger(door, signed_in):
    finding = found(door)
    client = signed_in(door.cadre)
    address = f"/household-visits/{finding.visit.pk}/issue/"
    client.post(f"{address}?finding={finding.pk}", {"title": "组里缺一口井", "kind": "livelihood", "words": ""})
    issue = Issue.objects.get()
    assert (issue.source, issue.source_url, issue.pairing) == (
        "visit",
        finding.visit.get_absolute_url(),
        door.pairing,
    )
    assert FindingAnswer.objects.get().issue == issue
    client.post(address, {"title": "路灯坏了", "kind": "infrastructure", "words": ""})
    assert (Issue.objects.count(), FindingAnswer.objects.count()) == (2, 1)
    page = client.get(finding.visit.get_absolute_url()).content.decode()
    assert ("组里缺一口井" in page, "路灯坏了" in page) == (True, True)
    assert signed_in(door.stranger).post(address, {"title": "x", "kind": "other"}).status_code == 404
    assert Issue.objects.count() == 2


def test_nothing_needed_is_said_with_a_reason(door, signed_in):
    finding = found(door)
    client = signed_in(door.cadre)
    assert client.post(f"/findings/{finding.pk}/settle/", {"words": ""}).context["settle_form"].errors
    client.post(f"/findings/{finding.pk}/settle/", {"words": "自己已解决"})
    assert (reread(finding).settled_words, reread(finding).settled_by) == ("自己已解决", door.cadre)
    assert (Finding.objects.open().count(), Finding.objects.settled().count()) == (0, 1)
    assert client.post(f"/findings/{finding.pk}/settle/", {"words": "再来"}).status_code == 404
    with pytest.raises(Refused):
        acts.settle_finding(by=door.cadre, finding=finding, words="再来", at=NOW)


@pytest.mark.clause("XY-09")
def test_unit_village_and_organiser_see_what_has_no_measure_and_how_long(door, signed_in):
    finding = found(door, on=TODAY - timedelta(days=20))
    assert (finding.days_open(TODAY), finding.days_late(TODAY)) == (20, 5)
    for reader in (door.cadre, door.secretary, door.village_secretary, door.organiser):
        client = signed_in(reader)
        assert len(client.get("/findings/").context["table"].data) == 1
        for panel in ("/findings/", f"/pairings/{door.pairing.pk}/findings/"):
            assert finding.get_absolute_url() in client.get(panel, headers=PART).content.decode()
    colleague = people.user("cadre", door.unit)
    for other in (colleague, door.stranger):
        assert signed_in(other).get(finding.get_absolute_url()).status_code == 404
        assert signed_in(other).get("/findings/", headers=PART).content == b""
    assert [address for _title, address in open_matters(door.cadre, door.unit)] == [finding.get_absolute_url()]


def test_a_visit_taken_back_takes_its_findings_off_the_list(door):
    finding = found(door)
    household_visits.withdraw_visit(by=door.cadre, visit=finding.visit, words="记错", at=NOW)
    assert (Finding.objects.open().count(), Finding.objects.standing().count()) == (0, 0)
    with pytest.raises(Refused):
        acts.settle_finding(by=door.cadre, finding=finding, words="x", at=NOW)


def test_whoever_reads_no_words_answers_nothing(door, signed_in):
    finding = found(door)
    auditor = people.user("auditor", door.pairing.round.organiser)
    page = signed_in(auditor).get(finding.get_absolute_url())
    assert ("缺水" in page.content.decode(), page.status_code) == (False, 200)
    assert signed_in(auditor).post(f"/findings/{finding.pk}/settle/", {"words": "x"}).status_code == 404
    with pytest.raises(Refused):
        acts.answer_finding(by=auditor, finding=finding, record=members.aid(door.pair), at=NOW)
    assert (FindingAnswer.objects.count(), reread(finding).settled_at) == (0, None)


def test_open_questions_answered_later_may_be_findings_too(door, signed_in):
    visit = visited(door, answers={"situation": "四口人"})
    client = signed_in(door.cadre)
    client.post(
        f"/household-visits/{visit.pk}/complete/",
        {"livelihood": "缺水", "needs_livelihood": "on", "needs_wishes": "on"},
    )
    assert [finding.topic for finding in visit.findings.all()] == ["livelihood"]


def test_an_erasure_takes_the_words_of_a_finding(door):
    finding = found(door)
    acts.settle_finding(by=door.cadre, finding=finding, words="任福林家已有井", at=NOW)
    erase_person(by=door.organiser, record=door.household, reason="本人要求", at=NOW)
    assert (reread(finding).settled_words, reread(finding).words) == ("", "")


@pytest.mark.parametrize("path", ["list", "page", "panel", "pairing"])
def test_as_many_statements_with_three_as_with_one(door, signed_in, path):
    finding = found(door)
    address = {
        "list": "/findings/", "page": finding.get_absolute_url(), "panel": f"/pairings/{door.pairing.pk}/findings/",
        "pairing": f"/pairings/{door.pairing.pk}/findings/",
    }[path]  # fmt: skip
    client, counts = signed_in(door.cadre), []
    for more in range(2):
        for _number in range(2 * more):
            visited(door, answers=ALL, needs=["wishes", "words"])
        for number in range(1 + 2 * more):
            if path == "page":
                kinds = {"key": uuid.uuid4(), "record": record(kind="goodwill_visit")}
                kinds |= {"pairing": door.pairing, "unit": door.unit, "side": "unit", "at": NOW}
                done = recording.record_activity(by=door.secretary, **kinds)
                acts.answer_finding(by=door.cadre, finding=finding, record=done, at=NOW)
                note = members.aid(door.pair, on=TODAY, words=f"送苗{number}")
                acts.answer_finding(by=door.cadre, finding=finding, record=note, at=NOW)
        cache.clear()
        counts.append(statements(client, address))
    assert counts[0] == counts[1] <= 16
