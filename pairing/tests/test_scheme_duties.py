"""What the nine texts oblige to: who owes what, how often, as what it is counted; faults with their line; the page."""

import csv
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from organisations.tests import factories as people
from pairing.schemes.document import sections
from pairing.schemes.duty_words import PARTIAL, PartPeriod, Subject
from pairing.schemes.reading import FaultyScheme, read_scheme
from pairing.schemes.scheme import SchemeText
from pairing.tests import factories
from pairing.tests.factories import SCHEMES
from pairing.tests.test_scheme import PREFIXES, shipped

# By code: what counts, of which nature or plan, how many, in which period, and the clause.
DUTIES: dict[str, dict[str, tuple]] = {
    "shanghai": {
        "confirm_intention": ("intention", "", 1, "milestone", "SH-31"),
        "sign_agreement": ("signing", "", 1, "milestone", "SH-32"),
        "assistance_plan": ("plan", "term_plan", 1, "term", "SH-43"),
        "principals_visit": ("activity", "visit survey_trip goodwill_visit", 1, "term", "SH-44"),
        "leaders_visit": ("activity", "visit survey_trip goodwill_visit", 2, "year", "SH-45"),
        "weak_village_money": ("money", "", 20_000, "year", "SH-46"),
        "concrete_project": ("project", "", 1, "term", "SH-47"),
        "aid_disclosure": ("disclosure", "", 100, "quarter", "SH-53"),
        "fund_feedback": ("feedback", "", 1, "quarter", "SH-54"),
        "coverage": ("place_coverage", "", 100, "term", "SH-17"),
        "base_number": ("base_number", "", 100, "term", "SH-18"),
    },
    "anhui": {
        "arrangement": ("arrangement", "", 1, "year", "AH-22"),
        "joint_meeting": ("activity", "joint_meeting", 1, "year", "AH-09"),
        "joint_plan": ("plan", "joint_plan", 1, "year", "AH-10"),
        "party_lecture": ("activity", "party_lecture", 1, "year", "AH-11"),
        "culture_sports": ("activity", "culture_sports", 1, "year", "AH-12"),
        "volunteer_service": ("activity", "volunteer_service", 1, "year", "AH-13"),
        "goodwill_visit": ("activity", "goodwill_visit", 1, "year", "AH-14"),
        "key_points": ("plan", "key_points", 1, "year", "AH-23"),
        "unit_commitment": ("commitment", "", 1, "year", "AH-23"),
        "village_commitment": ("commitment", "", 1, "year", "AH-23"),
        "village_coverage": ("village_coverage", "", 100, "milestone", "AH-04"),
        "urban_coverage": ("kind_coverage", "", 100, "milestone", "AH-05"),
    },
    "suifenhe": {
        "half_yearly_report": ("half_year_report", "", 1, "half_year", "SF-33"),
        "good_deed": ("floating_deed", "", 1, "year", "SF-35"),
        "certificate": ("certificate", "", 1, "before_leaving", "SF-30"),
        "agreement": ("floating_agreement", "", 1, "before_leaving", "SF-39"),
        "training": ("floating_training", "", 1, "before_leaving", "SF-32"),
        "report_in": ("report_in", "", 1, "after_arrival", "SF-10"),
        "greeting_letter": ("greeting_letter", "", 1, "before_july", "SF-36"),
        "lunar_forum": ("floating_forum", "", 1, "lunar_twelfth", "SF-37"),
    },
    "article": {},
    "town": {
        "one_plus_one": ("signing", "", 1, "term", "TN-01"),
        "assistance_plan": ("plan", "term_plan", 1, "term", "TN-21"),
        "village_plan": ("plan", "village_plan", 1, "term", "TN-11"),
        "aid_archive": ("shared_record", "", 100, "quarter", "TN-25"),
        "party_lecture": ("activity", "party_lecture", 1, "year", "TN-07"),
        "forum": ("activity", "forum", 1, "year", "TN-08"),
        "needy_member": ("needy_member", "", 1, "term", "TN-03"),
        "needy_villager": ("needy_villager", "", 1, "term", "TN-03"),
        "unit_plan": ("plan", "unit_plan_reference", 1, "year", "TN-22"),
        "branch_plan": ("plan", "branch_plan_reference", 1, "year", "TN-22"),
        "hardship_plan": ("hardship_plan", "", 1, "term", "TN-16"),
        "member_report": ("report", "", 1, "quarter", "TN-26"),
        "unit_report": ("report", "", 1, "quarter", "TN-27"),
        "circular": ("circular", "", 1, "half_year", "TN-28"),
        "committee_report": ("report", "", 1, "half_year", "TN-29"),
    },
    "xincheng": {
        "seven_links": ("activity", "", 7, "year", "XC-01"),
        "public_welfare": ("activity", "welfare_activity culture_sports", 1, "year", "XC-08"),
        "contact": ("contact", "", 1, "regularly", "XC-12"),
    },
    "xinyi": {
        "measures": ("plan", "measures", 1, "term", "XY-09"),
        "diary": ("diary", "", 100, "quarter", "XY-20"),
        "household_visit": ("household_visit", "", 1, "term", "XY-08"),
    },
    "yudu": {"satisfaction": ("survey", "", 1, "year", "YD-15")},
    "qianxi": {
        "village_coverage": ("village_coverage", "", 100, "term", "QX-03"),
        "member_coverage": ("member_coverage", "", 100, "term", "QX-03"),
        "yearly_targets": ("plan", "yearly_plan", 1, "year", "QX-05"),
        "survey_trip": ("activity", "survey_trip", 1, "quarter", "QX-07"),
        "training": ("activity", "training", 1, "half_year", "QX-08"),
        "good_deed": ("activity", "good_deed", 1, "year", "QX-09"),
        "members_activity": ("activity", "members_activity", 1, "year", "QX-12"),
        "letter": ("letter", "", 1, "year", "QX-05"),
        "household_quota": ("person_pair", "", 1, "term", "QX-10"),
        "solved_difficulty": ("solved_difficulty", "", 1, "year", "QX-13"),
        "village_helper": ("person_pair", "", 1, "term", "QX-16"),
    },
}
BOTH = ["unit", "village"]
QIANXI, SHANGHAI = ((SCHEMES / f"{key}.yaml").read_text(encoding="utf-8") for key in ("qianxi", "shanghai"))


