"""The columns of our roster sheets, and how else offices head them."""

from collections.abc import Iterable

from core.roster import Column, Holds
from organisations.kinds import Kind, LaggingReason, Level, Resource, Tier, VillageClass


def words(text: str) -> tuple[str, ...]:
    """Words apart from each other by spaces."""
    return tuple(text.split())


KIND_WORDS: dict[str, tuple[str, ...]] = {
    Kind.AGENCY: ("机关", "机关单位", "党政机关", "行政机关", "政府机关", "党委机关", "行政单位", "行政", "机关部门"),
    Kind.PUBLIC_INSTITUTION: ("事业单位", "事业", "参公事业单位", "全额事业单位"),
    Kind.ENTERPRISE: ("企业", "企业单位", "国有企业", "国企", "市属企业", "县属企业", "民营企业", "公司", "集团公司"),
    Kind.FINANCIAL_INSTITUTION: ("金融机构", "金融单位", "银行", "金融", "金融企业"),
    Kind.UNIVERSITY: ("高校", "高等院校", "大学", "大专院校", "学院"),
    Kind.RESEARCH_INSTITUTE: ("科研院所", "科研单位", "科研机构", "研究所", "研究院"),
    Kind.HEALTH_INSTITUTION: ("医疗卫生单位", "医院", "卫生单位", "医疗机构", "医疗卫生机构"),
    Kind.CULTURE_MEDIA: ("文化传媒单位", "新闻媒体", "媒体", "文化单位", "新闻单位", "传媒"),
    Kind.NEW_ECONOMIC_ORG: ("新经济组织", "非公企业", "非公有制企业", "非公经济组织", "两新组织"),
    Kind.NEW_SOCIAL_ORG: ("新社会组织", "社会组织", "社会团体", "社团"),
    Kind.PROFESSIONAL_ASSOCIATION: ("专业协会", "协会", "行业协会"),
    Kind.COOPERATIVE: ("农民专业合作社", "合作社", "专业合作社"),
    Kind.SUBDISTRICT: ("街道", "街道办事处", "街道办"),
    Kind.COMMUNITY: ("社区", "居委会", "社区居委会"),
}
NODE_WORDS: dict[str, tuple[str, ...]] = {
    Kind.PREFECTURE: ("地级市", "市", "地区", "自治州", "盟"),
    Kind.COUNTY: ("县", "区", "县区", "旗", "县级市", "自治县"),
    Kind.TOWNSHIP: ("乡镇", "镇", "乡", "民族乡"),
    Kind.VILLAGE: ("建制村", "行政村", "村"),
    Kind.PARTY_COMMITTEE: ("党委", "党的委员会"),
    Kind.WORK_COMMITTEE: ("党工委", "党(工)委", "工委"),
    Kind.ORGANS_WORK_COMMITTEE: ("机关工委", "直属机关工委"),
    Kind.ORGANISATION_DEPT: ("组织部",),
    Kind.RURAL_WORK_OFFICE: ("农办", "农村工作办公室"),
    Kind.PARTY_GROUP: ("党组",),
    Kind.GENERAL_BRANCH: ("党总支", "总支"),
    Kind.PARTY_BRANCH: ("党支部", "支部"),
    Kind.FLOATING_BRANCH: ("流动党支部",),
    Kind.JOINT_PARTY_ORG: ("联合党组织",),
    Kind.WORK_TEAM: ("工作队", "驻村工作队", "工作组"),
    Kind.VILLAGERS_GROUP: ("村民小组", "自然村", "村寨"),
    Kind.VILLAGE_COMMITTEE: ("村民委员会", "村委会"),
    Kind.VILLAGE_SUPERVISION_COMMITTEE: ("村务监督委员会",),
    Kind.VILLAGE_COUNCIL: ("理事会",),
    Kind.DONATION_CHANNEL: ("慈善基金会、红十字会", "慈善会", "红十字会", "基金会"),
    **KIND_WORDS,
}
LEVEL_WORDS: dict[str, tuple[str, ...]] = {
    Level.CENTRAL: ("中央", "中直", "中央单位", "中直单位", "央属", "中央驻地单位"),
    Level.PROVINCE: (
        "省级",
        "省直",
        "省直单位",
        "省属",
        "省直机关",
        "中省直",
        "中省直单位",
        "市级(直辖市)",
        "区直(自治区)",
    ),
    Level.PREFECTURE: (
        "地级",
        "地直",
        "地直单位",
        "地直机关",
        "市直",
        "市直单位",
        "市直机关",
        "州直",
        "州直单位",
        "盟直",
        "市属",
        "市级",
    ),
    Level.COUNTY: (
        "县级",
        "县直",
        "县直单位",
        "县直机关",
        "区直",
        "区直单位",
        "区直机关",
        "县属",
        "区属",
        "区级",
        "旗直",
    ),
    Level.TOWNSHIP: ("乡镇级", "乡镇", "镇属", "乡属", "镇直", "街道"),
    Level.VILLAGE: ("村级", "村属"),
}
# What is asked for or offered → the aid resource of SH-02. The first word that occurs decides.
RESOURCE_WORDS: tuple[tuple[str, str], ...] = (
    ("人才", Resource.TALENT),
    ("班子", Resource.TALENT),
    ("干部", Resource.TALENT),
    ("科普", Resource.SCIENCE),
    ("培训", Resource.EDUCATION),
    ("教育", Resource.EDUCATION),
    ("助学", Resource.EDUCATION),
    ("学校", Resource.EDUCATION),
    ("技术", Resource.TECHNOLOGY),
    ("农技", Resource.TECHNOLOGY),
    ("智力", Resource.INTELLECT),
    ("规划", Resource.INTELLECT),
    ("政策", Resource.INTELLECT),
    ("咨询", Resource.INTELLECT),
    ("信息", Resource.INFORMATION),
    ("销售", Resource.INFORMATION),
    ("就业", Resource.INFORMATION),
    ("场所", Resource.VENUE),
    ("阵地", Resource.VENUE),
    ("场地", Resource.VENUE),
    ("文体", Resource.CULTURE),
    ("文化", Resource.CULTURE),
    ("资金", Resource.FUNDS),
    ("投资", Resource.FUNDS),
    ("项目", Resource.FUNDS),
    ("捐", Resource.FUNDS),
)
TIER_WORDS: dict[str, tuple[str, ...]] = {
    Tier.LEADING: ("领跑", "领跑状态", "先进"),
    Tier.LUKEWARM: ("温水", "温水状态", "中间"),
    Tier.LAGGING: ("后进", "后进状态"),
}
REASON_WORDS: dict[str, tuple[str, ...]] = {
    LaggingReason.SOFT: ("软", "软弱"),
    LaggingReason.LOOSE: ("散", "涣散"),
    LaggingReason.LAZY: ("懒", "懒惰"),
    LaggingReason.PARALYSED: ("瘫", "瘫痪"),
    LaggingReason.CHAOTIC: ("乱", "混乱"),
}
PHONES = words("电话 手机 手机号 手机号码 电话号码 联系方式 联系人电话 联系人手机 办公电话")
USCC_SYNONYMS = words("信用代码 社会信用代码 统一信用代码 机构代码 统一社会信用代码证号 uscc")
MEMBERS = words("党员数 党员 党员总数 党员数量 现有党员 在册党员 党员人数")
FORMER = words("曾用名 原名 原名称 原单位名称 更名前 旧名")
CONTACT = Column("contact_name", "联系人", synonyms=words("联络员 联系人姓名 联络人 经办人"), longest=60, personal=True)
PHONE = Column("contact_phone", "联系电话", Holds.PHONE, synonyms=PHONES, personal=True)
LEVEL = Column(
    "level",
    "隶属",
    Holds.CHOICE,
    synonyms=words("隶属关系 单位级别 级别 层级 单位隶属 所属层级"),
    choices=LEVEL_WORDS,
)
FORMER_NAME = Column("former_name", "曾用名", Holds.NAME, synonyms=FORMER, longest=120)
PARENT = words("上级组织 上级单位 主管部门 主管单位 上级 上级党组织 所属党委 隶属党组织")

