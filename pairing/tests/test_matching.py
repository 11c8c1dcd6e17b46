"""Partners proposed for the villages of a round: what is read, what is said, what is measured, what is issued."""

from datetime import date

import pytest

from core.refusals import Refused
from office import running
from organisations.kinds import Kind, Resource
from organisations.tests import factories as people
from pairing.actions import issuing
from pairing.actions import matching as acts
from pairing.actions.matching import Settings
from pairing.matching import computing
from pairing.matching.measuring import Measure
from pairing.matching.states import MatchState
from pairing.matching.weights import Weights
from pairing.models import MatchingRun, Pairing
from pairing.models.matching import LeftOver, Nearness
from pairing.states import EndReason, IntentionState, PairingState, RoundState, Side
from pairing.tests import factories
from pairing.tests.market import IN_TIME, county
from pairing.tests.matching import computed, looking, proposed, row, started, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return looking()


def test_each_open_village_gets_the_unit_that_meets_most_needs(place):
    run = computed(place)
    assert proposed(run) == {"青山县马岭村": "青山县林业局", "东村": "水利局", "西村": "教育局"}
    assert (run.villages, run.units, run.looked_at, run.is_exhaustive) == (3, 3, 9, True)
    assert run.finished_at is not None
    first, second = row(run, place.village), row(run, place.villages[1])
    assert (first.asked, first.met, first.points) == (2, ["technology"], 50 + 3 * 7)
    assert (second.asked, second.met, second.met_count) == (2, ["funds"], 1)
    assert first.area == "青山县金碧镇"


def test_the_best_units_and_those_left_with_a_place_are_kept_for_each_village(place, monkeypatch):
    monkeypatch.setattr(computing, "MOST_OTHERS", 1)
    free = people.unit(place.root, "供销社")
    people.strength(free, "销售", Resource.FUNDS)
    factories.directory(place.round)
    run = computed(place)
    kept = {line.village_id: set(line.others) for line in run.proposals.all()}
    idle = {unit.pk for unit in [*place.units, free]} - set(run.proposals.values_list("unit", flat=True))
    assert len(idle) == 1
    assert all(idle <= others and len(others) <= 2 for others in kept.values())
    assert kept[place.village.pk] == idle | {place.unit.pk}  # the only one that offers technology


def test_the_reasons_say_what_is_so(place):
    last = factories.round(place.root, name="上一轮", starts_on=date(2023, 3, 1), state=RoundState.OPEN)
    factories.pairing(last, place.units[1], place.village, state=PairingState.SIGNED)
    factories.intention(place.round, place.units[2], place.villages[1])
    run = computed(place)
    tie, wish = row(run, place.village), row(run, place.villages[1])
    assert (tie.unit, tie.tie, tie.wish) == (place.units[1], last, "")
    assert (wish.unit, wish.tie, wish.wish) == (place.units[2], None, Side.UNIT)
    assert words(tie) == "可满足1项需求（共2项）：资金；在「上一轮」中已结对；同县（区）"
    assert words(wish) == "可满足1项需求（共2项）：文化；单位已提出意向；同县（区）"
    third = row(run, place.villages[2])
    assert words(third) == "该村未填报需求；同县（区）"


def test_other_things_have_nothing_in_common(place):
    people.need(place.villages[2], "修桥", Resource.OTHER)
    people.strength(place.unit, "理发", Resource.OTHER)
    run = computed(place)
    assert row(run, place.villages[2]).asked == 0
    assert run.before["needs"] == 4


def test_the_round_before_counts_where_it_is_known_and_what_ended_early_does_not(place):
    oldest = factories.round(place.root, name="第一轮", starts_on=date(2020, 3, 1))
    last = factories.round(place.root, name="上一轮", starts_on=date(2023, 3, 1))
    factories.pairing(oldest, place.units[2], place.villages[2])
    ended = {"state": PairingState.ENDED, "ended_on": date(2024, 1, 1), "signed_on": date(2023, 5, 1)}
    factories.pairing(last, place.units[0], place.villages[2], end_reason=EndReason.RESELECTION, **ended)
    place.round.previous = last
    place.round.save()
    run = computed(place, weights=Weights(needs=0, balance=0))
    assert run.before["ties"] == 0
    assert row(run, place.villages[2]).unit != place.units[0]
    place.round.previous = None
    place.round.save()
    assert row(computed(place), place.villages[2]).tie == oldest