def duty(scheme: str, key: str):
    return next(each for each in shipped(scheme).obligations if each.key == key)


@pytest.mark.parametrize("key", PREFIXES)
def test_each_text_obliges_to_what_it_says_and_to_no_more(key):
    found = {
        each.key: (each.counted, " ".join(each.natures) or each.plan or "", each.least, each.frequency, each.clause)
        for each in shipped(key).obligations
    }
    assert found == DUTIES[key]


def test_every_duty_comes_from_a_rule_of_its_text():
    with (Path(settings.BASE_DIR) / "docs" / "clauses.tsv").open(encoding="utf-8") as table:
        rules = {row["id"] for row in csv.DictReader(table, delimiter="\t") if row["kind"] == "R"}
    assert {each.clause for key in PREFIXES for each in shipped(key).obligations} <= rules


def test_who_owes_it_and_on_whom_it_is_counted():
    duties = [(key, each) for key in PREFIXES for each in shipped(key).obligations]
    of_others = {(key, each.key): each.subject for key, each in duties if each.subject != Subject.PAIRING}
    assert of_others == {
        ("shanghai", "confirm_intention"): Subject.UNIT,
        ("town", "one_plus_one"): Subject.UNIT,
        **{("suifenhe", key): Subject.FLOATING for key in DUTIES["suifenhe"]},
        ("suifenhe", "lunar_forum"): Subject.VILLAGE,
        ("xincheng", "contact"): Subject.FLOATING,
        ("shanghai", "coverage"): Subject.ORGANISER,
        ("shanghai", "base_number"): Subject.ORGANISER,
        ("anhui", "village_coverage"): Subject.ORGANISER,
        ("anhui", "urban_coverage"): Subject.ORGANISER,
        ("xinyi", "diary"): Subject.MEMBER,
        ("qianxi", "village_coverage"): Subject.ORGANISER,
        ("qianxi", "member_coverage"): Subject.ORGANISER,
        ("qianxi", "household_quota"): Subject.CADRE,
        ("qianxi", "solved_difficulty"): Subject.HOUSEHOLD,
        ("qianxi", "village_helper"): Subject.HOUSEHOLD,
        ("xinyi", "household_visit"): Subject.HOUSEHOLD,
        ("town", "needy_member"): Subject.MEMBER,
        ("town", "needy_villager"): Subject.MEMBER,
        ("town", "hardship_plan"): Subject.PERSON_PAIR,
        ("town", "member_report"): Subject.MEMBER,
        ("town", "unit_report"): Subject.UNIT,
        ("town", "circular"): Subject.COMMITTEE,
        ("town", "committee_report"): Subject.COMMITTEE,
        ("anhui", "arrangement"): Subject.ORGANISER,
        ("yudu", "satisfaction"): Subject.ORGANISER,
    }
    assert {(key, each.key) for key, each in duties if each.sides == BOTH} == {
        ("shanghai", "sign_agreement"),
        *(("anhui", key) for key in list(DUTIES["anhui"])[1:8]),
        ("town", "village_plan"),
        ("town", "aid_archive"),
        ("xincheng", "seven_links"),
        ("xincheng", "public_welfare"),
        ("qianxi", "yearly_targets"),
    }
    of_villages = {(key, each.key) for key, each in duties if each.sides == ["village"]}
    assert of_villages == {
        ("suifenhe", "lunar_forum"), ("qianxi", "village_helper"), ("anhui", "village_commitment"),
        ("shanghai", "aid_disclosure"), ("shanghai", "fund_feedback"),
    }  # fmt: skip
    assert all(each.sides in (BOTH, ["unit"], ["village"]) for _key, each in duties)