UNIT_COLUMNS = (
    Column(
        "name",
        "单位名称",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=words(
            "单位 帮扶单位 结对单位 援助单位 挂钩单位 挂点单位 包村部门 包村单位 部门 "
            "部门名称 帮扶单位名称 机关单位 单位全称 名称 结对帮扶单位 城市党组织 共建单位 "
            "机构名称"
        ),
    ),
    Column(
        "kind",
        "单位类别",
        Holds.CHOICE,
        synonyms=words("类别 类型 单位类型 单位性质 性质 分类 机构类型"),
        choices=KIND_WORDS,
    ),
    LEVEL,
    Column("parent", "上级组织", Holds.NAME, synonyms=PARENT),
    Column("uscc", "统一社会信用代码", Holds.USCC, synonyms=USCC_SYNONYMS),
    Column("party_members", "党员人数", Holds.COUNT, synonyms=MEMBERS, most=1_000_000),
    Column(
        "strengths",
        "可提供的帮扶",
        Holds.LIST,
        longest=60,
        synonyms=words(
            "帮扶优势 单位优势 优势 优势资源 可提供资源 可提供的资源 帮扶资源 帮扶内容 可帮扶内容 帮扶措施 能提供的帮扶"
        ),
    ),
    CONTACT,
    PHONE,
    FORMER_NAME,
)

