"""Search as people type: parts of names, former names, codes, initials - and only what one may see."""

import pytest
from django.urls import reverse

from organisations.indexing import refresh_search
from organisations.models import Organisation
from organisations.search import SUGGESTIONS, search
from organisations.tests import factories

pytestmark = pytest.mark.django_db


def found(user, query: str) -> list[str]:
    return [result.name for group in search(user, query, 50) for result in group.found]


@pytest.mark.parametrize("query", ["野马", "马图村", "ymt", "YMTC", "ｙｍｔ", "520522101201", " 野马图村 "])
def test_a_village_is_found_as_people_type_it(world, query):
    assert found(world.organiser, query) == ["野马图村"]


@pytest.mark.parametrize("query", ["", " ", "不存在", "ymx", "%", "_"])
def test_nothing_is_found_by_what_is_not_there(world, query):
    assert found(world.organiser, query) == []


def test_one_finds_only_what_one_sees(world):
    assert found(world.village_secretary, "村") == ["野马图村"]
    assert found(world.nobody, "村") == []


def test_the_name_itself_comes_first(world):
    factories.village(world.township, "大沟村上寨")
    factories.village(world.township, "小大沟村")
    assert found(world.organiser, "大沟村") == ["大沟村", "大沟村上寨", "小大沟村"]


def test_people_are_found_by_those_who_keep_posts_only(world):
    assert found(world.organiser, "王志远") == ["王志远"]
    assert found(world.organiser, "wzy") == ["王志远"]
    assert found(world.supervisor, "王志远") == []
    assert found(world.unit_secretary, "王志远") == []


def test_suggestions_are_few_and_lead_to_the_pages(world, signed_in):
    for number in range(SUGGESTIONS + 2):
        factories.village(world.township, f"新村{number}")
    answer = signed_in(world.organiser).get(f"{reverse('search')}?q=新村", headers={"HX-Request": "true"})
    assert [len(group.found) for group in answer.context["groups"]] == [SUGGESTIONS]
    first = answer.context["groups"][0].found[0]
    assert f'href="{first.url}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_search_costs_the_same_however_much_is_found(world, signed_in, django_assert_num_queries):
    client = signed_in(world.organiser)
    address = f"{reverse('search')}?q=村"
    factories.user("village_secretary", world.village, name="村里人")
    client.get(address)

    with django_assert_num_queries(11):
        client.get(address)
    for _ in range(3):
        factories.user("village_secretary", factories.village(world.township), name="村里人")
    with django_assert_num_queries(11):
        client.get(address)


def test_search_asks_for_sign_in(client, world):
    answer = client.get(f"{reverse('search')}?q=野马")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_index_of_many_rows_is_renewed_in_sets(world, django_assert_num_queries):
    Organisation.objects.update(search_text="", search_grams=[])
    with django_assert_num_queries(2):
        assert refresh_search(Organisation.objects.all()) == 8
    assert list(Organisation.objects.found_by("ymt")) == [world.village]
