"""Yudu: a small county under the scheme of the four dimensions, with households enough to be asked at the year's end.

Its villages, teams and people are made up; so are the names of those who live there.
"""

from datetime import date, datetime, timedelta

from demonstration import small
from demonstration.calendar import Calendar, at
from demonstration.keeping import keep
from demonstration.play import Pair
from demonstration.surveys import Surveys
from members.actions.households import add_household
from organisations.models import Organisation, User
from pairing.actions import issues as ledger
from pairing.actions import solving
from pairing.actions.promises import confirm_promise, publish_promise, report_promise, write_promise
from pairing.models import Round
from pairing.states import CommitmentState, Side

PAIRS = (  # township, village, its secretary; unit, its secretary
    ("贡江镇", "上欧村", "谢东生", "于都县农业和粮食局", "刘建华"),
    ("贡江镇", "红峰村", "管春秀", "于都县交通运输局", "曾庆福"),
    ("梓山镇", "固院村", "钟福生", "于都县水利局", "易小平"),
    ("梓山镇", "潭头村", "孙观发", "于都县教育局", "丁玉梅"),
)
HOUSEHOLDS = 24  # of each village
SURNAMES = "谢刘钟曾丁易管孙肖李"
NAMES = ("发生", "春秀", "观长", "石养", "水金", "福林", "招娣", "先明", "月华", "荣生", "久长", "玉英")
PROMISES = (  # side, words, how far
    (Side.UNIT, "年内到村开展实用技术培训两期。", CommitmentState.FULFILLED),
    (Side.UNIT, "协助修复村内灌溉水渠八百米。", CommitmentState.UNDER_WAY),
    (Side.VILLAGE, "每季度向群众通报一次结对服务进展。", CommitmentState.FULFILLED),
)
ISSUES = (  # what, kind, days until it is solved; None: still open
    ("水渠渗漏，二组晚稻缺水", "infrastructure", 12),
    ("脐橙销路不稳，希望帮助对接收购", "sales", 26),
    ("村小操场积水", "infrastructure", None),
)


def load(calendar: Calendar, root: Organisation, organiser: User) -> Round:
    round, pairs = small.begin(calendar, root, organiser, PAIRS, scheme="yudu", name="于都县「三送」结对服务")
    start = round.starts_on
    for number, pair in enumerate(pairs):
        pair.play("signed", at(start + timedelta(days=20 + number), 15))
        households(pair, number)
        for year in (start.year, start.year + 1):
            promised(pair, number, year, calendar)
            raised(pair, organiser, number, year, calendar)
    Surveys(round, organiser, calendar).load()
    keep(organiser, round, calendar.days_ago(3))
    return round


def households(pair: Pair, village: int) -> None:
    """Every other one can be reached by telephone."""
    for number in range(HOUSEHOLDS):
        head = SURNAMES[(number + village) % len(SURNAMES)] + NAMES[(number * 5 + village) % len(NAMES)]
        fields = {
            "head": head,
            "people": 2 + number % 5,
            "group": f"{'一二三'[number % 3]}组",
            "number": str(number + 1),
        }
        fields["phone"] = f"1390000{2000 + 100 * village + number}" if number % 2 else ""
        add_household(by=pair.secretary(Side.VILLAGE), village=pair.village, fields=fields)


def moment_in(year: int, month: int, calendar: Calendar) -> datetime:
    """In that year, and past."""
    return min(at(date(year, month, 10), 10), calendar.days_ago(40))


def promised(pair: Pair, number: int, year: int, calendar: Calendar) -> None:
    made, told = moment_in(year, 5, calendar), moment_in(year, 9, calendar)
    for side, words, far in PROMISES[: 2 + number % 2]:
        own = {"by": pair.secretary(side), "side": side}
        promise = write_promise(**own, pairing=pair.pairing, year=year, text=words, due_on=date(year, 12, 31))
        promise = publish_promise(**own, promise=promise, at=made)
        state = CommitmentState.CLAIMED if far == CommitmentState.FULFILLED else far
        promise = report_promise(**own, promise=promise, state=state, words="按计划推进。", at=told)
        if far == CommitmentState.FULFILLED:
            other = {"by": pair.secretary(side.other), "side": side.other}
            confirm_promise(**other, promise=promise, at=told + timedelta(days=2))


def raised(pair: Pair, organiser: User, number: int, year: int, calendar: Calendar) -> None:
    village, unit = pair.secretary(Side.VILLAGE), pair.secretary(Side.UNIT)
    for turn, (title, kind, days) in enumerate(ISSUES):
        if (number + turn) % 2 and days is None:
            continue
        begun = moment_in(year, 6 + turn, calendar)
        issue = ledger.raise_issue(
            by=village, pairing=pair.pairing, title=title, kind=kind, due_on=begun.date() + timedelta(days=20), at=begun
        )
        issue = ledger.assign_issue(by=organiser, issue=issue, owner=pair.unit, at=begun + timedelta(days=1))
        if days is None:
            continue
        done = begun + timedelta(days=days)
        issue = solving.claim_solved(by=unit, issue=issue, words="已经办好，请村里查看。", at=done)
        issue = solving.confirm_solved(by=village, issue=issue, at=done + timedelta(hours=5))
        solving.close_issue(by=organiser, issue=issue, at=done + timedelta(hours=8))
