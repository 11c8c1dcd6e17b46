"""The pages of inspections, circulars and notices: each step by its button, nothing typed lost, a constant count."""

import pytest
from django.urls import reverse

from duties.fulfilling import step
from duties.models import Duty
from duties.planning import plan as plan_duties
from organisations.tests import factories as people
from reports.actions import notices
from reports.inspection.states import InspectionState, NoticeState
from reports.models import Inspection, Notice
from reports.tests.inspecting import AT, closed, drawn, looked_at, place
from reports.tests.test_notices import arranged, circular, issued

pytestmark = pytest.mark.django_db


def page(client, user, name: str, *keys) -> str:
    client.force_login(user)
    answer = client.get(reverse(name, args=keys))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_inspection_goes_from_plan_to_draw_to_checklist_to_confirmation(client):
    here = place()
    client.force_login(here.organiser)
    plan = {
        "round": here.round.pk, "title": "年中督查", "is_planned": "no", "on": "2026-06-01", "since": "2026-01-01",
        "until": "2026-06-30", "among": "directory", "strata": "township", "size": "2", "purpose": "",
    }  # fmt: skip
    wrong = client.post(reverse("new_inspection"), plan | {"until": "2025-12-31"}).content.decode()
    assert "年中督查" in wrong
    assert not Inspection.objects.exists()
    client.post(reverse("new_inspection"), plan)
    inspection = Inspection.objects.get()
    assert (inspection.title, inspection.is_planned, inspection.organisation) == ("年中督查", False, here.root)
    client.post(reverse("draw_villages", args=[inspection.pk]))
    inspection.refresh_from_db()
    shown = page(client, here.organiser, "inspection", inspection.pk)
    assert inspection.seed in shown
    assert inspection.list_hash in shown
    for looked in inspection.places.all():
        answers = {f"result_{line.item}": "good" for line in looked.lines.all()}
        client.post(looked.get_absolute_url(), {"looked_on": "2026-06-02", "words": "属实", **answers})
    client.post(reverse("inspection_step", args=[inspection.pk, "submit"]))
    client.force_login(here.second)
    assert "审核确认并办结" in page(client, here.second, "inspection", inspection.pk)
    client.post(reverse("inspection_step", args=[inspection.pk, "confirm"]))
    assert people.reread(inspection).state == InspectionState.CLOSED


def test_a_checklist_leads_to_its_records_and_keeps_what_was_typed(client):
    here = place()
    looked = drawn(here).places.all()[0]
    client.force_login(here.organiser)
    again = client.post(looked.get_absolute_url(), {"looked_on": "", "words": "档案很全"}).content.decode()
    assert "档案很全" in again
    assert f"village={looked.village_id}" in again
    assert people.reread(looked).words == ""


@pytest.mark.parametrize("name", ["inspections", "notices"])
def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    client, name, django_assert_max_num_queries
):
    here = place()
    client.force_login(here.organiser)
    for rows in (1, 3):
        while Notice.objects.count() < rows:
            circular(here)
        with django_assert_max_num_queries(16):
            answer = client.get(reverse(name))
        assert answer.content.decode().count("下半年督查") >= rows


def test_the_button_of_the_duty_leads_to_writing(client):
    here = place()
    plan_duties(AT.date())
    duty = Duty.objects.get(obligation="circular", period="2026H2", organisation=here.root)
    address, words = step(duty)
    assert (address, words) == (reverse("new_circular"), "写通报")
    assert "到督促检查" in page(client, here.organiser, "new_circular")
    inspection = closed(here)
    assert inspection.title in page(client, here.organiser, "new_circular")
    client.post(address, {"inspection": inspection.pk})
    assert Notice.objects.get().inspection == inspection


def test_a_circular_is_edited_with_its_count_issued_and_read(client):
    here = place()
    notice = circular(here)
    shown = page(client, here.organiser, "edit_notice", notice.pk)
    assert "data-counted" in shown
    assert "4000" in shown
    fields = {"title": "", "matter": "special", "to": ["village"], "body": "一、情况\n我写的话", "attachments": ""}
    again = client.post(reverse("edit_notice", args=[notice.pk]), fields).content.decode()
    assert "我写的话" in again
    assert people.reread(notice).body == notice.body
    client.post(reverse("edit_notice", args=[notice.pk]), fields | {"title": "关于督查的通报"})
    client.post(reverse("notice_step", args=[notice.pk, "issue"]))
    assert people.reread(notice).state == NoticeState.ISSUED
    secretary = people.user("village_secretary", here.villages[0])
    shown = page(client, secretary, "notice", notice.pk)
    assert "我写的话" in shown
    assert "已阅" in shown
    client.post(reverse("confirm_reading", args=[notice.pk]))
    assert notice.receipts.get(read_at__isnull=False).read_by == secretary
    assert "签收情况" not in page(client, secretary, "notice", notice.pk)
    assert "1 / 6" in page(client, here.organiser, "notice", notice.pk)
    assert client.get(reverse("notice_receipts", args=[notice.pk]), {"read": "no"}).context["found"] == 5


def test_whoever_it_was_not_sent_to_finds_nothing_and_no_page_is_public(client):
    here = place()
    notice = circular(here)
    client.logout()
    for name in ("notice", "notice_word", "notice_receipts"):
        assert client.get(reverse(name, args=[notice.pk])).status_code == 302
    for stranger in (here.secretaries[0], people.user("organiser", people.county("白水县"))):
        client.force_login(stranger)
        for name in ("notice", "edit_notice", "notice_word", "notice_receipts", "withdraw_notice"):
            assert client.get(reverse(name, args=[notice.pk])).status_code == 404
        assert client.post(reverse("notice_step", args=[notice.pk, "issue"])).status_code == 404
    assert people.reread(notice).state == NoticeState.DRAFT


def test_a_recipient_changes_nothing_and_sees_not_who_else_has_read_it(client):
    here = place()
    notice = issued(here)
    client.force_login(here.secretaries[0])
    for name in ("notice_receipts", "edit_notice", "withdraw_notice"):
        assert client.get(reverse(name, args=[notice.pk])).status_code == 404
    assert client.post(reverse("remind_readers", args=[notice.pk])).status_code == 404
    assert client.get(reverse("notice_word", args=[notice.pk])).status_code == 200


def test_a_task_is_added_and_removed_beside_the_text(client):
    here = place("anhui")
    notice = arranged(here)
    client.force_login(here.organiser)
    client.post(reverse("add_notice_task", args=[notice.pk]), {"what": "签约", "who": "各乡镇", "due_on": "2026-12-01"})
    assert notice.tasks.count() == 2
    client.post(reverse("remove_notice_task", args=[notice.tasks.first().pk]))
    assert [task.what for task in notice.tasks.all()] == ["签约"]
    notices.issue_notice(by=here.organiser, notice=notice, at=AT)
    client.post(reverse("remove_notice_task", args=[notice.tasks.get().pk]))
    assert notice.tasks.count() == 1


def test_sending_back_shows_the_words(client):
    here = place()
    inspection = drawn(here)
    looked_at(here, inspection)
    client.force_login(here.organiser)
    client.post(reverse("inspection_step", args=[inspection.pk, "submit"]))
    client.force_login(here.second)
    client.post(reverse("inspection_step", args=[inspection.pk, "return"]), {"words": "再看档案"})
    assert "再看档案" in page(client, here.organiser, "inspection", inspection.pk)
