"""What the units of Qianxi promised, sent and invested, and what their villages received and spent on it."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demonstration.calendar import Calendar
from demonstration.pictures import landscape
from demonstration.play import Pair
from demonstration.telling import Telling
from funds.actions.entering import Line, Particulars, confirm, enter
from funds.actions.opening import open_fund
from funds.actions.reversing import reverse
from funds.kinds import RULES, EntryKind, FundKind
from funds.models import Entry
from office import files
from office.models import StoredFile
from organisations.models import User
from pairing.states import Side

PAIRS = 6
DESKS = Line("课桌椅", Decimal(20), "套", Decimal("8000.00"), "education_information")
BOOKS = Line("农业科技图书", Decimal(300), "册", Decimal("4500.50"), "cultural_activity")
K = EntryKind


@dataclass
class Money:
    pairs: list[Pair]
    organiser: User
    calendar: Calendar
    telling: Telling = field(init=False)

    def load(self) -> None:
        for place, pair in enumerate(self.pairs[:PAIRS]):
            self.play(pair, place)
        self.members_in_need()

    def play(self, pair: Pair, place: int) -> None:
        """Most is confirmed and published; of the first pair something waits, one was wrong; some amounts differ."""
        self.telling = Telling(pair, place, self.calendar)
        unit, village = pair.secretary(Side.UNIT), pair.secretary(Side.VILLAGE)
        self.enter(unit, pair, K.PLEDGE, 120, amount=Decimal(40_000 + 5000 * place))
        water = pair.pairing.projects.filter(kind="water", started_on__isnull=False).first()  # the pumps are for it
        first = self.enter(unit, pair, K.SENT, 110, amount=Decimal(20_000), channel="direct", project=water)
        came = Decimal("19800.00") if place == 2 else None
        confirm(by=village, entry=first, key=uuid.uuid4(), at=self.at(108), amount=came)
        self.spend(pair, 90, "5600.00", "infrastructure", "抽水泵两台", project=water)
        if place % 2 == 0:
            goods = self.enter(
                unit, pair, K.GOODS_SENT, 70, channel="direct", lines=[DESKS, BOOKS], resources=["education"]
            )
            confirm(by=village, entry=goods, key=uuid.uuid4(), at=self.at(69))
            self.enter(village, pair, K.HANDOUT, 60, lines=[DESKS], use="culture_society")
        if place % 3 == 0:
            self.enter(unit, pair, K.COORDINATED, 50, amount=Decimal(150_000), source="department")
            self.enter(unit, pair, K.INVESTMENT, 40, amount=Decimal(300_000))
        if place == 0:
            wrong = self.spend(pair, 30, "2800.00", "production", "化肥")
            reverse(by=village, entry=wrong, reason="金额写错，应为 280 元", key=uuid.uuid4(), at=self.at(29))
            self.spend(pair, 29, "280.00", "production", "化肥")
        if place == 1:  # the village was first: the unit has still to enter it; part of it is meant for the pumps
            self.enter(village, pair, K.RECEIPT, 9, amount=Decimal(3000), channel="direct", words="职工捐款")
            if water:
                self.enter(village, pair, K.SET_ASIDE, 8, amount=Decimal(2000), project=water, words="水泵管护")
        if place < 3:
            self.enter(
                unit, pair, K.SENT, 4 + 20 * place, amount=Decimal(10_000), channel="charity", receipt_number="黔财0042"
            )
        self.telling.finish()

    def spend(self, pair: Pair, days: int, amount: str, use: str, words: str, **more: Any) -> Entry:
        by = pair.secretary(Side.VILLAGE)
        paper = files.store(upload=("发票.jpg", landscape(days)), by=by, kind=StoredFile.Kind.SCAN)
        given = {"amount": Decimal(amount), "use": use, "words": words, "vouchers": [paper]}
        return self.enter(by, pair, K.SPENDING, days, **given, **more)

    def enter(self, by: User, pair: Pair, kind: EntryKind, days: int, **changes: Any) -> Entry:
        moment = self.at(days)
        self.telling.until(moment)
        aid: dict[str, Any] = {"giver": pair.unit, "source": "own"} if RULES[kind].is_aid else {}
        given = Particulars(**({"on": moment.date()} | aid | changes))
        return enter(by=by, into=pair.pairing, kind=kind, given=given, key=uuid.uuid4(), at=moment)

    def members_in_need(self) -> None:
        """The fund of the county for members in need (XC-10)."""
        county, moment = self.pairs[0].round.organiser, self.at(100)
        fund = open_fund(
            by=self.organiser,
            holder=county,
            kind=FundKind.NEEDY_MEMBERS,
            name=f"{county.name}困难党员帮扶基金",
            at=moment,
        )
        given = Particulars(
            on=moment.date(),
            amount=Decimal(60_000),
            giver=self.pairs[0].unit,
            source="party_dues",
            channel="government",
        )
        enter(by=self.organiser, into=fund, kind=K.RECEIPT, given=given, key=uuid.uuid4(), at=moment)

    def at(self, days: int) -> datetime:
        return self.calendar.in_round(days) + timedelta(hours=1)