TOWNSHIP = Column(
    "township",
    "乡镇",
    Holds.NAME,
    synonyms=words(
        "镇 乡 所属乡镇 所在乡镇 乡镇名称 乡(镇) 乡镇街道 乡镇(街道) 镇乡 镇街 "
        "镇(街) 街道 所属镇 镇(乡) 所在镇 乡(镇、街道) 乡镇办"
    ),
)
VILLAGE_COLUMNS = (
    TOWNSHIP,
    Column(
        "name",
        "村名",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=words(
            "村 行政村 建制村 村名称 村(社区) 行政村名称 建制村名称 村庄名称 所在村 贫困村 "
            "贫困村名称 村委会 村别 结对村 帮扶村 村级组织 村居 村(居)"
        ),
    ),
    Column(
        "division_code",
        "行政区划代码",
        Holds.DIVISION_CODE,
        synonyms=words("区划代码 代码 村代码 行政村代码 统计用区划代码 区划码 地区代码"),
    ),
    Column(
        "poor_1",
        "是否一类贫困村",
        Holds.YES,
        synonyms=words("一类贫困村 是否一类村 一类村"),
        yes_words=words("一类 一类村 一类贫困村"),
    ),
    Column(
        "weak",
        "是否经济薄弱村",
        Holds.YES,
        synonyms=words("经济薄弱村 是否薄弱村 薄弱村"),
        yes_words=words("薄弱 经济薄弱 经济薄弱村"),
    ),
    Column(
        "lagging",
        "是否软弱涣散村",
        Holds.YES,
        synonyms=words("软弱涣散村 后进村 是否后进村 软弱涣散"),
        yes_words=words("后进 后进村 软弱涣散 软弱涣散村"),
    ),
    Column("year", "年份", Holds.YEAR, synonyms=words("年度 数据年份 统计年度")),
    Column("households", "户数", Holds.COUNT, synonyms=words("总户数 农户数 农户 户籍户数 户"), most=100_000),
    Column(
        "population", "人口", Holds.COUNT, synonyms=words("总人口 人口数 户籍人口 农业人口 人数 总人数"), most=1_000_000
    ),
    Column("party_members", "党员数", Holds.COUNT, synonyms=("党员人数", *MEMBERS), most=100_000),
    Column(
        "collective_income",
        "村集体年收入（元）",
        Holds.MONEY,
        most=100_000_000,
        synonyms=words(
            "村集体年收入 村集体收入 集体经济收入 村集体经济收入 集体年收入 村级集体收入 "
            "村集体经济年收入 集体经济年收入 年集体收入 村级集体经济收入"
        ),
    ),
    Column(
        "villagers_income",
        "农民人均纯收入（元）",
        Holds.MONEY,
        most=1_000_000,
        synonyms=words("农民人均纯收入 农民人均收入 人均纯收入 人均收入 村民人均纯收入 村民人均收入 农民年人均纯收入"),
    ),
    Column(
        "tier",
        "党组织状态",
        Holds.CHOICE,
        choices=TIER_WORDS,
        synonyms=words("村党组织状态 状态分类 党组织分类 村级组织状态"),
    ),
    Column(
        "lagging_reasons",
        "后进表现",
        Holds.LIST,
        longest=20,
        synonyms=words("软散懒瘫乱 班子问题 后进原因 软弱涣散表现 后进类型"),
    ),
    Column("causes", "致贫原因", Holds.LIST, synonyms=words("贫困原因 主要致贫原因 薄弱原因 存在问题"), longest=40),
    Column(
        "needs",
        "帮扶需求",
        Holds.LIST,
        synonyms=words("需求 主要需求 需帮扶事项 帮扶需要 需求项目 困难需求 发展需求"),
        longest=60,
    ),
    Column(
        "contact_name",
        "村支书",
        longest=60,
        personal=True,
        synonyms=words("支部书记 村书记 村党支部书记 村党组织书记 党支部书记 书记 支书 联系人 村支部书记 书记姓名"),
    ),
    PHONE,
    FORMER_NAME,
)
CLASS_COLUMNS = {"poor_1": VillageClass.POOR_1, "weak": VillageClass.WEAK, "lagging": VillageClass.LAGGING}
FACT_COLUMNS = (
    "households",
    "population",
    "party_members",
    "collective_income",
    "villagers_income",
    "tier",
    "lagging_reasons",
    "causes",
)