def test_shanghai_counts_leaders_once_a_term_and_departments_twice_a_year():
    """What 「和」 and 「每年」 mean is open (domain §6.2, §6.3): together and by the calendar, until somebody changes it."""
    once, twice = duty("shanghai", "principals_visit"), duty("shanghai", "leaders_visit")
    assert (once.roles, once.method, once.least, once.frequency) == (["principal", "team"], "together", 1, "term")
    assert (twice.roles, twice.method, twice.least, twice.frequency) == (
        ["leader", "department"], "together", 2, "year",
    )  # fmt: skip
    changed = read_scheme(
        SHANGHAI.replace("计法: 合计", "计法: 各自").replace("    频次: 每年\n", "    频次: 每协议年\n")
    )
    own = [each for each in changed.obligations if each.roles]
    assert [(each.method, each.frequency) for each in own] == [("each", "term"), ("each", "agreement_year")]


def test_shanghai_deadlines_are_those_of_the_round():
    due = {each.key: each.milestone for each in shipped("shanghai").obligations if each.milestone}
    assert due == {"confirm_intention": "intention", "sign_agreement": "signing"}
    events = {each.milestone for each in shipped("anhui").obligations if each.milestone}
    assert events == {"village_coverage", "urban_coverage"}
    dated = {key for key in PREFIXES for each in shipped(key).obligations if each.milestone}
    assert dated == {"shanghai", "anhui"}


def test_qianxi_asks_surveys_trainings_and_deeds_of_county_units_only():
    """Domain §6.7: 县直机关单位; the activity in the village is asked of every aiding unit."""
    levels = {each.key: each.unit_level for each in shipped("qianxi").obligations}
    assert levels == {
        "village_coverage": None, "member_coverage": None,
        "yearly_targets": None, "survey_trip": "county", "training": "county", "good_deed": "county",
        "members_activity": None, "letter": None, "household_quota": None, "solved_difficulty": None, "village_helper": None,
    }  # fmt: skip


