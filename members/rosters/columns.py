"""The columns of the rosters of people, and how else offices head them."""

from enum import StrEnum

from core.roster import Column, Holds
from members.kinds import Hardship, HouseholdClass, Rank
from organisations.rosters.columns import PHONE, TOWNSHIP, VILLAGE_COLUMNS, words

RANK_WORDS: dict[str, tuple[str, ...]] = {
    Rank.COUNTY: words("县级 县处级 处级 正县级 副县级 正处级 副处级 县级干部 区级"),
    Rank.SECTION: words("科局级 科级 乡科级 正科级 副科级 正科 副科 局级 科局级干部 乡镇级"),
    Rank.SUB_SECTION: words("股级 股所级 股长 正股级 副股级 股级干部"),
    Rank.GENERAL: words("一般干部 一般 干部 科员 办事员 职工 干部职工 工作人员"),
}
HARDSHIP_WORDS: dict[str, tuple[str, ...]] = {
    Hardship.ILLNESS: words("因病 病 患病 大病 疾病"),
    Hardship.DISABILITY: words("因残 残 残疾"),
    Hardship.SCHOOLING: words("因学 学 上学 就学"),
    Hardship.DISASTER: words("因灾 灾 受灾 事故 意外"),
    Hardship.NO_LABOUR: words("缺劳力 缺劳动力 无劳力 无劳动力"),
    Hardship.NO_FUNDS: words("缺资金 无资金 缺钱"),
    Hardship.NO_TECHNIQUE: words("缺技术 无技术"),
    Hardship.OTHER: words("其他 其它 其他原因"),
}
CLASS_WORDS: dict[str, tuple[str, ...]] = {
    HouseholdClass.MODEL: words("示范户 示范 先进户"),
    HouseholdClass.MIDDLE: words("中间户 中间 一般户"),
    HouseholdClass.POOR: words("贫困户 贫困"),
    HouseholdClass.LAGGING: words("后进户 后进"),
}


class Stay(StrEnum):
    """Whether a member is away from home, as a roster says it."""

    AWAY = "away"
    HOME = "home"


STAY_WORDS: dict[str, tuple[str, ...]] = {
    Stay.AWAY: words("外出 流动 流出 在外 已外出 外出流动 外出务工 务工 流动党员 外出党员 是"),
    Stay.HOME: words("在村 在家 本村 未外出 未流动 不流动 非流动 返乡 已返乡 已返回 否 无"),
}
VILLAGE_NAMES = VILLAGE_COLUMNS[1].synonyms
TEAM_NAMES = words("所在工作队 工作队 工作队名称 驻村工作队 所属工作队 工作组")
UNIT_NAMES = words(
    "单位 工作单位 单位名称 所属单位 所在党支部 所在支部 党支部 所在党组织 所属党组织 党组织 部门 所在部门"
)
NUMBERS = words("人员编号 工号 名册编号")

PERSON = Column(
    "person",
    "姓名",
    Holds.NAME,
    required=True,
    longest=60,
    personal=True,
    synonyms=words("党员姓名 干部姓名 党员 名字 姓 名"),
)
UNIT = Column("unit", "所在单位", Holds.NAME, longest=120, synonyms=UNIT_NAMES)
VILLAGE = Column("village", "所在村", Holds.NAME, longest=120, synonyms=("村名", *VILLAGE_NAMES))
RANK = Column(
    "rank",
    "职务级别",
    Holds.CHOICE,
    choices=RANK_WORDS,
    synonyms=words("级别 职级 行政级别 干部级别"),
)
POST = Column("post", "职务", longest=60, synonyms=words("现任职务 党内职务 岗位 职位 行政职务"))
MOBILE = Column("phone", PHONE.heading, Holds.PHONE, synonyms=PHONE.synonyms, personal=True)
IDENTITY = Column(
    "identity",
    "身份证号",
    Holds.IDENTITY,
    personal=True,
    synonyms=words("身份证 身份证号码 身份证件号码 公民身份号码 公民身份证号 居民身份证号 居民身份证号码 证件号码"),
)
# Data minimisation (P-34, P-38): a working roster needs none of these.
UNKEPT = (
    Column("sex", "性别", Holds.UNKEPT, synonyms=("男女",)),
    Column("born", "出生年月", Holds.UNKEPT, synonyms=words("出生日期 出生年月日 生日 出生时间")),
    Column("age", "年龄", Holds.UNKEPT, synonyms=("周岁",)),
    Column("ethnicity", "民族", Holds.UNKEPT),
    Column("native_place", "籍贯", Holds.UNKEPT, synonyms=("出生地",)),
    Column("education", "学历", Holds.UNKEPT, synonyms=words("文化程度 学位 学历学位 受教育程度")),
    Column("joined", "入党时间", Holds.UNKEPT, synonyms=words("入党日期 入党年月 转正时间 转正日期")),
    Column("address", "家庭住址", Holds.UNKEPT, synonyms=words("住址 家庭地址 现住址 详细地址 户籍地址")),
    Column("marriage", "婚姻状况", Holds.UNKEPT),
    Column("health", "健康状况", Holds.UNKEPT, synonyms=("身体状况",)),
)

