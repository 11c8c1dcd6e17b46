"""The roster of activities that were kept on paper, in plain data; settings.ROSTER_SHEETS names it."""

from django.utils.translation import gettext_lazy as _

from core.roster import Column, Holds, Sheet
from organisations.rosters.columns import TOWNSHIP, VILLAGE_COLUMNS
from visits.models import Activity
from visits.rosters import checking, export, writing

MODES = {str(value): (str(words), *more) for value, words, more in (
    (Activity.Mode.CENTRAL, "集中培训", ("集中",)),
    (Activity.Mode.ENTRUSTED, "委托培养", ("委托",)),
    (Activity.Mode.EXPERT, "专家培训", ("专家",)),
    (Activity.Mode.BASE, "基地培训", ("基地",)),
    (Activity.Mode.DISTANCE, "远程教育", ("远教",)),
)}  # fmt: skip
COLUMNS = (
    Column("unit", "帮扶单位", Holds.NAME, required=True, longest=120, synonyms=("单位名称", "单位")),
    TOWNSHIP,
    Column(
        "village", "结对村", Holds.NAME, required=True, longest=120,
        synonyms=("村名", "联系村", "挂钩村", "受援村", *VILLAGE_COLUMNS[1].synonyms),
    ),
    Column("on", "活动日期", Holds.DATE, required=True, synonyms=("日期", "时间", "走访日期", "活动时间", "走访时间")),
    Column(
        "kind", "活动类型", Holds.TEXT, required=True, longest=60,
        synonyms=("类型", "活动内容", "活动名称", "开展了什么", "走访类型"),
    ),
    Column(
        "people", "参加人员", Holds.LIST, required=True, longest=400, synonyms=("参加人", "走访人", "走访人员", "人员"),
    ),
    Column("words", "开展情况", Holds.TEXT, longest=2000, synonyms=("内容", "情况", "走访情况", "活动情况", "备注")),
    Column("persons", "参加人数", Holds.COUNT, most=100_000, synonyms=("人数", "受益人数")),
    Column("person_times", "人次", Holds.COUNT, most=1_000_000, synonyms=("参加人次", "培训人次")),
    Column("items", "赠送物品件数", Holds.COUNT, most=1_000_000, synonyms=("件数", "物品件数")),
    Column("mode", "培训方式", Holds.CHOICE, choices=MODES),
    Column("late_words", "补登原因", Holds.TEXT, longest=200, synonyms=("迟报原因", "补录原因")),
)  # fmt: skip
ACTIVITIES: Sheet = Sheet(
    "activities", _("activities kept on paper"), "走访与活动", 60, COLUMNS, check=checking.check,
    apply=writing.write, export=export.activities,
    strangers=("姓名", "户主姓名", "户主", "机关党员", "农村党员", "联系领导", "签订日期", "期限", "工作队"),
)  # fmt: skip
