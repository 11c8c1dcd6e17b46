"""The roster of pairings of an earlier round, in plain data with its functions; settings.ROSTER_SHEETS names it."""

from django.utils.translation import gettext_lazy as _

from core.roster import Ask, Column, Holds, Sheet
from organisations.rosters.columns import TOWNSHIP, UNIT_COLUMNS, VILLAGE_COLUMNS
from pairing.rosters import checking, export, rounds, writing

UNIT_NAMES = tuple(name for name in UNIT_COLUMNS[0].synonyms if name != "名称")
VILLAGE_NAMES = VILLAGE_COLUMNS[1].synonyms

COLUMNS = (
    Column("unit", "帮扶单位", Holds.NAME, required=True, longest=120, synonyms=("单位名称", *UNIT_NAMES)),
    TOWNSHIP,
    Column(
        "village",
        "结对村",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=("村名", "联系村", "挂钩村", "共建村", "帮扶的村", "受援村", *VILLAGE_NAMES),
    ),
    Column(
        "signed_on",
        "签订日期",
        Holds.DATE,
        synonyms=(
            "签约日期",
            "签订时间",
            "签约时间",
            "结对时间",
            "结对日期",
            "协议签订日期",
            "协议签订时间",
            "签订协议时间",
        ),
    ),
    Column("term", "期限", Holds.TERM, synonyms=("结对期限", "协议期限", "帮扶期限", "年限", "结对年限")),
    Column(
        "ends_on",
        "截止日期",
        Holds.DATE,
        synonyms=("终止日期", "结束日期", "结束时间", "到期日期", "截止时间", "协议到期日"),
    ),
)

PAIRINGS: Sheet = Sheet(
    "pairings",
    _("roster of pairings"),
    "单位结对",
    40,
    COLUMNS,
    survey=checking.survey,
    asks=(
        Ask("round", _("Round of the pairings"), rounds.offered_rounds),
        Ask("scheme", _("Scheme of a past round"), rounds.offered_schemes),
    ),
    check=lambda work, lines: checking.check(work, lines, PAIRINGS),
    apply=writing.write,
    export=export.pairings,
    strangers=(
        "姓名",
        "户主姓名",
        "户主",
        "性别",
        "身份证号",
        "机关党员",
        "农村党员",
        "在职党员",
        "联系领导",
        "职务",
        "工作队",
    ),
)
