"""What the schemes oblige to is planned, and most of it was done: the pairs that lag behind can be found.

Whoever is given no pair here keeps what they played themselves.
"""

from datetime import datetime, timedelta
from typing import Any

from demonstration.activities import keep_with_author
from demonstration.play import Pair
from duties.models import Duty
from duties.planning import plan
from duties.reminding import send_reminders
from pairing.schemes.duty_words import Counted, Method
from pairing.states import Side
from visits.models import Activity
from visits.states import ActivityState

LAGGING = 6  # every so many pairs does less than it owes
WORDS = "按年初计划开展，村民小组长和党员参加。"


def fulfil(pairs: list[Pair], moment: datetime) -> None:
    """What most of these pairs owe by now was done and confirmed."""
    plan(moment.date())
    by_key = {pair.pairing.pk: pair for pair in pairs}
    owed = Duty.objects.filter(pairing__in=by_key).related().order_by("pk")
    keep_with_author([row(duty, by_key[duty.pairing_id or 0], moment) for duty in owed if is_done(duty, moment)])


def remind(moment: datetime) -> None:
    """As beat does each morning: what is owed is planned and counted, and whoever is behind is told."""
    plan(moment.date())
    send_reminders(moment)


def is_done(duty: Duty, moment: datetime) -> bool:
    """Activities alone; of the periods that still run every other one."""
    rule = duty.rule
    if rule is None or rule.counted != Counted.ACTIVITY or rule.method != Method.TOGETHER:
        return False
    if duty.pairing_id and duty.pairing_id % LAGGING == 0:
        return duty.due_on < moment.date() and duty.pk % 2 == 0
    return duty.due_on < moment.date() or duty.pk % 2 == 0


def row(duty: Duty, pair: Pair, moment: datetime) -> Activity:
    """In the middle of what has passed of the period."""
    rule = duty.rule
    assert rule is not None
    last = min(duty.due_on, moment.date() - timedelta(days=2))
    day = max(duty.starts_on, duty.starts_on + (last - duty.starts_on) / 2)
    done_at = moment - (moment.date() - day)
    kinds = [kind for kind in pair.round.rules.activity_kinds if kind.nature == rule.natures[0]]
    named: dict[str, Any] = {"kind": kinds[0].key, "name": kinds[0].name} if kinds else {"name": rule.name}
    return Activity(
        pairing=pair.pairing, unit=pair.unit, side=Side.UNIT, nature=rule.natures[0], on=day, words=WORDS,
        entered_at=done_at, entered_by=pair.secretary(Side.UNIT), state=ActivityState.CONFIRMED,
        answered_at=done_at + timedelta(days=1), answered_by=pair.secretary(Side.VILLAGE), **named,
    )  # fmt: skip
