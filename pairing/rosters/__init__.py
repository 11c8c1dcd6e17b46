"""The rosters of pairings and of counterparts, in plain data; settings.ROSTER_SHEETS names them."""

from django.utils.translation import gettext_lazy as _

from core.roster import Ask, Column, Holds, Sheet
from organisations.rosters.columns import TOWNSHIP, UNIT_COLUMNS, VILLAGE_COLUMNS
from pairing.rosters import checking, export, rounds, writing
from pairing.rosters.columns import ENDS_ON, SIGNED_ON, TERM
from pairing.rosters.counterparts import COUNTERPARTS

__all__ = ["COUNTERPARTS", "PAIRINGS"]

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
    SIGNED_ON,
    TERM,
    ENDS_ON,
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
