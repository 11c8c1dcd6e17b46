"""A secretary in a valley: what is logged without a signal arrives once, whatever happened meanwhile."""

import io
import re
from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import FilePayload, expect

from members.tests import factories as members
from organisations.tests import factories as people
from pairing.models import Round
from tests.browsing import PHONE, Window
from tests.test_things_that_go_wrong import end_session
from visits.models import Activity, Evidence, HouseholdVisit
from visits.tests.playing import Place, place_under
from visits.views.recording import form_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "看了新栽的 200 亩经果林。"
FORM_IS_KEPT = """async path => {
  while (!(await caches.match(path, { ignoreVary: true }))) await new Promise(done => setTimeout(done, 100));
}"""
MOST_TAPS = 12


def photo(colour: str) -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (3200, 2400), colour).save(content, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


@pytest.fixture
def place(transactional_db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    place = place_under()
    Round.objects.update(starts_on=timezone.localdate() - timedelta(days=90))
    for user, name in ((place.secretary, "wangzhiyuan"), (place.cadre, "suxiaomei")):
        user.username = name
        user.set_password(people.PASSWORD)
        user.save()
    return place


class Phone(Window):
    """Counts the taps."""

    taps = 0

    def tap(self, locator) -> None:
        self.taps += 1
        locator.click()

    def lose_signal(self) -> None:
        self.page.context.set_offline(True)

    def find_signal(self) -> None:
        self.page.context.set_offline(False)

    @property
    def queue(self):
        return self.page.locator("[data-queue]")

    def reopen(self) -> "Phone":
        """The page is closed; the phone keeps what it has."""
        context = self.page.context
        self.page.close()
        return Phone(context.new_page(), self.address)


def form_of(place: Place) -> str:
    return f"/pairings/{place.pairing.pk}/activities/new/"


@pytest.fixture
def phone(open_window, place) -> Phone:
    """Seen once with a signal: the first page fetched the form ahead."""
    window = open_window(PHONE)
    phone = Phone(window.page, window.address)
    phone.sign_in("wangzhiyuan")
    phone.page.evaluate(FORM_IS_KEPT, form_of(place))
    return phone


def log_a_visit(phone: Phone) -> None:
    """Kind, words and two photos; day and people are filled in."""
    page = phone.page
    phone.tap(page.locator("label.chip-choice", has_text="调研").first)
    phone.tap(page.locator("[name=words]"))
    page.keyboard.insert_text(WORDS)
    for colour in ("green", "red"):
        phone.taps += 2  # the camera and its shutter
        page.locator("[name=photos]").set_input_files(photo(colour))
        expect(page.locator("[data-files=photos] img")).to_have_count(1 if colour == "green" else 2)
    phone.tap(page.locator("form[data-records] button[type=submit]"))


def save_in_the_valley(phone: Phone) -> None:
    phone.lose_signal()
    phone.go("/")
    expect(phone.page.locator("[data-signal]")).to_have_text("没有网络")
    log_a_visit(phone)
    expect(phone.queue).to_contain_text("已存在本机，有网络后自动提交")


def saved_once(place: Place) -> Activity:
    activity = Activity.objects.get()
    assert (activity.entered_by, activity.words, activity.evidence.count()) == (place.secretary, WORDS, 2)
    return activity


def test_logged_without_a_signal_sent_later_and_confirmed(phone, place, open_window):
    phone.taps = 1  # the sign of the product on the phone's first screen
    save_in_the_valley(phone)
    assert phone.taps <= MOST_TAPS
    assert not Activity.objects.exists()
    phone = phone.reopen()
    phone.go(form_of(place))
    expect(phone.queue).to_contain_text("已存在本机，有网络后自动提交")
    phone.find_signal()
    expect(phone.queue).to_contain_text("已提交到服务器")
    activity = saved_once(place)
    sizes = {max(Image.open(each.file.open()).size) for each in Evidence.objects.all()}
    assert sizes == {1600}
    village = open_window(PHONE, place.village_secretary)
    village.go("/")
    village.page.locator(f"form[action='/activities/{activity.pk}/confirm/'] button").click()
    village.see("已确认")
    archive = f"/pairings/{place.pairing.pk}/activities/"
    for side in (village, phone):
        side.go(archive)
        expect(side.page.locator(".card", has_text="按类别")).to_contain_text("1")
    assert village.complaints == []


def test_a_lost_answer_is_no_second_record(phone, place):
    lost: list[int] = []

    def lose(route):
        if lost or route.request.method != "POST":
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    phone.page.context.route(f"**{form_of(place)}", lose)
    phone.go(form_of(place))
    log_a_visit(phone)
    expect(phone.queue).to_contain_text("已提交到服务器")
    assert lost == [201]
    saved_once(place)


def test_it_waits_until_its_author_signs_in_again(phone, place):
    phone.go(form_of(place))
    end_session(phone)
    log_a_visit(phone)
    expect(phone.queue).to_contain_text("已存在本机，登录后提交")
    assert not Activity.objects.exists()
    phone.sign_in("wangzhiyuan")
    expect(phone.queue).to_contain_text("已提交到服务器")
    saved_once(place)


def sign_out(phone: Phone) -> None:
    phone.go("/account/logout/")
    phone.press("退出登录")


def test_somebody_else_on_that_phone_neither_sends_nor_sees_it(phone, place):
    save_in_the_valley(phone)
    phone.page.close()
    phone.page = phone.page.context.new_page()
    phone.page.context.clear_cookies()
    phone.find_signal()
    phone.sign_in("suxiaomei")
    expect(phone.queue).to_contain_text("本机有 1 条记录属于其他人")
    expect(phone.queue).not_to_contain_text(place.village.name)
    phone.go(form_of(place))
    expect(phone.page.locator("[name=words]")).to_have_value("")
    assert not Activity.objects.exists()
    names = phone.page.evaluate("caches.keys()")
    assert names == [f"forms:{place.cadre.pk}"]
    sign_out(phone)
    expect(phone.page).to_have_url(f"{phone.address}/board/")
    assert phone.page.evaluate("caches.keys()") == []
    phone.sign_in("wangzhiyuan")
    expect(phone.queue).to_contain_text("已提交到服务器")
    saved_once(place)


def test_a_form_that_was_under_way_at_the_sign_out_is_not_kept_after_it(phone, place, monkeypatch):
    asked_for, may_answer = Event(), Event()

    def late(*args, **given):
        asked_for.set()
        may_answer.wait(30)
        return form_page(*args, **given)

    monkeypatch.setattr("visits.views.recording.form_page", late)
    phone.page.evaluate(
        "async form => (await navigator.serviceWorker.ready).active.postMessage([form])", form_of(place)
    )
    assert asked_for.wait(30)
    sign_out(phone)
    may_answer.set()
    phone.page.wait_for_timeout(1000)  # that something does not come about cannot be waited for
    assert phone.page.evaluate("caches.keys()") == []


def test_each_keystroke_is_kept_and_what_is_refused_opens_as_it_was(phone, place):
    phone.go(form_of(place))
    phone.page.locator("[name=words]").fill(WORDS)
    expect(phone.page.locator("[data-signal]")).to_have_text("已存在本机")
    phone = phone.reopen()
    phone.go(form_of(place))
    expect(phone.page.locator("[name=words]")).to_have_value(WORDS)
    phone.press("保存")
    phone.see("请选择做了什么。")
    phone.lose_signal()
    phone.page.locator("[name=on]").fill((timezone.localdate() - timedelta(days=200)).isoformat())
    phone.page.locator("[name=late_words]").fill("大雪封山")
    phone.page.locator("label.chip-choice", has_text="调研").first.click()
    phone.page.locator("[name=photos]").set_input_files(photo("green"))
    phone.press("保存")
    expect(phone.queue).to_contain_text("已存在本机")
    phone.find_signal()
    expect(phone.queue).to_contain_text("本轮次尚未开始")
    phone.queue.get_by_role("link", name="打开").click()
    expect(phone.page.locator("[name=words]")).to_have_value(WORDS)
    expect(phone.page.locator("[data-files=photos] img")).to_have_count(1)
    phone.page.locator("[name=on]").fill(timezone.localdate().isoformat())
    phone.press("保存")
    phone.page.wait_for_url(re.compile(r"/activities/\d+/$"))
    assert Activity.objects.get().evidence.count() == 1


SLOW_PHOTOS = """() => {
  const { shrink } = photos;
  photos.shrink = (file) => new Promise((go) => setTimeout(go, 1500)).then(() => shrink(file));
}"""


def test_whoever_saves_while_a_photo_is_still_made_smaller_loses_neither(phone, place):
    phone.go(form_of(place))
    phone.page.evaluate(SLOW_PHOTOS)
    phone.page.locator("label.chip-choice", has_text="调研").first.click()
    phone.page.locator("[name=photos]").set_input_files(photo("green"))
    phone.press("保存")
    phone.page.wait_for_url(re.compile(r"/activities/\d+/$"))
    assert Activity.objects.get().evidence.count() == 1


def test_a_visit_at_the_door_goes_the_same_way(place, open_window):
    household = members.household(place.village, "任福林")
    helper = members.member(place.unit, place.cadre.name, user=place.cadre)
    members.helps(helper, household, round=place.pairing.round, pairing=place.pairing)
    door = f"/household-visits/new/household/{household.pk}/"
    window = open_window(PHONE)
    phone = Phone(window.page, window.address)
    phone.sign_in("suxiaomei")
    for path in (door, "/activities/new/choose/"):
        phone.page.evaluate(FORM_IS_KEPT, path)
    phone.lose_signal()
    phone.go("/")
    phone.page.get_by_role("link", name="任福林").click()
    expect(phone.page.locator("[data-signal]")).to_have_text("没有网络")
    phone.press("保存")
    phone.see("请写几句话，或者回答其中一项。")
    phone.page.locator("[name=words]").fill("屋顶修好了，老人身体好。")
    phone.press("保存")
    expect(phone.queue).to_contain_text("已存在本机，有网络后自动提交")
    expect(phone.queue).to_contain_text("任福林 · ")
    phone = phone.reopen()
    assert not HouseholdVisit.objects.exists()
    phone.find_signal()
    phone.go("/")
    expect(phone.queue).to_contain_text("已提交到服务器")
    visit = HouseholdVisit.objects.get()
    assert (visit.words, visit.recorded_by, visit.target_household) == (
        "屋顶修好了，老人身体好。",
        place.cadre,
        household,
    )
