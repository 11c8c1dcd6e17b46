"""The personal link and what is told through it: once per half-year, for one member only, and never after it died."""

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection
from django.db.transaction import atomic
from django.test import Client

from core.refusals import Refused
from members.actions import floating_reports as acts
from members.floating.halves import HalfYear
from members.models import CheckInLink, FloatingDeed, FloatingRecord, HalfYearReport, Member
from members.tests import factories
from members.tests.floating import NOW, TODAY, floating, places
from organisations.tests.factories import reread
from pairing.models import Issue

HALF = HalfYear(2026, 2)
SAID = {"half": HALF, "channel": "phone", "work": "在木材厂做工长", "on": TODAY, "at": NOW}


@pytest.fixture
def place(db):
    cache.clear()
    found = places()
    found.record = floating(found.village, found.community, member=found.member, scheme_version=found.version)
    return found


@pytest.fixture
def today(monkeypatch):
    """Pages and actions alike on the day of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def link_of(place) -> CheckInLink:
    return acts.make_link(by=place.secretary, record=place.record, at=NOW)


@pytest.mark.clause("SF-33")
def test_one_report_per_half_year_and_the_same_twice_is_one(place):
    first = acts.report_half_year(by=place.walker, record=place.record, **SAID)
    assert acts.report_half_year(by=place.walker, record=place.record, **SAID) == first
    with pytest.raises(Refused, match="已经提交"):
        acts.report_half_year(by=place.walker, record=place.record, **SAID | {"work": "换了工作"})
    with pytest.raises(Refused):
        acts.report_half_year(by=place.walker, record=place.record, **SAID | {"half": HalfYear(2025, 2)})
    acts.report_half_year(by=place.walker, record=place.record, **SAID | {"half": HALF.before})
    assert [(each.year, each.half) for each in place.record.reports.all()] == [(2026, 2), (2026, 1)]
    assert reread(first).work == "在木材厂做工长"


def test_a_delegate_says_why_and_strangers_say_nothing(place):
    for user in (place.stranger, place.other_secretary):
        with pytest.raises(Refused):
            acts.report_half_year(by=user, record=place.record, delegate_reason="电话汇报", **SAID)
    with pytest.raises(Refused, match="原因"):
        acts.report_half_year(by=place.secretary, record=place.record, **SAID)
    with pytest.raises(Refused):
        acts.report_half_year(by=None, record=place.record, **SAID)
    assert not HalfYearReport.objects.exists()
    done = acts.report_half_year(by=place.host, record=place.record, delegate_reason="电话汇报", **SAID)
    assert (done.entered_by, done.delegate_reason) == (place.host, "电话汇报")


@pytest.mark.django_db(transaction=True)
def test_two_delegates_at_once_leave_one_report(db):
    place = places()
    record = floating(place.village, place.community)
    answers = []

    def tell(by, work):
        try:
            acts.report_half_year(by=by, record=record, delegate_reason="来电", **SAID | {"work": work})
            answers.append("done")
        except Refused as refusal:
            answers.append(str(refusal.sentence))
        finally:
            connection.close()

    threads = [Thread(target=tell, args=each) for each in ((place.secretary, "甲"), (place.host, "乙"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=len) == ["done", "这个半年的汇报已经提交。"]
    assert HalfYearReport.objects.count() == 1


def test_the_database_keeps_one_report_per_half_year(place):
    report = acts.report_half_year(by=place.walker, record=place.record, **SAID)
    report.pk = None
    with pytest.raises(IntegrityError, match="half_year_report_once"), atomic():
        report.save()


def test_a_difficulty_becomes_an_issue_of_the_origin(place):
    acts.report_half_year(by=place.walker, record=place.record, difficulty="孩子在外地上学难", **SAID)
    issue = Issue.objects.get()
    assert (issue.organisation, issue.owner) == (place.village, place.village)
    assert (issue.source, issue.source_url) == (Issue.Source.CHECK_IN, place.record.get_absolute_url())
    acts.report_half_year(by=place.walker, record=place.record, difficulty="孩子在外地上学难", **SAID)
    assert Issue.objects.count() == 1


@pytest.mark.clause("SF-34", "SF-35")
def test_deeds_are_entered_by_the_member_and_confirmed_by_the_origin(place):
    good = {"kind": "good_deed", "on": TODAY, "words": "资助两名学生", "at": NOW}
    led = {"kind": "led_others", "on": TODAY, "words": "带出六名同乡务工", "at": NOW}
    with pytest.raises(Refused, match="人数"):
        acts.enter_deed(by=place.walker, record=place.record, **led)
    deed = acts.enter_deed(by=place.walker, record=place.record, **good)
    assert acts.enter_deed(by=place.walker, record=place.record, **good) == deed
    acts.enter_deed(by=place.secretary, record=place.record, people=6, **led)
    assert FloatingDeed.objects.count() == 2
    for user in (place.walker, place.host, place.stranger):
        with pytest.raises(Refused):
            acts.confirm_deed(by=user, deed=deed, at=NOW)
    with pytest.raises(Refused, match="以外的人"):
        acts.confirm_deed(by=place.secretary, deed=FloatingDeed.objects.get(kind="led_others"), at=NOW)
    assert not FloatingDeed.objects.exclude(confirmed_at=None).exists()
    acts.confirm_deed(by=place.secretary, deed=deed, at=NOW)
    assert reread(deed).confirmed_by == place.secretary


def test_the_token_is_kept_as_a_hash_and_a_new_link_revokes_the_old(place):
    first = link_of(place)
    assert first.token not in str(CheckInLink.objects.values())
    second = link_of(place)
    with pytest.raises(Refused):
        acts.open_link(first.token, NOW)
    assert acts.open_link(second.token, NOW).record == place.record
    with pytest.raises(Refused):
        acts.open_link(second.token, NOW + acts.VALID_FOR)
    with pytest.raises(Refused):
        acts.make_link(by=place.stranger, record=place.record, at=NOW)
    assert CheckInLink.objects.count() == 2


def test_a_phone_sends_the_report_without_an_account(place, today):
    address, phone = f"/checkin/{link_of(place).token}/", Client(enforce_csrf_checks=True)
    page = phone.get(address)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert 'content="noindex, nofollow"' in text
    assert place.member.name not in text
    assert place.secretary.name not in text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
    form = {"csrfmiddlewaretoken": token, "half": "2026-1", "work": "在工地", "thinking": "", "skills": "电焊"}
    assert phone.post(address, form | {"csrfmiddlewaretoken": ""}).status_code == 403
    for _twice in range(2):
        assert "已收到" in phone.post(address, form, follow=True).content.decode()
    report = HalfYearReport.objects.get()
    assert (report.work, report.skills, report.channel, report.entered_by) == ("在工地", "电焊", "online", None)
    deed = {"csrfmiddlewaretoken": token, "what": "deed", "deed-kind": "good_deed", "deed-on": "2026-09-01"}
    assert "已收到" in phone.post(address, deed | {"deed-words": "修路捐款"}, follow=True).content.decode()
    assert FloatingDeed.objects.get().words == "修路捐款"


def test_what_is_typed_survives_a_mistake_and_a_dead_link(place, today, client):
    link = link_of(place)
    address, form = f"/checkin/{link.token}/", {"half": "2026-1", "work": "", "thinking": "想家"}
    page = client.post(address, form).content.decode()
    assert "想家" in page
    assert not HalfYearReport.objects.exists()
    acts.revoke_link(by=place.host, record=place.record, at=NOW)
    gone = client.post(address, form | {"work": "在工地上"})
    assert gone.status_code == 404
    for words in ("在工地上", "想家", "索取新的链接"):
        assert words in gone.content.decode()
    assert not HalfYearReport.objects.exists()


def test_a_link_opens_nothing_for_others_nor_once_the_member_is_back_or_erased(place, today, client):
    other = floating(place.village, place.community, member=factories.member(place.village, "孙长海"))
    link = link_of(place)
    with pytest.raises(Refused):
        acts.report_half_year(by=None, record=other, link=link, **SAID)
    assert not HalfYearReport.objects.exists()
    address = f"/checkin/{link.token}/"
    assert "孙长海" not in client.get(address).content.decode()
    assert client.get(f"/floating/{place.record.pk}/").status_code == 302
    Member.objects.filter(pk=place.member.pk).update(name="", search_text="", phone="", erased_at=NOW)
    assert client.get(address).status_code == 404
    Member.objects.filter(pk=place.member.pk).update(erased_at=None)
    FloatingRecord.objects.filter(pk=place.record.pk).update(state="returned", ended_on=TODAY)
    assert client.get(address).status_code == 404


def test_a_link_that_was_withdrawn_while_the_form_was_open_sends_nothing(place):
    link = acts.open_link(link_of(place).token, NOW)
    acts.revoke_link(by=place.secretary, record=place.record, at=NOW)
    with pytest.raises(Refused):
        acts.report_half_year(by=None, record=place.record, link=link, **SAID)
    with pytest.raises(Refused):
        acts.enter_deed(by=None, record=place.record, link=link, kind="good_deed", on=TODAY, words="修路", at=NOW)
    assert (HalfYearReport.objects.count(), FloatingDeed.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        acts.revoke_link(by=place.secretary, record=place.record, at=NOW + timedelta(days=1))


def test_guessing_links_is_throttled(place, client, settings):
    answers = [client.get(f"/checkin/guess{number}/").status_code for number in range(22)]
    assert answers[:3] == [404, 404, 404]
    assert answers[-1] == 429
    assert client.get(f"/checkin/{link_of(place).token}/").status_code == 429
