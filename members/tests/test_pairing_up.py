"""Who may help whom: sides, need, place, composition, quotas; and ending, handing over, what is told."""

import pytest

from core.refusals import Refused
from members import conditions
from members.actions.pairs import end_pair, pair_up, replace_helper
from members.kinds import EndReason, Mark, PairKind, Rank
from members.models import Household, PersonPair
from members.ruling import ruling_between
from members.tests import factories
from members.tests.helping import LATER, Place, place_under
from office.models import Message
from organisations.tests.factories import LONG_AGO, reread
from pairing.schemes.persons import Composition, PersonRules
from pairing.schemes.words import PersonPairKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Place:
    return place_under("town")


@pytest.fixture
def qianxi() -> Place:
    return place_under("qianxi")


def paired(place: Place, target, kind=PairKind.CADRE_HOUSEHOLD, *, helper=None, by=None) -> PersonPair:
    return pair_up(by=by or place.secretary, kind=kind, helper=helper or place.helper, target=target, at=LATER)


def refused(*arguments, **options) -> str:
    before = PersonPair.objects.count(), Message.objects.count()
    with pytest.raises(Refused) as refusal:
        paired(*arguments, **options)
    assert (PersonPair.objects.count(), Message.objects.count()) == before
    return str(refusal.value.sentence)


def test_the_scheme_has_the_kinds_of_this_app():
    assert [(each.value, each.label) for each in PersonPairKey] == [(each.value, each.label) for each in PairKind]


def test_a_pair_stands_under_its_pairing_and_both_sides_are_told(qianxi):
    pair = paired(qianxi, qianxi.household)
    assert (pair.unit, pair.village, pair.round, pair.pairing) == (
        qianxi.unit,
        qianxi.village,
        qianxi.round,
        qianxi.pairing,
    )
    told = Message.objects.values_list("recipient", "organisation", "permission", "url")
    assert set(told) == {
        (qianxi.cadre.pk, None, "", pair.get_absolute_url()),
        (None, qianxi.village.pk, "household.edit", pair.get_absolute_url()),
    }
    assert not any("任福林" in str(message.params) + message.subject for message in Message.objects.all())


@pytest.mark.clause("TN-02", "TN-03")
def test_one_needy_member_and_one_needy_villager_of_the_paired_village_and_no_third(town):
    kind = PairKind.MEMBER_PERSON
    paired(town, town.needy_member, kind)
    paired(town, town.needy_person, kind)
    assert PersonPair.objects.active().filter(helper_member=town.helper).count() == 2
    refused(town, factories.member(town.village, marks=[Mark.NEEDY]), kind)
    refused(town, factories.person(town.village), kind)
    other = factories.member(town.unit, marks=[Mark.IN_SERVICE])
    refused(town, factories.member(town.village), kind, helper=other)  # not in need
    assert "东村" in refused(town, factories.person(town.next_village), kind, helper=other, by=town.organiser)


@pytest.mark.clause("TN-03")
@pytest.mark.parametrize(
    ("members", "villagers", "member_fits", "villager_fits"),
    [(0, 0, True, True), (1, 0, False, True), (0, 1, True, False), (1, 1, False, False), (2, 0, False, True)],
)
def test_the_truth_table_of_the_composition(town, members, villagers, member_fits, villager_fits):
    asked = Composition(needy_members=1, needy_villagers=1)
    for target, fits in ((town.needy_member, member_fits), (town.needy_person, villager_fits)):
        if fits:
            conditions.check_composition(asked, (members, villagers), target)
        else:
            with pytest.raises(Refused):
                conditions.check_composition(asked, (members, villagers), target)


