from datetime import timedelta

import pytest

from core.refusals import Refused
from office.models import Message
from organisations.actions.facilities import add_facility
from organisations.kinds import Resource
from organisations.models import Strength
from organisations.tests import factories as people
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.actions import exchanges, resources
from pairing.models import ResourceEntry, ResourceExchange
from pairing.models.resource import Direction
from pairing.states import EntryState, ExchangeState
from pairing.tests.market import IN_TIME, county, statements

assert signed_in
pytestmark = pytest.mark.django_db
DAY = IN_TIME.date()


def posted(place, **fields):
    given = {
        "by": place.secretary, "organisation": place.unit, "direction": Direction.OFFER, "title": "林果技术下乡",
        "resource": Resource.TECHNOLOGY, "quantity": "专家3人", "at": IN_TIME,
    }  # fmt: skip
    return resources.post_entry(**(given | fields))


def asked(place, entry, **fields):
    given = {"by": place.village_secretary, "asker": place.village, "words": "5月初到村培训一次", "at": IN_TIME}
    return exchanges.ask(entry=entry, **(given | fields))


@pytest.mark.clause("SH-25")
def test_an_offer_is_asked_for_agreed_to_done_and_confirmed_by_the_other_side():
    place = county()
    entry = posted(place)
    exchange = asked(place, entry)
    assert Message.objects.open().get().organisation == place.unit
    with pytest.raises(Refused):
        exchanges.accept_exchange(by=place.village_secretary, exchange=exchange, at=IN_TIME)
    exchange = exchanges.accept_exchange(by=place.secretary, exchange=exchange, words="可以", at=IN_TIME)
    assert (reread(entry).state, Message.objects.open().count()) == (EntryState.MATCHED, 0)
    with pytest.raises(Refused):
        asked(place, entry)
    exchange = exchanges.report_done(by=place.secretary, exchange=exchange, on=DAY, words="培训60人", at=IN_TIME)
    with pytest.raises(Refused):
        exchanges.confirm_done(by=place.secretary, exchange=exchange, at=IN_TIME)
    later = IN_TIME + timedelta(minutes=5)
    exchange = exchanges.return_done(by=place.village_secretary, exchange=exchange, words="只来了一天", at=later)
    assert exchange.state == ExchangeState.ACCEPTED
    last = later + timedelta(minutes=5)
    exchange = exchanges.report_done(by=place.secretary, exchange=exchange, on=DAY, words="补训一天", at=last)
    assert Message.objects.open().get().organisation == place.village
    exchange = exchanges.confirm_done(by=place.village_secretary, exchange=exchange, at=last)
    assert (exchange.state, exchange.outcome, Message.objects.open().count()) == ("confirmed", "补训一天", 0)


@pytest.mark.clause("SH-25")
def test_a_request_is_answered_by_a_unit_and_one_that_comes_to_nothing_is_open_again():
    place = county()
    wish = {"by": place.village_secretary, "organisation": place.village, "direction": Direction.REQUEST}
    entry = posted(place, **wish, title="求购果苗销路", resource=Resource.INFORMATION)
    exchange = asked(place, entry, by=place.secretary, asker=place.unit)
    exchange = exchanges.accept_exchange(by=place.village_secretary, exchange=exchange, at=IN_TIME)
    with pytest.raises(Refused):
        exchanges.withdraw_exchange(by=place.secretary, exchange=exchange, at=IN_TIME)
    exchanges.withdraw_exchange(by=place.secretary, exchange=exchange, words="收购商退出", at=IN_TIME)
    assert (reread(entry).state, reread(exchange).state) == (EntryState.OPEN, ExchangeState.WITHDRAWN)
    again = asked(place, entry, by=place.secretary, asker=place.unit)
    with pytest.raises(Refused):
        asked(place, entry, by=place.secretary, asker=place.unit)
    with pytest.raises(Refused):
        exchanges.decline_exchange(by=place.village_secretary, exchange=again, words="", at=IN_TIME)
    exchanges.decline_exchange(by=place.village_secretary, exchange=again, words="已解决", at=IN_TIME)
    assert reread(entry).state == EntryState.OPEN


def test_what_is_for_several_stays_on_the_board_and_whoever_waits_is_told_when_it_is_taken_down():
    place = county()
    entry = posted(place, for_several=True)
    exchanges.accept_exchange(by=place.secretary, exchange=asked(place, entry), at=IN_TIME)
    village = people.village(place.townships[0])
    secretary = people.user("village_secretary", village)
    waiting = asked(place, reread(entry), by=secretary, asker=village)
    resources.withdraw_entry(by=place.secretary, entry=entry, at=IN_TIME)
    assert (reread(waiting).state, Message.objects.open().count()) == (ExchangeState.DECLINED, 0)
    assert Message.objects.filter(organisation=village, kind="notice").count() == 1


