"""Signing in: by user name or number, never without a limit, never for longer than somebody is there."""

import importlib
from urllib.parse import unquote

import pytest
from django.urls import NoReverseMatch, clear_url_caches, reverse

from organisations import urls
from organisations.middleware import LAST_SEEN
from organisations.models import Appointment
from organisations.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(world):
    return factories.user(
        "branch_secretary", world.unit, username="wang.zy", phone="13812345678", password=factories.PASSWORD
    )


def try_to_sign_in(client, login: str, password: str = factories.PASSWORD, **options):
    return client.post(reverse("account_login"), {"login": login, "password": password, **options})


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("login", ["wang.zy", "WANG.zy ", "13812345678", "１３８１２３４５６７８", "ｗａｎｇ．ｚｙ"])
def test_people_sign_in_by_user_name_or_number_as_they_type_it(client, secretary, login):
    try_to_sign_in(client, login)
    assert signed_in_as(client) == str(secretary.pk)


@pytest.mark.parametrize(("login", "password"), [("wang.zy", "wrong"), ("nobody", factories.PASSWORD), ("", "x")])
def test_a_wrong_name_or_password_signs_nobody_in(client, secretary, login, password):
    assert try_to_sign_in(client, login, password).status_code == 200
    assert signed_in_as(client) is None


def test_whoever_may_not_sign_in_is_told_so_only_with_the_right_password(client, secretary):
    secretary.is_active = False
    secretary.save()
    wrong = try_to_sign_in(client, "wang.zy", "wrong")
    right = try_to_sign_in(client, "wang.zy")
    assert wrong.status_code == 200
    assert right.headers["Location"] == reverse("account_inactive")
    assert client.get(reverse("account_inactive")).status_code == 200
    assert signed_in_as(client) is None


def test_open_sessions_end_when_sign_in_is_ended(world, client):
    client.force_login(world.cadre)
    assert client.get(reverse("me")).status_code == 200
    world.cadre.is_active = False
    world.cadre.save()
    assert client.get(reverse("me")).status_code == 302


def test_guessing_a_password_is_throttled_even_for_the_right_one(client, secretary):
    for _ in range(5):
        try_to_sign_in(client, "wang.zy", "wrong")
    try_to_sign_in(client, "wang.zy")
    assert signed_in_as(client) is None


def test_nobody_signs_up(client, world):
    answer = client.get("/account/signup/")
    assert answer.status_code in {200, 404}
    client.post("/account/signup/", {"username": "intruder", "password1": factories.PASSWORD})
    assert not type(world.cadre).objects.filter(username="intruder").exists()