def test_one_forum_is_enough_and_two_are_wished_for():
    """TN-08, 1—2次: a quota of two would mark obedient units as late (domain §6.6)."""
    forum = duty("town", "forum")
    assert (forum.least, forum.hoped) == (1, 2)
    assert {each.hoped for key in PREFIXES for each in shipped(key).obligations if each != forum} == {None}


def test_each_of_the_seven_headings_of_xincheng_can_be_covered():
    rules = shipped("xincheng")
    own = duty("xincheng", "seven_links")
    covered = {kind.group for kind in rules.activity_kinds if kind.group and kind.nature}
    assert (own.method, own.least) == ("classes", 7)
    assert covered == {group.key for group in rules.activity_groups}


@pytest.mark.parametrize("key", PREFIXES)
def test_what_a_duty_counts_can_be_recorded_under_its_scheme(key):
    """The plan is among those that the scheme asks for with the same period, the nature among its kinds of activity."""
    rules = shipped(key)
    plans = {(plan.kind, str(plan.per)) for plan in rules.plans}
    natures = {kind.nature for kind in rules.activity_kinds}
    for each in rules.obligations:
        assert each.plan is None or (each.plan, str(each.frequency)) in plans
        assert not each.natures or natures & set(each.natures)


def test_part_periods_are_pro_rata_until_somebody_decides_otherwise():
    duties = [each for key in PREFIXES for each in shipped(key).obligations]
    whole_ones = {each.key for each in duties if each.part_period != PartPeriod.PRO_RATA}
    assert whole_ones == {"diary", "aid_archive", "aid_disclosure", "fund_feedback"}  # each trip, each entry counts
    whole = read_scheme(QIANXI.replace("不足一期: 按天数折算", "不足一期: 按整期"))
    assert {each.part_period for each in whole.obligations if each.frequency in PARTIAL} == {PartPeriod.WHOLE}


def test_reminders_are_our_default_unless_the_text_asks_for_them():
    rules = {key: shipped(key).reminders for key in PREFIXES}
    assert {(tuple(own.before), tuple(own.after), own.escalation_days) for own in rules.values()} == {
        ((30, 7, 1), (1,), 15)
    }
    assert {key: own.clause for key, own in rules.items() if own.clause} == {"anhui": "AH-15"}
    silent = read_scheme(SHANGHAI + "任务提醒: {提前天数: [], 逾期天数: [], 上报天数: }\n").reminders
    assert (silent.before, silent.after, silent.escalation_days) == ([], [], None)


@pytest.mark.parametrize(
    ("key", "written", "instead", "line", "named"),
    [
        ("qianxi", "    活动性质: [调研]\n", "", "  - 代号: survey_trip", "活动性质"),
        ("qianxi", "    计划种类: 年度计划\n", "", "  - 代号: yearly_targets", "计划种类"),
        ("shanghai", "    时间节点: 签约\n", "", "  - 代号: sign_agreement", "时间节点"),
        ("shanghai", "时间节点: 签约", "时间节点: inspection", "    时间节点: inspection", "代号"),
        ("qianxi", "频次: 每季度", "频次: 每周", "    频次: 每周", "每季度"),
        ("qianxi", "活动性质: [调研]", "活动性质: [考察]", "    活动性质: [考察]", "调研"),
        ("qianxi", "适用单位级别: 县级", "适用单位级别: 县直", "    适用单位级别: 县直", "县级"),
        ("qianxi", "    数量: 1\n", "    数量: 零\n", "    数量: 零", "零"),
        ("qianxi", "    数量: 1\n", "    次数: 1\n", "    次数: 1", "数量"),
        ("qianxi", "- 代号: training\n", "- 代号: survey_trip  # 又\n", "  - 代号: survey_trip  # 又", "代号"),
        ("suifenhe", "    天数: 30 ", "    # 三十天", "  - 代号: report_in", "天数"),
        (
            "suifenhe",
            "对象: 流动党员, 计数: 管理协议书",
            "对象: 单位, 计数: 管理协议书",
            "  - {代号: agreement",
            "流动党员",
        ),
        ("suifenhe", "频次: 每年腊月", "频次: 定期", "  - {代号: lunar_forum, 名称: 召开", "间隔月数"),
        ("qianxi", "    结对形式: 干部联系户\n", "", "  - 代号: household_quota", "结对形式"),
        ("xincheng", "数量: 7", "数量: 8", "    数量: 8", "性质"),
        ("anhui", "上报天数: 15", "上报天数: 半月", "  上报天数: 半月", "半月"),
    ],
)
def test_a_fault_in_a_duty_is_named_with_its_line_and_what_to_write(key, written, instead, line, named):
    text = (SCHEMES / f"{key}.yaml").read_text(encoding="utf-8")
    head, block = text.split("\n任务:\n")
    changed = head + "\n任务:\n" + block.replace(written, instead, 1)
    assert changed != text
    with pytest.raises(FaultyScheme) as refusal:
        read_scheme(changed)
    number = next(number for number, each in enumerate(changed.splitlines(), 1) if each.startswith(line))
    assert f"第 {number} 行" in refusal.value.faults[0]
    assert named in refusal.value.faults[0]


