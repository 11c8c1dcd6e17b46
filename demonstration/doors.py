"""What the cadre with an account noted at the doors of the households that they help, and what stands beside it."""

import uuid
from datetime import timedelta
from typing import Any

from demonstration.calendar import Calendar
from demonstration.play import Pair
from members.models import PersonPair
from organisations.models import Organisation, User
from pairing.schemes.words import IssueKind, Nature
from pairing.states import Side
from visits.actions.around import move_lead, record_lead, record_meeting
from visits.actions.confirming import confirm
from visits.actions.findings import raise_from_visit
from visits.actions.household_visits import Call, miss_visit, record_visit
from visits.actions.recording import Record, Somebody, record_activity
from visits.kinds import STANDARD

# Of which household, in the order in which they were given; days ago; what was seen, and whether it needs a measure.
VISITS = (
    (0, 20, "family", "天麻地块已经整好，老人身体硬朗，盼技术员早点来。", True),
    (0, 4, "head", "一亩天麻长势好，担心收了没人要。", True),
    (1, 9, "head", "牛圈材料到了，请邻居一起动工。", False),
)
MISSED = (2, 5, "全家到县城走亲戚，电话约好下周再去。")
DIAGNOSIS: dict[str, Any] = {
    "experience": "天麻示范户带动强，技术员包片见效快。",
    "constraints": "通组路窄，缺冷库，青壮年外出多。",
    "ideas": "先修通组路，再建小冷库，扩种天麻五十亩。",
}


def load(pair: Pair, root: Organisation, organiser: User, cadre: User, calendar: Calendar) -> None:
    call_on_households(cadre, calendar)
    diagnose(pair, calendar)
    secretary, begun = pair.secretary(Side.UNIT), calendar.days_ago(70)
    given = {"name": "中药材加工企业", "words": "看中本村天麻，想建初加工点。", "stage": "talks"}
    lead = record_lead(by=secretary, village=pair.village, on=begun.date(), at=begun, **given)
    later = calendar.days_ago(15)
    move_lead(by=secretary, lead=lead, stage="siting", on=later.date(), words="看了村口两块地。", at=later)
    held = calendar.days_ago(40)
    record_meeting(
        by=organiser, organisation=root, on=held.date(), title="结对帮扶工作联席会议",
        attended="组织部、农办、各乡镇党委",
        minutes="通报上半年走访和项目进展，研究产业帮扶的难点。", decided="各单位年底前到村会商一次。", at=held,
    )  # fmt: skip


def diagnose(pair: Pair, calendar: Calendar) -> None:
    """The two sides look at the village together, once a year."""
    moment, secretary = calendar.days_ago(25), pair.secretary(Side.UNIT)
    record = Record(f"{STANDARD}{Nature.DIAGNOSIS}", moment.date(), [Somebody(secretary.name)], **DIAGNOSIS)
    sides = {"pairing": pair.pairing, "unit": pair.unit, "side": Side.UNIT}
    done = record_activity(by=secretary, record=record, key=uuid.uuid4(), at=moment, **sides)
    confirm(by=pair.secretary(Side.VILLAGE), activity=done, at=moment + timedelta(days=1))


def call_on_households(cadre: User, calendar: Calendar) -> None:
    """The first finding stands in the ledger, the second still waits for a measure."""
    pairs = PersonPair.objects.of_helper(cadre).active().filter(target_household__isnull=False)
    households = [pair.target_household for pair in pairs.select_related("target_household__village").order_by("pk")]
    visits = []
    for number, days, met, words, needs_measure in VISITS:
        moment = calendar.days_ago(days)
        call = Call(moment.date(), met, words, needs=["words"] if needs_measure else [])
        visits.append(record_visit(by=cadre, target=households[number], call=call, key=uuid.uuid4(), at=moment))
    raise_from_visit(
        by=cadre, visit=visits[0], finding=visits[0].findings.get(), title="请农技站定期派技术员到组里",
        kind=IssueKind.INDUSTRY, words="", at=calendar.days_ago(VISITS[0][1]),
    )  # fmt: skip
    number, days, words = MISSED
    moment = calendar.days_ago(days)
    miss_visit(by=cadre, target=households[number], on=moment.date(), words=words, key=uuid.uuid4(), at=moment)
