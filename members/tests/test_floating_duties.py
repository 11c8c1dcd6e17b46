"""Inquiries, the forum of lunar month 12, applicants between two places, erasing, and the figures."""

from datetime import date, datetime, timedelta

import pytest

from core.refusals import Refused
from members.actions import floating_applicants, floating_forum, floating_inquiries
from members.actions import floating_reports as reports
from members.actions.erasing import erase_person
from members.floating import counting
from members.floating.halves import HalfYear
from members.floating.kinds import Desk
from members.models import (
    ApplicantStep,
    CheckInLink,
    FloatingApplicant,
    FloatingForum,
    FloatingInquiry,
    FloatingRecord,
    ForumEntry,
    HalfYearReport,
)
from members.tests.floating import NOW, TODAY, floating, places
from members.tests.test_floating_letters import letters
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Issue
from pairing.tests import factories as pairs
from pairing.tests.factories import CHINA

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 10, 9, 0, tzinfo=CHINA)
LA_YUE = datetime(2026, 1, 25, 9, 0, tzinfo=CHINA)  # 农历二〇二五年腊月初七
THREE = {"plans": "党建引领\n城乡共建", "tasks": "修通村路", "results": "户均增收"}


@pytest.fixture
def place():
    return places()


def ask(place, **fields) -> FloatingInquiry:
    start = {"asker": place.community, "asked": place.village, "person": "于洪江", "words": "是否党员", "at": NOW}
    return floating_inquiries.ask(by=place.host, **{**start, **fields})


@pytest.mark.clause("SH-21")
def test_the_destination_asks_and_the_origin_answers_in_time(place):
    with pytest.raises(Refused):
        ask(place, asker=place.village, asked=place.community)
    inquiry = ask(place)
    assert inquiry.due_on == TODAY + timedelta(days=15)
    with pytest.raises(Refused, match="等待答复"):
        ask(place)
    assert Message.objects.open().get().organisation == place.village
    assert list(FloatingInquiry.objects.all().overdue(inquiry.due_on)) == []
    assert list(FloatingInquiry.objects.all().overdue(inquiry.due_on + timedelta(days=1))) == [inquiry]
    for user in (place.host, place.stranger, place.other_secretary):
        with pytest.raises(Refused):
            floating_inquiries.answer(by=user, inquiry=inquiry, result="ours", words="", at=NOW)
    with pytest.raises(Refused, match="无法查明"):
        floating_inquiries.answer(by=place.secretary, inquiry=inquiry, result="unknown", words=" ", at=NOW)
    assert reread(inquiry).state == "asked"
    floating_inquiries.answer(by=place.secretary, inquiry=inquiry, result="ours", words="正式党员", at=NOW)
    assert not Message.objects.open().exists()
    assert Message.objects.filter(organisation=place.community).count() == 1
    assert not FloatingInquiry.objects.all().overdue(date(2030, 1, 1)).exists()
    for act in (floating_inquiries.withdraw,):
        with pytest.raises(Refused):
            act(by=place.host, inquiry=inquiry, at=NOW)
    seen = FloatingInquiry.objects.visible_to
    assert [seen(user).count() for user in (place.host, place.secretary, place.stranger, place.other_secretary)] == [
        1,
        1,
        0,
        0,
    ]


@pytest.mark.clause("SF-37", "SF-38")
def test_the_forum_lies_in_lunar_month_12_and_what_is_difficult_becomes_an_issue(place):
    record = floating(place.village, place.community, member=place.member)
    elsewhere = floating(place.community)
    forum = floating_forum.open_forum(by=place.secretary, place=place.village, lunar_year=2025, at=LA_YUE)
    assert floating_forum.open_forum(by=place.secretary, place=place.village, lunar_year=2025, at=LA_YUE) == forum
    told = {"forum": forum, "record": record, "attended": True, "report": "打工两年", "appraisal": "good", "at": LA_YUE}
    with pytest.raises(Refused, match="召开日期"):
        floating_forum.note_entry(by=place.secretary, **told)
    for day in (date(2026, 1, 18), date(2025, 12, 30)):
        with pytest.raises(Refused, match="1月19日"):
            floating_forum.hold_forum(by=place.secretary, forum=forum, on=day, at=LA_YUE)
    floating_forum.hold_forum(by=place.secretary, forum=forum, on=date(2026, 1, 19), at=LA_YUE)
    for by, changed in ((place.host, {}), (place.secretary, {"record": elsewhere})):
        with pytest.raises(Refused):
            floating_forum.note_entry(by=by, **told | changed)
    with pytest.raises(Refused, match="到会"):
        floating_forum.note_entry(by=place.secretary, **told | {"attended": False})
    assert (ForumEntry.objects.count(), Issue.objects.count()) == (0, 0)
    for _twice in range(2):
        floating_forum.note_entry(by=place.secretary, opinions="社保接续难", **told)
    issue = Issue.objects.get()
    assert (issue.title, issue.owner, issue.source) == ("社保接续难", place.village, Issue.Source.MEETING)
    assert ForumEntry.objects.get().appraisal == "good"
    assert FloatingForum.objects.get().held_on == date(2026, 1, 19)