def test_a_version_stored_before_there_were_duties_is_still_read():
    kept = json.loads((Path(__file__).parent / "kept_scheme.json").read_text(encoding="utf-8"))
    assert "obligations" not in kept
    rules = SchemeText.model_validate(kept)
    assert (rules.obligations, rules.reminders.before, rules.reminders.escalation_days) == ([], [30, 7, 1], 15)
    assert next(each for each in sections(rules) if each.key == "duties").lines == []


def words_of(key: str) -> dict[str, tuple[str, list[str]]]:
    section = next(each for each in sections(shipped(key)) if each.key == "duties")
    return {line.name: (line.words, line.clauses) for line in section.lines}


def test_the_document_says_of_each_duty_what_the_file_says():
    shanghai, qianxi = words_of("shanghai"), words_of("qianxi")
    assert shanghai["完成正式签约"] == (
        "每对结对 · 帮扶单位、结对村 · 期限：正式签约 · 最低数量 1 · 签订的协议",
        ["SH-32"],
    )
    assert shanghai["分管领导和负责部门走访"] == (
        "每对结对 · 帮扶单位 · 每年（自然年） · 最低数量 2 · 经对方确认的活动（走访、调研、慰问） · "
        "分管领导、负责部门 · 合计 · 不足一期按天数折算",
        ["SH-45"],
    )
    assert shanghai["到期前几天提醒"] == ("30、7、1", [])
    assert qianxi["到共建村调研"] == (
        "每对结对 · 帮扶单位 · 每季度 · 最低数量 1 · 经对方确认的活动（调研） · 仅适用于县级单位 · 不足一期按天数折算",
        ["QX-07"],
    )
    assert "最低数量 1 · 期望数量 2" in words_of("town")["与村「两委」成员和党员座谈"][0]
    assert "最低数量 7" in words_of("xincheng")["「七联」每一联都开展活动"][0]
    assert words_of("article") == {}
    assert words_of("town")["党组织每季度汇报"] == (
        "名录中的每个单位 · 每季度 · 期满后 15 天内 · 最低数量 1 · 已报出的汇报 · 报给：上级党委 · 不足一期按天数折算",
        ["TN-27"],
    )


@pytest.mark.django_db
def test_the_page_of_a_scheme_shows_its_duties(client):
    place = people.county()
    client.force_login(people.user("organiser", people.organisation_dept(place)))
    factories.scheme_version("anhui"), factories.scheme_version("article")
    page = client.get(reverse("scheme", args=["anhui"])).content.decode()
    duties = page.split('id="duties"')[1].split("</section>")[0]
    for each in shipped("anhui").obligations:
        assert each.name in duties
        assert each.clause in duties
    assert "逾期后几天提醒" in duties
    nothing = client.get(reverse("scheme", args=["article"])).content.decode()
    assert "本方案没有按期计数的任务" in nothing
