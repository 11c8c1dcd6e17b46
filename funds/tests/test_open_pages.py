"""The one page on which a village publishes, the poster, and what everybody reads."""

import io
import re
import uuid
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from PIL import Image

from funds.actions import publishing as acts
from funds.actions.reversing import reverse as take_back
from funds.models import Disclosure, DisclosurePicture, Entry, NameConsent
from funds.publishing.profiles import PROFILES, profile_of
from funds.publishing.windows import Window
from funds.tests.disclosing import HOTLINE, JULY, QUARTER, SPRING, picture, place, published, typed
from funds.tests.playing import entered
from office.models import Message
from pairing.tests.factories import CHINA

assert place
pytestmark = pytest.mark.django_db


def test_the_same_form_sent_twice_publishes_once(place, client):
    client.force_login(place.village_secretary)
    address = reverse("disclose", args=[place.village.pk])
    form = typed(place)
    first = client.post(address + "?period=2026Q2", form)
    again = client.post(first["Location"] if "publish" in first["Location"] else address + "?period=2026Q2", form)
    assert first.status_code == 302
    assert again.status_code in (302, 404)
    assert Disclosure.objects.count() == 1
    assert Message.objects.filter(organisation=place.unit, key__endswith=":published").count() == 1


def test_one_page_filled_from_the_ledger_and_one_button(place, client):
    client.force_login(place.village_secretary)
    address = reverse("disclose", args=[place.village.pk])
    page = client.get(address).content.decode()
    assert "苗木三百株" in page
    assert "¥3,000.00" in page
    answer = client.post(address, typed(place, pictures=[picture()], no_minors="on", words="电话13812345678"))
    assert answer.status_code == 200
    assert "138" in answer.content.decode()
    assert DisclosurePicture.objects.count() == 1  # the picture waits in the draft
    assert not Disclosure.objects.public().exists()
    answer = client.post(address, typed(place))
    disclosure = Disclosure.objects.public().get()
    assert answer["Location"] == disclosure.get_absolute_url()
    assert disclosure.pictures.count() == 1
    assert client.get(disclosure.get_absolute_url()).status_code == 200
    answer = client.post(reverse("add_board_photo", args=[disclosure.pk]), {"pictures": [picture()]})
    assert set(disclosure.pictures.values_list("kind", flat=True)) == {"picture", "board"}


def test_a_picture_needs_the_word_that_no_minor_is_on_it(place, client):
    client.force_login(place.village_secretary)
    client.post(reverse("disclose", args=[place.village.pk]), typed(place, pictures=[picture()]))
    assert not DisclosurePicture.objects.exists()
    assert not Disclosure.objects.public().exists()


def test_a_correction_stands_beside_the_old_with_its_reason(place, client):
    old = published(place)
    client.force_login(place.village_secretary)
    answer = client.post(reverse("correct_disclosure", args=[old.pk]))
    form = typed(place, words="苗木三百二十株。", reason="株数有误")
    client.post(answer["Location"], form)
    newer = Disclosure.objects.public().get(corrects=old)
    assert (newer.reason, newer.lines.count()) == ("株数有误", 2)
    client.logout()
    page = client.get(reverse("open_disclosure", args=[old.pk])).content.decode()
    assert "株数有误" in page
    assert "苗木已栽下。" in page
    client.force_login(place.village_secretary)
    assert client.post(reverse("correct_disclosure", args=[old.pk]), headers={"Referer": "/"}).status_code in (302, 409)
    assert Disclosure.objects.filter(corrects=old).count() == 1


def test_a_major_matter_is_published_at_once(place, client):
    client.force_login(place.village_secretary)
    today = timezone.localdate()
    answer = client.post(
        reverse("new_disclosed_matter", args=[place.village.pk]),
        {"title": "水渠修复", "starts_on": SPRING, "ends_on": SPRING},
    )
    client.post(answer["Location"], typed(place))
    matter = Disclosure.objects.public().get()
    assert (matter.title, matter.lines.count(), matter.public_from) == ("水渠修复", 2, today)


def test_anybody_reads_the_village_without_names_and_phones(place, client):
    published(place)
    page = client.get(reverse("open_village", args=[place.village.pk])).content.decode()
    for part in ("¥50,000.00", "¥20,000.00", "¥3,000.00", "¥17,000.00", "苗木三百株", "爱心单位", place.unit.name):
        assert part in page, part
    assert "杨光明" not in page
    assert "账目完整" in page


