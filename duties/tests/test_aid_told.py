"""Aid money in the disclosures of the village (SH-53, O-09) and in its feedback to the unit (SH-54, O-10)."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from duties.counting.count import Progress
from duties.fulfilling import step
from duties.models import Duty
from duties.planning import plan
from duties.supposing import difference
from duties.tests.aided import LATER, entry, feedback, publish
from duties.tests.fulfilled import World, progress_of, under
from duties.tests.owing import owing, version_of, windows
from pairing.tests.factories import CHINA

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 10)
SUMMER = (date(2026, 7, 1), date(2026, 10, 15))
TOLD = "代号: told, 名称: 反馈, 责任方: [受援方], 计数: 资金使用反馈, 频次: {often}, 不足一期: 按整期"


@pytest.fixture
def world() -> World:
    return under("shanghai", ON)


def owed(world: World, key: str, on: date = ON) -> dict[str, Duty]:
    plan(on)
    return {duty.period: duty for duty in Duty.objects.open().filter(obligation=key, pairing=world.place.pairing)}


@pytest.mark.clause("SH-53")
def test_the_village_owes_a_disclosure_of_each_quarter_with_money_until_the_day_of_the_rules(world):
    entry(world.place, "pledge", "9000.00", date(2026, 2, 1))
    entry(world.place, "sent", "9000.00", date(2026, 2, 1))
    entry(world.place, "receipt", "9000.00", date(2026, 7, 3))
    found = owed(world, "aid_disclosure")
    assert set(found) == {"2026Q3"}  # what the unit enters is for the village to receive
    duty = found["2026Q3"]
    assert (duty.starts_on, duty.due_on, duty.least) == (*SUMMER, 100)
    assert (duty.counts_until, duty.unit, duty.village) == (date(2026, 9, 30), None, world.place.village)


@pytest.mark.clause("SH-53")
def test_every_receipt_and_spending_of_the_quarter_has_to_be_published_for_fifteen_days(world):
    place = world.place
    received = entry(place, "receipt", "9000.00", date(2026, 7, 3))
    spent = entry(place, "spending", "3000.00", date(2026, 9, 30), use="infrastructure")
    entry(place, "receipt", "1.00", date(2026, 10, 1))
    duty = owed(world, "aid_disclosure")["2026Q3"]
    publish(place, [received, spent], days=14)
    assert progress_of(duty) == Progress(0, 0)
    publish(place, [received], days=15)
    assert progress_of(duty) == Progress(50, 0)
    publish(place, [spent], days=None)  # being prepared
    assert progress_of(duty) == Progress(50, 0)
    publish(place, [received, spent], days=15)
    assert progress_of(duty) == Progress(100, 0)


@pytest.mark.clause("SH-53")
def test_a_reversal_is_published_like_what_it_takes_back(world):
    wrong = entry(world.place, "receipt", "9000.00", date(2026, 7, 3))
    publish(world.place, [wrong], days=15)
    duty = owed(world, "aid_disclosure")["2026Q3"]
    taken_back = entry(world.place, "receipt", "9000.00", ON, corrects=wrong, reason="记错了")
    assert progress_of(duty).done == 50
    publish(world.place, [taken_back], days=15)
    assert progress_of(duty).done == 100


@pytest.mark.clause("SH-54")
def test_the_village_owes_feedback_of_each_quarter_in_which_there_is_something_to_tell(world):
    place = world.place
    assert owed(world, "fund_feedback") == {}
    entry(place, "receipt", "9000.00", date(2026, 5, 3))
    entry(place, "goods", "500.00", date(2026, 5, 3))
    entry(place, "spending", "9000.00", date(2026, 5, 4), use="infrastructure")
    assert set(owed(world, "fund_feedback")) == {"2026Q2", "2026Q3"}  # the goods are still there
    entry(place, "handout", "500.00", date(2026, 8, 1))
    found = owed(world, "fund_feedback", date(2026, 11, 1))
    assert set(found) == {"2026Q2", "2026Q3"}  # all is spent and told
    entry(place, "handout", "500.00", date(2026, 8, 1), corrects=place_handout(world), reason="没有发")
    assert set(owed(world, "fund_feedback", date(2026, 11, 1))) == {"2026Q2", "2026Q3", "2026Q4"}
    assert (found["2026Q3"].starts_on, found["2026Q3"].due_on, found["2026Q3"].village) == (*SUMMER, place.village)


def place_handout(world: World):
    return world.place.pairing.fund.entries.get(kind="handout", corrects=None)


@pytest.mark.clause("SH-54")
def test_feedback_counts_for_the_quarter_that_it_tells_of_once_it_was_sent(world):
    entry(world.place, "receipt", "9000.00", date(2026, 5, 3))
    found = owed(world, "fund_feedback")
    asked = feedback(world.place, date(2026, 9, 30), sent_at=None)
    feedback(world.place, date(2026, 6, 30), sent_at=datetime(2026, 7, 10, 9, 0, tzinfo=CHINA))
    assert [progress_of(found[period]).done for period in ("2026Q2", "2026Q3")] == [1, 0]
    asked.sent_at, asked.sent_by = datetime(2026, 10, 9, 9, 0, tzinfo=CHINA), world.place.village_secretary
    asked.save()
    assert [progress_of(found[period]).done for period in ("2026Q2", "2026Q3")] == [1, 1]


@pytest.mark.clause("SH-54")
@pytest.mark.parametrize(
    ("often", "periods"),
    [
        ("每月", ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]),
        ("每半年", ["2026H1", "2026H2"]),
        ("定期, 间隔月数: 4", ["T2", "T3"]),
    ],
)
def test_how_often_regularly_is_the_scheme_says(often, periods):
    place = owing(TOLD.format(often=often))
    entry(place, "receipt", "9000.00", date(2026, 5, 3))
    plan(ON)
    assert [row[1] for row in windows()] == periods


def test_the_preview_of_another_scheme_knows_the_occasions_too():
    place = owing("代号: own, 名称: 意向, 对象: 单位, 计数: 意向, 频次: 每期")
    entry(place, "receipt", "9000.00", date(2026, 5, 3))
    entry(place, "spending", "9000.00", date(2026, 5, 3), use="infrastructure")
    plan(ON)
    found = difference(place.pairing.round, version_of(TOLD.format(often="每季度")), date(2026, 1, 1), ON)
    effects = {each.rule.key: (each.appears, each.overdue) for each in found.effects}
    assert effects["told"] == (1, 1)


@pytest.mark.parametrize(
    ("key", "name"), [("aid_disclosure", "disclose"), ("fund_feedback", "write_feedback")], ids=str
)
def test_its_button_leads_the_village_to_where_the_record_is_made(world, client, key, name):
    entry(world.place, "receipt", "9000.00", ON - timedelta(days=1))
    duty = owed(world, key)["2026Q3"]
    own = world.place.village if name == "disclose" else world.place.pairing
    assert step(Duty.objects.related().get(pk=duty.pk))[0] == reverse(name, args=[own.pk])
    client.force_login(world.place.village_secretary)
    assert client.get(reverse(name, args=[own.pk])).status_code == 200


def test_the_page_of_the_duty_lists_the_records_behind_its_number(world, client):
    place = world.place
    received = entry(place, "receipt", "9000.00", date(2026, 7, 3))
    duties = {key: owed(world, key)["2026Q3"] for key in ("aid_disclosure", "fund_feedback")}
    long, short = (publish(place, [received], days=days) for days in (15, 14))
    summer = feedback(place, date(2026, 9, 30), sent_at=LATER)
    winter = feedback(place, date(2026, 12, 31), sent_at=LATER)
    for user in (place.secretary, place.village_secretary, place.organiser):
        client.force_login(user)
        pages = {key: client.get(duty.get_absolute_url()).content.decode() for key, duty in duties.items()}
        listed = [reverse("open_disclosure", args=[each.pk]) in pages["aid_disclosure"] for each in (long, short)]
        told = [f'href="{each.get_absolute_url()}"' in pages["fund_feedback"] for each in (summer, winter)]
        assert (listed, told) == ([True, False], [True, False])
        assert all("2026年7月1日—2026年9月30日" in page for page in pages.values())
