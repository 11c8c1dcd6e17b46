"""Talks, mediation and diagnosis of the village; investment leads; joint meetings of the committee."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from core.refusals import Refused
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.tests.market import statements
from visits.actions import around as acts
from visits.actions.confirming import confirm
from visits.actions.recording import correct
from visits.models import Activity, ActivityDetail, CommitteeMeeting, InvestmentLead, LeadStep
from visits.states import STAGES, LeadStage
from visits.tests.playing import NOW, TODAY, Place, place_under, record, recorded
from visits.tests.test_pages import address, entry

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
PARTS: dict[str, Any] = {"experience": "合作社带得好", "constraints": "路窄、缺水", "ideas": "先修路再扩种"}


@pytest.fixture
def place(db) -> Place:
    return place_under("xinyi")


@pytest.mark.clause("XY-12")
@pytest.mark.parametrize(
    ("kind", "topics"), [("talk_situation", ["situation"]), ("talk_policy", ["policy"]), ("talk_law", ["law"])]
)
def test_a_talk_has_the_topic_of_its_kind_and_those_chosen(place, kind, topics):
    assert recorded(place, kind=kind).detail.topics == topics
    assert recorded(place, kind=kind, topics=["law", "policy"]).detail.topics == sorted(
        {*topics, "law", "policy"}, key=["situation", "policy", "law"].index
    )


@pytest.mark.clause("XY-12")
def test_where_the_scheme_names_no_talk_the_topic_is_asked_for(signed_in):
    place = place_under("qianxi")
    with pytest.raises(Refused, match="形势"):
        recorded(place, kind="standard-talk")
    client = signed_in(place.secretary)
    page = client.post(address(place), entry(place, kind="standard-talk"))
    assert list(page.context["form"].errors) == ["topics"]
    assert not Activity.objects.exists()
    client.post(address(place), entry(place, kind="standard-talk", topics=["law"]))
    assert Activity.objects.get().detail.topics == ["law"]


@pytest.mark.clause("XY-12")
def test_a_mediation_says_what_it_was_about_and_what_came_of_it(place, signed_in):
    lacking: list[dict[str, Any]] = [{"dispute": "land"}, {"outcome": "settled"}, {}]
    for missing in lacking:
        with pytest.raises(Refused, match="纠纷"):
            recorded(place, kind="mediation", **missing)
    client = signed_in(place.secretary)
    page = client.post(address(place), entry(place, kind="mediation", dispute="water"))
    assert list(page.context["form"].errors) == ["outcome"]
    assert not Activity.objects.exists()
    client.post(address(place), entry(place, kind="mediation", dispute="water", outcome="passed_on"))
    activity = Activity.objects.get()
    assert (activity.detail.dispute, activity.detail.outcome) == ("water", "passed_on")
    page = signed_in(place.village_secretary).get(activity.get_absolute_url()).content.decode()
    assert ("用水灌溉" in page, "移交人民调解委员会" in page) == (True, True)
    with pytest.raises(IntegrityError, match="dispute_with_outcome"), transaction.atomic():
        ActivityDetail.objects.update(outcome="")


@pytest.mark.clause("AH-17")
def test_a_diagnosis_of_the_village_has_three_parts_and_both_sides_see_it(signed_in):
    place = place_under("anhui")
    for missing in PARTS:
        with pytest.raises(Refused, match="经验"):
            recorded(place, kind="diagnosis", **(PARTS | {missing: " "}))
    client = signed_in(place.secretary)
    panel = f"/pairings/{place.pairing.pk}/activities/"
    assert client.get(panel, headers=PART).context["lacks_diagnosis"]
    page = client.post(address(place), entry(place, kind="diagnosis", experience="合作社带得好"))
    assert set(page.context["form"].errors) == {"constraints", "ideas"}
    assert not Activity.objects.exists()
    client.post(address(place), entry(place, kind="diagnosis", **PARTS))
    activity = Activity.objects.get()
    for reader in (place.secretary, place.village_secretary):
        page = signed_in(reader).get(activity.get_absolute_url()).content.decode()
        assert all(text in page for text in PARTS.values())
    assert not client.get(panel, headers=PART).context["lacks_diagnosis"]
    assert client.get(f"{panel}?year={activity.on.year - 1}", headers=PART).context["lacks_diagnosis"]


@pytest.mark.clause("SH-48")
def test_a_report_in_the_press_names_the_medium_the_day_and_its_link(signed_in):
    place = place_under("shanghai")
    client = signed_in(place.secretary)
    page = client.post(address(place), entry(place, kind="publicity", link="不是链接"))
    assert set(page.context["form"].errors) == {"medium", "link"}
    assert not Activity.objects.exists()
    link = "https://www.example.com/2026/0910.html"
    client.post(address(place), entry(place, kind="publicity", medium="青山县融媒体中心", link=link))
    activity = Activity.objects.get()
    assert (activity.detail.medium, activity.detail.link, activity.nature) == ("青山县融媒体中心", link, "publicity")
    page = signed_in(place.village_secretary).get(activity.get_absolute_url()).content.decode()
    assert ("青山县融媒体中心" in page, f'href="{link}"' in page) == (True, True)
    listed = client.get("/activities/?nature=publicity").context["table"].page.object_list
    assert [(row.record.name, row.record.on) for row in listed] == [("宣传报道", activity.on)]


@pytest.mark.clause("SF-21")
@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("volunteer_service", {}),
        ("commitment", {"promise": "为五保户代办医保", "until": date(2026, 12, 31)}),
        ("duty_post", {"post": "政策宣传岗", "duties": "每月入户宣讲一次"}),
    ],
)
def test_volunteers_commitments_and_posts_with_duties_are_records_of_their_own(signed_in, kind, said):
    place = place_under("suifenhe")
    client = signed_in(place.secretary)
    if said:
        page = client.post(address(place), entry(place, kind=kind))
        assert set(page.context["form"].errors) == set(said) - {"until"}
        with pytest.raises(Refused):
            recorded(place, kind=kind)
        assert not Activity.objects.exists()
    client.post(address(place), entry(place, kind=kind, **said))
    activity = Activity.objects.get()
    assert (activity.nature, activity.kind) == (kind, kind)
    if said:
        assert {name: getattr(activity.detail, name) for name in said} == said
    page = signed_in(place.village_secretary).get(activity.get_absolute_url()).content.decode()
    assert all(value in page for value in said.values() if isinstance(value, str))


def test_a_correction_begins_with_the_parts_and_keeps_its_own(signed_in):
    place = place_under("anhui")
    old = recorded(place, kind="diagnosis", **PARTS)
    confirm(by=place.village_secretary, activity=old, at=NOW)
    form = signed_in(place.secretary).get(f"/activities/{old.pk}/edit/").context["form"]
    assert {name: form[name].value() for name in PARTS} == PARTS
    again = record(kind="diagnosis", **(PARTS | {"ideas": "先通水"}))
    new = correct(by=place.secretary, activity=old, record=again, key=form["key"].value(), at=NOW)
    assert (old.detail.ideas, new.detail.ideas) == ("先修路再扩种", "先通水")


def lead(place: Place, *, by=None, **changes) -> InvestmentLead:
    said: dict[str, Any] = {"name": "生态农业公司", "words": "三华李深加工", "stage": "talks", "on": TODAY}
    said |= {"at": NOW} | changes
    return acts.record_lead(by=by or place.secretary, village=place.village, **said)


@pytest.mark.clause("XY-23")
def test_a_lead_goes_from_talks_to_siting_to_landed(place, signed_in):
    client = signed_in(place.secretary)
    sent = {"village": place.village.name, "name": "环保砖厂", "stage": "talks", "on": "2026-03-01", "words": ""}
    answer = client.post("/investment-leads/new/", sent)
    found = InvestmentLead.objects.get()
    assert (answer.url, found.unit, found.stage) == (found.get_absolute_url(), place.unit, "talks")
    for stage, day in (("siting", "2026-03-05"), ("landed", "2026-03-09")):
        client.post(found.get_absolute_url(), {"stage": stage, "on": day, "words": "选在路口"})
    assert (reread(found).stage, reread(found).stage_on) == ("landed", date(2026, 3, 9))
    assert list(found.steps.values_list("stage", flat=True)) == ["landed", "siting", "talks"]
    page = signed_in(place.village_secretary).get("/investment-leads/?stage=landed")
    assert [row.pk for row in page.context["table"].data] == [found.pk]
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        LeadStep.objects.all().delete()


@pytest.mark.clause("XY-23")
def test_unit_township_and_village_deal_with_leads_and_nobody_else(place, signed_in):
    township = people.township(place.pairing.round.organiser, "水口镇")
    supervisor = people.user("township_supervisor", township)
    for by in (place.cadre, place.village_secretary):
        lead(place, by=by)
    assert set(InvestmentLead.objects.values_list("unit", flat=True)) == {place.unit.pk, None}
    for other in (place.stranger, supervisor):
        with pytest.raises(Refused):
            lead(place, by=other)
    found = InvestmentLead.objects.first()
    assert found is not None
    assert signed_in(place.stranger).get(found.get_absolute_url()).status_code == 404
    assert signed_in(place.organiser).post(found.get_absolute_url(), {"stage": "landed"}).status_code == 404
    assert InvestmentLead.objects.filter(stage="talks").count() == 2


def test_a_lead_given_up_says_why_and_no_stage_is_left_out(place):
    found = lead(place)
    move: dict[str, Any] = {"by": place.secretary, "lead": found, "on": TODAY, "at": NOW}
    with pytest.raises(Refused, match="放弃"):
        acts.move_lead(stage="given_up", words=" ", **move)
    with pytest.raises(Refused):
        acts.move_lead(stage="talks", words="", **move)
    with pytest.raises(Refused):
        acts.move_lead(stage="siting", words="", **(move | {"on": TODAY - timedelta(days=3)}))
    assert (reread(found).stage, LeadStep.objects.count()) == ("talks", 1)
    assert set(STAGES) == set(LeadStage)


def held(place: Place, **changes) -> CommitteeMeeting:
    said: dict[str, Any] = {
        "on": TODAY,
        "title": "市委共建共育工作联席会",
        "attended": "各党工委",
        "minutes": "部署下半年",
    }
    organisation = place.pairing.round.organiser
    return acts.record_meeting(by=place.organiser, organisation=organisation, at=NOW, **(said | changes))


@pytest.mark.clause("SF-22")
def test_a_joint_meeting_of_the_committee_needs_no_pairing_and_has_minutes(place, signed_in):
    client = signed_in(place.organiser)
    sent = {"on": "2026-03-01", "title": "共建共育工作联席会", "attended": "各党工委", "minutes": "", "decided": ""}
    assert list(client.post("/committee-meetings/new/", sent).context["form"].errors) == ["minutes"]
    assert not CommitteeMeeting.objects.exists()
    answer = client.post("/committee-meetings/new/", sent | {"minutes": "部署下半年共建"})
    meeting = CommitteeMeeting.objects.get()
    assert (answer.url, meeting.organisation) == (meeting.get_absolute_url(), place.pairing.round.organiser)
    assert not Activity.objects.exists()
    for reader in (place.secretary, place.village_secretary, place.organiser):
        assert "部署下半年共建" in signed_in(reader).get(meeting.get_absolute_url()).content.decode()


def test_only_organisers_record_meetings_and_other_counties_read_none(place, signed_in):
    meeting = held(place)
    away = people.user("organiser", people.county("白水县"))
    assert signed_in(away).get(meeting.get_absolute_url()).status_code == 404
    assert not list(signed_in(away).get("/committee-meetings/").context["table"].data)
    assert signed_in(place.secretary).get("/committee-meetings/new/").status_code == 404
    with pytest.raises(Refused):
        acts.record_meeting(
            by=place.secretary,
            organisation=meeting.organisation,
            on=TODAY,
            title="x",
            attended="x",
            minutes="x",
            at=NOW,
        )
    with pytest.raises(Refused):
        held(place, on=TODAY + timedelta(days=1))
    assert CommitteeMeeting.objects.count() == 1


@pytest.mark.parametrize("path", ["leads", "meetings", "lead"])
def test_as_many_statements_with_three_as_with_one(place, signed_in, path):
    found, counts, client = lead(place), [], signed_in(place.secretary)
    held(place)
    where = {"leads": "/investment-leads/", "meetings": "/committee-meetings/", "lead": found.get_absolute_url()}
    for more in range(2):
        for _number in range(2 * more):
            lead(place)
            held(place)
            acts.move_lead(
                by=place.secretary, lead=found, stage="siting" if reread(found).stage == "talks" else "landed",
                on=TODAY, words="", at=NOW,
            )  # fmt: skip
        cache.clear()
        counts.append(statements(client, where[path]))
    assert counts[0] == counts[1] <= 12