@pytest.mark.clause("TN-02", "TN-04")
@pytest.mark.parametrize(
    ("participants", "marks", "rank", "fits"),
    [
        ("in_service", [Mark.IN_SERVICE], "", True),
        ("in_service", [], Rank.GENERAL, True),
        ("in_service", [Mark.ABLE_TO_HELP], "", False),
        ("able", [Mark.ABLE_TO_HELP], "", True),
        ("able", [Mark.IN_SERVICE], Rank.COUNTY, False),
        ("anybody", [], "", True),
    ],
)
def test_who_helps_is_a_setting_of_the_scheme(town, participants, marks, rank, fits):
    rules = ruling_between(town.unit, town.village).rules.model_copy(update={"participants": participants})
    helper = factories.member(town.unit, marks=marks, rank=rank)
    if fits:
        conditions.check_helper(PairKind.MEMBER_PERSON, helper, rules)
    else:
        with pytest.raises(Refused):
            conditions.check_helper(PairKind.MEMBER_PERSON, helper, rules)


@pytest.mark.clause("QX-10")
@pytest.mark.parametrize(
    ("rank", "quota"), [("county", 4), ("section", 3), ("sub_section", 2), ("general", 1), ("", None)]
)
def test_the_quota_by_rank_measures_and_does_not_bar(qianxi, rank, quota):
    helper = factories.member(qianxi.unit, rank=rank)
    rules = ruling_between(qianxi.unit, qianxi.village).rules
    kind = PairKind.CADRE_HOUSEHOLD
    for number in range((quota or 0) + 1):
        load = conditions.load(kind, helper, rules)
        assert (load.number, load.quota, load.is_over, load.short) == (number, quota, False, (quota or 0) - number)
        household = factories.household(qianxi.village, surveyed_on=LONG_AGO)
        paired(qianxi, household, helper=helper)
    load = conditions.load(kind, helper, rules)
    assert (load.is_over, load.short) == (quota is not None, 0)
    assert conditions.load(kind, helper, PersonRules()).quota is None


@pytest.mark.clause("QX-16")
@pytest.mark.parametrize(
    ("fields", "role"),
    [
        ({"marks": [Mark.VILLAGE_CADRE], "is_party_member": True}, "village_cadre"),
        ({"is_party_member": True}, "member"),
        ({"is_party_member": False}, ""),
    ],
)
def test_within_the_village_cadres_members_and_able_households_help(qianxi, fields, role):
    by = qianxi.village_secretary
    helper = factories.member(qianxi.village, **fields)
    assert conditions.chain_role(helper) == role
    if not role:
        refused(qianxi, qianxi.household, PairKind.CHAIN, helper=helper, by=by)
        return
    paired(qianxi, qianxi.household, PairKind.CHAIN, helper=helper, by=by)
    rules = ruling_between(qianxi.village, qianxi.village).rules
    assert conditions.load(PairKind.CHAIN, helper, rules) == conditions.Load(1, 1)


@pytest.mark.clause("QX-16")
def test_an_able_household_of_the_same_village_helps_one_in_need(qianxi):
    by = qianxi.village_secretary
    able = factories.household(qianxi.village, is_able=True, is_needy=False)
    refused(qianxi, qianxi.household, PairKind.CHAIN, helper=factories.household(qianxi.village), by=by)
    refused(qianxi, able, PairKind.CHAIN, helper=able, by=by)
    from_elsewhere = factories.household(qianxi.next_village, is_able=True)
    refused(qianxi, qianxi.household, PairKind.CHAIN, helper=from_elsewhere, by=qianxi.organiser)
    assert paired(qianxi, qianxi.household, PairKind.CHAIN, helper=able, by=by).unit == qianxi.village


@pytest.mark.clause("QX-17")
def test_villages_and_households_are_linked_with_each_other(qianxi):
    villages = paired(qianxi, qianxi.next_village, PairKind.VILLAGE_VILLAGE, helper=qianxi.village, by=qianxi.organiser)
    households = paired(
        qianxi, qianxi.elsewhere, PairKind.HOUSEHOLD_HOUSEHOLD, helper=qianxi.household, by=qianxi.organiser
    )
    assert (str(villages), str(households)) == ("马岭村 → 东村", "任** → 田**")


