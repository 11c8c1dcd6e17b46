"""The frame of every page: who finds what, and the switches."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from config.views import server_error
from organisations.models import Organisation, User
from organisations.roles import ROLES
from organisations.tests import factories
from pairing.tests import factories as rounds


@pytest.fixture
def signed_in(client, db):
    """Signs in a person who holds `role` at a county, or nothing."""
    cache.clear()
    county = factories.county("青山县")

    def sign_in(role: str = ""):
        client.force_login(factories.user(role, county if role else None, password=factories.PASSWORD))
        return client

    return sign_in


def frame(client) -> dict:
    response = client.get(reverse("accessibility"))
    assert response.status_code == 200
    return response.context


def addresses(context) -> list[str]:
    return [item["url"] for section in context["nav_sections"] for item in section["items"]]


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_every_link_of_the_navigation_opens_for_whom_it_is_shown(role, signed_in):
    client = signed_in(role)
    context = frame(client)
    links = addresses(context) + [item["url"] for name in ("nav_tabs", "account_items") for item in context[name]]
    opened = {url: client.get(url).status_code for url in links}
    # The second step of signing in asks for the password once more.
    opened = {url: status for url, status in opened.items() if not (status == 302 and "/2fa/" in url)}
    assert opened == dict.fromkeys(opened, 200)


def test_only_those_who_may_import_are_led_to_the_background_work(signed_in):
    assert reverse("jobs") in addresses(frame(signed_in("organiser")))
    assert reverse("jobs") not in addresses(frame(signed_in("cadre")))


def test_nobody_signed_in_sees_no_navigation(client, db):
    assert "nav_sections" not in frame(client)


def test_on_a_phone_only_the_part_of_the_navigation_that_holds_the_page_is_unfolded(signed_in):
    page = signed_in("organiser").get(reverse("inspections"))
    open_parts = [section["title"] for section in page.context["nav_sections"] if section["current"]]
    assert open_parts == ["汇报与考核"]
    content = page.content.decode()
    assert content.count('<details class="fold" open><summary>汇报与考核') == 1
    assert content.count('<details class="fold"') == len(page.context["nav_sections"]) - 1


def test_the_page_is_marked_in_the_navigation(signed_in):
    context = signed_in("organiser").get(reverse("villages")).context
    current = [item["url"] for section in context["nav_sections"] for item in section["items"] if item["current"]]
    assert current == [reverse("villages")]


def test_a_page_below_another_address_is_marked_where_it_belongs(signed_in):
    """The disclosures of a village lie below its organisation."""
    desk = signed_in("organiser")
    place = Organisation.objects.order_by("path").first()
    context = desk.get(reverse("disclosure_rules", args=[place.pk])).context
    current = [item["url"] for section in context["nav_sections"] for item in section["items"] if item["current"]]
    assert current == [reverse("disclosures")]


def test_the_round_of_ones_own_stands_first_though_another_began_later(signed_in):
    desk = signed_in("organiser")
    county = Organisation.objects.order_by("path").first()
    own = rounds.round(county)
    rounds.round(factories.township(county), starts_on=own.starts_on + timedelta(days=1))
    switch = frame(desk)["round_switch"]
    assert (len(switch["rounds"]), switch["current"]) == (2, own)


@pytest.mark.parametrize(
    ("switch", "field", "value", "cookie"),
    [
        ("choose_language", "language", "en", "django_language"),
        ("choose_elder_mode", "elder", "1", "elder"),
    ],
)
def test_a_switch_is_kept_and_leads_back(client, db, switch, field, value, cookie):
    response = client.post(reverse(switch), {field: value, "next": "/accessibility/"})
    assert (response.status_code, response.url) == (302, "/accessibility/")
    assert client.cookies[cookie].value == value


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_switch_never_leads_out_of_the_product(client, db, target):
    assert client.post(reverse("choose_elder_mode"), {"elder": "1", "next": target}).url == "/"


def test_elder_mode_and_english_mark_the_page(client, db):
    client.cookies["elder"] = "1"
    client.cookies["django_language"] = "en"
    assert '<html lang="en" class="elder">' in client.get(reverse("accessibility")).content.decode()


def test_a_language_that_we_do_not_speak_becomes_chinese(client, db):
    client.post(reverse("choose_language"), {"language": "fr"})
    assert '<html lang="zh-Hans">' in client.get(reverse("accessibility")).content.decode()


def test_a_public_page_sets_no_cookie_for_a_stranger(client, db):
    """It stays the same for everybody, or it could not be cached."""
    response = client.get(reverse("accessibility"))
    assert response.cookies == {}


def test_a_page_that_is_not_there_says_so_in_our_clothes(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有这个页面，或者它不对您开放。" in response.content.decode()


def test_a_form_that_lay_open_too_long_is_explained(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert "页面停留太久，内容没有提交。" in response.content.decode()


def test_a_failure_of_the_server_is_a_page_without_context(rf):
    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "系统出错了" in response.content.decode()


def test_the_header_names_the_reader_on_the_page_of_somebody_else(signed_in):
    client = signed_in("organiser")
    other = factories.user("village_secretary", factories.village(Organisation.objects.get(name="青山县"), "野马图村"))
    html = client.get(reverse("user", args=[other.pk])).content.decode()
    header = html.partition("<header")[2].partition("</header>")[0]
    assert "青山县" in header
    assert other.name not in header


def test_a_person_with_two_posts_sees_both_in_the_header(signed_in):
    client = signed_in("organiser")
    user = User.objects.get(appointments__role="organiser")
    county = Organisation.objects.get(name="青山县")
    factories.appointment(user, "village_secretary", factories.village(county, "野马图村"))
    header = client.get(reverse("home")).content.decode().partition("<header")[2].partition("</header>")[0]
    assert header.count("组织部工作人员") >= 1
    assert header.count("村党组织书记") >= 1
    assert "共 2 个岗位" in header
