"""Projects of the pairs of Qianxi, through the same acts as the pages: each at another step, one pooled, one shown."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from demonstration.calendar import Calendar
from demonstration.pictures import landscape
from demonstration.play import Pair
from funds.actions import channels, pooling, project_parts
from funds.actions import projects as acts
from funds.actions.projects import Plan
from funds.models import Project
from funds.projects.kinds import Measure, Qualifier
from office import files
from office.models import StoredFile
from organisations.models import Organisation, User
from pairing.states import Side

# Kind, field, title, goal, budget, milestones.
PLANS = (
    (
        "water",
        "livelihood",
        "旱地灌溉提水工程",
        "装两台抽水泵、铺一千二百米管道，灌溉旱地一百八十亩。",
        46_000,
        ("泵房完工", "试水"),
    ),
    (
        "venue",
        "party_building",
        "村级活动室改造",
        "翻新屋面，配齐桌椅和远教设备。",
        28_000,
        ("屋面翻新", "设备到位"),
    ),
    ("industry", "economy", "天麻种植示范园", "建三十亩示范园，带动四十户种植。", 60_000, ("整地", "下种", "验苗")),
    ("transport", "livelihood", "通组路硬化", "硬化到三组的八百米路面。", 52_000, ("路基", "路面")),
    ("library", "culture_society", "农家书屋", "添置图书八百册，安排专人开放。", 0, ("图书上架",)),
)
KITCHENS = ("kitchen", "livelihood", "二组改灶改厕", "为二组三十二户改灶改厕，用上沼气。", 38_400, ())
FOUNDATION = {
    "name": "黔西县慈善会", "kind": "charity", "contact_name": "", "contact_phone": "", "bank": "", "account": "",
    "note": "汇款时注明结对村名，捐赠后凭汇款单领取公益事业捐赠票据。",
}  # fmt: skip
RED_CROSS = FOUNDATION | {"name": "黔西县红十字会", "note": "接受资金和物资捐赠，当场开具捐赠票据。"}


@dataclass
class Projects:
    pairs: list[Pair]
    root: Organisation
    organiser: User
    calendar: Calendar

    def load(self) -> None:
        self.play(self.pairs[0])
        for place, pair in enumerate(self.pairs[1:10]):
            self.go(pair, PLANS[place % len(PLANS)], 120 - 9 * place, 1 + place % 4)
        self.pool(self.pairs[10:13])
        for fields in (FOUNDATION, RED_CROSS):
            channels.list_channel(by=self.organiser, area=self.root, fields=fields, at=self.calendar.in_round(90))

    def play(self, pair: Pair) -> None:
        """Of the accounts offered first: one accepted and shown to others, and one at each step before."""
        shown = self.go(pair, PLANS[0], 150, 4)
        words = "群众投工投劳，管护责任到户，钱花得不多，用得长久。"
        acts.promote_project(by=self.organiser, project=shown, words=words, at=self.calendar.in_round(20))
        self.go(pair, PLANS[1], 40, 3)
        self.go(pair, PLANS[2], 60, 2)
        self.planned(pair, PLANS[4], 6, Side.VILLAGE)
        self.planned(pair, KITCHENS, 4, Side.UNIT)

    def planned(self, pair: Pair, row: tuple, days: int, side: Side) -> Project:
        """`days` ago, to be finished within a good hundred days of that."""
        kind, field, title, goal, budget, steps = row
        moment = self.calendar.in_round(days)
        plan = Plan(
            title, goal, pair.secretary(side).name, kind, field, moment.date() + timedelta(days=110),
            budget=Decimal(budget), carrier=Side.VILLAGE if side == Side.VILLAGE else Side.UNIT,
        )  # fmt: skip
        project = acts.plan_project(
            by=pair.secretary(side), pairing=pair.pairing, side=side, plan=plan, key=uuid.uuid4(), at=moment
        )
        for number, name in enumerate(steps, 1):
            due_on = moment.date() + timedelta(days=30 * number)
            project_parts.add_milestone(by=pair.secretary(side), project=project, name=name, due_on=due_on)
        return project

    def go(self, pair: Pair, row: tuple, days: int, steps: int) -> Project:
        """1: planned, 2: under way, 3: finished, 4: accepted."""
        unit, village = pair.secretary(Side.UNIT), pair.secretary(Side.VILLAGE)
        project = self.planned(pair, row, days, Side.UNIT)
        if steps > 1:
            acts.start_project(by=village, project=project, at=self.calendar.in_round(days - 3))
            self.picture(project, unit, "before", days - 4)
            self.reach(project, unit, days, all_of_them=steps > 2)
        if steps > 2:
            acts.finish_project(by=unit, project=project, at=self.calendar.in_round(days // 3))
            self.picture(project, unit, "after", days // 3)
        if steps > 3:
            moment = self.calendar.in_round(days // 4)
            figures = ((Measure.HOUSEHOLDS, 86, Qualifier.EXACT), (Measure.MU, 180, Qualifier.OVER))
            for measure, value, qualifier in figures:
                project_parts.note_outcome(
                    by=village, project=project, measure=measure, value=Decimal(value), source="村委会统计",
                    on=moment.date(), qualifier=qualifier, at=moment,
                )  # fmt: skip
            acts.accept_project(by=village, project=project, words="按约定做完了，村里正在用。", at=moment)
        return project

    def reach(self, project: Project, by: User, days: int, *, all_of_them: bool) -> None:
        milestones = list(project.milestones.all())
        for number, milestone in enumerate(milestones if all_of_them else milestones[:1], 1):
            moment = self.calendar.in_round(max(days - 20 * number, days // 3))
            project_parts.reach_milestone(by=by, milestone=milestone, on=moment.date(), at=moment)

    def picture(self, project: Project, by: User, moment: str, days: int) -> None:
        seed = 1000 + 2 * project.pk + (moment == "after")
        upload = (f"现场照片{seed}.jpg", landscape(seed))
        photo = files.store(upload=upload, by=by, kind=StoredFile.Kind.PICTURE)
        at = self.calendar.in_round(days)
        project_parts.add_photos(by=by, project=project, moment=moment, photos=[photo], at=at)

    def pool(self, pairs: list[Pair]) -> None:
        """Three pairs give to one project; two have agreed on both sides, one has still to answer."""
        moment = self.calendar.in_round(12)
        goal = "三村共建冷库一座，解决果蔬错季销售。"
        plan = Plan(
            "三村共用冷库", goal, self.organiser.name, "market", "economy", moment.date() + timedelta(days=150),
            place=pairs[0].village, budget=Decimal(180_000),
        )  # fmt: skip
        shares = dict(zip([pair.pairing.pk for pair in pairs], map(Decimal, (50, 30, 20)), strict=True))
        project = pooling.plan_pooled(
            by=self.organiser, committee=self.root, round=pairs[0].round, plan=plan, shares=shares, key=uuid.uuid4(),
            at=moment,
        )  # fmt: skip
        for pair in pairs[:2]:
            share = project.shares.get(pairing=pair.pairing)
            for side in Side:
                pooling.answer_share(
                    by=pair.secretary(side), share=share, side=side, agrees=True, at=self.calendar.in_round(9)
                )
