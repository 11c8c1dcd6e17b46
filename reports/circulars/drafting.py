"""The first draft of a circular, from what an inspection found: every number of the records with its denominator.

Official papers are written in Chinese, whatever language the reader chose.
"""

from collections import Counter
from collections.abc import Iterator

from core.dates import chinese_date
from pairing.schemes.inspection import CheckItem
from pairing.schemes.inspection_words import Evidence
from reports.inspection.standing import Looked, results_of
from reports.inspection.states import CheckResult
from reports.models import Inspection

NUMERALS = "一二三四五六七八九十"
# What was counted: all, and those that are as they should be; where there is nothing to count.
COUNTED = {
    Evidence.DUTIES: ("到期任务{of}项，已完成{value}项", "检查期间没有到期的任务"),
    Evidence.ACTIVITIES: ("登记活动{of}次，经对方确认{value}次", "检查期间没有登记活动"),
    Evidence.MONEY: ("应公开的资金收支{of}笔，已公开{value}笔", "检查期间没有应公开的资金收支"),
    Evidence.ISSUES: ("提出问题{of}件，已办结{value}件", "检查期间没有提出问题"),
}
DEMANDS = (
    "对检查发现的问题，由责任单位按问题台账的期限逐项解决，经对方确认后销号。",
    "未受检的村和帮扶单位对照检查项目自查，不另行报送材料。",
)


def title_of(inspection: Inspection) -> str:
    return f"关于{inspection.title}情况的通报"


def body_of(inspection: Inspection) -> str:
    looked = [each for each in results_of(inspection.places.all()) if not each.is_out]
    paragraphs = [opening(inspection, len(looked)), "一、总体情况", *overall(inspection, looked)]
    if inspection.round.rules.inspection.ranks:
        paragraphs += ranking(looked, len(inspection.checklist))
    paragraphs += ["二、发现的主要问题", *problems(looked), "三、下一步要求"]
    paragraphs += [f"（{numeral}）{demand}" for numeral, demand in zip(NUMERALS, DEMANDS, strict=False)]
    return "\n".join(paragraphs)


def opening(inspection: Inspection, number: int) -> str:
    rules, days = inspection.round.rules, (inspection.since, inspection.until)
    since, until = map(chinese_date, days)
    return (
        f"根据《{rules.name}》和「{inspection.round.name}」的安排，{chinese_date(inspection.on)}起，"
        f"对{since}至{until}的结对工作进行了检查。受检村按分层随机抽样，从{inspection.listed}个村中确定{number}个"
        f"（种子{inspection.seed}，可以复算）。现将情况通报如下。"
    )


def overall(inspection: Inspection, looked: list[Looked]) -> Iterator[str]:
    for numeral, item in zip(NUMERALS, inspection.checklist, strict=False):
        yield f"（{numeral}）{item.name}"
        yield "".join(sentences(item, looked))


def sentences(item: CheckItem, looked: list[Looked]) -> Iterator[str]:
    lines = [line for each in looked for line in each.lines if line.item == item.key]
    if item.evidence in COUNTED:
        value, of = (sum(getattr(line, name) or 0 for line in lines) for name in ("value", "of"))
        words, nothing = COUNTED[item.evidence]
        yield f"{words.format(value=value, of=of)}，占{share(value, of)}。" if of else f"{nothing}。"
    results = Counter(line.result for line in lines)
    asked = len(lines) - results[CheckResult.NOT_ASKED]
    if not asked:
        yield "受检村均不涉及。"
        return
    parts = (
        (CheckResult.GOOD, "符合要求"),
        (CheckResult.PARTLY, "部分符合要求"),
        (CheckResult.POOR, "不符合要求"),
    )
    told = [f"{words}的{results[key]}个" for key, words in parts if results[key]]
    yield f"涉及的{asked}个村中，" + "、".join(told) + "。"


def share(value: int, of: int) -> str:
    return f"{100 * value / of:.1f}%"


def ranking(looked: list[Looked], items: int) -> Iterator[str]:
    """Of organisations, where the scheme says so; never of persons. Equal results share a rank."""
    yield f"（{NUMERALS[items]}）受检村名次"
    goods = sorted((each.good / each.asked if each.asked else 0 for each in looked), reverse=True)
    by_share = sorted(looked, key=lambda each: (-(each.good / each.asked if each.asked else 0), each.place.position))
    for each in by_share:
        rank = goods.index(each.good / each.asked if each.asked else 0) + 1
        yield f"第{rank}名：{each.place.village.name}（{each.asked}项中{each.good}项符合要求）"


def problems(looked: list[Looked]) -> Iterator[str]:
    found = [(each.place.village.name, issue.issue.title) for each in looked for issue in each.issues]
    for number, (village, title) in enumerate(found, 1):
        yield f"{number}. {village}：{title.rstrip('。')}。"
    if not found:
        yield "本次检查没有列入问题台账的问题。"


def arrangement_of(scheme: str, round: str, year: int) -> str:
    return f"根据《{scheme}》和「{round}」的安排，现就{year}年结对工作部署如下。\n一、总体要求\n二、有关要求"