def test_an_idle_session_ends_with_a_sentence_and_comes_back_to_the_page(client, world, settings):
    client.force_login(world.cadre)
    page = reverse("organisation", args=[world.unit.pk])
    client.get(page)
    session = client.session
    session[LAST_SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    answer = client.get(page, follow=True)
    assert answer.redirect_chain == [(f"{reverse('account_login')}?next={page}", 302)]
    assert [str(message) for message in answer.context["messages"]] != []
    assert signed_in_as(client) is None


def test_a_session_in_use_does_not_end(client, world, settings):
    client.force_login(world.cadre)
    client.get(reverse("me"))
    session = client.session
    session[LAST_SEEN] -= settings.SESSION_IDLE_SECONDS - 5
    session.save()
    assert client.get(reverse("me")).status_code == 200
    assert client.session[LAST_SEEN] > session[LAST_SEEN]


def test_a_page_that_asks_for_itself_keeps_no_session_alive(client, world, settings):
    client.force_login(world.cadre)
    client.get(reverse("me"))
    session = client.session
    session[LAST_SEEN] -= settings.SESSION_IDLE_SECONDS - 5
    session.save()
    assert client.get(reverse("me"), headers={"X-Poll": "1", "HX-Request": "true"}).status_code == 200
    assert client.session[LAST_SEEN] == session[LAST_SEEN]


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client, world, settings):
    client.force_login(world.cadre)
    client.get(reverse("me"))
    session = client.session
    session[LAST_SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    answer = client.get(
        reverse("search"), headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/me/?a=1"}
    )
    assert answer.headers["HX-Redirect"] == f"{reverse('account_login')}?next=/me/%3Fa%3D1"
    assert signed_in_as(client) is None


def test_what_an_idle_person_sent_is_not_done(client, world, settings):
    client.force_login(world.organiser)
    client.get(reverse("me"))
    session = client.session
    session[LAST_SEEN] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    answer = client.post(reverse("suspend", args=[world.cadre.pk]))
    assert answer.status_code == 302
    assert factories.reread(world.cadre).is_active


def test_without_a_post_one_signs_in_and_sees_only_why_there_is_nothing(client, world):
    client.force_login(world.nobody)
    assert "目前没有" in client.get(reverse("me")).content.decode()
    assert client.get(reverse("organisation", args=[world.unit.pk])).status_code == 404
    assert client.get(reverse("organisations")).context["found"] == 0


def test_after_the_last_day_of_a_post_its_pages_are_gone(client, world):
    client.force_login(world.cadre)
    address = reverse("organisation", args=[world.unit.pk])
    assert client.get(address).status_code == 200
    Appointment.objects.filter(user=world.cadre).update(until="2025-12-31")
    assert client.get(address).status_code == 404


@pytest.fixture
def demonstration(settings):
    def switch(on: bool) -> None:
        settings.DEMO = on
        importlib.reload(urls)
        importlib.reload(importlib.import_module(settings.ROOT_URLCONF))
        clear_url_caches()

    was = settings.DEMO
    yield switch
    switch(was)


def test_demonstration_accounts_do_not_exist_outside_demonstration_mode(client, world, demonstration):
    world.cadre.is_demo = True
    world.cadre.save()
    demonstration(False)
    with pytest.raises(NoReverseMatch):
        reverse("demo_sign_in")
    assert client.post("/demo/sign-in/", {"user": world.cadre.pk}).status_code == 404
    assert world.cadre.name not in client.get(reverse("account_login")).content.decode()
    assert signed_in_as(client) is None


def test_in_demonstration_mode_one_click_signs_in_as_a_demonstration_account(client, world, demonstration):
    world.cadre.is_demo = True
    world.cadre.save()
    demonstration(True)
    page = client.get(reverse("account_login")).content.decode()
    assert world.cadre.name in page
    assert "县林业局" in page
    client.post(reverse("demo_sign_in"), {"user": world.cadre.pk})
    assert signed_in_as(client) == str(world.cadre.pk)


@pytest.mark.parametrize(
    ("wanted", "led_to"), [("/suggestions/new/", "/suggestions/new/"), ("https://example.org/", "/"), ("", "/")]
)
def test_one_click_leads_back_to_the_page_that_was_asked_for(client, world, demonstration, wanted, led_to):
    world.cadre.is_demo = True
    world.cadre.save()
    demonstration(True)
    assert 'value="/suggestions/new/"' in client.get(f"{reverse('account_login')}?next=/suggestions/new/").text
    assert client.post(reverse("demo_sign_in"), {"user": world.cadre.pk, "next": wanted})["Location"] == led_to


def test_an_ordinary_account_is_never_offered_without_a_password(client, world, demonstration):
    demonstration(True)
    assert world.cadre.name not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("demo_sign_in"), {"user": world.cadre.pk}).status_code == 404
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("referer", "onward"),
    [
        ("http://testserver/me/?a=1", "/me/?a=1"),
        ("http://elsewhere.example/me/", "/"),
        ("", "/"),
    ],
)
def test_a_form_sent_without_a_session_leads_back_to_the_page_that_held_it(client, referer, onward):
    answer = client.post(reverse("mark_all_read"), headers={"referer": referer} if referer else {})
    address, _, query = answer["Location"].partition("?")
    assert (answer.status_code, address, unquote(query)) == (302, reverse("account_login"), f"next={onward}")