@pytest.mark.clause("SH-24", "SH-25")
def test_venues_and_facilities_of_both_sides_are_offered_by_those_who_speak_for_them():
    place = county()
    township = place.townships[0]
    supervisor = people.user("township_supervisor", township)
    fields = {"kind": "service_centre", "name": "党员服务中心", "functions": ["education_training"]}
    centre = add_facility(by=None, organisation=township, fields=fields)
    offer = {"by": supervisor, "organisation": township, "title": "培训教室", "resource": Resource.VENUE}
    entry = posted(place, **offer, facility=centre)
    assert (entry.facility, entry.posted_as.organisation) == (centre, township)
    with pytest.raises(Refused):
        posted(place, facility=centre)  # somebody else's
    with pytest.raises(Refused):
        posted(place, **(offer | {"direction": Direction.REQUEST}), facility=centre)
    with pytest.raises(Refused):
        posted(place, by=supervisor, organisation=place.village)


def test_only_the_same_area_sees_it_and_nobody_a_phone_number():
    place, other = county(), county("白水县")
    entry = posted(place)
    seen = [ResourceEntry.objects.visible_to(user).exists() for user in (place.village_secretary, other.secretary)]
    assert seen == [True, False]
    with pytest.raises(Refused):
        asked(place, entry, by=other.village_secretary, asker=other.village)
    with pytest.raises(Refused, match="139"):
        posted(place, details="联系13900001111")
    with pytest.raises(Refused, match="139"):
        asked(place, entry, words="请打13900001111")
    assert ResourceExchange.objects.count() == 0


def test_a_known_need_or_strength_becomes_a_request_or_an_offer_in_one_click():
    place = county()
    need, strength = place.village.needs.get(), Strength.objects.get(unit=place.unit)
    entry = resources.post_known(by=place.village_secretary, known=need, at=IN_TIME)
    assert (entry.direction, entry.title, entry.resource) == (Direction.REQUEST, "修路", Resource.FUNDS)
    assert resources.post_known(by=place.village_secretary, known=need, at=IN_TIME) == entry
    assert resources.post_known(by=place.secretary, known=strength, at=IN_TIME).direction == Direction.OFFER
    with pytest.raises(Refused):
        resources.post_known(by=place.village_secretary, known=strength, at=IN_TIME)


def test_after_its_last_day_an_entry_leaves_the_board():
    place = county()
    entry = posted(place, until=DAY)
    assert resources.expire_entries(today=DAY) == 0
    assert ResourceEntry.objects.on_offer(DAY + timedelta(days=1)).count() == 0
    with pytest.raises(Refused):
        asked(place, entry, at=IN_TIME + timedelta(days=1))
    assert resources.expire_entries(today=DAY + timedelta(days=1)) == 1
    assert reread(entry).state == EntryState.EXPIRED
    with pytest.raises(Refused):
        posted(place, until=DAY - timedelta(days=1))


def test_the_board_shows_both_columns_with_counts_and_asks_no_more_for_many(signed_in):
    place = county()
    posted(place, title="果树技术员", for_several=True)
    client = signed_in(place.village_secretary)
    few = statements(client, "/resources/")
    for number in range(4):
        posted(place, title=f"讲座{number}", resource=Resource.CULTURE)
        posted(
            place, by=place.village_secretary, organisation=place.village, direction="request", title=f"求书{number}"
        )
        people.need(place.village, f"需求{number}", Resource.CULTURE)
    assert (few, statements(client, "/resources/")) == (12, 12)
    page = client.get("/resources/?kind=culture").content.decode()
    assert "讲座3" in page
    assert "果树技术员" not in page
    page = client.get("/resources/?q=求书").content.decode()
    assert "求书1" in page
    assert "讲座1" not in page
    assert "139" not in page
    assert statements(client, "/resources/list/") == 8


def test_from_the_board_to_the_confirmation_on_the_pages(signed_in):
    place = county()
    client = signed_in(place.secretary)
    fields = {"direction": "offer", "organisation": place.unit.pk, "resource": "technology", "title": "果树修剪指导"}
    client.post("/resources/new/", fields)
    entry = ResourceEntry.objects.get()
    assert client.post(entry.get_absolute_url(), {"words": "自己"}).status_code == 404
    client.post(f"/resources/{entry.pk}/edit/", fields | {"title": "果树修剪指导两天", "for_several": "on"})
    client = signed_in(place.village_secretary)
    assert client.get(f"/resources/{entry.pk}/edit/").status_code == 404
    assert client.post(f"/resources/{entry.pk}/withdraw/").status_code == 404
    answer = client.post(entry.get_absolute_url(), {"asker": place.village.pk, "words": "请来村里"})
    exchange = ResourceExchange.objects.get()
    assert answer.url == f"/resources/exchanges/{exchange.pk}/"
    for person, verb, words in (
        (place.secretary, "accept", "好"), (place.village_secretary, "done", "培训40人"), (place.secretary, "confirm", ""),
    ):  # fmt: skip
        signed_in(person).post(answer.url, {"verb": verb, "words": words, "on": DAY.isoformat()})
    assert (reread(exchange).state, reread(entry).title) == (ExchangeState.CONFIRMED, "果树修剪指导两天")
    assert statements(signed_in(place.secretary), entry.get_absolute_url()) == 7
    need = place.village.needs.get()
    assert signed_in(place.secretary).post(f"/resources/needs/{need.pk}/").status_code == 404
    signed_in(place.village_secretary).post(f"/resources/needs/{need.pk}/")
    assert ResourceEntry.objects.filter(direction="request").get().title == need.name
