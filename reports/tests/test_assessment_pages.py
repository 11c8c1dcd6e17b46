"""Pages and workbooks of assessments, by the people who use them."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from organisations.tests import factories as people
from reports.actions import assessment as acts
from reports.assessment import explaining
from reports.models import Appeal, Assessed, Assessment, ScoreAdjustment
from reports.tests.assessing import NOON, Ground, line, sheet

pytestmark = pytest.mark.django_db


def workbook(client, address: str, **asked) -> list[dict]:
    answer = client.get(address, asked)
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    header, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def taken(client, ground: Ground, assessment: Assessment, key: str) -> list[dict]:
    client.force_login(ground.organiser)
    return workbook(client, reverse("assessment_taken", args=[assessment.pk, key]))


def test_the_organiser_sets_it_up_changes_points_opens_and_shows_it(client):
    ground = Ground()
    ground.duty("good_deed", 0)
    client.force_login(ground.organiser)
    assert "没有" in client.get(reverse("assessments")).content.decode()
    client.post(reverse("set_up_assessment"), {"of": f"{ground.round.pk}:2026"})
    made = Assessment.objects.get()
    form = client.get(reverse("assessment_rules", args=[made.pk])).context["form"]
    values = {field.html_name: field.value() for field in form} | {"full-good_deed": "25"}
    client.post(reverse("assessment_rules", args=[made.pk]), {k: v for k, v in values.items() if v is not False})
    for step in ("open", "show"):
        client.post(reverse("assessment_step", args=[made.pk, step]))
    assert sheet(made, ground.unit).full == 35
    page = client.get(made.get_absolute_url()).content.decode()
    assert "青山县0局" in page
    assert "为共建村办实事（25）" in page


def test_the_assessed_read_what_was_taken_off_and_why_and_object(client):
    ground = Ground()
    duty = ground.duty("survey_trip", 0, 1, period="2026Q3")
    made = ground.shown()
    client.force_login(ground.secretary)
    page = client.get(sheet(made, ground.unit).get_absolute_url()).content.decode()
    assert "每次扣 10 分" in page
    assert reverse("duty", args=[duty.pk]) in page
    of = line(made, ground.unit, "survey_trip")
    client.post(reverse("appeal_score", args=[of.pk]), {"words": "八月去过一次"})
    appeal = Appeal.objects.get()
    assert client.post(reverse("reply_appeal", args=[appeal.pk]), {"words": "x"}).status_code == 404
    assert client.post(reverse("adjust_score", args=[of.pk]), {"points": "5", "words": "x"}).status_code == 404
    assert not ScoreAdjustment.objects.exists()
    client.force_login(ground.organiser)
    client.post(reverse("reply_appeal", args=[appeal.pk]), {"words": "已核实，补记"})
    client.post(reverse("adjust_score", args=[of.pk]), {"points": "10", "words": "补记一次"})
    client.force_login(ground.secretary)
    page = client.get(sheet(made, ground.unit).get_absolute_url()).content.decode()
    assert "已核实，补记" in page
    assert "补记一次" in page


def test_the_first_page_tells_each_side_of_a_running_assessment(client):
    ground = Ground()
    ground.duty("survey_trip", 0, 1, period="2026Q3")
    address, asked = reverse("assessments_panel"), {"headers": {"HX-Request": "true"}}

    def panel(user) -> str:
        client.force_login(user)
        return client.get(address, **asked).content.decode()

    assert panel(ground.secretary) == panel(ground.organiser) == ""
    made = ground.shown()
    own = sheet(made, ground.unit)
    assert own.get_absolute_url() in panel(ground.secretary)
    client.post(reverse("appeal_score", args=[line(made, ground.unit, "survey_trip").pk]), {"words": "八月去过一次"})
    shown = panel(ground.organiser)
    assert made.get_absolute_url() in shown
    assert "1 条申诉等待答复" in shown
    assert own.get_absolute_url() not in shown
    stranger = people.user("branch_secretary", people.county("外县"))
    assert panel(stranger) == ""
    assert client.get(address).url == reverse("assessments")


def test_what_would_raise_the_score_is_told_the_most_first():
    ground = Ground()
    ground.duty("training", 0)
    ground.duty("good_deed", 1, 2)
    ground.duty("survey_trip", 0, period="2026Q2", due_on=datetime(2026, 6, 30).date())
    made = ground.shown()
    kept = Assessed.objects.related().prefetch_related("lines").get(pk=sheet(made, ground.unit).pk)
    lines = explaining.explained(kept)
    found = explaining.gains(kept, lines, datetime(2026, 11, 1).date())
    # of 70: training gives 20, the other half of the deed 10; the trip is over
    assert [(each.words.split(" · ")[0], each.points) for each in found] == [
        ("组织实用技术培训", Decimal("28.57")), ("为共建村办实事", Decimal("14.29")),
    ]  # fmt: skip


def test_points_of_oneself_are_given_in_a_form(client):
    ground = Ground()
    ground.duty("good_deed", 1)
    made = ground.shown(ground.set_up(own_weight=20, organiser_weight=80))
    deed = line(made, ground.unit, "good_deed")
    address = reverse("give_points", args=[deed.assessed_id])
    client.force_login(ground.secretary)
    assert client.post(address, {f"line-{deed.pk}": "21"}).context["form"].errors
    client.post(address, {f"line-{deed.pk}": "15"})
    assert line(made, ground.unit, "good_deed").own == 15
    client.force_login(people.user("branch_secretary", people.unit(people.county("白水县"))))
    assert client.get(address).status_code == 404


def test_the_table_names_points_deductions_and_no_place_unless_allowed(client):
    ground = Ground()
    ground.duty("survey_trip", 1, period="2026Q2")
    ground.duty("survey_trip", 0, period="2026Q3")
    made = ground.opened()
    client.force_login(ground.organiser)
    row = workbook(client, made.get_absolute_url(), export="xlsx")[0]
    assert row["到共建村调研（20）"] == 10
    assert row["扣分和依据"] == "到共建村调研 −10（1/2）"
    assert "名次" not in row
    again = Ground("anhui", name="白水县")
    again.duty("joint_meeting", 1)
    client.force_login(again.organiser)
    assert workbook(client, again.opened().get_absolute_url(), export="xlsx")[0]["名次"] == 1


@pytest.mark.clause("SH-41")
def test_the_accountability_assessment_takes_each_units_items_and_score(client):
    ground = Ground("shanghai")
    ground.duty("leaders_visit", 1, 2)
    ground.duty("assistance_plan", 1)
    made = ground.frozen()
    row = taken(client, ground, made, "accountability")[0]
    assert row["组织名称"] == "青山县0局"
    assert (row["领导和部门走访（30）"], row["制定结对帮扶方案（10）"]) == (20, 10)
    assert (row["总得分"], row["等次"]) == (80, "良好")
    villages = taken(client, ground, made, "accountability_villages")
    assert [each["组织名称"] for each in villages] == ["青山县0村"]


@pytest.mark.clause("AH-26", "AH-27")
def test_two_appraisals_awards_and_the_third_link_take_over_the_shared_score(client):
    ground = Ground("anhui", 2)
    for each in range(2):
        ground.duty("joint_meeting", 1 - each, of=each)
    made = ground.opened()
    for key in ("organs", "efficiency"):
        rows = taken(client, ground, made, key)
        assert [(row["组织名称"], row["联席会议（12）"]) for row in rows] == [("青山县0局", 12), ("青山县1局", 0)]
    assert [row["组织名称"] for row in taken(client, ground, made, "joint_creation")] == ["青山县0村", "青山县1村"]
    awards = taken(client, ground, made, "awards")
    assert [(row["组织名称"], row["可以评先评优"]) for row in awards] == [("青山县0局", "√"), ("青山县1局", "")]
    assert awards[1]["原因"] == "等次低于「优秀」"
    acts.adjust(
        by=ground.organiser, line=line(made, ground.pairing, "falsehood"), points=Decimal(-1), words="虚报", at=NOON
    )
    assert taken(client, ground, made, "awards")[0]["原因"] == "一票否决"


@pytest.mark.clause("TN-24")
def test_target_assessment_joint_creation_and_members_appraisal_take_their_items(client):
    ground = Ground("town")
    ground.duty("party_lecture", 1)
    ground.duty("needy_member", 0, pairing=None, organisation=ground.unit)
    made = ground.opened()
    target = taken(client, ground, made, "target")[0]
    assert (target["为结对村党员上党课（15）"], target["党员联系困难党员群众（20）"]) == (15, 0)
    appraisal = taken(client, ground, made, "appraisal")[0]
    assert "结成对子（10）" not in appraisal
    assert appraisal["党员联系困难党员群众（20）"] == 0
    assert [each["组织名称"] for each in taken(client, ground, made, "joint_creation")] == ["青山县0村"]


@pytest.mark.clause("XC-02")
def test_the_performance_appraisal_takes_the_result_of_the_village_teams(client):
    ground = Ground("xincheng")
    ground.duty("seven_links", 7, 7)
    made = ground.opened()
    assert taken(client, ground, made, "performance")[0]["包村的村级班子建设（30）"] == 30
    row = taken(client, ground, made, "performance_townships")[0]
    assert (row["组织名称"], row["辖区村级班子建设（100）"]) == ("青山县城关镇", 100)


@pytest.mark.clause("YD-18")
def test_the_five_goods_are_ticked_where_their_items_reach_the_share(client):
    ground = Ground("yudu")
    made = ground.opened()
    acts.adjust(by=ground.organiser, line=line(made, ground.village, "team"), points=Decimal(-5), words="软弱", at=NOON)
    row = taken(client, ground, made, "five_good")[0]
    assert row == {
        "组织名称": "青山县0村", "领导班子好": "", "党员队伍好": "√", "工作机制好": "√", "工作业绩好": "", "群众反映好": "",
        "全部达标": "",
    }  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_as_many_statements_for_three_as_for_one(client, number):
    ground = Ground(number=number)
    for each in range(number):
        ground.duty("good_deed", 1, of=each)
    made = ground.opened()
    client.force_login(ground.organiser)
    client.get(made.get_absolute_url())
    with CaptureQueriesContext(connection) as found:
        page = client.get(made.get_absolute_url())
    assert page.context["found"] == number
    assert len(found) == 11
