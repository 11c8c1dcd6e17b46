"""What the files say of person-to-person pairs: kinds, quotas, composition, order, services."""

import pytest

from pairing.schemes.reading import FaultyScheme, read_scheme
from pairing.tests.factories import SCHEMES
from pairing.tests.test_scheme import PREFIXES, shipped

PERSON_PAIRS = {
    "shanghai": [],
    "article": [],
    "anhui": [("member_member", "AH-19")],
    "suifenhe": [("branch_person", "SF-13")],
    "town": [("member_person", "TN-02、TN-03")],
    "xincheng": [("cadre_household", "XC-11")],
    "xinyi": [("cadre_household", "XY-02")],
    "yudu": [("cadre_household", "YD-01")],
    "qianxi": [
        ("cadre_household", "QX-10"),
        ("member_member", "QX-02"),
        ("chain", "QX-16"),
        ("village_village", "QX-17"),
        ("household_household", "QX-17"),
    ],
}


@pytest.mark.clause("AH-19", "SF-13", "TN-02", "XY-02", "YD-01", "QX-02", "QX-10", "QX-16", "QX-17")
def test_each_text_has_its_kinds_of_person_to_person_pairs():
    assert {key: [(rule.kind, rule.clause) for rule in shipped(key).persons.pairs] for key in PREFIXES} == PERSON_PAIRS


@pytest.mark.clause("QX-10", "QX-16", "TN-03", "TN-04", "TN-16", "YD-01", "XY-03", "QX-11")
def test_quotas_composition_and_order_are_those_of_the_texts():
    qianxi, town = shipped("qianxi").persons, shipped("town").persons
    assert qianxi.quota("cadre_household") == {"county": 4, "section": 3, "sub_section": 2, "general": 1}
    assert qianxi.quota("chain") == {"village_cadre": 1, "able_household": 1, "member": 1}
    assert qianxi.quota("member_member") == {}
    own = town.rule("member_person")
    assert (own.composition.needy_members, own.composition.needy_villagers, own.paired_village_only) == (1, 1, True)
    assert (town.participants, town.needs_plan, town.clause_of["participants"]) == ("in_service", True, "TN-02、TN-04")
    assert [key for key in PREFIXES if shipped(key).persons.coverage_percent == 100] == ["yudu", "qianxi"]
    assert [key for key in PREFIXES if shipped(key).persons.wish_first] == ["xinyi"]
    assert [key for key in PREFIXES if shipped(key).persons.survey_first] == ["qianxi"]


@pytest.mark.clause("YD-01", "SF-11", "TN-15", "XC-11")
def test_services_and_measures_are_the_vocabularies_of_the_texts():
    assert [each.name for each in shipped("yudu").persons.services] == ["送政策", "送温暖", "送服务"]
    assert [each.name for each in shipped("suifenhe").persons.services] == ["思想帮困", "物质帮困", "就业帮困"]
    assert [each.name for each in shipped("town").persons.services] == ["「三农」政策", "农村实用技术", "市场信息"]
    measures = {each.household_class: each.name for each in shipped("xincheng").persons.measures}
    assert measures == {"model": "加压鼓劲", "middle": "引导激励", "poor": "支持帮扶", "lagging": "交心谈心"}


@pytest.mark.parametrize(
    ("written", "instead", "line", "named"),
    [
        ("种类: 村内帮带", "种类: 帮扶方案", "    - 种类: 帮扶方案", "村内帮带"),
        ("种类: 村内帮带", "种类: 干部联系户", "    - 种类: 干部联系户\n", "种类"),
        ("{县级干部: 4, 科局级: 3", "{处级: 4, 科局级: 3", "      名额: {处级", "县级干部"),
        ("参加人员: 不限", "参加人员: 全部", "  参加人员: 全部", "全体在职党员干部"),
        ("覆盖率: 100", "覆盖率: 200", "  覆盖率: 200", "100"),
    ],
)
def test_a_fault_in_the_pairs_of_persons_is_named_with_its_line(written, instead, line, named):
    text = (SCHEMES / "qianxi.yaml").read_text(encoding="utf-8")
    wrong = text.replace(written, instead, 1)
    assert wrong != text
    with pytest.raises(FaultyScheme) as refusal:
        read_scheme(wrong)
    number = wrong[: wrong.rindex(line)].count("\n") + 1
    fault = refusal.value.faults[0]
    assert f" {number} " in fault.replace("行", " ").replace("：", " ")
    assert named in fault
