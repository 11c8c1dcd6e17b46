"""Scheme files: what ships is right, what is wrong is named with its line and remedy, versions are kept."""

from datetime import date, datetime

import pytest
from django.core.management import call_command

from core.refusals import Refused
from organisations.tests.factories import county, user
from pairing.actions.rounds import take_scheme
from pairing.models import Scheme, SchemeVersion
from pairing.scheme import SchemeText, Status
from pairing.scheme_reading import FaultyScheme, read_scheme
from pairing.terms import default_terms
from pairing.tests.factories import CHINA, SCHEMES

NOON = datetime(2026, 3, 24, 12, 0, tzinfo=CHINA)
SHANGHAI = (SCHEMES / "shanghai.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SCHEMES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_file_that_ships_is_read_and_survives_storage(path):
    content = read_scheme(path.read_text(encoding="utf-8"))
    assert content.key == path.stem
    assert SchemeText.model_validate(content.model_dump(mode="json")) == content


def test_the_rules_of_the_two_texts():
    shanghai = read_scheme(SHANGHAI)
    assert shanghai.status == Status.BINDING
    assert [(step.key, step.month, step.day, step.inclusive) for step in shanghai.milestones] == [
        ("intention", 4, 30, True),
        ("signing", 7, 1, True),
    ]
    rules = shanghai.pairing
    assert (rules.units_per_village, rules.requires_leader, rules.weak_village_yuan) == (3, True, 20_000)
    qianxi = read_scheme((SCHEMES / "qianxi.yaml").read_text(encoding="utf-8"))
    assert (qianxi.pairing.units_per_village, qianxi.pairing.villages_per_unit) == (1, 1)
    assert qianxi.closing.needs_targets is True
    assert qianxi.milestones == []


@pytest.mark.parametrize(
    ("written", "instead", "line", "named"),
    [
        ("月: 4\n", "月: 四\n", 25, "四"),
        ("日: 30", "日: 31", 23, "月"),
        ("效力: 正式施行", "效力: 施行", 10, "征求意见"),
        ("每村最多单位数: 3", "每村最多单位: 3", 38, "每村最多单位数"),
        ("当日计入: 是", "当日计入: 可能", 27, "否"),
        ("期限年数: 3", "期限年数: 30", 41, "10"),
        ("发布日期: 2010-03-24", "发布日期: 去年", 11, "去年"),
        ("名称: 网上意向确认", "", 23, "名称"),
        ("组织分配]", "分配]", 44, "组织分配"),
        ("代号: shanghai", "代号: 上海", 7, "上海"),
        ("发布机关", "\t发布机关", 9, ""),
        ("发布机关:", "名称: 又一次\n发布机关:", 9, "名称"),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_to_write(written, instead, line, named):
    with pytest.raises(FaultyScheme) as refusal:
        read_scheme(SHANGHAI.replace(written, instead, 1))
    [fault] = refusal.value.faults
    assert f" {line} " in fault.replace("行", " ").replace(":", " ").replace("：", " ")
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
    assert list(SchemeVersion.objects.order_by("scheme__key").values_list("scheme__key", "number")) == [
        ("qianxi", 1),
        ("shanghai", 1),
    ]


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
