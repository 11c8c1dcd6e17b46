"""The roster of a ledger that was kept in a workbook, in plain data; settings.ROSTER_SHEETS names it."""

from django.utils.translation import gettext_lazy as _

from core.roster import Column, Holds, Sheet
from funds.kinds import Channel, EntryKind, Source, Use
from funds.rosters import checking, export, writing
from organisations.rosters.columns import TOWNSHIP, VILLAGE_COLUMNS

KINDS = {str(value): words for value, words in (
    (checking.OPENING, ("期初余额", "上年结转", "上年结余", "期初", "结转", "年初余额")),
    (EntryKind.PLEDGE, ("承诺", "认捐", "计划帮扶")),
    (EntryKind.SENT, ("拨付", "单位拨付", "拨款", "汇出")),
    (EntryKind.GOODS_SENT, ("拨付物资", "送出物资", "发运物资")),
    (EntryKind.RECEIPT, ("到账", "收入", "收款", "收到", "捐款", "捐赠")),
    (EntryKind.GOODS, ("收到物资", "接收物资", "物资", "实物", "捐赠物资", "实物捐赠")),
    (EntryKind.SPENDING, ("支出", "付款", "使用", "开支")),
    (EntryKind.HANDOUT, ("发放物资", "物资发放", "分发物资", "领用")),
    (EntryKind.REFUND, ("退回", "退款", "退还")),
    (EntryKind.COORDINATED, ("协调资金", "协调项目资金", "争取资金")),
    (EntryKind.INVESTMENT, ("投资", "投资款")),
)}  # fmt: skip
SOURCES = {str(value): words for value, words in (
    (Source.OWN, ("单位自有资金", "单位自筹", "自有资金", "自筹", "单位经费", "帮扶单位")),
    (Source.PARTY_DUES, ("党费", "留用党费")),
    (Source.FISCAL, ("财政资金", "财政", "财政拨款", "专项资金")),
    (Source.DEPARTMENT, ("部门支持", "部门支持资金", "部门资金", "上级部门")),
    (Source.SOCIAL, ("社会赞助", "社会捐助", "社会捐赠", "干部捐款", "捐助")),
)}  # fmt: skip
USES = {str(value): words for value, words in (
    (Use.ECONOMY, ("发展经济", "经济发展", "产业", "产业发展")),
    (Use.LIVELIHOOD, ("民生", "改善民生", "民生事业")),
    (Use.CULTURE_SOCIETY, ("文化社会事业", "文化", "社会事业")),
    (Use.PARTY_BUILDING, ("党建", "党的建设", "基层党建")),
    (Use.PRODUCTION, ("生产资料", "农资", "种子", "化肥")),
    (Use.LIVING, ("生活资料", "慰问", "慰问金", "慰问品")),
    (Use.SITE, ("村级活动场所", "活动场所", "活动室")),
    (Use.INFRASTRUCTURE, ("基础设施", "修路", "水利", "道路")),
    (Use.TRAINING, ("培训", "技术培训")),
    (Use.MEMBERS_IN_NEED, ("困难党员", "帮扶困难党员")),
    (Use.OTHER, ("其他", "其它")),
)}  # fmt: skip
CHANNELS = {str(value): words for value, words in (
    (Channel.DIRECT, ("直接交村", "直接", "直接到村", "直接捐给村")),
    (Channel.CHARITY, ("公益性社会组织", "慈善会", "红十字会", "基金会")),
    (Channel.GOVERNMENT, ("县级以上政府及其部门", "政府", "民政局")),
    (Channel.RURAL_FUND, ("乡村公益基金", "公益基金")),
)}  # fmt: skip
COLUMNS = (
    Column("unit", "帮扶单位", Holds.NAME, required=True, longest=120, synonyms=("单位名称", "单位", "捐赠单位")),
    TOWNSHIP,
    Column(
        "village", "结对村", Holds.NAME, required=True, longest=120,
        synonyms=("村名", "联系村", "挂钩村", "受援村", *VILLAGE_COLUMNS[1].synonyms),
    ),
    Column("on", "日期", Holds.DATE, required=True, synonyms=("记账日期", "时间", "业务日期", "登记日期")),
    Column("kind", "收支类型", Holds.CHOICE, choices=KINDS, synonyms=("类型", "类别", "收支", "业务类型", "资金类型")),
    Column("amount", "金额（元）", Holds.MONEY, synonyms=("金额", "发生额", "资金金额", "折价", "物资折价", "价值")),
    Column("income", "收入（元）", Holds.MONEY, synonyms=("收入", "收入金额", "借方", "到账金额", "收款")),
    Column("expense", "支出（元）", Holds.MONEY, synonyms=("支出", "支出金额", "贷方", "使用金额", "付款")),
    Column("goods", "物资名称", Holds.TEXT, longest=80, synonyms=("物资", "物品", "物品名称", "品名", "实物名称")),
    Column("quantity", "数量", Holds.TEXT, longest=20, synonyms=("物资数量", "物品数量", "件数")),
    Column("measure", "计量单位", Holds.TEXT, longest=10, synonyms=("数量单位",)),
    Column("balance", "余额（元）", Holds.MONEY, synonyms=("余额", "结余", "结存", "账面余额")),
    Column("source", "资金来源", Holds.CHOICE, choices=SOURCES, synonyms=("来源",)),
    Column("use", "用途", Holds.CHOICE, choices=USES, synonyms=("资金用途", "使用方向", "用途类别")),
    Column("project", "所属项目", Holds.TEXT, longest=120, synonyms=("项目", "项目名称", "资金项目", "帮扶项目")),
    Column("channel", "捐赠渠道", Holds.CHOICE, choices=CHANNELS, synonyms=("渠道",)),
    Column("receipt_number", "捐赠票据号", Holds.TEXT, longest=40, synonyms=("票据号", "捐赠票据", "收据号")),
    Column(
        "party", "付款人/收款人", Holds.TEXT, longest=50,
        synonyms=("付款人", "收款人", "对方单位", "经手人", "往来单位"),
    ),
    Column("voucher", "凭证号", Holds.TEXT, longest=30, synonyms=("凭证编号", "凭证", "发票号")),
    Column("words", "摘要", Holds.TEXT, longest=180, synonyms=("事由", "说明", "内容", "资金使用情况")),
)  # fmt: skip
LEDGER: Sheet = Sheet(
    "fund_entries", _("ledgers of aid money"), "帮扶资金台账", 70, COLUMNS, check=checking.check, apply=writing.write,
    export=export.entries, any_of=frozenset({"amount", "income", "expense"}),
    strangers=("姓名", "户主姓名", "户主", "活动类型", "参加人员", "活动日期", "工作队"),
    counters={"funds.entry": writing.take_back, "funds.goodsline": writing.leave},
)  # fmt: skip
