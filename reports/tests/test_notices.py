"""Circulars and arrangement notices: drafted from the records, issued with receipts, never changed after."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import Error, transaction

from core.refusals import Refused
from duties.models import Duty, Filing
from duties.planning import plan as plan_duties
from office.models import Message
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.models import Round, SchemeVersion
from pairing.schemes.duty_words import Counted
from pairing.tests.factories import CHINA, directory
from reports.actions import inspections, notices
from reports.circulars.drafting import body_of
from reports.circulars.measuring import characters, documents_of, length_of
from reports.circulars.sending import KIND
from reports.inspection.states import Addressee, CheckResult, NoticeState
from reports.models import Notice, NoticeReceipt, NoticeTask
from reports.tests.inspecting import AT, Place, closed, drawn, looked_at, place

pytestmark = pytest.mark.django_db


def circular(here: Place, **changes) -> Notice:
    return notices.write_circular(by=here.organiser, inspection=closed(here, **changes), at=AT)


def issued(here: Place, **changes) -> Notice:
    return notices.issue_notice(by=here.organiser, notice=circular(here, **changes), at=AT)


def arranged(here: Place, year: int = 2026) -> Notice:
    notice = notices.write_arrangement(by=here.organiser, organisation=here.root, round=here.round, year=year, at=AT)
    notices.add_task(
        by=here.organiser, notice=notice, what="开展一次集中走访", who="各帮扶单位", due_on=date(2026, 11, 30)
    )
    return notice


@pytest.mark.clause("TN-28")
def test_a_half_yearly_inspection_and_its_circular_reach_those_below_and_meet_the_duty():
    here = place()
    plan_duties(AT.date())
    duty = Duty.objects.get(obligation="circular", period="2026H2", organisation=here.root)
    notice = circular(here, size=6)
    assert not Filing.objects.exists()
    notices.issue_notice(by=here.organiser, notice=notice, at=AT)
    duty.refresh_from_db()
    assert (duty.done, duty.filings.get().address) == (1, notice.get_absolute_url())
    sent = set(notice.receipts.values_list("organisation__name", flat=True))
    assert sent == {each.name for each in (*here.villages, *here.units)} | {"东镇", "西镇"}
    told = Message.objects.get(organisation=here.villages[0], kind=KIND)
    assert (told.permission, told.settled_at) == ("village.act", None)
    first_half = Duty.objects.get(obligation="circular", period="2026H1", organisation=here.root)
    assert first_half.done == 0


@pytest.mark.clause("AH-22")
def test_the_yearly_arrangement_names_tasks_reaches_those_below_and_meets_the_duty():
    here = place("anhui")
    plan_duties(AT.date())
    duty = Duty.objects.get(obligation="arrangement", period="2026")
    bare = notices.write_arrangement(by=here.organiser, organisation=here.root, round=here.round, year=2026, at=AT)
    with pytest.raises(Refused, match="任务"):
        notices.issue_notice(by=here.organiser, notice=bare, at=AT)
    assert not NoticeReceipt.objects.exists()
    notice = notices.issue_notice(by=here.organiser, notice=arranged(here), at=AT)
    assert notice.tasks.get().what == "开展一次集中走访"
    assert notice.receipts.count() == 11
    duty.refresh_from_db()
    assert duty.is_met
    assert duty.rule.counted == Counted.ARRANGEMENT


def test_the_draft_tells_every_number_with_its_denominator_and_names_no_rank():
    here = place()
    inspection = drawn(here, size=6)
    looked_at(here, inspection, CheckResult.GOOD)
    looked = inspection.places.get(village=here.villages[0])
    inspections.raise_finding(by=here.organiser, place=looked, title="档案缺页", kind="other", words="", at=AT)
    text = body_of(people.reread(inspection))
    assert "从6个村中确定6个" in text
    assert "种子2026" in text
    assert "检查期间没有登记活动。" in text
    assert "涉及的6个村中，符合要求的6个。" in text
    assert "1. 东镇1村：档案缺页。" in text
    assert "名次" not in text


def test_organisations_are_ranked_only_where_the_scheme_says_so():
    here = place()
    assert not here.round.rules.inspection.ranks
    inspection = closed(here)
    assert "名次" not in body_of(inspection)
    version = SchemeVersion.objects.get(pk=here.round.scheme_version_id)
    version.pk, version.number = None, 2
    version.content = version.content | {"inspection": {"ranks": True}}
    version.save(force_insert=True)
    Round.objects.filter(pk=here.round.pk).update(scheme_version=version)
    assert "第1名：" in body_of(people.reread(inspection))


def test_only_a_confirmed_inspection_has_a_circular_and_only_one():
    here = place()
    with pytest.raises(Refused, match="审核"):
        notices.write_circular(by=here.organiser, inspection=drawn(here), at=AT)
    notice = circular(here)
    with pytest.raises(Refused, match="已有"):
        notices.write_circular(by=here.organiser, inspection=notice.inspection, at=AT)
    assert Notice.objects.count() == 1


def test_what_was_issued_is_never_changed():
    here = place()
    notice = issued(here)
    fields = {"title": "x", "number": "", "matter": "special", "to": ["unit"], "body": "x", "attachments": ""}
    with pytest.raises(Refused, match="更正"):
        notices.change_notice(by=here.organiser, notice=notice, **fields)
    for change in ({"body": "x"}, {"title": "x"}, {"issued_at": AT + timedelta(days=1)}):
        with pytest.raises(Error, match="Cannot"), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        NoticeTask.objects.create(notice=notice, what="x", who="x", due_on=AT.date())
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).delete()
    assert people.reread(notice).body == notice.body


def test_each_recipient_confirms_for_itself_and_the_first_reader_counts():
    here = place()
    notice = issued(here)
    village, unit = here.villages[0], here.units[0]
    secretary = people.user("village_secretary", village)
    with pytest.raises(Refused):
        notices.confirm_reading(by=secretary, notice=notice, organisation=here.villages[1], at=AT)
    with pytest.raises(Refused):
        notices.confirm_reading(by=here.organiser, notice=notice, organisation=village, at=AT)
    assert not notice.receipts.filter(read_at__isnull=False).exists()
    notices.confirm_reading(by=secretary, notice=notice, organisation=village, at=AT)
    later = people.user("village_secretary", village)
    notices.confirm_reading(by=later, notice=notice, organisation=village, at=AT + timedelta(days=1))
    receipt = notice.receipts.get(organisation=village)
    assert (receipt.read_by, receipt.read_at) == (secretary, AT)
    assert Message.objects.get(organisation=village, kind=KIND).settled_at == AT
    assert Message.objects.get(organisation=unit, kind=KIND).settled_at is None
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        NoticeReceipt.objects.filter(pk=receipt.pk).update(read_at=None, read_by=None)


def test_those_who_have_not_read_it_are_reminded_once_a_day():
    here = place()
    notice = issued(here)
    notices.confirm_reading(by=here.secretaries[0], notice=notice, organisation=here.units[0], at=AT)
    assert notices.remind_readers(by=here.organiser, notice=notice, at=AT) == 10
    with pytest.raises(Refused):
        notices.remind_readers(by=here.organiser, notice=notice, at=AT + timedelta(hours=1))
    assert notices.remind_readers(by=here.organiser, notice=notice, at=AT + timedelta(days=1)) == 10


def test_a_correction_takes_its_place_and_keeps_the_duty_met():
    here = place()
    plan_duties(AT.date())
    first = issued(here, size=6)
    second = notices.correct_notice(by=here.organiser, notice=first, at=AT)
    with pytest.raises(Refused):
        notices.correct_notice(by=here.organiser, notice=first, at=AT)
    notices.issue_notice(by=here.organiser, notice=second, at=AT)
    first, second = people.reread(first), people.reread(second)
    assert (first.state, second.state, second.corrects) == (NoticeState.CORRECTED, NoticeState.ISSUED, first)
    duty = Duty.objects.get(obligation="circular", period="2026H2", organisation=here.root)
    assert duty.filings.get(withdrawn_at=None).address == second.get_absolute_url()


def test_withdrawn_with_a_reason_it_stays_readable_and_the_duty_is_owed_again():
    here = place()
    plan_duties(AT.date())
    notice = issued(here)
    with pytest.raises(Refused):
        notices.withdraw_notice(by=here.organiser, notice=notice, reason=" ", at=AT)
    notices.withdraw_notice(by=here.organiser, notice=notice, reason="数字有误", at=AT)
    duty = Duty.objects.get(obligation="circular", period="2026H2", organisation=here.root)
    assert duty.done == 0
    secretary = people.user("village_secretary", here.villages[0])
    assert list(Notice.objects.visible_to(secretary)) == [notice]


@pytest.mark.parametrize("who", ["branch_secretary", "village_secretary", "auditor"])
def test_nobody_else_writes_issues_or_withdraws(who):
    here = place()
    by = people.user(who, here.root if who == "auditor" else here.units[0])
    inspection = closed(here)
    with pytest.raises(Refused):
        notices.write_circular(by=by, inspection=inspection, at=AT)
    notice = notices.write_circular(by=here.organiser, inspection=inspection, at=AT)
    with pytest.raises(Refused):
        notices.issue_notice(by=by, notice=notice, at=AT)
    assert people.reread(notice).state == NoticeState.DRAFT
    assert not NoticeReceipt.objects.exists()
    assert not Notice.objects.visible_to(by).exists()


def test_a_draft_is_read_by_its_authors_alone_and_a_notice_by_its_recipients_alone():
    here = place()
    notice = circular(here)
    Notice.objects.filter(pk=notice.pk).update(to=[Addressee.UNIT])
    secretary = people.user("village_secretary", here.villages[0])
    stranger = people.user("organiser", people.county("白水县"))
    assert list(Notice.objects.visible_to(here.second)) == [notice]
    assert not Notice.objects.visible_to(here.secretaries[0]).exists()
    notices.issue_notice(by=here.organiser, notice=people.reread(notice), at=AT)
    assert list(Notice.objects.visible_to(here.secretaries[0])) == [notice]
    for nobody in (secretary, stranger):
        assert not Notice.objects.visible_to(nobody).exists()


def test_characters_are_counted_without_blanks_and_measured_by_what_it_is_about():
    here = place()
    notice = arranged(here)
    assert characters("一、总体 要求\n（一）") == 9
    notice.body, notice.title, notice.matter = "字" * 3990, "通知", "special"
    found = length_of(notice)
    assert (found.text, found.beside, found.most) == (3990, 2 + 8 + 5, 4000)
    assert found.is_too_long
    assert not length_of(replace_matter(notice)).is_too_long


def replace_matter(notice: Notice) -> Notice:
    notice.matter = "overall"
    return notice


def test_the_number_of_documents_is_held_against_that_of_the_year_before():
    here = place()
    before = datetime(2025, 5, 1, 9, tzinfo=CHINA)
    notices.issue_notice(by=here.organiser, notice=arranged(here), at=before)
    found = documents_of(here.root, 2026)
    assert (found.now, found.before, found.is_more) == (0, 1, False)
    notices.issue_notice(by=here.organiser, notice=arranged(here), at=AT)
    found = documents_of(here.root, 2026)
    assert (found.now, found.before, found.is_more) == (1, 1, True)
    assert replace(found, before=0).is_more is False


def test_sending_takes_the_same_number_of_statements_for_few_and_for_many(django_assert_max_num_queries):
    here = place()
    first = circular(here)
    township = Organisation.objects.get(name="西镇")
    with django_assert_max_num_queries(45):
        notices.issue_notice(by=here.organiser, notice=first, at=AT)
    for number in range(20):
        people.village(township, f"新{number}村")
    directory(here.round)
    second = notices.write_circular(by=here.organiser, inspection=closed(here), at=AT)
    with django_assert_max_num_queries(45):
        notices.issue_notice(by=here.organiser, notice=people.reread(second), at=AT)
    assert second.receipts.count() == 31