ORGANISATION_COLUMNS = (
    Column(
        "name",
        "组织名称",
        Holds.NAME,
        required=True,
        longest=120,
        synonyms=words("名称 机构名称 单位名称 党组织名称 组织全称"),
    ),
    Column(
        "kind",
        "组织类型",
        Holds.CHOICE,
        required=True,
        choices=NODE_WORDS,
        synonyms=words("类型 类别 组织类别 党组织类型 机构类型"),
    ),
    Column("parent", "上级组织", Holds.NAME, required=True, synonyms=PARENT),
    Column("division_code", "行政区划代码", Holds.DIVISION_CODE, synonyms=words("区划代码 代码")),
    LEVEL,
    Column("uscc", "统一社会信用代码", Holds.USCC, synonyms=USCC_SYNONYMS),
    Column("party_members", "党员人数", Holds.COUNT, synonyms=MEMBERS, most=1_000_000),
    CONTACT,
    PHONE,
    FORMER_NAME,
)


def reasons_in(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """The codes of 软、散、懒、瘫、乱, also where they are written together, and the words that say something else."""
    codes, unknown = [], []
    for word in words:
        spoken = [code for code, known in REASON_WORDS.items() if word in known]
        letters = [code for sign in word for code, known in REASON_WORDS.items() if sign == known[0]]
        codes += spoken or (letters if len(letters) == len(word) else [])
        unknown += [] if spoken or len(letters) == len(word) else [word]
    return [code for code in REASON_WORDS if code in codes], unknown


def resource_of(words: str) -> str:
    """The aid resource that a need or a strength belongs to, by the first word that tells."""
    return next((resource for word, resource in RESOURCE_WORDS if word in words), Resource.OTHER)
