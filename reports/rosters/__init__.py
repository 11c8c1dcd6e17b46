"""The sheet of reported figures, in plain data; settings.ROSTER_SHEETS names it."""

from django.utils.translation import gettext_lazy as _

from core.roster import Column, Holds, Sheet
from organisations.rosters.columns import TOWNSHIP
from reports.rosters import checking, export, writing

COLUMNS = (
    Column(
        "measure", "指标", Holds.TEXT, required=True, longest=60, synonyms=("指标名称", "统计指标", "项目指标"),
    ),
    TOWNSHIP,
    Column(
        "place", "填报对象", Holds.NAME, required=True, longest=120,
        synonyms=("填报单位", "统计对象", "所属单位", "统计范围"),
    ),
    Column("figure", "数值", Holds.TEXT, required=True, longest=40, synonyms=("数据", "统计数", "指标值", "完成数")),
    Column("since", "起始日期", Holds.DATE, synonyms=("开始日期", "期间起", "统计起始日期")),
    Column("until", "截止日期", Holds.DATE, required=True, synonyms=("统计时间", "截至日期", "期间止", "时点")),
    Column("document", "数据来源", Holds.TEXT, required=True, longest=200, synonyms=("来源", "出处", "依据")),
    Column("said_by", "提供者", Holds.TEXT, required=True, longest=100, synonyms=("提供单位", "数据提供者", "填报人")),
)  # fmt: skip
FIGURES: Sheet = Sheet(
    "reported_figures", _("reported figures"), "填报指标", 80, COLUMNS, check=checking.check, apply=writing.write,
    export=export.figures, strangers=("姓名", "户主姓名", "户主", "活动类型", "参加人员", "工作队", "金额（元）"),
    counters={"reports.reportedfigure": writing.take_back},
)  # fmt: skip
