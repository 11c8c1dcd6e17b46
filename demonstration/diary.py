"""The diary of the cadre with an account: three trips, the first of them reviewed, one question in the ledger."""

import uuid
from datetime import timedelta

from demonstration.calendar import Calendar
from demonstration.play import Pair
from organisations.models import User
from pairing.schemes.words import IssueKind
from pairing.states import Side
from visits import diaries
from visits.actions.diary import Trip, raise_from_entry, review_entry, write_entry

# Days ago, what was done, what was solved, what the author thinks of it.
TRIPS = (
    (30, "走访三户，发放天麻种植手册，查看地块。", "联系县农技站，定下培训时间。", "群众愿意干，缺的是有人手把手教。"),
    (
        12,
        "和村干部看灌溉渠，听取三个村民小组意见。",
        "渠道清淤已由村里组织完成。",
        "先听群众说，再定措施，事情才办得顺。",
    ),
    (3, "陪技术员到地里看土，了解销路。", "先种一亩作示范，技术员负责到底。", "销路还没有着落，要早作打算。"),
)


def load(pair: Pair, cadre: User, calendar: Calendar) -> None:
    entries = []
    for days, did, solved, reflection in TRIPS:
        moment = calendar.days_ago(days)
        trip = Trip(moment.date(), did, solved, reflection, pair.village)
        entries.append(write_entry(by=cadre, trip=trip, key=uuid.uuid4(), at=moment))
    first, last = entries[0], entries[-1]
    reviewed = calendar.days_ago(TRIPS[0][0]) + timedelta(days=2)
    review_entry(by=pair.secretary(Side.UNIT), entry=first, mark="good", words="情况摸得实，继续跟进。", at=reviewed)
    raise_from_entry(
        by=cadre, entry=last, about=diaries.ledger_place(last), title="天麻收获后的销路没有落实", kind=IssueKind.SALES,
        words="", at=calendar.days_ago(TRIPS[-1][0]),
    )  # fmt: skip