def test_who_declined_is_not_proposed_and_why_nobody_is_left_is_said(place):
    for unit in place.units:
        factories.intention(place.round, unit, place.village, state=IntentionState.DECLINED)
    run = computed(place)
    left = row(run, place.village)
    assert (left.state, left.unit, left.left_over) == (MatchState.LEFT, None, LeftOver.TURNED_AWAY)
    assert words(left) == "尚有名额的单位均已是该村伙伴，或此前曾谢绝"
    assert (run.now["covered"], run.now["villages"]) == (2, 3)


def test_without_a_place_a_village_is_left_over(place):
    people.village(place.townships[0], "南村")
    factories.directory(place.round)
    run = computed(place)
    left = run.proposals.get(state=MatchState.LEFT)
    assert left.left_over == LeftOver.NO_PLACE
    assert Measure.of(run.now).left == 1


def test_villages_with_a_partner_are_not_open_and_units_without_a_place_are_not_proposed(place):
    factories.pairing(place.round, place.unit, place.villages[2])
    run = computed(place)
    assert proposed(run) == {"青山县马岭村": "水利局", "东村": "教育局"}
    assert (run.before["covered"], run.now["covered"]) == (1, 3)


def test_where_the_round_sets_no_limit_the_load_is_balanced(place):
    type(place.round).objects.update(villages_per_unit=None)
    people.strength(place.unit, "资金", Resource.FUNDS)
    people.strength(place.unit, "文化", Resource.CULTURE)
    everything = computed(place, weights=Weights(balance=0))
    assert everything.now["largest"] == 2
    assert everything.now["needs_met"] == 4
    balanced = computed(place, weights=Weights(needs=1, balance=10))
    assert (balanced.now["largest"], balanced.now["smallest"], balanced.now["idle"]) == (1, 1, 0)


def test_a_village_may_want_two_units(place):
    type(place.round).objects.update(units_per_village=2, villages_per_unit=2)
    run = computed(place, wanted=2)
    assert run.proposals.filter(unit__isnull=False).count() == 6
    assert run.proposals.filter(village=place.village).values("unit").distinct().count() == 2
    assert run.now["largest"] == 2


def test_paired_districts_and_codes_say_how_near_two_are():
    city = people.organisation("浦江市", kind=Kind.PREFECTURE, division_code="310100")
    counties = [people.organisation(name, kind=Kind.COUNTY, parent=city, division_code=code)
                for name, code in [("崇县", "310150"), ("宝县", "310151"), ("静区", "310106")]]  # fmt: skip
    villages = [
        people.village(people.township(each), f"{each.name}村", division_code=f"{each.division_code}101001")
        for each in counties[:2]
    ]
    units = [people.unit(counties[2], "静区局"), people.unit(counties[1], "宝县局")]
    round = factories.round(city)
    factories.directory(round)
    factories.pairing(round, counties[2], counties[0], level="district_county")
    organiser = people.user("organiser", city)
    run = acts.start_matching(by=organiser, round=round, settings=Settings(), at=IN_TIME)
    running.perform(run.job.pk)
    found = {
        each.village.name: (each.unit.name, each.nearness) for each in run.proposals.select_related("village", "unit")
    }
    assert found == {
        villages[0].name: (units[0].name, Nearness.COUNTERPART),
        villages[1].name: (units[1].name, Nearness.COUNTY),
    }


def test_the_measure_is_that_of_the_pairs(place):
    last = factories.round(place.root, name="上一轮", starts_on=date(2023, 3, 1))
    factories.pairing(last, place.units[1], place.village, state=PairingState.SIGNED)
    factories.pairing(last, place.units[0], place.villages[1], state=PairingState.SIGNED)
    factories.pairing(place.round, place.units[2], place.villages[1])
    run = computed(place, weights=Weights(ties=10))
    assert Measure.of(run.before) == Measure(
        villages=3, covered=1, needs=4, needs_met=1, units=3, largest=1, smallest=0, idle=2, ties=2, ties_kept=0
    )
    assert Measure.of(run.now) == Measure(
        villages=3, covered=3, needs=4, needs_met=2, units=3, largest=1, smallest=1, idle=0, ties=2, ties_kept=1
    )
    assert run.proposed == run.now