def test_a_giver_is_named_once_they_agree(place, client):
    published(place)
    address = reverse("open_village_csv", args=[place.village.pk])
    assert place.unit.name not in client.get(address).content.decode()
    gift = Entry.objects.get(kind="receipt")
    NameConsent.objects.create(entry=gift, is_shown=True, said_at=JULY, said_by=place.secretary)
    assert place.unit.name in client.get(address).content.decode()


def test_unpublished_entries_are_in_the_sums_alone(place, client):
    published(place)
    entered(place, "spending", "777.00", at=JULY, on=JULY.date(), words="还没有公布")
    for name in ("open_village", "open_village_csv", "open_village_json"):
        page = client.get(reverse(name, args=[place.village.pk])).content.decode()
        assert "还没有公布" not in page
    assert "¥3,777.00" in client.get(reverse("open_village", args=[place.village.pk])).content.decode()


def test_unchanged_is_answered_without_a_page_and_a_change_is_seen_at_once(place, client):
    published(place)
    for name in ("open_village", "open_village_csv", "open_village_json"):
        address = reverse(name, args=[place.village.pk])
        first = client.get(address)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        entered(place, "spending", "1.00", at=JULY, on=JULY.date())
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_altered_entry_shows_on_the_public_page(place, client):
    published(place)
    address = reverse("open_village", args=[place.village.pk])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE funds_entry SET amount = 2000 WHERE kind = 'spending'")
        cursor.execute("SET session_replication_role = origin")
    page = client.get(address).content.decode()
    assert "账目完整" not in page
    assert "账目与登记时不一致" in page


def test_the_public_page_asks_the_same_number_of_statements(place, client, django_assert_num_queries):
    published(place)
    address = reverse("open_village", args=[place.village.pk])
    client.get(address)
    with django_assert_num_queries(14):
        client.get(address)
    for number in range(3):
        entered(place, "spending", f"{number + 1}.00", at=JULY, on=JULY.date())
    autumn = Window("quarter", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 15))
    at = datetime(2026, 10, 3, 9, 0, tzinfo=CHINA)
    published(place, window=autumn, at=at, reviewed_on=at.date())
    with django_assert_num_queries(14):
        client.get(address)
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_the_poster_has_the_head_the_code_and_the_phone_in_print_and_in_word(place, client):
    disclosure = published(place)
    client.force_login(place.village_secretary)
    address = reverse("disclosure_poster", args=[disclosure.pk])
    page = client.get(address).content.decode()
    head = place.fund.head[:16]
    assert head in page
    assert HOTLINE in page
    assert "<svg" in page
    answer = client.get(address + "?as=docx")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = "".join(element.text or "" for element in Word(io.BytesIO(content)).element.body.iter())
    for part in (head, HOTLINE, "¥3,000.00", place.village.name, reverse("open_village", args=[place.village.pk])):
        assert part in words
    with ZipFile(io.BytesIO(content)) as archive:
        code = Image.open(archive.open(next(name for name in archive.namelist() if name.endswith(".png"))))
        assert len(set(code.convert("1").tobytes())) > 2


def test_rules_of_a_province_are_chosen_for_all_below(place, client):
    assert profile_of(place.village).key == "national"
    client.force_login(place.organiser)
    address = reverse("disclosure_rules", args=[place.county.pk])
    assert client.post(address, {"profile": "chongqing"}).status_code == 302
    assert profile_of(place.village) == PROFILES["chongqing"]
    assert client.post(address, {"profile": "atlantis"}).status_code == 200
    client.force_login(place.village_secretary)
    assert client.post(address, {"profile": "shanghai"}).status_code == 404
    assert profile_of(place.village).key == "chongqing"


def test_a_reversal_is_published_as_what_it_takes_back(place, client):
    spent = Entry.objects.get(kind="spending")
    take_back(by=place.village_secretary, entry=spent, reason="发票作废", key=uuid.uuid4(), at=JULY)
    month = Window("month", "2026-07", date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 15))
    at = datetime(2026, 8, 3, 9, 0, tzinfo=CHINA)
    disclosure = published(place, window=month, at=at, reviewed_on=at.date())
    page = client.get(reverse("open_disclosure", args=[disclosure.pk])).content.decode()
    assert "-¥3,000.00" in page
    assert re.search(r"冲销.{0,3}发票作废", page)


def test_a_picture_of_a_draft_is_for_nobody_outside(place, client):
    draft = acts.prepare(by=place.village_secretary, village=place.village, window=QUARTER, at=JULY)
    client.force_login(place.village_secretary)
    client.post(
        reverse("disclose", args=[place.village.pk]), typed(place, pictures=[picture()], no_minors="on", hotline="")
    )
    kept = draft.pictures.get()
    client.logout()
    assert client.get(reverse("open_picture", args=[kept.pk])).status_code == 404
