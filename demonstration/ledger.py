"""Issues in every state, a suggestion with its reply, offers, requests and matches: played by those of a round."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Q, Value, When

from demonstration.calendar import Calendar
from organisations.actions.facilities import add_facility
from organisations.kinds import FacilityKind, Kind, Resource
from organisations.models import Appointment, Organisation, User
from pairing.actions import exchanges, issues, resources, solving, suggestions
from pairing.models import Issue, Pairing, ResourceEntry, Round
from pairing.models.resource import Direction
from pairing.states import Side

KINDS, SOURCES = Issue.Kind, Issue.Source


@dataclass(frozen=True)
class Line:
    """An issue: raised so many days ago, to be solved within so many, and how far it has come."""

    title: str
    words: str
    kind: str
    source: str
    days_ago: int
    within: int
    steps: tuple[str, ...] = ()
    by: Side = Side.VILLAGE


SOLVED = ("assign", "start", "claim", "confirm", "close")
# title, words, kind, source, raised so many days ago, to be solved within so many, what came of it
LINES = (
    Line("核桃加工后缺少稳定销路", "今年预计产核桃约3万斤，目前只联系到一家收购商。",
         KINDS.SALES, SOURCES.VISIT, 40, 30, ("assign", "start")),
    Line("通组路水毁三处", "强降雨后三处路基下沉，农用车通行困难。",
         KINDS.INFRASTRUCTURE, SOURCES.VILLAGER, 18, 30, ("assign", "start", "answer", "claim")),
    Line("蔬菜大棚缺少技术指导", "新建大棚12个，需要技术员每月到村指导。",
         KINDS.INDUSTRY, SOURCES.MEETING, 32, 30, SOLVED),
    Line("村活动室电教设备损坏", "远程教育接收设备无法开机。",
         KINDS.PARTY_BUILDING, SOURCES.INSPECTION, 12, 20, ("assign",)),
    Line("小额贷款手续不熟悉", "有意发展养殖的8户不了解贷款条件。",
         KINDS.FUNDS, SOURCES.VISIT, 25, 30, ("assign", "start", "claim", "return")),
    Line("缺少外出务工信息", "春节后返乡青年较多，希望提供用工信息。",
         KINDS.INFORMATION, SOURCES.DIARY, 6, 15),
    Line("村级联络员更换未告知", "联系不上原联络员，工作衔接不畅。",
         KINDS.CO_OPERATION, SOURCES.OTHER, 9, 10, ("assign", "start"), Side.UNIT),
    Line("人畜饮水季节性短缺", "枯水期两个村民组饮水困难。",
         KINDS.LIVELIHOOD, SOURCES.VILLAGER, 36, 30, (*SOLVED, "reopen")),
)  # fmt: skip
WORDS = {
    "start": "已安排专人到村了解情况。",
    "answer": "材料已报县有关部门，预计两周内有结果。",
    "claim": "已办结，请村里核实。",
    "return": "只解决了3户，其余5户仍未落实。",
    "confirm": "情况属实。",
    "close": "同意销号。",
    "reopen": "问题又出现，请继续办理。",
}
OFFERS = (
    ("实用技术下乡讲座", Resource.TECHNOLOGY, "每季度1次，每次2名专家"),
    ("图书和报刊赠阅", Resource.CULTURE, "图书300册"),
    ("招聘信息定期推送", Resource.INFORMATION, "每月1次"),
)
REQUESTS = (
    ("需要会计业务培训", Resource.EDUCATION, "村干部5人"),
    ("求助果树修剪技术员", Resource.TALENT, "春季10天"),
)


class Ledger:
    """One round with its signed pairings, those of the accounts on the sign-in page first."""

    def __init__(self, calendar: Calendar, round: Round, organiser: User):
        self.calendar, self.round, self.organiser = calendar, round, organiser
        signed = Pairing.objects.signed().filter(round=round).select_related("unit", "village", "round__organiser")
        offered = Appointment.objects.filter(user__is_demo=True).order_by().values("organisation")
        first = Case(When(Q(unit__in=offered) | Q(village__in=offered), then=Value(0)), default=Value(1))
        self.pairings = list(signed.order_by(first, "pk")[: len(LINES)])

    def load(self) -> None:
        if not self.pairings:
            return
        for number, line in enumerate(LINES):
            self.raise_and_solve(line, self.pairings[number % len(self.pairings)])
        self.suggest()
        self.share()

    def raise_and_solve(self, line: Line, pairing: Pairing) -> None:
        """Nothing is raised before the two had signed."""
        raised = self.calendar.days_ago(line.days_ago)
        if pairing.signed_on is None or pairing.signed_on >= raised.date():
            return
        party = pairing.party(line.by)
        issue = issues.raise_issue(
            by=secretary(party), pairing=pairing, title=line.title, words=line.words, kind=line.kind,
            source=line.source, due_on=raised.date() + timedelta(days=line.within), at=raised,
        )  # fmt: skip
        owner = pairing.party(line.by.other)
        for number, step in enumerate(line.steps, 1):
            at = raised + timedelta(days=number, hours=number)
            issue = self.step(step, issue, owner, party, at)

    def step(self, step: str, issue: Issue, owner: Organisation, other: Organisation, at: datetime) -> Issue:
        if step == "assign":
            return issues.assign_issue(by=self.organiser, issue=issue, owner=owner, at=at)
        verbs = {
            "start": issues.start_issue,
            "answer": issues.answer_issue,
            "claim": solving.claim_solved,
            "return": solving.return_claim,
            "confirm": solving.confirm_solved,
            "close": solving.close_issue,
            "reopen": solving.reopen_issue,
        }
        by = {"close": self.organiser}.get(step) or secretary(owner if step in ("start", "answer", "claim") else other)
        return verbs[step](by=by, issue=issue, words=WORDS[step], at=at)

    def suggest(self) -> None:
        unit, village = self.pairings[0].unit, self.pairings[-1].village
        common = {"organiser": self.round.organiser, "at": self.calendar.days_ago(20)}
        made = suggestions.suggest(
            by=secretary(unit), organisation=unit, title="建议按片区统筹结对资源",
            words="相邻几个村需求相近，建议由牵头单位按片区统筹安排技术培训，减少重复。", **common,
        )  # fmt: skip
        words = "建议很好，下半年先在两个乡镇试行。"
        suggestions.reply(by=self.organiser, suggestion=made, words=words, at=self.calendar.days_ago(15))
        suggestions.suggest(
            by=secretary(village), organisation=village, title="希望增加村干部跟班学习机会",
            words="希望组织村干部到帮扶单位跟班学习，每批一周左右。", **common,
        )  # fmt: skip

    def share(self) -> None:
        offering = zip(self.pairings, OFFERS, strict=False)
        offers = [self.post(pairing.unit, *offer, Direction.OFFER) for pairing, offer in offering]
        for pairing, request in zip(self.pairings[1:], REQUESTS, strict=False):
            self.post(pairing.village, *request, Direction.REQUEST)
        self.match(offers[0], self.pairings[-1].village, done=True)
        self.match(offers[-1], self.pairings[0].village, done=False)
        self.open_centre()

    def post(self, party: Organisation, title: str, resource: str, quantity: str, direction: str) -> ResourceEntry:
        return resources.post_entry(
            by=secretary(party), organisation=party, direction=direction, resource=resource, title=title,
            quantity=quantity, for_several=direction == Direction.OFFER, at=self.calendar.days_ago(14),
        )  # fmt: skip

    def match(self, entry: ResourceEntry, asker: Organisation, *, done: bool) -> None:
        words = "希望下月到村里来一次，参加村民约40人。"
        exchange = exchanges.ask(
            by=secretary(asker), entry=entry, asker=asker, words=words, at=self.calendar.days_ago(12)
        )
        if not done:
            return
        poster, words = secretary(entry.organisation), "可以，时间另行商定。"
        exchange = exchanges.accept_exchange(by=poster, exchange=exchange, words=words, at=self.calendar.days_ago(11))
        on, at = self.calendar.days_ago(4).date(), self.calendar.days_ago(3)
        exchange = exchanges.report_done(by=poster, exchange=exchange, on=on, words="到村讲课一天，42人参加。", at=at)
        exchanges.confirm_done(by=secretary(asker), exchange=exchange, at=self.calendar.days_ago(2))

    def open_centre(self) -> None:
        """A township offers a room of its Party-member service centre."""
        staff = Appointment.objects.filter(
            role="township_supervisor",
            organisation__kind=Kind.TOWNSHIP,
            organisation__path__startswith=self.round.organiser.path,
        ).select_related("user", "organisation")
        post = staff.first()
        if post is None:
            return
        centre = add_facility(
            by=None,
            organisation=post.organisation,
            fields={
                "kind": FacilityKind.SERVICE_CENTRE,
                "name": f"{post.organisation.name}党员服务中心",
                "functions": ["education_training", "guidance_service"],
            },
        )
        resources.post_entry(
            by=post.user, organisation=post.organisation, direction=Direction.OFFER, resource=Resource.VENUE,
            title="党员服务中心培训教室", quantity="可容纳60人", facility=centre, for_several=True,
            at=self.calendar.days_ago(10),
        )  # fmt: skip


def secretary(organisation: Organisation) -> User:
    roles = ("branch_secretary", "village_secretary")
    post = Appointment.objects.filter(organisation=organisation, role__in=roles).select_related("user").earliest("pk")
    return post.user
