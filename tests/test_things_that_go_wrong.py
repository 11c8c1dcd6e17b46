"""A bad day in a real browser: impatient fingers, mistakes, a session that ended, a lost signal, a wrong address."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from organisations.middleware import LAST_SEEN
from organisations.models import User
from organisations.tests import factories as people
from pairing.models import Agreement, Intention, Pairing, Signature
from pairing.states import AgreementState, PairingState
from pairing.tests import factories as pairs
from tests.browsing import DESK, PHONE, Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOUBLE_CLICK = "button => { button.click(); button.click(); }"


class Place:
    """A county with an open round, a unit and a village, and their secretaries."""

    def __init__(self):
        self.county = people.county("青山县")
        self.village = people.village(people.township(self.county, "东镇"), "野马图村")
        self.unit = people.unit(self.county, "县林业局")
        self.round = pairs.round(self.county, ends_on=timezone.localdate() + timedelta(days=900))
        pairs.directory(self.round)
        self.unit_secretary = secretary("branch_secretary", self.unit, "王志远")
        self.village_secretary = secretary("village_secretary", self.village, "李桂兰")

    def agreement(self, **fields):
        pairing = pairs.pairing(self.round, self.unit, self.village, state=PairingState.NEGOTIATING)
        return pairs.agreement(pairing, **fields)


def secretary(role: str, at, name: str) -> User:
    return people.user(role, at, username=role, name=name, password=people.PASSWORD)


@pytest.fixture
def place(transactional_db) -> Place:
    return Place()


def click_twice(window: Window, name: str) -> None:
    window.page.locator("main").get_by_role("button", name=name, exact=True).first.evaluate(DOUBLE_CLICK)
    window.page.wait_for_load_state()


def end_session(window: Window) -> None:
    """As if nobody had touched the page for longer than a session sleeps."""
    key = next(c["value"] for c in window.page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    engine: Any = Session.get_session_store_class()
    store = engine(key)
    store[LAST_SEEN] = timezone.now().timestamp() - settings.SESSION_IDLE_SECONDS - 1
    store.save()


def test_a_double_click_proposes_once_and_accepts_once(place, open_window):
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/rounds/{place.round.pk}/villages/{place.village.pk}/")
    click_twice(unit, "提出意向")
    unit.see("待答复")
    assert Intention.objects.count() == 1

    village = open_window(PHONE, place.village_secretary)
    village.go(f"/intentions/{Intention.objects.get().pk}/")
    click_twice(village, "接受")
    village.see("县林业局 → 野马图村")
    expect(village.page.locator(".message-error")).to_have_count(0)
    assert Pairing.objects.count() == 1


def test_a_double_click_signs_once(place, open_window):
    agreement = place.agreement(
        state=AgreementState.CONFIRMED,
        leader_in_charge="赵国强",
        responsible_dept="机关党委",
        unit_confirmed_at=pairs.SPRING,
        unit_confirmed_by=place.unit_secretary,
        village_confirmed_at=pairs.SPRING,
        village_confirmed_by=place.village_secretary,
    )
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/agreements/{agreement.pk}/sign/")
    unit.page.locator("[name=name]").fill("王志远")
    unit.page.locator("[name=consent]").check()
    click_twice(unit, "签字")
    unit.see("已通知对方")
    assert Signature.objects.count() == 1


def test_a_mistake_keeps_what_was_typed_and_says_where_it_is(place, open_window):
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/agreements/{place.agreement().pk}/edit/")
    unit.page.locator("[name=leader_in_charge]").fill("赵国强")
    unit.page.locator("[name=commitments-0-kind]").select_option("money")
    unit.page.locator("[name=commitments-0-title]").fill("修路资金")
    unit.press("保存")
    unit.see("请写明金额")
    expect(unit.page.locator("[name=leader_in_charge]")).to_have_value("赵国强")
    expect(unit.page.locator("[name=commitments-0-title]")).to_have_value("修路资金")


def test_what_was_typed_is_offered_again_after_the_session_ended(place, open_window):
    agreement = place.agreement()
    unit = open_window(PHONE)
    unit.sign_in("branch_secretary")
    unit.go(f"/agreements/{agreement.pk}/edit/")
    unit.page.locator("[name=leader_in_charge]").fill("赵国强")
    unit.page.locator("[name=terms]").fill("每年重阳节慰问老党员。")
    end_session(unit)
    unit.press("保存")
    unit.see("登录")
    unit.fill("用户名或手机号码", "branch_secretary")
    unit.fill("密码", people.PASSWORD)
    unit.press("登录")
    expect(unit.page).to_have_url(f"{unit.address}/agreements/{agreement.pk}/edit/")
    unit.see("您先前填写的内容已放回表单，尚未提交。")
    expect(unit.page.locator("[name=leader_in_charge]")).to_have_value("赵国强")
    expect(unit.page.locator("[name=terms]")).to_have_value("每年重阳节慰问老党员。")
    unit.press("保存")
    unit.see("每年重阳节慰问老党员。")


def test_what_was_typed_in_a_folded_part_of_a_form_is_unfolded_when_it_comes_back(place, open_window):
    pairing = pairs.pairing(place.round, place.unit, place.village, state=PairingState.SIGNED)
    village = open_window(PHONE)
    village.sign_in("village_secretary")
    village.go(f"/pairings/{pairing.pk}/fund/enter/goods/")
    second, third = village.page.locator("[name=name_2]"), village.page.locator("[name=name_3]")
    expect(second).to_be_hidden()
    village.page.get_by_text("再加一项物资").first.click()
    second.fill("课桌椅")
    expect(third).to_be_hidden()
    end_session(village)
    village.page.locator("form[data-draft]").evaluate("form => { form.noValidate = true; }")
    village.press("登记")
    village.fill("用户名或手机号码", "village_secretary")
    village.fill("密码", people.PASSWORD)
    village.press("登录")
    village.see("您先前填写的内容已放回表单，尚未提交。")
    expect(second).to_have_value("课桌椅")
    expect(second).to_be_visible()
    expect(third).to_be_hidden()


def test_without_a_signal_the_page_stays_and_is_sent_later(place, open_window):
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/agreements/{place.agreement().pk}/edit/")
    unit.page.locator("[name=leader_in_charge]").fill("赵国强")
    unit.page.context.set_offline(True)
    unit.press("保存")
    unit.see("现在没有网络，内容没有提交。")
    assert not Agreement.objects.filter(leader_in_charge="赵国强").exists()
    unit.page.context.set_offline(False)
    unit.press("保存")
    unit.see("已保存")
    assert Agreement.objects.filter(leader_in_charge="赵国强").exists()


def test_what_never_arrived_is_offered_again_and_what_arrived_is_not(place, open_window):
    address = f"/agreements/{place.agreement().pk}/edit/"
    unit = open_window(PHONE, place.unit_secretary)
    leader = unit.page.locator("[name=leader_in_charge]")
    unit.go(address)
    leader.fill("赵国强")
    unit.page.route(
        "**" + address, lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    unit.press("保存")
    unit.page.unroute("**" + address)
    unit.complaints.clear()
    unit.go("/")
    unit.go(address)
    unit.see("您先前填写的内容已放回表单，尚未提交。")
    expect(leader).to_have_value("赵国强")
    unit.press("保存")
    unit.see("已保存")
    unit.go(address)
    expect(leader).to_have_value("赵国强")
    expect(unit.page.get_by_text("尚未提交")).to_have_count(0)


def test_what_was_sent_is_not_offered_again_after_signing_in(place, open_window):
    pairing = place.agreement().pairing
    unit = open_window(PHONE)
    unit.sign_in("branch_secretary")
    unit.go(f"/pairings/{pairing.pk}/")
    words = unit.page.locator("main textarea").first
    words.fill("请看第二条。")
    unit.press("发送留言")
    unit.see("已通知对方查看您的留言。")
    expect(words).to_have_value("")
    expect(unit.page.get_by_text("尚未提交")).to_have_count(0)


def test_the_elder_switch_keeps_what_was_being_typed(place, open_window):
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/agreements/{place.agreement().pk}/edit/")
    unit.page.locator("[name=leader_in_charge]").fill("赵国强")
    unit.page.locator("form[action='/elder/'] button").first.dispatch_event("click")
    expect(unit.page.locator("html.elder")).to_be_attached()
    expect(unit.page.locator("[name=leader_in_charge]")).to_have_value("赵国强")


def test_of_a_text_that_is_too_long_nothing_is_cut_off(place, open_window):
    unit = open_window(PHONE, place.unit_secretary)
    unit.go(f"/rounds/{place.round.pk}/villages/{place.village.pk}/")
    words = unit.page.locator("#propose textarea")
    words.focus()
    words.fill("一起修路😀" * 300)
    unit.press("提出意向")
    unit.see("最多 300 个字，现有 1500 个字，请缩短。")
    expect(words).to_have_value("一起修路😀" * 300)
    assert not Intention.objects.exists()


def test_a_board_without_a_connection_says_that_it_is_not_live(place, open_window):
    board = open_window(DESK)
    board.go(f"/board/{place.round.pk}/")
    stale = board.page.get_by_text("网络已断开")
    expect(stale).to_be_hidden()
    board.page.context.set_offline(True)
    expect(stale).to_be_visible()
    board.page.context.set_offline(False)
    expect(stale).to_be_hidden()


def test_the_address_of_somebody_else_is_not_found_in_our_own_clothes(place, open_window):
    away = people.county("白水县")
    stranger = secretary("organiser", away, "陌生")
    window = open_window(PHONE, stranger)
    answer = window.go(f"/agreements/{place.agreement().pk}/")
    assert answer.status == 404
    expect(window.page.locator("h1")).to_have_count(1)
    expect(window.page.locator("body")).to_contain_text("结对")
    expect(window.page.locator("body")).not_to_contain_text("野马图村")


def test_the_back_button_leads_back_through_the_filters(place, open_window):
    people.village(people.township(place.county, "西镇"), "大沟村")
    pairs.directory(place.round)
    board = open_window(DESK)
    board.go(f"/board/{place.round.pk}/")
    rows = board.page.locator("#list tbody tr")
    expect(rows).to_have_count(2)
    board.page.locator("#list-filter [name=place]").select_option("西镇")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("大沟村")
    assert "place=" in board.page.url
    board.page.go_back()
    expect(rows).to_have_count(2)
    expect(board.page.locator("#list-filter [name=place]")).to_have_value("")