MEMBER_COLUMNS = (
    PERSON,
    Column("number", "编号", synonyms=("党员编号", *NUMBERS), longest=30),
    UNIT,
    TOWNSHIP,
    VILLAGE,
    Column(
        "is_party_member",
        "是否党员",
        Holds.YES,
        synonyms=("是否中共党员",),
        yes_words=words("党员 中共党员 中共预备党员"),
    ),
    RANK,
    POST,
    Column(
        "needy",
        "是否困难党员",
        Holds.YES,
        synonyms=words("困难党员 是否困难 是否生活困难 是否生活困难党员"),
        yes_words=words("困难 困难党员 生活困难"),
    ),
    Column(
        "floating",
        "流动状态",
        Holds.CHOICE,
        choices=STAY_WORDS,
        synonyms=words("是否流动 流动情况 流动党员 是否流动党员 外出情况 是否外出"),
    ),
    Column("away_since", "外出日期", Holds.DATE, synonyms=words("外出时间 流出日期 流出时间 离开日期")),
    Column(
        "destination",
        "流入地",
        longest=120,
        synonyms=words("外出地点 流动去向 流向 外出地 务工地点 流入地点"),
    ),
    MOBILE,
    IDENTITY,
    *UNKEPT,
)
CADRE_COLUMNS = (
    Column("number", "序号", synonyms=("编号", "干部编号", "干部序号", *NUMBERS), longest=30),
    PERSON,
    Column("unit", "所在工作队", Holds.NAME, longest=120, required=True, synonyms=TEAM_NAMES),
    RANK,
    POST,
    MOBILE,
    IDENTITY,
    *UNKEPT,
)
TEAM_COLUMNS = (
    Column(
        "name", "工作队", Holds.NAME, required=True, longest=120, synonyms=words("工作队名称 驻村工作队 工作组 队名")
    ),
    Column(
        "villages",
        "结对村（社区）",
        Holds.LIST,
        required=True,
        longest=120,
        synonyms=words("结对村 联系村 驻村 帮扶村 所驻村 结对村社区 挂点村 服务村 村 联系的村 结对村组织"),
    ),
)
LEADER_COLUMNS = (
    Column(
        "person",
        "姓名",
        Holds.NAME,
        required=True,
        longest=60,
        personal=True,
        synonyms=words("领导 联系领导 领导姓名 区级领导 县级领导"),
    ),
    POST,
    TOWNSHIP,
    Column(
        "villages",
        "联系村",
        Holds.LIST,
        required=True,
        longest=120,
        synonyms=words("挂点村 包村 联系的村 联系点 挂钩村 所联系村 包联村"),
    ),
    Column("number", "编号", synonyms=NUMBERS, longest=30),
    MOBILE,
    IDENTITY,
    *UNKEPT,
)
HOUSEHOLD_COLUMNS = (
    Column("number", "户编号", synonyms=words("户号 户编码 农户编号 家庭编号 户码"), longest=30),
    TOWNSHIP,
    Column("village", "村", Holds.NAME, required=True, longest=120, synonyms=("所在村", "村名", *VILLAGE_NAMES)),
    Column("group", "村民小组", longest=60, synonyms=words("组 小组 村组 自然村 组别 屯")),
    Column(
        "head",
        "户主姓名",
        Holds.NAME,
        required=True,
        longest=60,
        personal=True,
        synonyms=words("户主 户主名 联系户 联系户户主 户主名称 农户姓名 户名"),
    ),
    Column(
        "people", "人口", Holds.COUNT, synonyms=words("家庭人口 人口数 人数 家庭人口数 家庭成员数 人口（人）"), most=50
    ),
    MOBILE,
    Column(
        "is_needy",
        "是否困难户",
        Holds.YES,
        synonyms=words("困难户 是否贫困户 是否困难"),
        yes_words=words("困难 困难户 贫困户"),
    ),
    Column(
        "causes", "困难类型", Holds.LIST, synonyms=words("困难原因 致贫原因 致困原因 困难类别 贫困原因"), personal=True
    ),
    Column(
        "household_class",
        "户类别",
        Holds.CHOICE,
        choices=CLASS_WORDS,
        synonyms=words("农户类别 类别 户类型"),
        personal=True,
    ),
    Column(
        "cadre_number",
        "联系干部序号",
        synonyms=words("联系干部编号 干部序号 干部编号 帮扶干部序号 责任人序号"),
        longest=30,
    ),
    Column(
        "cadre",
        "联系干部",
        Holds.NAME,
        longest=60,
        personal=True,
        synonyms=words("联系干部姓名 帮扶干部 帮扶责任人 结对干部 联系党员干部 帮扶人 责任人"),
    ),
    Column(
        "cadre_unit",
        "联系干部所在单位",
        Holds.NAME,
        longest=120,
        synonyms=words("干部所在单位 联系干部单位 所在工作队 工作队"),
    ),
    *UNKEPT,
)
PAIR_COLUMNS = (
    Column(
        "helper",
        "机关党员",
        Holds.NAME,
        required=True,
        longest=60,
        personal=True,
        synonyms=words("机关党员姓名 城市党员 在职党员 帮扶党员 帮扶人 机关干部 单位党员"),
    ),
    Column("unit", "所在单位", Holds.NAME, required=True, longest=120, synonyms=UNIT_NAMES),
    Column(
        "target",
        "农村党员",
        Holds.NAME,
        required=True,
        longest=60,
        personal=True,
        synonyms=words("农村党员姓名 农民党员 结对党员 受帮扶党员 村党员"),
    ),
    TOWNSHIP,
    Column("village", "所在村", Holds.NAME, required=True, longest=120, synonyms=("村名", *VILLAGE_NAMES)),
    Column("helper_number", "机关党员编号", longest=30),
    Column("helper_phone", "机关党员电话", Holds.PHONE, personal=True),
    Column("target_number", "农村党员编号", longest=30),
    Column("target_phone", "农村党员电话", Holds.PHONE, personal=True),
)