def applicant(place) -> FloatingApplicant:
    return floating_applicants.enter_applicant(
        by=place.host,
        name="郑大山",
        origin=place.village,
        destination=place.community,
        lead=Desk.DESTINATION,
        applied_on=TODAY - timedelta(days=60),
        at=NOW,
    )


@pytest.mark.clause("AH-35", "TC-03")
def test_complete_only_with_both_inspections_both_opinions_and_both_notices(place):
    found = applicant(place)
    ended = {"on": TODAY - timedelta(days=20), "until": TODAY - timedelta(days=10)}
    kinds = {"inspection": {"on": TODAY}, "opinions": {"on": TODAY}, "notice": ended}
    desks = {"origin": place.secretary, "destination": place.host}
    wanted = [(kind, desk) for kind in kinds for desk in desks]
    for kind, desk in wanted:
        with pytest.raises(Refused, match="还缺"):
            floating_applicants.complete(by=place.host, applicant=found, at=NOW)
        other = place.host if desk == "origin" else place.secretary
        with pytest.raises(Refused):
            floating_applicants.note_step(by=other, applicant=found, kind=kind, desk=desk, at=NOW, **kinds[kind])
        floating_applicants.note_step(by=desks[desk], applicant=found, kind=kind, desk=desk, at=NOW, **kinds[kind])
    assert ApplicantStep.objects.count() == 6
    with pytest.raises(Refused, match="已办理"):
        floating_applicants.note_step(
            by=place.host, applicant=found, kind="opinions", desk="destination", on=TODAY, at=NOW
        )
    with pytest.raises(Refused):
        floating_applicants.complete(by=place.secretary, applicant=found, at=NOW)
    floating_applicants.complete(by=place.host, applicant=found, at=NOW)
    assert (reread(found).state, reread(found).closed_on) == ("complete", TODAY)


