"""The pages of ledgers: what each side sees and enters, what is refused at its field, and that nothing is lost."""

import re
import uuid
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from funds import verifying
from funds.models import Entry, Fund
from funds.tests.playing import NOW, entered
from funds.tests.playing import place as make_place
from members.tests.factories import household
from organisations.tests import factories as people
from pairing.tests.market import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_place()


def picture(name: str = "发票.jpg") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "white").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def typed(**changes) -> dict:
    return {"key": str(uuid.uuid4()), "on": timezone.localdate().isoformat(), "amount": "300.50"} | changes


def text(answer) -> str:
    return answer.content.decode()


def test_a_unit_sends_and_the_village_confirms_with_one_tap_on_its_first_page(place, signed_in):
    client = signed_in(place.secretary)
    panel = text(client.get(f"/pairings/{place.pairing.pk}/fund/", headers={"HX-Request": "true"}))
    assert "拨付" in panel
    assert "支出" not in panel[panel.index("登记一笔") :]
    sent = typed(amount="20000", giver=place.unit.pk, source="own", channel="direct")
    for _twice in range(2):
        answer = client.post(f"/pairings/{place.pairing.pk}/fund/enter/sent/", sent)
        assert answer.url == place.fund.get_absolute_url()
    client = signed_in(place.village_secretary)
    panel = text(client.get("/funds/", headers={"HX-Request": "true", "HX-Target": "panel-funds"}))
    assert "款物到了吗" in panel
    assert "¥20,000.00" in panel
    entry = Entry.objects.get()
    key = str(uuid.uuid4())
    for _twice in range(2):
        answer = client.post(f"/funds/entries/{entry.pk}/confirm/", {"key": key, "back": "home"})
        assert answer.url == reverse("home")
    got = Entry.objects.get(kind="receipt")
    assert (got.answers, got.amount, got.entered_by) == (entry, Decimal("20000.00"), place.village_secretary)
    assert text(client.get("/funds/", headers={"HX-Request": "true", "HX-Target": "panel-funds"})) == ""


def test_what_the_village_entered_first_is_answered_with_one_tap_on_the_first_page_of_the_unit(place, signed_in):
    asked = {"headers": {"HX-Request": "true", "HX-Target": "panel-funds"}}
    got = entered(place, "receipt", "20000.00")
    client = signed_in(place.secretary)
    panel = text(client.get("/funds/", **asked))
    assert "是我们拨付的吗" in panel
    assert place.village.name in panel
    for form in re.findall(r"<form.*?</form>", panel, re.DOTALL):
        hidden = dict(re.findall(r'name="(key|back|on)" value="([^"]+)"', form))
        for _twice in range(2):
            assert client.post(f"/funds/entries/{got.pk}/confirm/", hidden).url == reverse("home")
    sent = Entry.objects.get(kind="sent")
    assert (sent.answers, sent.on, sent.amount, sent.giver) == (got, got.on, got.amount, place.unit)
    assert text(client.get("/funds/", **asked)) == ""
    entered(place, "receipt", "5.00")
    assert text(signed_in(place.stranger).get("/funds/", **asked)) == ""


def test_the_village_spends_with_a_voucher_and_both_sides_open_it(place, signed_in):
    entered(place, "receipt")
    client = signed_in(place.village_secretary)
    poor = household(place.village, "王老五")
    sent = typed(use="living", household=poor.pk, words="化肥", vouchers=[picture()])
    answer = client.post(f"/funds/{place.fund.pk}/enter/spending/", sent)
    assert answer.url == place.fund.get_absolute_url()
    spent = Entry.objects.get(kind="spending")
    assert (spent.amount, spent.household, spent.words) == (Decimal("300.50"), poor, "化肥")
    page = text(client.get(spent.get_absolute_url()))
    assert poor.get_absolute_url() in page
    address = f"/funds/entries/{spent.pk}/vouchers/{spent.papers.get().pk}/"
    assert address in page
    for user, code in ((place.village_secretary, 200), (place.secretary, 200), (place.organiser, 200),
                       (people.user("cadre", place.unit), 404), (place.stranger, 404)):  # fmt: skip
        assert signed_in(user).get(address).status_code == code, user
    page = text(signed_in(people.user("cadre", place.unit)).get(spent.get_absolute_url()))
    assert poor.get_absolute_url() not in page
    assert "您的岗位无权查看" in page


