"""The draw: each stratum its share, the same seed and list the same villages, whoever draws."""

import hashlib

from reports.inspection.drawing import draw, hash_of

STRATA = {"东镇": list(range(1, 61)), "西镇": list(range(61, 91)), "南镇": list(range(91, 101))}


def test_each_stratum_gets_its_share():
    drawn = {each.name: (len(each.listed), len(each.drawn)) for each in draw(STRATA, 10, "2026")}
    assert drawn == {"东镇": (60, 6), "西镇": (30, 3), "南镇": (10, 1)}


def test_the_same_seed_and_list_make_the_same_draw_in_whatever_order_they_come():
    turned = {name: keys[::-1] for name, keys in reversed(STRATA.items())}
    first, second = draw(STRATA, 10, "2026"), draw(turned, 10, "2026")
    assert [each.drawn for each in first] == [each.drawn for each in second]
    assert hash_of([3, 1, 2]) == hash_of([1, 2, 3]) != hash_of([1, 2])


def test_another_seed_draws_others():
    assert [each.drawn for each in draw(STRATA, 10, "2026")] != [each.drawn for each in draw(STRATA, 10, "2027")]


def test_the_order_within_a_stratum_is_what_the_page_says():
    by_hand = sorted(range(91, 101), key=lambda key: hashlib.sha256(f"7:{key}".encode()).hexdigest())
    assert draw({"南镇": range(91, 101)}, 3, "7")[0].drawn == by_hand[:3]


def test_nobody_is_drawn_twice_and_a_sample_larger_than_the_list_takes_all():
    (only,) = draw({"南镇": range(91, 101)}, 99, "7")
    assert sorted(only.drawn) == list(range(91, 101))