@pytest.mark.clause("AH-35", "TC-03")
def test_a_notice_that_still_hangs_does_not_count_and_both_places_see_the_record(place):
    found = applicant(place)
    floating_applicants.note_step(
        by=place.host, applicant=found, kind="notice", desk="destination", on=TODAY, until=TODAY, at=NOW
    )
    assert "流入地张榜公示" in floating_applicants.missing_steps(reread(found), TODAY)
    assert "流入地张榜公示" not in floating_applicants.missing_steps(reread(found), TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        floating_applicants.note_step(
            by=place.host, applicant=found, kind="notice", desk="destination", on=TODAY, at=NOW
        )
    seen = FloatingApplicant.objects.visible_to
    assert [seen(user).count() for user in (place.host, place.secretary, place.other_secretary, place.stranger)] == [
        1,
        1,
        0,
        0,
    ]


def test_the_data_of_an_applicant_is_erased_once_the_record_is_closed(place):
    found = applicant(place)
    for by in (place.organiser, place.host):
        with pytest.raises(Refused):
            floating_applicants.erase_applicant(by=by, applicant=found, at=NOW)
    floating_applicants.end_applicant(by=place.host, applicant=found, words="本人放弃", at=NOW)
    assert reread(found).name == "郑大山"
    floating_applicants.erase_applicant(by=place.organiser, applicant=found, at=NOW)
    assert (reread(found).name, reread(found).end_words, reread(found).state) == ("", "", "ended")


@pytest.mark.clause("SH-20")
def test_the_page_of_a_pairing_counts_the_members_who_are_away(place, client):
    unit = people.unit(place.county, "林业局")
    pairing = pairs.pairing(place.round, unit, place.village, state="signed")
    floating(place.village, unit, state="reported_in")
    floating(place.village, place.community)
    floating(place.community)
    figures = counting.of_pairing(pairing, TODAY)
    assert {name: figures[name] for name in ("registered", "with_unit", "reported_in")} == {
        "registered": 2,
        "with_unit": 1,
        "reported_in": 1,
    }
    client.force_login(people.user("branch_secretary", unit))
    page = client.get(f"/pairings/{pairing.pk}/floating/")
    assert "1 / 2" in page.content.decode()
    client.force_login(place.stranger)
    assert client.get(f"/pairings/{pairing.pk}/floating/").status_code == 404


def test_the_table_counts_by_origin_and_destination(place, client):
    done = floating(place.village, place.community, state="reported_in", agreement_signed_on=date(2025, 2, 1))
    floating(place.village, place.community)
    floating(place.village)
    HalfYearReport.objects.create(record=done, year=2026, half=1, channel="phone", work="务工", reported_on=TODAY)
    lines = counting.table(FloatingRecord.objects.visible_to(place.organiser), TODAY)
    told = [(line["destination__name"], *(line[name] for name in counting.FIGURES)) for line in lines]
    assert sorted(told, key=str) == [("朝阳社区", 2, 1, 1, 1, 0, 0), (None, 1, 0, 0, 0, 0, 0)]
    client.force_login(place.organiser)
    assert "1 / 2" in client.get("/floating/table/").content.decode()
    client.force_login(place.stranger)
    assert "朝阳社区" not in client.get("/floating/table/").content.decode()


@pytest.mark.clause("XC-13")
def test_a_floating_branch_takes_members_in_as_a_destination(place):
    branch = people.organisation("驻哈尔滨流动党支部", kind="floating_branch", parent=place.county)
    keeper = people.user("branch_secretary", branch)
    record = floating(place.village, branch)
    assert record in FloatingRecord.objects.all().flowing_in(keeper)
    assert record in FloatingRecord.objects.visible_to(keeper)


def test_erasing_a_member_leaves_no_word_about_them(place):
    record = floating(place.village, place.community, member=place.member, place="哈尔滨", certificate_number="0231")
    reports.make_link(by=place.secretary, record=record, at=NOW)
    said = {"half": HalfYear(2026, 2), "channel": "phone", "work": "木材厂", "on": TODAY, "at": NOW}
    reports.report_half_year(by=place.walker, record=record, **said)
    ask(place, record=record, person="")
    place.walker.appointments.update(until=date(2026, 1, 1))
    erase_person(by=place.organiser, record=place.member, reason="本人申请", at=NOW)
    kept = str([list(model.objects.values()) for model in (FloatingRecord, HalfYearReport, FloatingInquiry)])
    for words in ("哈尔滨", "0231", "木材厂", "是否党员"):
        assert words not in kept
    assert not CheckInLink.objects.filter(revoked_at=None).exists()
    assert (FloatingRecord.objects.count(), HalfYearReport.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "address",
    ["floating/inquiries/", "floating/letters/", "floating/forums/", "floating/applicants/", "floating/table/"],
)
def test_the_other_lists_open_in_a_constant_number_of_statements(place, client, address, django_assert_max_num_queries):
    client.force_login(place.supervisor)
    record = floating(place.village, place.community, member=place.member)
    ask(place, record=record, person="")
    applicant(place)
    floating_forum.open_forum(by=place.supervisor, place=place.town, lunar_year=2025, at=LA_YUE)
    letters(place)
    client.get(f"/{address}")
    with django_assert_max_num_queries(12):
        assert client.get(f"/{address}").status_code == 200


def test_the_pages_lead_from_one_step_to_the_next(place, client):
    record = floating(place.village, place.community, member=place.member)
    inquiry, found = ask(place, record=record, person=""), applicant(place)
    forum = floating_forum.open_forum(by=place.supervisor, place=place.town, lunar_year=2025, at=LA_YUE)
    batch = letters(place, at=NOW)
    client.force_login(place.secretary)
    assert "提交答复" in client.get(f"/floating/inquiries/{inquiry.pk}/").content.decode()
    client.post(f"/floating/inquiries/{inquiry.pk}/", {"result": "ours", "words": "正式党员"})
    assert "正式党员" in client.get(f"/floating/inquiries/{inquiry.pk}/").content.decode()
    assert "还缺" in client.get(f"/floating/applicants/{found.pk}/").content.decode()
    step = {"desk": "origin", "kind": "inspection", "on": "2026-09-01", "words": "表现良好"}
    told = client.post(f"/floating/applicants/{found.pk}/steps/new/", step, follow=True)
    assert "表现良好" in told.content.decode()
    assert client.get(f"/floating/letters/{batch.pk}/").status_code == 404
    client.force_login(place.supervisor)
    assert "于洪江" in client.get(f"/floating/letters/{batch.pk}/").content.decode()
    assert client.get(f"/floating/letters/{batch.pk}/word/")["Content-Disposition"].startswith("attachment")
    client.post(f"/floating/forums/{forum.pk}/", {"on": "2026-01-25"})
    entry = {"attended": "on", "report": "打工两年", "appraisal": "good", "opinions": ""}
    told = client.post(f"/floating/forums/{forum.pk}/{record.pk}/", entry, follow=True)
    assert "打工两年" in told.content.decode()
    client.force_login(place.stranger)
    for address in (
        f"inquiries/{inquiry.pk}/", f"applicants/{found.pk}/", f"forums/{forum.pk}/", f"letters/{batch.pk}/word/",
    ):  # fmt: skip
        assert client.get(f"/floating/{address}").status_code == 404
