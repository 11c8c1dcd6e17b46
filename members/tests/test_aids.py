"""What is noted in a pair: help, talks, the wish before the measures, the plan; and one's own households."""

from datetime import timedelta

import pytest

from core.refusals import Refused
from members.actions.aids import note_aid, record_wish, withdraw_aid, write_plan
from members.kinds import Mark, PairKind
from members.models import Aid, HardshipPlan, Household, PersonPair
from members.tests import factories
from members.tests.helping import LATER, Place, place_under
from organisations.tests.conftest import signed_in
from organisations.tests.factories import reread
from pairing.tests.market import statements

assert signed_in
pytestmark = pytest.mark.django_db
DAY = LATER.date()
PART = {"HX-Request": "true"}


def helping(place: Place, target=None, kind=PairKind.CADRE_HOUSEHOLD) -> PersonPair:
    fields = {"round": place.round, "pairing": place.pairing}
    return factories.helps(place.helper, target or place.household, kind, **fields)


def noted(pair: PersonPair, by, **changes) -> Aid:
    entry = {"sort": "aid", "service": "", "on": DAY, "words": "送树苗50株"}
    return note_aid(by=by, pair=pair, at=LATER, **(entry | changes))


@pytest.mark.clause("YD-01", "SF-11", "TN-15")
@pytest.mark.parametrize(
    ("scheme", "service", "name"),
    [("yudu", "policy", "送政策"), ("suifenhe", "care_in_work", "就业帮困"), ("town", "market_news", "市场信息")],
)
def test_services_are_those_of_the_scheme(scheme, service, name):
    place = place_under(scheme)
    pair = helping(place)
    note = noted(pair, place.cadre, service=service, words="")
    assert (note.name, note.on, note.noted_by) == (name, DAY, place.cadre)
    assert (reread(pair).seen_on, reread(place.household).seen_on) == (DAY, DAY)
    with pytest.raises(Refused):
        noted(pair, place.cadre, service="of another scheme")
    assert Aid.objects.count() == 1


@pytest.mark.clause("SF-12", "AH-37")
def test_what_a_needy_member_was_given_is_on_file_behind_their_page(signed_in):
    place = place_under("suifenhe")
    pair = helping(place, place.needy_member, PairKind.MEMBER_MEMBER)
    noted(pair, place.cadre, service="care_in_work", words="介绍到超市上班")
    noted(pair, place.cadre, sort="talk", words="了解上班是否习惯")
    client = signed_in(place.village_secretary)
    assert pair.get_absolute_url() in client.get(place.needy_member.get_absolute_url()).content.decode()
    file = client.get(pair.get_absolute_url()).content.decode()
    assert all(words in file for words in ("就业帮困", "介绍到超市上班", "了解上班是否习惯"))


@pytest.mark.parametrize(
    "changes",
    [
        {"words": " "},
        {"sort": "talk", "words": ""},
        {"on": DAY + timedelta(days=1)},
        {"on": DAY - timedelta(days=9000)},
    ],
)
def test_a_note_says_what_and_when(changes):
    place = place_under("yudu")
    with pytest.raises(Refused):
        noted(helping(place), place.cadre, **changes)
    assert not Aid.objects.exists()


def test_only_the_helper_and_those_who_keep_or_manage_write():
    place = place_under("yudu")
    pair = helping(place)
    for by in (place.organiser, place.secretary, place.village_secretary):
        noted(pair, by)
    for by in (place.stranger, factories.member(place.unit).user or place.stranger):
        with pytest.raises(Refused):
            noted(pair, by)
    assert Aid.objects.count() == 3
    PersonPair.objects.update(state="ended", until=DAY, end_reason="term")
    with pytest.raises(Refused):
        noted(pair, place.cadre)
    assert Aid.objects.count() == 3


def test_a_wrong_note_is_taken_back_with_a_reason_and_stays():
    place = place_under("yudu")
    pair = helping(place)
    first, second = noted(pair, place.cadre, on=DAY - timedelta(days=3)), noted(pair, place.cadre)
    for by, words in ((place.stranger, "误记"), (place.cadre, " ")):
        with pytest.raises(Refused):
            withdraw_aid(by=by, note=second, words=words, at=LATER)
    assert not reread(second).is_withdrawn
    withdraw_aid(by=place.cadre, note=second, words="误记", at=LATER)
    assert (reread(pair).seen_on, reread(second).withdrawn_by) == (first.on, place.cadre)
    with pytest.raises(Refused):
        withdraw_aid(by=place.cadre, note=second, words="误记", at=LATER)


@pytest.mark.clause("XY-03")
def test_the_wish_comes_before_the_measures():
    place = place_under("xinyi")
    Household.objects.update(wish="", wished_on=None)
    pair = helping(place)
    plan = {"pair": pair, "content": "缺技术", "measures": "学养蜂", "leaves_on": DAY + timedelta(days=300)}
    with pytest.raises(Refused):
        noted(pair, place.cadre)
    with pytest.raises(Refused):
        write_plan(by=place.cadre, at=LATER, **plan)
    assert (Aid.objects.count(), HardshipPlan.objects.count()) == (0, 0)
    noted(pair, place.cadre, sort="talk", words="谈了近况")
    with pytest.raises(Refused):
        record_wish(by=place.stranger, pair=pair, words="想养蜂", at=LATER)
    record_wish(by=place.cadre, pair=pair, words="想养蜂", at=LATER)
    assert (reread(place.household).wish, reread(place.household).wished_on) == ("想养蜂", DAY)
    assert noted(pair, place.cadre)
    assert write_plan(by=place.cadre, at=LATER, **plan).number == 1


