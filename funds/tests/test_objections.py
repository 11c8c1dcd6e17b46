"""Anybody asks without an account; the village answers before everybody, then the township."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from funds.actions import objections as acts
from funds.actions.publishing import choose_rules
from funds.models import Objection
from funds.tests.disclosing import place, published
from funds.tests.playing import Place
from office.models import Message
from organisations.tests import factories as people

assert place
pytestmark = pytest.mark.django_db
ASKED = "水渠修到哪里了？"


@pytest.fixture(autouse=True)
def nobody_is_throttled():
    cache.clear()


def asked(place: Place, **changes) -> Objection:
    values = {"kind": "question", "words": ASKED, "key": uuid.uuid4(), "at": timezone.now()}
    return acts.raise_objection(by=None, village=place.village, **(values | changes))


def township_supervisor(place: Place):
    return people.user("township_supervisor", place.township)


def test_anybody_asks_twice_sent_is_once_and_the_contact_is_never_public(place, client):
    disclosure = published(place)
    address = reverse("open_ask", args=[place.village.pk])
    form = {"key": uuid.uuid4(), "kind": "objection", "words": ASKED, "contact": "13812345678"}
    first = client.post(f"{address}?line={disclosure.lines.first().pk}", form)
    again = client.post(address, form)
    objection = Objection.objects.get()
    assert first["Location"] == again["Location"] == reverse("open_objection", args=[objection.token])
    assert objection.entry == disclosure.lines.first().entry
    assert objection.due_on == timezone.localdate() + timedelta(days=15)
    assert Message.objects.filter(organisation=place.village, key=f"objection:{objection.pk}:village").count() == 1
    page = reverse("open_village", args=[place.village.pk])
    assert ASKED not in client.get(page).content.decode()
    acts.answer_objection(by=place.village_secretary, objection=objection, words="修到二组。", at=timezone.now())
    shown = client.get(page).content.decode()
    assert ASKED in shown
    assert "修到二组。" in shown
    for each in (page, reverse("open_objection", args=[objection.token])):
        assert "13812345678" not in client.get(each).content.decode()


@pytest.mark.parametrize("words", ["找我，电话13812345678", "", "卡号6222021001001234567"])
def test_what_is_personal_is_held_back_at_the_field_and_nothing_typed_is_lost(place, client, words):
    form = {"key": uuid.uuid4(), "kind": "question", "words": words, "contact": "村口小店"}
    answer = client.post(reverse("open_ask", args=[place.village.pk]), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"words"}
    assert "村口小店" in answer.content.decode()
    assert not Objection.objects.exists()


def test_so_many_from_one_address_are_too_many(place, client):
    address = reverse("open_ask", args=[place.village.pk])
    codes = [
        client.post(address, {"key": uuid.uuid4(), "kind": "question", "words": f"问题{number}"}).status_code
        for number in range(7)
    ]
    assert codes == [302] * 6 + [429]
    assert Objection.objects.count() == 6


def test_the_days_of_an_answer_are_those_of_the_province(place):
    choose_rules(by=place.organiser, place=place.county, profile="chongqing", at=timezone.now())
    assert asked(place).due_on == timezone.localdate() + timedelta(days=3)


def test_only_the_village_answers_first_and_what_was_answered_stays(place):
    objection = asked(place)
    for who in (place.secretary, place.stranger, township_supervisor(place)):
        with pytest.raises(Refused):
            acts.answer_objection(by=who, objection=objection, words="好", at=timezone.now())
    with pytest.raises(Refused):
        acts.answer_objection(
            by=place.village_secretary, objection=objection, words="电话13812345678", at=timezone.now()
        )
    objection.refresh_from_db()
    assert objection.answer == ""
    acts.answer_objection(by=place.village_secretary, objection=objection, words="修到二组。", at=timezone.now())
    with pytest.raises(Refused):
        acts.answer_objection(by=place.village_secretary, objection=objection, words="不是。", at=timezone.now())
    for change in ({"answer": "不是。"}, {"words": "别的"}):
        with pytest.raises(Error), transaction.atomic():
            Objection.objects.filter(pk=objection.pk).update(**change)
    with pytest.raises(Error), transaction.atomic():
        Objection.objects.all().delete()


def test_the_township_answers_once_it_was_passed_on(place, client):
    objection, supervisor = asked(place), township_supervisor(place)
    address = reverse("open_objection", args=[objection.token])
    client.post(address, headers={"Referer": address})
    objection.refresh_from_db()
    assert objection.second_due_on is None  # the village still has time
    late = timezone.now() + timedelta(days=16)
    assert list(Objection.objects.overdue(timezone.localdate(late))) == [objection]
    acts.pass_on(by=None, objection=objection, at=late)
    assert Message.objects.filter(organisation=place.township, key=f"objection:{objection.pk}:township").exists()
    with pytest.raises(Refused):
        acts.answer_second(by=place.village_secretary, objection=objection, words="属实。", at=late)
    acts.answer_second(by=supervisor, objection=objection, words="经查属实。", at=late)
    assert not Objection.objects.waiting().exists()
    assert "经查属实。" in client.get(reverse("open_village", args=[place.village.pk])).content.decode()


def test_the_answer_alone_is_shown_where_the_words_tell_about_persons(place, client):
    objection = asked(place, words="某某家为什么有补助")
    client.force_login(place.village_secretary)
    form = {"words": "按评议结果发放。", "hides_words": "on"}
    assert client.post(objection.get_absolute_url(), form).status_code == 302
    client.logout()
    page = client.get(reverse("open_village", args=[place.village.pk])).content.decode()
    assert "按评议结果发放。" in page
    assert "某某家" not in page


def test_the_list_of_the_desk_and_a_stranger(place, client):
    objection = asked(place)
    client.force_login(place.village_secretary)
    assert ASKED in client.get(reverse("objections")).content.decode()
    client.force_login(place.stranger)
    assert ASKED not in client.get(reverse("objections")).content.decode()
    assert client.get(objection.get_absolute_url()).status_code == 404
    assert client.get(reverse("open_objection", args=["guessed"])).status_code == 404


def test_its_history_tells_of_the_village_and_no_key_of_the_program(place, client):
    objection = asked(place)
    client.force_login(place.village_secretary)
    told = client.get(f"/history/funds.objection/{objection.pk}/").content.decode()
    assert place.village.name in told
    assert (str(objection.key) in told, str(objection.token) in told) == (False, False)
