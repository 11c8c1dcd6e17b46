"""Scheme files: what ships is right, what is wrong is named with its line and remedy, versions are kept."""

import csv
import json
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from core.refusals import Refused
from organisations.tests.factories import county, user
from pairing.actions.rounds import take_scheme
from pairing.levels import Level
from pairing.models import Scheme, SchemeVersion
from pairing.schemes.document import sections
from pairing.schemes.reading import FaultyScheme, read_scheme
from pairing.schemes.scheme import SchemeText, Status
from pairing.schemes.terms import default_terms
from pairing.schemes.words import PersonPairKey
from pairing.states import Side
from pairing.tests.factories import CHINA, SCHEMES

NOON = datetime(2026, 3, 24, 12, 0, tzinfo=CHINA)
SHANGHAI = (SCHEMES / "shanghai.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_that_ships_is_read_and_survives_storage(path):
    content = read_scheme(path.read_text(encoding="utf-8"))
    assert content.key == path.stem
    assert SchemeText.model_validate(content.model_dump(mode="json")) == content


STATUSES = {
    "shanghai": Status.BINDING,
    "town": Status.BINDING,
    "anhui": Status.DRAFT,
    "suifenhe": Status.PROPOSAL,
    "article": Status.PROPOSAL,
    "xincheng": Status.REPORTED,
    "xinyi": Status.REPORTED,
    "yudu": Status.REPORTED,
    "qianxi": Status.REPORTED,
}
PREFIXES = {
    "shanghai": "SH",
    "anhui": "AH",
    "suifenhe": "SF",
    "article": "TC",
    "town": "TN",
    "xincheng": "XC",
    "xinyi": "XY",
    "yudu": "YD",
    "qianxi": "QX",
}


def shipped(key: str) -> SchemeText:
    return read_scheme((SCHEMES / f"{key}.yaml").read_text(encoding="utf-8"))


def clauses_in(content) -> set[str]:
    """Every clause that a line of the file names."""
    if isinstance(content, list):
        return set().union(*map(clauses_in, content))
    if not isinstance(content, dict):
        return set()
    found = set().union(*(clauses_in(value) for value in content.values()))
    for named in (content.get("clause"), *(content.get("clause_of") or {}).values()):
        found |= set(named.split("、")) if named else set()
    return found


def test_all_nine_texts_are_there_with_their_standing():
    assert {path.stem: shipped(path.stem).status for path in SCHEMES.glob("*.yaml")} == STATUSES


@pytest.mark.parametrize("key", PREFIXES)
def test_each_clause_named_stands_in_the_text_of_this_scheme(key):
    with (Path(settings.BASE_DIR) / "docs" / "clauses.tsv").open(encoding="utf-8") as table:
        known = {row["id"] for row in csv.DictReader(table, delimiter="\t")}
    named = clauses_in(shipped(key).model_dump(mode="json"))
    assert named
    assert {clause for clause in named if clause not in known or not clause.startswith(PREFIXES[key])} == set()


@pytest.mark.parametrize("key", PREFIXES)
def test_what_stands_in_lists_always_names_its_clause(key):
    rules = shipped(key)
    persons = (rules.persons.pairs, rules.persons.services, rules.persons.measures)
    lists = (rules.milestones, rules.pairing.modes, rules.plans, rules.goals, rules.tags, *persons)
    without = [
        line.name
        for lines in (*lists, rules.activity_groups, rules.activity_kinds)
        for line in lines
        if not line.clause
    ]
    assert without == []


def test_the_rules_of_the_shanghai_text():
    shanghai = shipped("shanghai")
    assert [(step.key, step.month, step.day, step.inclusive) for step in shanghai.milestones] == [
        ("intention", 4, 30, True),
        ("signing", 7, 1, True),
    ]
    rules = shanghai.pairing
    assert (rules.units_per_village, rules.requires_leader, rules.weak_village_yuan) == (3, True, 20_000)
    assert rules.clause_of["weak_village_yuan"] == "SH-46"
    assert "units_per_village" not in rules.clause_of  # our own default
    assert rules.levels == list(Level)
    assert shanghai.renewal.clause == "SH-34、SH-35"
    assert [(plan.kind, plan.per, plan.clause) for plan in shanghai.plans] == [
        ("term_plan", "term", "SH-43"),
        ("visit_rules", "term", "SH-48"),
    ]


def test_the_rules_of_the_qianxi_text():
    qianxi = shipped("qianxi")
    assert (qianxi.pairing.units_per_village, qianxi.pairing.villages_per_unit) == (1, 1)
    assert (qianxi.closing.needs_targets, qianxi.closing.clause) == (True, "QX-06")
    assert (qianxi.promises.responsibility_letter, qianxi.milestones) == (True, [])
    assert qianxi.pairing.levels == [Level.UNIT_TOWNSHIP, Level.UNIT_VILLAGE]
    assert [(each.clause, len(each.goals)) for each in qianxi.goals] == [("QX-04", 6)]


def test_the_rules_of_the_other_texts():
    anhui, town = shipped("anhui"), shipped("town")
    assert [(step.event, step.year) for step in anhui.milestones] == [("农村党员干部主题教育结束", None), ("", 2015)]
    assert (anhui.promises.public_commitment, anhui.pairing.kind) == (True, "joint_building")
    assert [(plan.kind, plan.needs_principal, plan.needs_secretary) for plan in town.plans] == [
        ("term_plan", True, True),
        ("village_plan", False, False),
        ("unit_plan_reference", False, False),
        ("branch_plan_reference", False, False),
    ]
    assert {key: [(each.village_class, len(each.goals)) for each in shipped(key).goals] for key in PREFIXES} == {
        "shanghai": [],
        "anhui": [],
        "suifenhe": [],
        "article": [("lagging", 4)],
        "town": [],
        "xincheng": [],
        "xinyi": [(None, 4)],
        "yudu": [(None, 5)],
        "qianxi": [(None, 6)],
    }
    assert shipped("xincheng").promises.shared_responsibility


@pytest.mark.clause("XY-01")
def test_the_xinyi_scheme_has_its_four_groups_of_actions():
    rules = shipped("xinyi")
    kinds = {
        group.key: [kind.key for kind in rules.activity_kinds if kind.group == group.key]
        for group in rules.activity_groups
    }
    assert {group.name for group in rules.activity_groups} == {"四帮扶", "三问", "三访", "三讲"}
    assert {key: len(of_group) for key, of_group in kinds.items()} == {
        "sibangfu": 4,
        "sanwen": 3,
        "sanfang": 3,
        "sanjiang": 4,
    }


def test_a_version_taken_over_earlier_is_still_read():
    """Rounds pin the content as it was stored: before closing and clauses had their present form."""
    kept = json.loads((Path(__file__).parent / "kept_scheme.json").read_text(encoding="utf-8"))
    rules = SchemeText.model_validate(kept)
    assert rules.closing.needs_targets is True
    assert rules.pairing.clauses == ["QX-01", "QX-04", "QX-06"]
    assert rules.pairing.levels == [Level.UNIT_VILLAGE]
    assert rules.milestones[0].late_sides == [Side.UNIT, Side.VILLAGE]
    assert (rules.issue_days, rules.renewal.allowed, rules.plans, rules.goals) == (30, True, [], [])
    assert rules.issue_kinds == []
    assert (rules.persons.pairs, rules.persons.kinds) == ([], list(PersonPairKey))


@pytest.mark.clause("TN-17")
def test_a_scheme_names_kinds_of_problem_each_with_its_clause():
    rules = shipped("town")
    assert [(kind.key, kind.name, kind.clause) for kind in rules.issue_kinds] == [
        ("funds", "发展资金", "TN-17"),
        ("information", "致富信息", "TN-17"),
        ("sales", "农产品销售", "TN-17"),
    ]
    (section,) = [section for section in sections(rules) if section.key == "issues"]
    assert next((line.words, line.clauses) for line in section.lines) == ("发展资金", ["TN-17"])
    text = (SCHEMES / "town.yaml").read_text(encoding="utf-8")
    for faulty in ("代号: 钱款", "代号: 信息"):
        with pytest.raises(FaultyScheme) as refusal:
            read_scheme(text.replace("代号: 资金", faulty, 1))
        number = 1 + text.split("代号: 资金")[0].count("\n")
        assert str(number if "钱款" in faulty else number + 1) in refusal.value.faults[0]


@pytest.mark.parametrize(
    ("written", "instead", "line", "named"),
    [
        ("月: 4\n", "月: 四\n", "    月: 四", "四"),
        ("日: 30", "日: 31", "  - 代号: 意向", "月"),
        ("效力: 正式施行", "效力: 施行", "效力: 施行", "征求意见"),
        ("每村最多单位数: 3", "每村最多单位: 3", "  每村最多单位: 3", "每村最多单位数"),
        ("当日计入: 是", "当日计入: 可能", "    当日计入: 可能", "否"),
        ("期限年数: 3", "期限年数: 30", "  期限年数: 30", "10"),
        ("发布日期: 2010-03-24", "发布日期: 去年", "发布日期: 去年", "去年"),
        ("名称: 网上意向确认", "", "  - 代号: 意向", "名称"),
        ("组织分配]", "分配]", "  结对方式:", "组织分配"),
        ("代号: shanghai", "代号: 上海", "代号: 上海", "上海"),
        ("发布机关", "\t发布机关", "\t发布机关", ""),
        ("发布机关:", "名称: 又一次\n发布机关:", "名称: 又一次", "名称"),
        ("街道对乡镇", "街道对县", "  层级:", "街道对乡镇"),
        ("结对性质: 结对帮扶", "结对性质: 帮扶", "  结对性质: 帮扶", "结对共建"),
        ("可逾期: [帮扶方", "可逾期: [单位", "    可逾期: [单位", "受援方"),
        ("    月: 4\n", "    月: 4\n    事件: 主题教育\n", "  - 代号: 意向", "事件"),
        ("    月: 4\n    日: 30\n", "", "  - 代号: 意向", "事件"),
        ("种类: 帮扶方案", "种类: 方案", "  - {种类: 方案", "年度计划"),
        ("周期: 每期", "周期: 每季", "  - {种类: 帮扶方案", "每年"),
        ("    截止月份: SH-38", "    截止月: SH-38", "    截止月: SH-38", "截止月份"),
        ("可以续签: SH-34", "续签: SH-34", "  条款: {续签: SH-34", "可以续签"),
        ("可以续签: 是", "可以续约: 是", "  可以续约: 是", "可以续签"),
        ("代号: development", "代号: organisation", "  - {代号: organisation, 名称: 发展共促", "代号"),
        ("名称: 联系走访", "名称: 联系走访, 类别: visits", "  - {代号: visit,", "类别"),
        ("问题办理天数: 30", "问题办理天数: 半月", "问题办理天数: 半月", "半月"),
        ("目标未实现不脱钩: 否", "目标未实现不脱钩: 不", "  目标未实现不脱钩: 不", "是"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_write(written, instead, line, named):
    text = SHANGHAI.replace(written, instead, 1)
    assert text != SHANGHAI
    with pytest.raises(FaultyScheme) as refusal:
        read_scheme(text)
    fault = refusal.value.faults[0]
    number = next(number for number, each in enumerate(text.splitlines(), 1) if each.startswith(line))
    assert f" {number} " in fault.replace("行", " ").replace(":", " ").replace("：", " ")
    assert named in fault


@pytest.mark.parametrize("text", ["", "- 一\n- 二", "名称: &a 甲\n发布机关: *a", "代号: " + "x" * 200_001])
def test_what_is_no_scheme_file_is_refused(text):
    with pytest.raises(FaultyScheme):
        read_scheme(text)


@pytest.mark.django_db
def test_only_a_changed_text_makes_a_new_version():
    first = take_scheme(by=None, text=SHANGHAI, at=NOON)
    assert take_scheme(by=None, text=SHANGHAI, at=NOON) == first
    changed = take_scheme(by=None, text=SHANGHAI.replace("每村最多单位数: 3", "每村最多单位数: 2"), at=NOON)
    assert (first.number, changed.number) == (1, 2)
    assert first.rules.pairing.units_per_village == 3
    assert changed.rules.pairing.units_per_village == 2


@pytest.mark.django_db
def test_nobody_without_the_permission_takes_over_a_scheme():
    secretary = user("branch_secretary", county())
    with pytest.raises(Refused):
        take_scheme(by=secretary, text=SHANGHAI, at=NOON)
    assert not Scheme.objects.exists()


@pytest.mark.django_db
def test_the_command_takes_all_files_and_repeats_without_doubling():
    call_command("load_schemes", verbosity=0)
    call_command("load_schemes", verbosity=0)
    assert set(SchemeVersion.objects.values_list("scheme__key", "number")) == {(key, 1) for key in PREFIXES}


@pytest.mark.clause("SH-38")
@pytest.mark.parametrize(
    ("starts_on", "intention", "signing", "ends_on", "printed"),
    [
        (date(2010, 3, 24), date(2010, 4, 30), date(2010, 7, 1), date(2013, 7, 31), "2013年7月"),
        (date(2010, 4, 30), date(2010, 4, 30), date(2010, 7, 1), date(2013, 7, 31), "2013年7月"),
        (date(2010, 5, 1), date(2011, 4, 30), date(2011, 7, 1), date(2014, 7, 31), "2014年7月"),
        (date(2026, 11, 22), date(2027, 4, 30), date(2027, 7, 1), date(2030, 7, 31), "2030年7月"),
    ],
)
def test_a_shanghai_round_takes_its_dates_from_the_scheme(starts_on, intention, signing, ends_on, printed):
    terms = default_terms(read_scheme(SHANGHAI), starts_on=starts_on)
    assert [step.on for step in terms.milestones] == [intention, signing]
    assert (terms.ends_on, terms.ends_printed) == (ends_on, printed)


def test_a_qianxi_round_lasts_three_full_years_and_sets_its_own_deadlines():
    terms = default_terms(
        read_scheme((SCHEMES / "qianxi.yaml").read_text(encoding="utf-8")), starts_on=date(2007, 3, 1)
    )
    assert (terms.ends_on, terms.ends_printed, terms.milestones) == (date(2010, 2, 28), "", ())
