"""What was kept long enough: announced to whoever may erase, then erased by itself, unless a reason keeps it longer."""

import time
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.refusals import Refused
from members.actions import retention
from members.actions.leaving import come_back
from members.models import Erasure, FloatingApplicant, FloatingInquiry, Household, Member, Person
from members.retention import BY_KEY
from members.tasks import keep_retention
from members.tests import factories
from members.tests.test_privacy import found_anywhere
from office.models import Message
from office.tests.test_worker import queue, real_worker
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.factories import CHINA

assert signed_in
assert queue
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 10, 5, 20, tzinfo=CHINA)
ANNOUNCED, LATER = date(2026, 10, 10), NOW + timedelta(days=30)
LONG_AGO, LATELY = date(2023, 9, 9), date(2023, 9, 10)
PAGE = "/personal-data/past-retention/"


@pytest.fixture
def place():
    return county()


def county(name: str = "青山县") -> SimpleNamespace:
    top = people.county(name)
    town = people.township(top)
    village = people.village(town, "马岭村")
    return SimpleNamespace(
        county=top,
        village=village,
        beside=people.village(town, "石坪村"),
        organiser=people.user("organiser", top),
        secretary=people.user("village_secretary", village),
    )


def household(place, head: str = "欧阳福林", left_on: date = LONG_AGO, **fields) -> Household:
    return factories.household(place.village, head, left_on=left_on, **fields)


def told(user) -> list[tuple]:
    found = Message.objects.visible_to(user).order_by("pk")
    return [(message.subject_text, message.is_waiting) for message in found]


def test_one_whose_time_is_over_is_announced_and_erased_when_the_days_are_over(place):
    found, lately = household(place), household(place, "田云", LATELY)
    assert retention.run(at=NOW) == 0
    assert (reread(found).erases_on, reread(lately).erases_on) == (ANNOUNCED, None)
    announced = "1条个人信息记录已满保存期限，将于2026年10月10日自动删除"
    assert told(place.organiser) == [(announced, True)]
    assert told(place.secretary) == []
    assert retention.run(at=NOW + timedelta(hours=1)) == 0
    assert retention.run(at=LATER - timedelta(days=1)) == 0
    assert (reread(found).head, len(told(place.organiser))) == ("欧阳福林", 2)
    assert retention.run(at=LATER) == 1
    assert found_anywhere("欧阳福林") == set()
    assert (reread(found).erases_on, reread(lately).head) == (None, "田云")
    assert (announced, False) in told(place.organiser)
    assert ("1条个人信息记录保存期满，已自动删除（2026年10月10日）", False) in told(place.organiser)
    erasure = Erasure.objects.get()
    assert (erasure.household, erasure.erased_by, erasure.reason) == (found, None, "保存期限已满")
    assert retention.run(at=LATER) == 0


def test_each_kind_of_record_keeps_its_own_time(place):
    """Persons are kept for a year, applicants and inquiries about somebody unregistered for three."""
    person = factories.person(place.village, "钱小六", left_on=date(2025, 9, 9))
    member = factories.member(place.village, "石耀", left_on=LONG_AGO)
    applicant = FloatingApplicant.objects.create(
        name="郑大山", origin=place.village, destination=place.beside, lead="origin", applied_on=LONG_AGO, state="ended",
        closed_on=LONG_AGO, entered_by=place.secretary,
    )  # fmt: skip
    asked = datetime(2023, 8, 1, tzinfo=CHINA)
    given = {"asker": place.beside, "asked": place.village, "asked_at": asked, "asked_by": place.secretary}
    given |= {"due_on": LONG_AGO}
    answered = {"state": "answered", "result": "ours", "answered_at": asked, "answered_by": place.secretary}
    inquiry = FloatingInquiry.objects.create(person="慕容大山", answer="是", **given, **answered)
    waiting = FloatingInquiry.objects.create(person="司徒大山", **given)
    retention.run(at=NOW)
    assert retention.run(at=LATER) == 4
    names = ("钱小六", "石耀", "郑大山", "慕容大山")
    assert found_anywhere(*names) == set()
    assert reread(waiting).person == "司徒大山"
    erased = [reread(each).erased_at for each in (person, member, applicant, inquiry)]
    assert erased == [LATER] * 4
    counts = [model.objects.count() for model in (Person, Member, FloatingApplicant, FloatingInquiry)]
    assert counts == [1, 1, 1, 2]


def test_whoever_comes_back_or_holds_a_post_is_not_erased(place):
    back = household(place)
    user = people.user("cadre", place.village)
    official = factories.member(place.village, "石耀", user=user, left_on=LONG_AGO)
    retention.run(at=NOW)
    come_back(by=place.secretary, record=back)
    assert reread(back).erases_on is None
    assert retention.run(at=LATER) == 0
    assert (reread(back).head, reread(official).name) == ("欧阳福林", "石耀")


