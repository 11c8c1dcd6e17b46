"""Who helps whom, as rosters say it: member and rural member, leader and village."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.kinds import PairKind, PairOrigin
from members.models import Member, PersonPair
from members.ruling import Ruling, ruling_between, rulings_between
from members.tests import factories
from members.tests.rosters import AGENCY, LEADERS, PAIRS, RURAL, doubts, imported, row, sizes, verdicts
from office.models import RosterImport
from office.rosters.undoing import undo
from organisations.models import Organisation
from organisations.tests import factories as people
from pairing.states import RoundState
from pairing.tests import factories as factory

pytestmark = pytest.mark.django_db

Rows = tuple[str, list[list]]
HELPERS: Rows = (
    "机关党员",
    [AGENCY, [1, "陆兰", "女", "林业局", "县级", "", ""], [2, "石耀", "男", "林业局", "", "", ""]],
)
TARGETS: Rows = (
    "农村党员",
    [RURAL, [1, "汤金", "男", "城关镇", "东坳村", "否", "", ""], [2, "段丽", "女", "金碧镇", "东坳村", "是", "", ""]],
)


@pytest.fixture
def county():
    county = people.county("黔西县")
    people.unit(county, "林业局")
    people.village(people.township(county, "城关镇"), "东坳村")
    people.village(people.township(county, "金碧镇"), "东坳村")
    return county


def pairs(*rows: list) -> tuple[str, list[list]]:
    return "党员结对", [PAIRS, *rows]


@pytest.mark.clause("QX-02")
def test_members_of_units_are_paired_with_members_of_villages(tmp_path, county):
    rows = [[1, "陆兰", "林业局", "汤金", "城关镇", "东坳村"], [2, "陆 兰", "林业局", "段丽", "金碧镇", "东坳村"]]
    roster = imported(tmp_path, county, pairs(*rows), HELPERS, TARGETS)
    assert verdicts(roster)["member_pairs"] == {"created": 2, "skipped": 1}
    stored = PersonPair.objects.order_by("pk").values_list(
        "helper_member__name", "target_member__name", "village__path"
    )
    assert [pair[:2] for pair in stored] == [("陆兰", "汤金"), ("陆兰", "段丽")]
    assert len({pair[2] for pair in stored}) == 2
    assert set(PersonPair.objects.values_list("kind", "origin")) == {(PairKind.MEMBER_MEMBER, PairOrigin.ROSTER)}
    before = sizes()
    again = imported(tmp_path, county, pairs(*rows, [3, "石耀", "林业局", "汤金", "城关镇", "东坳村"]))
    assert verdicts(again) == {"member_pairs": {"unchanged": 2, "created": 1, "skipped": 1}}
    undo(again, at=timezone.now())
    assert sizes() == before


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["陆芸", "林业局", "汤金", "城关镇", "东坳村"], [("helper", "unknown")]),
        (["陆兰", "水利局", "汤金", "城关镇", "东坳村"], [("unit", "unknown")]),
        (["陆兰", "林业局", "汤金", "金碧镇", "东坳村"], [("target", "unknown")]),
        (["陆兰", "林业局", "汤金", "", "东坳村"], [("township", "several")]),
        (["陆兰", "林业局", "", "城关镇", "东坳村"], [("target", "missing")]),
    ],
)
def test_whoever_is_on_no_roster_is_doubted_at_the_cell(tmp_path, county, cells, expected):
    roster = imported(tmp_path, county, HELPERS, TARGETS, pairs([1, *cells]))
    assert doubts(roster, "member_pairs", 2) == expected
    assert not PersonPair.objects.exists()


def test_a_pair_of_somebody_whose_own_row_is_in_doubt_waits(tmp_path, county):
    helpers: Rows = ("机关党员", [AGENCY, [1, "陆兰", "女", "林业局", "首长", "", ""]])
    roster = imported(tmp_path, county, helpers, TARGETS, pairs([1, "陆兰", "林业局", "汤金", "城关镇", "东坳村"]))
    assert doubts(roster, "member_pairs", 2) == [("helper", "waits")]
    assert row(roster, "member_pairs", 2).doubts[0]["params"] == {"name": "陆兰", "sheet": "机关党员", "row": "2"}


def test_of_two_people_of_one_name_a_number_or_a_phone_says_who_is_meant(tmp_path, county):
    town = Organisation.objects.get(name="城关镇")
    village = Organisation.objects.get(name="东坳村", path__startswith=town.path)
    first, second = (factories.member(village, "汤金", phone=f"1390000000{i}") for i in (1, 2))
    unclear = imported(tmp_path, county, HELPERS, pairs([1, "陆兰", "林业局", "汤金", "城关镇", "东坳村"]))
    assert doubts(unclear, "member_pairs", 2) == [("target", "several_people")]
    told: Rows = (
        "党员结对",
        [[*PAIRS, "农村党员电话"], [1, "陆兰", "林业局", "汤金", "城关镇", "东坳村", second.phone]],
    )
    imported(tmp_path, county, told)
    assert PersonPair.objects.get().target_member == second
    assert first.helped_in.count() == 0


def test_leaders_become_members_of_the_county_itself_with_their_villages(tmp_path):
    district = people.county("新城区")
    villages = [people.village(people.township(district), name) for name in ("野马图村", "保合少村")]
    leaders: list[list] = [
        LEADERS,
        [1, "孟珍", "区政协副主席", "野马图村"],
        [2, "胡萍", "区委常委", "保合少村、野马图村"],
    ]
    roster = imported(tmp_path, district, ("区级领导", leaders))
    assert verdicts(roster) == {"leaders": {"created": 2, "skipped": 1}}
    assert set(Member.objects.values_list("name", "post", "organisation__name")) == {
        ("孟珍", "区政协副主席", "新城区"), ("胡萍", "区委常委", "新城区"),
    }  # fmt: skip
    assert set(PersonPair.objects.values_list("kind", "helper_member__name", "target_organisation", "village")) == {
        (PairKind.LEADER_VILLAGE, "孟珍", villages[0].pk, villages[0].pk),
        (PairKind.LEADER_VILLAGE, "胡萍", villages[0].pk, villages[0].pk),
        (PairKind.LEADER_VILLAGE, "胡萍", villages[1].pk, villages[1].pk),
    }
    assert verdicts(imported(tmp_path, district, ("区级领导", leaders))) == {"leaders": {"unchanged": 2, "skipped": 1}}
    moved = imported(
        tmp_path, district, ("区级领导", [LEADERS, [1, "孟珍", "副区长", "保合少村"], [2, "吕福", "", "西村"]])
    )
    assert row(moved, "leaders", 2).changes == [
        ["职务", "区政协副主席", "副区长"], ["联系村", "野马图村", "保合少村"]
    ]  # fmt: skip
    assert doubts(moved, "leaders", 3) == [("villages", "unknown")]
    held = PersonPair.objects.filter(helper_member__name="孟珍").values_list("village__name", "state", "end_reason")
    assert set(held) == {("野马图村", "ended", "reassigned"), ("保合少村", "active", "")}
    undo(RosterImport.objects.latest("pk"), at=timezone.now())
    assert PersonPair.objects.get(helper_member__name="孟珍").village == villages[0]


def test_a_pair_stands_under_the_pairing_of_its_unit_and_village_where_the_two_are_paired(tmp_path, county):
    unit = Organisation.objects.get(name="林业局")
    village = Organisation.objects.filter(name="东坳村").order_by("path")[0]
    pairing = factory.pairing(factory.round(county, state=RoundState.OPEN), unit, village, state="signed")
    newer = factory.round(county, state=RoundState.OPEN, starts_on=date(2027, 1, 1), ends_on=date(2029, 1, 1))
    rows = [[1, "陆兰", "林业局", "汤金", "城关镇", "东坳村"], [2, "石耀", "林业局", "段丽", "金碧镇", "东坳村"]]
    imported(tmp_path, county, HELPERS, TARGETS, pairs(*rows))
    stored = {pair.target_member.name: (pair.pairing, pair.round) for pair in PersonPair.objects.all()}
    assert stored == {"汤金": (pairing, pairing.round), "段丽": (None, newer)}


def test_the_nearest_pairing_to_the_village_holds_and_then_the_newest_one_a_partner_counts_too(county):
    unit, partner = Organisation.objects.get(name="林业局"), people.unit(county, "农业局")
    village = Organisation.objects.filter(name="东坳村").order_by("path")[0]
    township = Organisation.objects.get(path=village.path[: -Organisation.steplen])
    first, second, third = (factory.round(county, name=f"第{n}轮", state=RoundState.OPEN) for n in (1, 2, 3))
    at = timezone.now()
    above = factory.pairing(third, unit, township, state="signed", formed_at=at)
    assert ruling_between(unit, village).pairing == above
    old = factory.pairing(first, unit, village, state="signed", formed_at=at - timedelta(days=9))
    assert ruling_between(unit, village).pairing == old
    newest = factory.pairing(second, unit, village, state="signed", formed_at=at - timedelta(days=1))
    assert ruling_between(unit, village) == Ruling(second, newest)
    assert ruling_between(partner, village) == Ruling(third, None)
    answered = {"answered_at": at, "answered_by": people.user()}
    old.partners.create(unit=partner, state="joined", share=50, **answered)
    assert ruling_between(partner, village).pairing == old


def test_thirty_pairs_ask_as_often_as_three(county, django_assert_num_queries):
    unit = Organisation.objects.get(name="林业局")
    villages = [people.village(county, f"村{number}") for number in range(30)]
    round = factory.round(county, state=RoundState.OPEN)
    for village in villages[:15]:
        factory.pairing(round, unit, village, state="signed")
    for number in (3, 30):
        with django_assert_num_queries(3):
            found = rulings_between(
                [(unit.path, village.path) for village in villages[-number:]] + [(unit.path, villages[0].path)]
            )
        assert {ruling.round for ruling in found.values()} == {round}