def test_the_organiser_moves_a_pair_and_the_measure_follows(place):
    type(place.round).objects.update(villages_per_unit=None)
    run = computed(place, weights=Weights(balance=10))
    second = row(run, place.villages[1])
    computed_unit = second.unit
    common = {"by": place.organiser, "proposal": second, "at": IN_TIME}
    moved = acts.choose_unit(unit=place.unit, seen=computed_unit.pk, **common)
    assert (moved.unit, moved.met, moved.is_moved, moved.moved_by) == (place.unit, [], True, place.organiser)
    assert words(moved) == "2项需求均不能满足；同县（区）；手工选定"
    now = MatchingRun.objects.get().now
    assert now["needs_met"] == run.proposed["needs_met"] - 1
    assert (run.proposed["largest"], now["largest"], now["idle"]) == (1, 2, 1)
    back = acts.choose_unit(unit=computed_unit, seen=place.unit.pk, **common)
    assert (back.is_moved, back.met_count) == (False, 1)
    assert MatchingRun.objects.get().now == run.proposed


def test_a_unit_without_a_place_is_exchanged_on_demand(place):
    run = computed(place)
    first, second = row(run, place.village), row(run, place.villages[1])
    common = {"by": place.organiser, "proposal": first, "unit": place.units[1], "seen": place.unit.pk, "at": IN_TIME}
    with pytest.raises(Refused) as refusal:
        acts.choose_unit(**common)
    assert "东村" in str(refusal.value.sentence)
    assert row(run, place.village).unit == place.unit
    acts.choose_unit(**common, exchange=True)
    assert (row(run, place.village).unit, row(run, place.villages[1]).unit) == (place.units[1], place.unit)
    assert row(run, second.village).is_moved
    dropped = row(run, place.village)
    acts.drop_proposals(by=place.organiser, run=run, proposals=[dropped.pk], at=IN_TIME)
    acts.choose_unit(
        by=place.organiser, proposal=dropped, unit=place.units[2], seen=place.units[1].pk, at=IN_TIME, exchange=True
    )
    left = row(run, place.villages[2])
    assert (left.state, left.unit, words(left)) == (MatchState.LEFT, None, "其单位已由人工调给别的村")
    assert MatchingRun.objects.get().now["covered"] == 2


def test_two_organisers_who_move_the_same_village(place):
    type(place.round).objects.update(villages_per_unit=None)
    run = computed(place)
    first = row(run, place.village)
    one, other = (each for each in place.units if each.pk != first.unit_id)
    seen = {"proposal": first, "seen": first.unit_id, "by": place.organiser, "at": IN_TIME}
    acts.choose_unit(unit=one, **seen)
    with pytest.raises(Refused):
        acts.choose_unit(unit=other, **seen)
    assert row(run, place.village).unit == one


def test_only_who_organises_the_round_has_it_matched_and_issued(place):
    run = computed(place)
    other = county("绿水县")
    for person in (other.organiser, place.secretary, place.village_secretary):
        with pytest.raises(Refused):
            acts.start_matching(by=person, round=place.round, settings=Settings(), at=IN_TIME)
        with pytest.raises(Refused):
            issuing.issue(by=person, run=run, proposals=[run.proposals.first().pk], reason="理由", at=IN_TIME)
        assert not MatchingRun.objects.visible_to(person).exists()
    assert (MatchingRun.objects.count(), Pairing.objects.count()) == (1, 0)
    assert list(MatchingRun.objects.visible_to(place.organiser)) == [run]


def test_one_computation_at_a_time_and_none_in_a_closed_round(place):
    started(place)
    with pytest.raises(Refused):
        started(place)
    assert MatchingRun.objects.count() == 1


def test_a_cancelled_run_proposes_nothing_and_another_may_start(place, monkeypatch):
    run = started(place)
    monkeypatch.setattr(running.RunningJob, "progress", lambda job, *_args: (_ for _ in ()).throw(running.Cancelled))
    running.perform(run.job.pk)
    monkeypatch.undo()
    run.refresh_from_db()
    assert (run.job.state, run.finished_at, run.proposals.count()) == ("cancelled", None, 0)
    assert len(proposed(computed(place))) == 3


def test_a_job_that_comes_twice_keeps_one_set_of_proposals(place):
    run = computed(place)
    rows = list(run.proposals.values_list("pk", flat=True))
    assert acts.keep_proposals(by=place.organiser, run=run, rows=[{}], at=IN_TIME).finished_at == run.finished_at
    assert list(run.proposals.values_list("pk", flat=True)) == rows


def test_a_scheme_that_pairs_no_villages_is_refused(place):
    version = place.round.scheme_version
    version.content["pairing"]["levels"] = ["district_county"]
    type(version).objects.filter(pk=version.pk)
    run_count = MatchingRun.objects.count()
    copy = type(version).objects.create(scheme=version.scheme, number=9, text="", content=version.content)
    type(place.round).objects.update(scheme_version=copy)
    with pytest.raises(Refused):
        started(place)
    assert MatchingRun.objects.count() == run_count