@pytest.mark.parametrize("upload", [
    SimpleUploadedFile("发票.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "image/jpeg"),
    SimpleUploadedFile("发票.jpg", b"", "image/jpeg"),
])  # fmt: skip
def test_a_voucher_that_is_a_web_page_named_jpg_is_refused_at_its_field(place, signed_in, upload):
    entered(place, "receipt")
    upload.seek(0)
    client = signed_in(place.village_secretary)
    page = text(client.post(f"/funds/{place.fund.pk}/enter/spending/", typed(use="living", vouchers=[upload])))
    assert "网页" in page or "空" in page
    assert 'value="300.50"' in page
    assert Entry.objects.count() == 1


def test_a_form_that_was_wrong_keeps_what_was_typed_and_the_voucher(place, signed_in):
    entered(place, "receipt", "100.00")
    client = signed_in(place.village_secretary)
    address = f"/funds/{place.fund.pk}/enter/spending/"
    sent = typed(use="living", words="化肥", vouchers=[picture()])
    answer = client.post(address, sent)
    page = text(answer)
    assert "只余 ¥100.00" in page
    assert "化肥" in page
    assert "已收到 1 份凭证" in page
    assert Entry.objects.count() == 1
    kept = answer.context["form"]["kept"].value()
    again = client.post(address, sent | {"amount": "99.00", "vouchers": [], "kept": kept})
    assert again.url == place.fund.get_absolute_url()
    assert Entry.objects.get(kind="spending").papers.count() == 1
    other = signed_in(people.user("village_committee", place.village))
    page = text(other.post(address, typed(use="living", vouchers=[], kept=kept, amount="1.00")))
    assert "请附上凭证" in page


@pytest.mark.parametrize(("changes", "words"), [
    ({"amount": "-1"}, "金额须大于 0"), ({"amount": "0.001"}, "两位小数"), ({"amount": "1000000000.01"}, "1,000,000,000.00"),
    ({"amount": "很多"}, "数"), ({"on": "1900-01-01"}, "1949"), ({"on": "9999-12-31"}, "还没到"), ({"use": ""}, "请填写此项"),
    ({"vouchers": []}, "请附上凭证"),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_entered(place, signed_in, changes, words):
    entered(place, "receipt")
    client = signed_in(place.village_secretary)
    sent = typed(use="living", vouchers=[picture()]) | changes
    page = text(client.post(f"/funds/{place.fund.pk}/enter/spending/", sent))
    assert words in page
    assert Entry.objects.count() == 1


def test_goods_are_entered_line_by_line(place, signed_in):
    client = signed_in(place.secretary)
    sent = typed(
        giver=place.unit.pk, source="own", channel="direct", resources=["education"], name_1="课桌椅", quantity_1="20",
        unit_1="套", value_1="8000", function_1="education_information", name_2="图书",
    )  # fmt: skip
    address = f"/pairings/{place.pairing.pk}/fund/enter/goods_sent/"
    assert "请填写完整" in text(client.post(address, sent))
    assert Entry.objects.count() == 0
    client.post(address, sent | {"quantity_2": "300", "unit_2": "册", "value_2": "4500.50"})
    made = Entry.objects.get()
    assert (made.amount, made.resources, made.lines.count()) == (Decimal("12500.50"), ["education"], 2)
    page = text(signed_in(place.village_secretary).get(made.get_absolute_url()))
    assert "教育信息" in page
    assert "是，全部收到" in page


def test_a_reversed_entry_is_struck_and_the_reversal_carries_its_reason(place, signed_in):
    made = entered(place, "receipt", "700.00")
    assert signed_in(place.secretary).get(f"/funds/entries/{made.pk}/reverse/").status_code == 404
    client = signed_in(place.village_secretary)
    client.post(f"/funds/entries/{made.pk}/reverse/", {"key": str(uuid.uuid4()), "reason": "多记了一笔"})
    page = text(client.get(place.fund.get_absolute_url()))
    assert "<del>¥700.00</del>" in page
    assert "-¥700.00" in page
    assert "多记了一笔" in text(client.get(made.get_absolute_url()))
    assert client.get(f"/funds/entries/{made.pk}/reverse/").status_code == 404


def test_differences_are_listed_to_both_sides_and_to_county_and_township(place, signed_in):
    entered(place, "sent", "20000.00")
    entered(place, "receipt", "5000.00")
    differing = entered(place, "sent", "1000.00")
    entered(place, "receipt", "900.00", answers=differing)
    entered(place, "receipt", "300.00", answers=entered(place, "sent", "300.00"))
    town = people.user("township_supervisor", place.township)
    for user in (place.secretary, place.village_secretary, place.organiser, town):
        page = text(signed_in(user).get("/funds/differences/"))
        shown = [words in page for words in ("¥20,000.00", "¥5,000.00", "¥1,000.00", "¥900.00", "¥100.00")]
        assert shown == [True] * 5
        assert "¥300.00" not in page
    page = text(signed_in(town).get("/funds/differences/?difference=amount"))
    assert ("¥100.00" in page, "¥20,000.00" in page) == (True, False)
    assert "¥1,000.00" not in text(signed_in(place.stranger).get("/funds/differences/"))


def test_sums_stand_with_what_they_are_out_of_and_the_shares_of_a_consortium_by_giver(place, signed_in):
    other = people.unit(place.county, "青山县水利局")
    by = people.user("branch_secretary", other)
    place.pairing.partners.create(
        unit=other, share=30, state="joined", answered_at=NOW, answered_by=by, invited_by=place.secretary
    )
    entered(place, "pledge", "50000.00")
    entered(place, "receipt", "20000.00")
    entered(place, "receipt", "7000.00", giver=other)
    entered(place, "spending", "1500.00")
    entered(place, "investment", "90000.00")
    page = text(signed_in(place.organiser).get(place.fund.get_absolute_url()))
    for words in (
        "¥27,000.00",
        "承诺 ¥50,000.00",
        "到账 ¥27,000.00",
        "¥25,500.00",
        "投资 ¥90,000.00",
        "水利局",
        "¥7,000.00",
    ):
        assert words in page
    assert "登记一笔" not in page


def test_pools_are_opened_by_committees_and_money_is_passed_on_to_them(place, signed_in):
    entered(place, "receipt", "5000.00")
    assert signed_in(place.village_secretary).get("/funds/new/").status_code == 404
    client = signed_in(place.organiser)
    client.post("/funds/new/", {"holder": place.county.pk, "kind": "pool", "name": "统筹资金"})
    pool = Fund.objects.get(kind="pool")
    client = signed_in(place.village_secretary)
    sent = {"key": str(uuid.uuid4()), "target": pool.pk, "on": timezone.localdate().isoformat(), "amount": "4000"}
    page = text(client.post(f"/funds/{place.fund.pk}/transfer/", sent | {"amount": "5000.01"}))
    assert "只余 ¥5,000.00" in page
    for _twice in range(2):
        client.post(f"/funds/{place.fund.pk}/transfer/", sent)
    assert (place.fund.cash, Fund.objects.get(pk=pool.pk).cash) == (Decimal("1000.00"), Decimal("4000.00"))
    assert signed_in(place.secretary).get(f"/funds/{place.fund.pk}/transfer/").status_code == 404


def test_the_last_verification_stands_above_the_list(place, signed_in):
    entered(place, "receipt")
    verifying.remember(verifying.verify(timezone.now()))
    page = text(signed_in(place.organiser).get("/funds/"))
    assert "1 处不符" in page  # nothing was noted outside: this test commits nothing


@pytest.mark.parametrize("address", ["/funds/", "/funds/{fund}/", "/funds/differences/", "/funds/entries/{entry}/"])
def test_pages_ask_as_often_for_three_as_for_one(place, signed_in, address):
    client = signed_in(place.organiser)
    first = entered(place, "sent", "1.00")
    address = address.format(fund=first.fund_id, entry=first.pk)
    one = statements(client, address)
    for number in (2, 3):
        entered(place, "sent", f"{number}.00")
        entered(place, "receipt", f"{number}.50")
    assert statements(client, address) == one


def test_a_stranger_and_somebody_without_a_post_find_nothing(place, signed_in):
    entry = entered(place, "receipt")
    for user in (place.stranger, people.user()):
        client = signed_in(user)
        for address in (entry.get_absolute_url(), place.fund.get_absolute_url()):
            assert client.get(address).status_code == 404
        assert client.post(f"/funds/{place.fund.pk}/enter/receipt/", typed()).status_code == 404
    assert Entry.objects.count() == 1


def test_the_first_page_of_a_village_says_what_is_to_be_published_by_when(place, signed_in):
    entered(place, "receipt", on=date(2026, 5, 12))
    address = reverse("disclose", args=[place.village.pk])
    panel = {"headers": {"HX-Request": "true", "HX-Target": "panel-funds"}}
    client = signed_in(place.village_secretary)
    assert f"{address}?period=2026Q2" in text(client.get("/funds/", **panel))
    assert address not in text(signed_in(place.secretary).get("/funds/", **panel))
