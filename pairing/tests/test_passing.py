import pytest

from office.models import Message
from organisations.actions import restructuring
from organisations.tests import factories as people
from pairing.actions import exchanges
from pairing.actions.issues import raise_issue
from pairing.actions.solving import claim_solved
from pairing.models import Issue, ResourceEntry, ResourceExchange
from pairing.models.resource import Direction
from pairing.states import ExchangeState, IssueState
from pairing.tests.market import AFTER_JULY, IN_TIME, county, formed
from pairing.tests.test_resources import asked, posted

pytestmark = pytest.mark.django_db


def test_issues_offers_and_matches_of_a_merged_village_go_on_with_its_successor():
    place = county()
    successor = people.village(place.townships[0], "合村")
    secretary = people.user("village_secretary", successor, name="赵合")
    issue = raise_issue(
        by=place.secretary,
        pairing=formed(place),
        title="村道损毁",
        kind=Issue.Kind.OTHER,
        owner=place.village,
        at=IN_TIME,
    )
    wish = {"by": place.village_secretary, "organisation": place.village, "direction": Direction.REQUEST}
    request, offer = posted(place, **wish), posted(place)
    exchange = asked(place, offer)
    asked(place, request, by=place.secretary, asker=place.unit)
    done = restructuring.merge(
        by=place.organiser,
        organisation=place.village,
        into=successor,
        reason="撤并",
        on=AFTER_JULY.date(),
        at=AFTER_JULY,
    )
    assert any("合村" in sentence for sentence in done.outcome)
    waiting = Message.objects.open().filter(key__regex="^(issue|exchange):")
    assert not waiting.filter(organisation=place.village).exists()
    assert waiting.filter(organisation=successor).count() == 2
    assert ResourceEntry.objects.get(pk=request.pk).organisation == successor
    exchange = exchanges.accept_exchange(by=place.secretary, exchange=exchange, at=AFTER_JULY)
    assert (ResourceExchange.objects.get(pk=exchange.pk).asker, exchange.state) == (successor, ExchangeState.ACCEPTED)
    assert claim_solved(by=secretary, issue=issue, words="已修复", at=AFTER_JULY).state == IssueState.CLAIMED


def test_nobody_asks_twice_after_a_merger():
    place = county()
    successor = people.village(place.townships[0], "合村")
    secretary = people.user("village_secretary", successor)
    offer = posted(place, for_several=True)
    asked(place, offer)
    asked(place, offer, by=secretary, asker=successor)
    restructuring.merge(
        by=place.organiser,
        organisation=place.village,
        into=successor,
        reason="撤并",
        on=AFTER_JULY.date(),
        at=AFTER_JULY,
    )
    assert ResourceExchange.objects.filter(asker=successor).count() == 1
