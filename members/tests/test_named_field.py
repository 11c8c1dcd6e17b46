"""Somebody typed by name or number: who is found, and what is said where nobody or several are."""

import pytest
from django.forms import ValidationError

from members.forms.people import NamedField
from members.kinds import Mark
from members.models import Household, Member
from members.tests import factories
from members.tests.helping import Place, place_under

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return place_under("qianxi")


def found(typed: str) -> Member | Household | None:
    return NamedField(required=False, among=[Member.objects.all(), Household.objects.all()]).clean(typed)


def refused(typed: str) -> str:
    with pytest.raises(ValidationError) as refusal:
        found(typed)
    return str(refusal.value.message)


def test_by_the_full_name_or_the_roster_number_alone_or_with_the_place(place):
    """The name of a household is masked in lists; typed in full it is found all the same."""
    numbered = factories.member(place.unit, "周敏", number="A17")
    assert found("任福林") == found("马岭村 任福林") == place.household
    assert found("周敏") == found("A17") == found("林业局 周敏") == found("周敏 A17") == numbered
    assert found("") is None


def test_every_word_has_to_fit(place):
    for typed in ("马岭村", "东村 任福林", "任福林 99", "任福"):
        assert "没有此姓名或编号" in refused(typed)


def test_namesakes_are_listed_as_they_are_to_be_typed_and_who_is_in_need_is_masked(place):
    factories.member(place.unit, "陈光", number="17")
    factories.member(place.village, "石大勇", number="17", marks=[Mark.NEEDY])
    assert refused("陈光") == "有多个同名：林业局 陈光、林业局 陈光 17。"
    told = refused("17")
    assert "林业局 陈光 17" in told
    assert "石大勇" not in told


def test_who_has_left_is_not_found(place):
    factories.member(place.unit, "周敏", left_on="2020-01-01")
    assert "没有此姓名或编号" in refused("周敏")