def test_a_reason_keeps_it_longer_and_then_it_is_announced_anew(place):
    found = household(place)
    retention.run(at=NOW)
    until = date(2027, 3, 1)
    kind = BY_KEY["household"]
    keep = {"kind": kind, "record": found, "at": NOW}
    for by, day, reason in (
        (place.secretary, until, "纠纷未结"),
        (place.organiser, NOW.date(), "纠纷未结"),
        (place.organiser, date(2028, 1, 1), "纠纷未结"),
        (place.organiser, until, " "),
        (place.organiser, until, "欧阳福林的纠纷未结"),
    ):
        with pytest.raises(Refused):
            retention.keep_longer(by=by, until=day, reason=reason, **keep)
    assert (reread(found).kept_until, reread(found).erases_on) == (None, ANNOUNCED)
    retention.keep_longer(by=place.organiser, until=until, reason="纠纷未结", **keep)
    assert retention.run(at=LATER) == 0
    assert reread(found).head == "欧阳福林"
    after = datetime(2027, 3, 2, 5, 20, tzinfo=CHINA)
    retention.run(at=after)
    assert reread(found).erases_on == date(2027, 4, 1)
    assert retention.run(at=after + timedelta(days=30)) == 1
    with pytest.raises(Refused):
        retention.keep_longer(by=place.organiser, until=until, reason="纠纷未结", **keep)


def test_where_the_product_must_not_erase_it_only_reminds(place, settings):
    settings.RETENTION_ERASES, settings.RETENTION_NOTICE_DAYS = False, 10
    found = household(place)
    retention.run(at=NOW)
    assert told(place.organiser) == [("1条个人信息记录已满保存期限，请于2026年9月20日前删除", True)]
    assert retention.run(at=LATER) == 0
    assert reread(found).head == "欧阳福林"


def test_each_area_is_told_of_its_own(place):
    other = county("白水县")
    household(place)
    household(other, "石大山")
    household(other, "石小山")
    retention.run(at=NOW)
    assert [words[:1] for words, _waits in told(place.organiser)] == ["1"]
    assert [words[:1] for words, _waits in told(other.organiser)] == ["2"]


def test_twenty_are_announced_and_erased_in_as_many_statements_as_two(place):
    asked = []
    for count in (2, 20):
        for number in range(count):
            household(place, f"司徒{count}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[number]}")
            factories.member(place.village, f"诸葛{count}号{number}", left_on=LONG_AGO)
        for at in (NOW, LATER):
            with CaptureQueriesContext(connection) as found:
                retention.run(at=at)
            asked.append(len(found))
    assert asked[:2] == asked[2:]
    assert Erasure.objects.count() == 44


def old(place) -> Household:
    return household(place, left_on=timezone.localdate() - timedelta(days=4 * 366))


def test_the_list_says_when_each_is_erased_and_a_reason_is_given_there(place, signed_in):
    found = old(place)
    keep_retention()
    client = signed_in(place.organiser)
    text = client.get(PAGE).content.decode()
    assert "欧***" in text
    assert "将于" in text
    page = f"{PAGE}household/{found.pk}/"
    assert client.get(page).status_code == 200
    until = timezone.localdate() + timedelta(days=90)
    client.post(page, {"until": until.isoformat(), "reason": "纠纷未结"})
    assert reread(found).kept_until == until
    assert "纠纷未结" in client.get(PAGE).content.decode()
    assert client.get(page).status_code == 404
    for who in (place.secretary, people.user("organiser", people.county("白水县"))):
        assert found.head not in signed_in(who).get(PAGE).content.decode()
    assert signed_in(place.secretary).get(PAGE).status_code == 404
    assert signed_in(place.organiser).get(f"{PAGE}nothing/{found.pk}/").status_code == 404


@pytest.mark.parametrize("which", ["list", "one"])
def test_as_many_queries_for_one_row_as_for_three(place, signed_in, which):
    asked = []
    for _round in range(2):
        found = old(place)
        client = signed_in(place.organiser)
        address = PAGE if which == "list" else f"{PAGE}household/{found.pk}/"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))
        old(place)
    assert asked[0] == asked[1] <= 12


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_erases_what_was_announced(queue):
    place = county()
    found = household(place, left_on=timezone.localdate() - timedelta(days=4 * 366))
    Household.objects.update(erases_on=timezone.localdate())
    with real_worker(queue):
        keep_retention.delay()
        deadline = time.monotonic() + 40
        while reread(found).erased_at is None and time.monotonic() < deadline:
            time.sleep(0.2)
    assert (reread(found).head, Erasure.objects.get().erased_by) == ("", None)