@pytest.mark.clause("SF-13", "XY-02", "AH-19", "QX-02")
@pytest.mark.parametrize("scheme", ["suifenhe", "xinyi", "anhui", "qianxi"])
def test_the_kinds_of_the_texts_stand_under_their_pairing(scheme):
    place = place_under(scheme)
    targets = {
        "branch_person": (place.unit, place.needy_member),
        "cadre_household": (place.helper, place.household),
        "member_member": (place.helper, factories.member(place.village)),
    }
    kind = place.round.rules.persons.pairs[0].kind
    helper, target = targets[kind]
    assert paired(place, target, kind, helper=helper).pairing == place.pairing


@pytest.mark.clause("QX-11")
def test_first_the_survey_then_the_helper(qianxi):
    qianxi.household.surveyed_on = None
    qianxi.household.save()
    refused(qianxi, qianxi.household)
    qianxi.household.surveyed_on = LATER.date()
    qianxi.household.save()
    assert paired(qianxi, qianxi.household)


def test_whoever_has_no_post_for_it_changes_nothing(qianxi):
    for by in (qianxi.village_secretary, qianxi.cadre, qianxi.stranger):
        refused(qianxi, qianxi.household, by=by)
    refused(qianxi, qianxi.elsewhere)  # of a village with which the unit is not paired
    refused(qianxi, qianxi.needy_person)  # sides of another kind
    paired(qianxi, qianxi.household)
    refused(qianxi, qianxi.household)  # paired already


@pytest.mark.parametrize("side", ["helper", "household"])
def test_nobody_is_paired_with_somebody_who_left(qianxi, side):
    record = getattr(qianxi, side)
    record.left_on = LONG_AGO
    record.save()
    refused(qianxi, qianxi.household, by=qianxi.organiser)


def test_a_helper_or_a_household_that_left_is_a_gap_at_once(qianxi):
    pair = paired(qianxi, qianxi.household)
    households = Household.objects.filter(village=qianxi.village)

    def seen() -> tuple[list, list]:
        return list(households.without_helper([qianxi.village.pk])), list(PersonPair.objects.gaps())

    assert seen() == ([], [])
    qianxi.helper.left_on = LATER.date()
    qianxi.helper.save()
    assert seen() == ([qianxi.household], [pair])
    assert reread(pair).is_gap
    type(qianxi.helper).objects.update(left_on=None)
    households.update(left_on=LATER.date())
    assert seen() == ([], [pair])


def test_ending_keeps_the_history_with_its_reason(qianxi):
    pair = paired(qianxi, qianxi.household)
    with pytest.raises(Refused):
        end_pair(by=qianxi.stranger, pair=pair, reason=EndReason.TERM, at=LATER)
    with pytest.raises(Refused):
        end_pair(by=qianxi.secretary, pair=pair, reason="", at=LATER)
    assert reread(pair).state == "active"
    ended = end_pair(by=qianxi.village_secretary, pair=pair, reason=EndReason.TARGET_CHANGED, words="迁走", at=LATER)
    assert (ended.state, ended.until, ended.end_words, ended.ended_by) == (
        "ended",
        LATER.date(),
        "迁走",
        qianxi.village_secretary,
    )
    with pytest.raises(Refused):
        end_pair(by=qianxi.secretary, pair=pair, reason=EndReason.TERM, at=LATER)
    assert Message.objects.filter(key=f"person-pair:{pair.pk}:ended").count() == 2


def test_a_helper_is_replaced_in_one_step(qianxi):
    pair = paired(qianxi, qianxi.household)
    other = factories.member(qianxi.unit, "周敏")
    arguments = {"pair": pair, "reason": EndReason.HELPER_LEFT, "at": LATER}
    for by, helper in ((qianxi.stranger, other), (qianxi.secretary, qianxi.helper)):
        with pytest.raises(Refused):
            replace_helper(by=by, helper=helper, **arguments)
    elsewhere = factories.member(qianxi.next_village)
    with pytest.raises(Refused):
        replace_helper(by=qianxi.secretary, helper=elsewhere, **arguments)
    assert list(PersonPair.objects.active()) == [pair]
    following = replace_helper(by=qianxi.secretary, helper=other, **arguments)
    assert list(PersonPair.objects.active()) == [following]
    assert (following.helper, following.target, reread(pair).end_reason) == (other, qianxi.household, "helper_left")