@pytest.mark.clause("TN-16")
def test_each_person_has_a_plan_and_each_change_is_a_version(signed_in):
    place = place_under("town")
    pair = helping(place, place.needy_person, PairKind.MEMBER_PERSON)
    page = signed_in(place.cadre).get(pair.get_absolute_url())
    assert page.context["course"].plan_is_missing
    leaves_on = DAY + timedelta(days=300)
    given = {"by": place.cadre, "pair": pair, "measures": "学养蜂", "at": LATER}
    for content, day in ((" ", leaves_on), ("缺技术", DAY)):
        with pytest.raises(Refused):
            write_plan(content=content, leaves_on=day, **given)
    assert not HardshipPlan.objects.exists()
    write_plan(content="缺技术", leaves_on=leaves_on, **given)
    write_plan(content="缺技术、缺资金", leaves_on=leaves_on, **given)
    assert list(HardshipPlan.objects.values_list("number", "content")) == [(2, "缺技术、缺资金"), (1, "缺技术")]
    page = signed_in(place.cadre).get(pair.get_absolute_url())
    assert (page.context["course"].plan.number, page.context["course"].plan_is_missing) == (2, False)


@pytest.mark.clause("QX-11")
def test_the_page_shows_survey_target_duty_and_supervision_in_this_order(signed_in):
    place = place_under("qianxi")
    pair = helping(place)
    course = signed_in(place.cadre).get(pair.get_absolute_url()).context["course"]
    assert [step.done for step in course.steps] == [True, True, True, True, False, False]
    noted(pair, place.cadre)
    course = signed_in(place.cadre).get(pair.get_absolute_url()).context["course"]
    assert course.steps[-1].on == DAY


@pytest.mark.clause("XC-11")
def test_the_measure_for_the_class_is_shown_to_those_who_are_near_only(signed_in):
    place = place_under("xincheng")
    Household.objects.update(household_class="middle")
    pair = helping(place)
    assert "引导激励" in signed_in(place.cadre).get(pair.get_absolute_url()).content.decode()
    assert signed_in(place.stranger).get(pair.get_absolute_url()).status_code == 404
    from_above = signed_in(place.organiser).get(pair.get_absolute_url()).content.decode()
    assert "任**" in from_above
    assert "任福林" not in from_above


def test_my_households_longest_unseen_first_with_names_in_full(signed_in):
    place = place_under("yudu")
    never = factories.household(place.village, "赵无人看")
    for household, days in ((place.household, 3), (place.elsewhere, 40)):
        noted(helping(place, household), place.cadre, on=DAY - timedelta(days=days))
    helping(place, never)
    page = signed_in(place.cadre).get("/my-households/")
    assert [pair.target for pair in page.context["pairs"]] == [never, place.elsewhere, place.household]
    text = page.content.decode()
    for words in ("赵无人看", "田云华", "任福林", "想养蜂", "马岭村"):
        assert words in text
    assert "赵无人看" not in signed_in(place.secretary).get("/my-households/").content.decode()
    assert "赵无人看" in signed_in(place.cadre).get("/my-households/", headers=PART).content.decode()
    assert signed_in(place.secretary).get("/my-households/", headers=PART).content.decode().strip() == ""


def test_from_my_households_to_a_note_on_the_phone(signed_in):
    place = place_under("yudu")
    pair = helping(place)
    address = f"/person-pairs/{pair.pk}/note/"
    form = signed_in(place.cadre).get(address).context["form"]
    assert [name for _key, name in form.fields["what"].choices] == ["送政策", "送温暖", "送服务", "谈心"]
    today = form.fields["on"].initial().isoformat()
    answer = signed_in(place.cadre).post(address, {"what": "warmth", "on": today, "words": "送棉被"})
    assert answer.url == "/my-households/"
    note = Aid.objects.get()
    assert (note.name, note.words) == ("送温暖", "送棉被")
    assert signed_in(place.stranger).post(address, {"what": "warmth", "on": today}).status_code == 404
    signed_in(place.cadre).post(f"/person-pairs/{pair.pk}/notes/{note.pk}/take-back/", {"words": "误记"})
    assert reread(note).is_withdrawn
    signed_in(place.cadre).post(f"/person-pairs/{pair.pk}/wish/", {"words": "想学电工"})
    assert reread(place.household).wish == "想学电工"
    plan = {"content": "缺技术", "measures": "学电工", "leaves_on": f"{DAY.year + 40}-12-31"}
    signed_in(place.cadre).post(f"/person-pairs/{pair.pk}/plan/", plan)
    assert HardshipPlan.objects.get().measures == "学电工"


def test_pages_ask_no_more_for_many(signed_in):
    place = place_under("yudu")
    pair = helping(place)
    noted(pair, place.cadre)
    addresses = ("/my-households/", "/person-pairs/", pair.get_absolute_url())
    client = signed_in(place.cadre)

    def asked() -> list[int]:
        return [statements(client, "/my-households/", PART), *(statements(client, address) for address in addresses)]

    few = asked()
    for _number in range(3):
        other = helping(place, factories.household(place.village))
        for written in (pair, other):
            noted(written, place.cadre)
    factories.helps(factories.member(place.unit, marks=[Mark.IN_SERVICE]), place.household)
    assert few == asked() == [5, 6, 8, 10]
