"""The fields that a form may have: what each is called, how else offices head it, from which source it is read.

Whatever can be counted has a field here, so that nobody types a number that the product knows (P-13).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from core.roster import Column, Holds, Line, Sheet, Work
from organisations.rosters.columns import UNIT_COLUMNS, VILLAGE_COLUMNS, words
from reports.figures.measures import MONEY, measures
from reports.oneform import sources
from reports.oneform.asked import About, Asked, Values

VILLAGE, UNIT = frozenset({About.VILLAGE}), frozenset({About.UNIT})
BOTH = VILLAGE | UNIT
NAME, PLACE = "name", "above"
Source = Callable[[Asked], Values]


@dataclass(frozen=True)
class Field:
    """`if_none`: what stands where the source has nothing of a row."""

    column: Column
    source: Source
    about: frozenset[About]
    if_none: Any = None

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def heading(self) -> str:
        return self.column.heading


def known(columns: tuple[Column, ...], key: str, source: Source, about: frozenset[About], named: str = "") -> Field:
    """A column of the rosters, with all the names that offices give it; `named`: its key here."""
    column = next(each for each in columns if each.key == key)
    return Field(replace(column, key=named or key), source, about)


def field(
    key: str, heading: str, aliases: str, source: Source, about: frozenset[About] = BOTH, holds: Holds = Holds.COUNT
) -> Field:
    if_none = 0 if holds in (Holds.COUNT, Holds.MONEY) else None
    return Field(Column(key, heading, holds, words(aliases)), source, about, if_none)


V, U, S = VILLAGE_COLUMNS, UNIT_COLUMNS, sources
KNOWN = (
    known(V, "name", S.own, VILLAGE), known(U, "name", S.own, UNIT),
    known(V, "township", S.own, VILLAGE, PLACE), known(U, "parent", S.own, UNIT, PLACE),
    known(V, "division_code", S.own, VILLAGE), known(U, "uscc", S.own, UNIT), known(U, "kind", S.own, UNIT),
    known(U, "level", S.own, UNIT),
    known(U, "party_members", S.own, UNIT), known(V, "party_members", S.facts, VILLAGE, "village_members"),
    known(V, "households", S.facts, VILLAGE), known(V, "population", S.facts, VILLAGE),
    known(V, "collective_income", S.facts, VILLAGE), known(V, "villagers_income", S.facts, VILLAGE),
)  # fmt: skip
TOLD = (
    field("classes", "村类别", "村分类 村类型 分类 类别 村情类别 村级分类", S.own, VILLAGE, Holds.TEXT),
    field("secretary", "党组织书记", "书记 村书记 支部书记 村党组织书记 党支部书记 支书 书记姓名 "
          "村党支部书记 村支书",
          S.secretaries, BOTH, Holds.TEXT),
    field("partners", "结对对象", "帮扶单位 结对单位 援助单位 挂钩单位 包村单位 结对帮扶单位 "
          "帮扶单位名称 结对帮扶单位名称",
          S.partners, VILLAGE, Holds.TEXT),
    field("partners", "结对村", "帮扶村 结对帮扶村 所帮扶村 联系村 挂钩村 包保村 结对村名称",
          S.partners, UNIT, Holds.TEXT),
    field("pairings", "结对数", "结对个数 结对对数 结对数量", S.partners),
    field("round", "结对轮次", "轮次 批次 结对批次", S.partners, BOTH, Holds.TEXT),
    field("signed_on", "签约日期", "协议签订日期 签订日期 结对日期 结对时间 签约时间 协议签订时间",
          S.partners, BOTH, Holds.DATE),
    field("ends_on", "到期日期", "协议到期日期 结束日期 截止时间 到期时间 协议终止日期", S.partners, BOTH, Holds.DATE),
    field("activities", "活动次数", "开展活动次数 帮扶活动次数 开展活动 活动总数", S.activities),
    field("visits", "走访次数", "走访 下村次数 到村次数 驻村走访次数 走访调研次数 到村走访次数", S.activities),
    field("goodwill_visits", "慰问次数", "走访慰问次数 慰问 开展慰问次数", S.activities),
    field("trainings", "培训期数", "培训次数 举办培训 举办培训班 开展培训次数 培训班期数", S.activities),
    field("trained", "培训人次", "培训人数 受训人次 参训人次", S.activities),
    field("lectures", "上党课次数", "党课次数 讲党课次数 党课 上党课", S.activities),
    field("meetings", "联席会议次数", "联席会议 召开联席会议", S.activities),
    field("good_deeds", "办实事件数", "办实事 办好事实事 实事好事 为民办实事 办实事数量 办实事好事件数", S.activities),
    field("last_visit", "最近走访日期", "最近到村日期 最近一次走访", S.activities, BOTH, Holds.DATE),
    field("promised", "承诺资金（元）", "承诺资金 承诺帮扶资金", S.money, BOTH, Holds.MONEY),
    field("received", "到位资金（元）", "到位资金 到账资金 帮扶资金 投入资金 资金到位 投入帮扶资金 "
          "到位帮扶资金 捐赠资金",
          S.money, BOTH, Holds.MONEY),
    field("goods", "物资折价（元）", "物资折价 捐赠物资折价 物资 实物折价 捐赠物资", S.money, BOTH, Holds.MONEY),
    field("coordinated", "协调资金（元）", "协调资金 协调项目资金 争取资金", S.money, BOTH, Holds.MONEY),
    field("investment", "投资（元）", "投资 引资 投资额", S.money, BOTH, Holds.MONEY),
    field("spent", "支出资金（元）", "支出 使用资金 资金支出 已使用资金", S.money, VILLAGE, Holds.MONEY),
    field("to_publish", "应公开笔数", "应公示笔数", S.published, VILLAGE),
    field("published", "已公开笔数", "公开笔数 公示笔数 已公示笔数", S.published, VILLAGE),
    field("households_helped", "帮扶户数", "结对户数 联系户数 结对帮扶户数 帮扶农户 帮扶农户数 联系农户数", S.helped),
    field("helpers", "帮扶干部数", "帮扶责任人数 结对干部数 联系干部数 帮扶党员干部数", S.helped),
    field("floating", "流动党员数", "流动党员 外出流动党员 流出党员 外出党员数", S.floating, VILLAGE),
    field("projects", "帮扶项目数", "项目个数 项目数 实施项目 实施项目数 帮扶项目", S.projects),
    field("projects_accepted", "已验收项目数", "完成项目数 竣工项目数 验收项目", S.projects),
    field("project_titles", "项目名称", "帮扶项目名称 实施项目名称", S.projects, BOTH, Holds.TEXT),
    field("issues_open", "未办结问题数", "未解决问题 待解决问题数 未销号问题", S.issues),
    field("issues_raised", "问题件数", "问题数 收集问题 发现问题数 收集问题件数", S.issues),
)  # fmt: skip

# After the others: rosters also call the secretary a contact.
CONTACTS = (
    known(U, "contact_name", S.own, UNIT),
    known(V, "contact_phone", S.own, VILLAGE), known(U, "contact_phone", S.own, UNIT),
)  # fmt: skip


@cache
def all_fields() -> tuple[Field, ...]:
    reported = (
        Field(
            Column(
                f"figure_{code}", each.words, Holds.MONEY if each.unit == MONEY else Holds.COUNT, (each.name,)
            ),
            sources.figures, BOTH,
        )
        for code, each in measures().items()
    )  # fmt: skip
    return (*KNOWN, *TOLD, *CONTACTS, *reported)


def fields_of(about: About) -> dict[str, Field]:
    """By key, in the order in which they are offered."""
    return {each.key: each for each in all_fields() if about in each.about}


def values_of(asked: Asked, keys: Iterable[str]) -> tuple[list[int], Values]:
    """The rows in their order and what the fields say of them: one statement for each source, however many rows."""
    chosen = [each for key, each in fields_of(asked.about).items() if key in {NAME, PLACE, *keys}]
    found = sources.merged(source(asked) for source in dict.fromkeys([sources.own, *(each.source for each in chosen)]))
    order = list(asked.rows.values_list("pk", flat=True))
    for pk in order:
        for each in chosen:
            if found[pk].get(each.key) is None:
                found[pk][each.key] = each.if_none
    return order, found


def rows_of(asked: Asked, keys: list[str]) -> tuple[list[str], Iterator[list[Any]]]:
    """Header and rows of a workbook with these fields."""
    fields = fields_of(asked.about)
    order, found = values_of(asked, keys)
    return [fields[key].heading for key in keys], ([found[pk].get(key) for key in keys] for pk in order)


def nothing(_work: Work, _lines: list[Line]) -> None:
    """A local form is filled, never read into the records."""


@cache
def as_sheet(about: About) -> Sheet:
    """The fields as the roster import describes a sheet: by this the head row of a local form is recognised."""
    columns = tuple(each.column for each in fields_of(about).values())
    return Sheet(
        key=about.value, name=about.label, heading=str(about.value), order=0, columns=columns, check=nothing,
        apply=nothing, export=lambda _place: (),
    )  # fmt: skip
