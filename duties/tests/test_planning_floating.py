"""What is owed for members away from home: before they leave, after they arrived, again and again, by the calendar."""

from datetime import date, datetime

import pytest

from duties.models import Duty
from duties.planning import plan
from duties.reminding import send_reminders
from duties.tests.owing import owing, windows
from members.states import FloatingState
from members.tests.floating import floating
from office.models import Message
from pairing.tests.factories import CHINA, directory

pytestmark = pytest.mark.django_db

PAPERS = "代号: certificate, 名称: 流动党员证, 对象: 流动党员, 计数: 流动党员证, 频次: 外出前"
ARRIVAL = "代号: report_in, 名称: 报到, 对象: 流动党员, 计数: 报到, 频次: 到达后, 天数: 30"
CONTACT = "代号: contact, 名称: 联系, 对象: 流动党员, 计数: 两地联系, 频次: 定期, 间隔月数: 6"
LETTER = "代号: letter, 名称: 慰问信, 对象: 流动党员, 计数: 慰问信, 频次: 每年七一前"
FORUM = "代号: forum, 名称: 座谈会, 对象: 村, 责任方: [受援方], 计数: 流出党员座谈会, 频次: 每年腊月"
ENTERED = datetime(2026, 9, 1, 8, 0, tzinfo=CHINA)
LEAVES = date(2026, 9, 20)


def leaving(duties: str, **fields):
    place = owing(duties)
    version = place.pairing.round.scheme_version
    return place, floating(
        place.village, **{"scheme_version": version, "leaves_on": LEAVES, "registered_at": ENTERED, **fields}
    )


def test_before_leaving_is_from_the_entry_to_the_day_itself_and_after_it_from_then_on():
    leaving(f"{PAPERS}\n{ARRIVAL}", state=FloatingState.REGISTERED)
    plan(date(2026, 9, 10))
    assert windows() == [("certificate", "", date(2026, 9, 1), LEAVES, 1)]
    leaving(f"{PAPERS}\n{ARRIVAL}".replace("certificate", "paper"))
    plan(date(2026, 9, 21))
    assert ("report_in", "", LEAVES, date(2026, 10, 20), 1) in windows()


def test_whoever_stays_at_home_after_all_owes_nothing():
    _place, record = leaving(PAPERS, state=FloatingState.REGISTERED)
    plan(date(2026, 9, 10))
    record.state, record.ended_on, record.end_words = FloatingState.ENDED, date(2026, 9, 12), "不外出了"
    record.save()
    plan(date(2026, 9, 12))
    assert windows() == []


def test_what_comes_regularly_comes_from_the_day_of_leaving_and_is_forgotten_after_a_year():
    leaving(CONTACT, leaves_on=date(2024, 8, 31))
    plan(date(2026, 9, 10))
    assert windows() == [
        ("contact", "T3", date(2025, 8, 31), date(2026, 2, 27), 1),
        ("contact", "T4", date(2026, 2, 28), date(2026, 8, 30), 1),
        ("contact", "T5", date(2026, 8, 31), date(2027, 2, 27), 1),
    ]


def test_a_letter_is_due_in_the_days_before_july_to_those_who_are_away_then():
    leaving(LETTER, leaves_on=date(2026, 6, 20))
    plan(date(2026, 7, 2))
    assert windows() == [("letter", "2026", date(2026, 6, 20), date(2026, 6, 30), 1)]
    Duty.objects.all().delete()
    leaving(LETTER.replace("letter", "late"), leaves_on=date(2026, 7, 1))
    plan(date(2026, 7, 2))
    assert windows(obligation="late") == []


def test_a_village_from_which_somebody_is_away_holds_its_forum_and_its_posts_are_told():
    place, record = leaving(FORUM, leaves_on=date(2026, 11, 1))
    directory(place.pairing.round)
    plan(date(2027, 1, 10))
    assert windows(organisation=place.village) == [("forum", "L2026", date(2027, 1, 8), date(2027, 2, 5), 1)]
    assert Duty.objects.count() == 1  # of the month 12 in which 2026 began nobody was away
    assert Duty.objects.owed_by(place.village_secretary).exists()
    assert not Duty.objects.owed_by(place.secretary).exists()
    send_reminders(datetime(2027, 1, 30, 8, 0, tzinfo=CHINA))
    told = Message.objects.filter(kind="duties due").values_list("organisation", "permission")
    assert set(told) == {(place.village.pk, "village.act")}
    assert str(record) not in "".join(map(str, Message.objects.values_list("subject", "params")))
