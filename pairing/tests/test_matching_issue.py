"""What the matching proposed becomes real: some or all, once, by decision or by both sides."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.refusals import Refused
from office.models import Message
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.actions import decisions, issuing, market
from pairing.actions import matching as acts
from pairing.matching.states import MatchState
from pairing.models import Agreement, Decision, Intention, MatchingRun, Pairing
from pairing.states import IntentionState, Origin, Side
from pairing.tests import factories
from pairing.tests.market import AFTER_APRIL, IN_TIME
from pairing.tests.matching import computed, issued, looking, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return looking()


def test_what_is_dropped_counts_no_more_and_is_not_issued(place):
    run = computed(place)
    assert acts.drop_proposals(by=place.organiser, run=run, proposals=[row(run, place.village).pk], at=IN_TIME) == 1
    assert MatchingRun.objects.get().now["covered"] == 2
    with pytest.raises(Refused):
        issued(place, run, only=[place.village])
    assert not Pairing.objects.exists()
    assert len(issued(place, run).done) == 2


@pytest.mark.clause("SH-16", "SH-30")
def test_what_is_issued_stands_as_decided_with_its_reasons(place):
    run = computed(place)
    found = issued(place, run)
    assert found.result == {"done": 3, "skipped": 0}
    pairing = Pairing.objects.get(village=place.village)
    assert (pairing.unit, pairing.origin, pairing.is_late) == (place.unit, Origin.ASSIGNED, True)
    proposal = row(run, place.village)
    assert (proposal.state, proposal.pairing, proposal.settled_by) == (MatchState.ISSUED, pairing, place.organiser)
    reason = Decision.objects.get(village=place.village).reason
    assert reason == "综合平衡；可满足1项需求（共2项）：技术；同县（区）；该单位仅此一村"
    assert MatchingRun.objects.get().now == run.proposed


def rows_of(model, **about) -> list[dict]:
    fresh = {"id", "pairing_id", "reason", "key", "url", "touched", "intention_id"}
    return [
        {name: value for name, value in found.items() if name not in fresh}
        for found in model.objects.filter(**about).order_by("pk").values()
    ]


def everything(place) -> list:
    messages = sorted(rows_of(Message), key=lambda row: (row["organisation_id"] or 0, row["subject"]))
    told = [each for each in messages if each["organisation_id"]]
    return [rows_of(Pairing), rows_of(Agreement), rows_of(Decision), rows_of(Intention), told]


def test_an_issued_pair_is_the_same_as_one_assigned_by_hand(place):
    """Row by row: pairing, draft, decision with before and after, lapsed proposals, messages."""
    type(place.round).objects.update(units_per_village=1, villages_per_unit=1)
    run = computed(place)

    def other_wishes():
        """Proposals that lapse: for the village by another unit, by the unit for another village."""
        Message.objects.all().delete()
        for unit, village in ((place.units[2], place.village), (place.unit, place.villages[2])):
            market.propose(by=people.user("branch_secretary", unit), round=place.round, unit=unit, village=village,
                           side=Side.UNIT, at=IN_TIME)  # fmt: skip

    other_wishes()
    with transaction.atomic():
        common = {"by": place.organiser, "round": place.round, "reason": "综合平衡", "at": AFTER_APRIL}
        decisions.assign(unit=place.unit, village=place.village, **common)
        by_hand = everything(place)
        transaction.set_rollback(True)
    issued(place, run, only=[place.village])
    assert everything(place) == by_hand
    assert [row["state"] for row in by_hand[3]] == [IntentionState.LAPSED] * 2


def test_an_open_wish_is_accepted_and_stays_a_voluntary_choice(place):
    wish = factories.intention(place.round, place.unit, place.village)
    run = computed(place)
    issued(place, run, only=[place.village])
    pairing, wish = Pairing.objects.get(), people.reread(wish)
    assert (pairing.intention, pairing.origin) == (wish, Origin.VOLUNTARY)
    assert (wish.state, wish.answered_by, wish.is_late) == (IntentionState.ACCEPTED, place.organiser, True)
    assert Decision.objects.get().verb == Decision.Verb.PREFER


def test_some_are_issued_and_what_became_impossible_is_skipped_with_its_sentence(place):
    run = computed(place)
    other = people.unit(place.root, "交通局")
    factories.directory(place.round)
    decisions.assign(
        by=place.organiser, round=place.round, unit=other, village=place.village, reason="先定", at=IN_TIME
    )
    people.organisation("闭局", kind=Kind.AGENCY)
    type(place.unit).objects.filter(pk=place.units[1].pk).update(closed_on=date(2026, 4, 1))
    found = issued(place, run)
    assert [each.village.name for each in found.done] == ["西村"]
    notes = {each.village.name: row(run, each.village).note for each in found.skipped}
    assert notes["青山县马岭村"] == "青山县马岭村已有单位：交通局。"
    assert "2026年4月1日" in notes["东村"]
    states = set(run.proposals.filter(village__in=place.villages[:2]).values_list("state", flat=True))
    assert states == {MatchState.SKIPPED}
    assert Pairing.objects.count() == 2
    again = acts.choose_unit(
        by=place.organiser, proposal=row(run, place.villages[1]), unit=place.unit, seen=place.units[1].pk, at=IN_TIME
    )
    assert (again.state, again.note) == (MatchState.PROPOSED, "")


def test_declined_meanwhile_is_skipped_unless_chosen_by_hand_after_that(place):
    run = computed(place)
    later = run.finished_at.replace(year=2030)
    factories.intention(place.round, place.unit, place.village, state=IntentionState.DECLINED, answered_at=later)
    assert [each.village for each in issued(place, run, only=[place.village]).skipped] == [place.village]


def test_put_to_both_sides_the_village_answers_and_the_unit_may_withdraw(place):
    run = computed(place)
    found = issued(place, run, verb=issuing.recommend, only=[place.village, place.villages[1]])
    assert (len(found.done), Pairing.objects.count()) == (2, 0)
    proposal = Intention.objects.get(village=place.village)
    assert (proposal.state, proposal.origin, proposal.proposed_by) == ("proposed", Origin.ASSIGNED, place.organiser)
    assert row(run, place.village).state == MatchState.RECOMMENDED
    told = dict(Message.objects.filter(key__contains=f":{proposal.pk}:").values_list("organisation__name", "kind"))
    assert told == {"青山县马岭村": "pairing", "青山县林业局": "notice"}
    pairing = market.accept(by=place.village_secretary, intention=proposal, at=AFTER_APRIL)
    assert (pairing.origin, pairing.unit) == (Origin.ASSIGNED, place.unit)
    second = Intention.objects.get(village=place.villages[1])
    assert MatchingRun.objects.get().now["covered"] == 3
    market.withdraw(by=people.user("branch_secretary", place.units[1]), intention=second, at=AFTER_APRIL)
    acts.drop_proposals(by=place.organiser, run=run, proposals=[row(run, place.villages[2]).pk], at=IN_TIME)
    assert MatchingRun.objects.get().now["covered"] == 1


def test_as_many_statements_for_one_as_for_many(place):
    for number in range(6):
        people.village(place.townships[0], f"第{number}村")
        people.unit(place.root, f"第{number}局")
    factories.directory(place.round)
    run = computed(place)
    villages = [each.village for each in run.proposals.select_related("village")]
    counts = []
    for some in (villages[:1], villages[1:]):
        with CaptureQueriesContext(connection) as captured:
            issued(place, run, only=some)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert Pairing.objects.count() == 9
