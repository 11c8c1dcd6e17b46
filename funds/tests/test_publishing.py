"""Village affairs disclosure: filled from the ledger, reviewed, published for 15 days, never changed, open to all."""

import io
import re
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils import timezone
from docx import Document as Word
from PIL import Image

from core.refusals import Refused
from funds.actions import publishing as acts
from funds.actions.publishing import Text
from funds.actions.reversing import reverse as take_back
from funds.models import DisclosedEntry, DisclosedFund, Disclosure, DisclosurePicture, Entry, NameConsent
from funds.publishing.filling import MASKED_GIVER
from funds.publishing.profiles import LEAST_DAYS, PROFILES, profile_of
from funds.publishing.windows import Window, offered, suggested
from funds.querysets.disclosure import overdue
from funds.tests import playing
from funds.tests.playing import Place, entered
from members.models import Household
from office.models import Message

from pairing.tests.factories import CHINA

pytestmark = pytest.mark.django_db
SPRING = date(2026, 5, 12)
MAY = datetime(2026, 5, 12, 9, 0, tzinfo=CHINA)
JULY = datetime(2026, 7, 8, 10, 0, tzinfo=CHINA)
QUARTER = Window("quarter", "2026Q2", date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 15))
HOTLINE = "0857-4222333"


@pytest.fixture
def place() -> Place:
    """In May 20 000 yuan came and 3 000 were spent."""
    found = playing.place()
    entered(found, "pledge", "50000.00", at=MAY, on=SPRING)
    entered(found, "receipt", "20000.00", at=MAY, on=SPRING)
    entered(found, "spending", "3000.00", at=MAY, on=SPRING, words="苗木三百株")
    return found


def text(**changes) -> Text:
    values = {"words": "苗木已栽下。", "hotline": HOTLINE, "reviewer": "杨光明", "reviewed_on": JULY.date()}
    return Text(**(values | changes))


def published(place: Place, *, days: int = LEAST_DAYS, window: Window = QUARTER, at=JULY, **changes) -> Disclosure:
    by = place.village_secretary
    draft = acts.prepare(by=by, village=place.village, window=window, at=at)
    return acts.publish(by=by, disclosure=draft, text=text(**changes), days=days, key=uuid.uuid4(), at=at)


def typed(place: Place, **changes) -> dict:
    values = {
        "key": uuid.uuid4(), "words": "苗木已栽下。", "reviewer": "杨光明", "reviewed_on": timezone.localdate(),
        "hotline": HOTLINE, "days": 15, "review_words": "情况属实。",
    }  # fmt: skip
    return values | changes


def picture(size=(60, 40)) -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", size, "green").save(file, "JPEG")
    file.seek(0)
    file.name = "树苗.jpg"
    return file


@pytest.mark.clause("SH-53")
def test_every_receipt_and_spending_of_the_quarter_is_in_it_and_nothing_else(place):
    disclosure = published(place)
    assert [row.entry.kind for row in disclosure.lines.select_related("entry")] == ["receipt", "spending"]
    assert (disclosure.state, disclosure.public_from) == ("published", JULY.date())
    assert disclosure.public_until == JULY.date() + timedelta(days=14)
    kept = disclosure.funds.get()
    fund = place.fund
    assert (kept.number, kept.head, kept.promised, kept.received, kept.spent, kept.cash) == (
        3, fund.head, Decimal(50_000), Decimal(20_000), Decimal(3_000), Decimal(17_000),
    )  # fmt: skip


@pytest.mark.clause("SH-53")
def test_what_was_missed_before_comes_with_the_next_one_and_what_is_not_published_in_time_is_late(place):
    late = datetime(2026, 7, 16, 9, 0, tzinfo=CHINA).date()
    assert set(overdue(Entry.objects.all(), late).values_list("kind", flat=True)) == {"receipt", "spending"}
    assert not overdue(Entry.objects.all(), date(2026, 7, 15)).exists()
    published(place)
    assert not overdue(Entry.objects.all(), late).exists()
    entered(place, "spending", "1.00", at=JULY, on=SPRING)
    autumn = Window("quarter", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 15))
    at = datetime(2026, 10, 3, 9, 0, tzinfo=CHINA)
    second = published(place, window=autumn, at=at, reviewed_on=at.date())
    assert [row.entry.amount for row in second.lines.select_related("entry")] == [Decimal("1.00")]


def test_fewer_than_fifteen_days_never_count_and_say_so(place, client):
    short = published(place, days=14)
    assert short.state == "short"
    assert not Disclosure.objects.published().exists()
    assert overdue(Entry.objects.all(), date(2026, 7, 16)).count() == 2
    assert "公开期不足" in client.get(reverse("open_disclosure", args=[short.pk])).content.decode()
    with pytest.raises(Error), transaction.atomic():
        Disclosure.objects.create(
            village=place.village, kind="month", period="2026-05", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31),
            state="published", drafted_at=JULY, drafted_by=place.organiser, published_at=JULY, hotline="1",
            published_by=place.organiser, public_from=date(2026, 7, 1), public_until=date(2026, 7, 14), reviewer="杨",
            reviewed_on=date(2026, 7, 1),
        )  # fmt: skip
    correction = Window(*[getattr(QUARTER, name) for name in ("kind", "period", "starts_on", "ends_on", "due_on")], corrects=short)
    longer = published(place, window=correction, reason="公开期补足")
    assert (longer.state, longer.lines.count()) == ("published", 2)


def test_the_database_refuses_to_change_what_was_published(place):
    disclosure = published(place)
    rows = (
        Disclosure.objects.filter(pk=disclosure.pk), DisclosedEntry.objects.all(), DisclosedFund.objects.all(),
    )  # fmt: skip
    for row in rows:
        with pytest.raises(Error), transaction.atomic():
            row.delete()
    for row, change in zip(rows, ({"words": "别的"}, {"words": "别的"}, {"head": "0" * 64}), strict=True):
        with pytest.raises(Error), transaction.atomic():
            row.update(**change)
    later = entered(place, "spending", "1.00", at=JULY, on=JULY.date())
    with pytest.raises(Error), transaction.atomic():
        DisclosedEntry.objects.create(disclosure=disclosure, entry=later, position=9)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE funds_disclosure CASCADE")
    disclosure.refresh_from_db()
    assert (disclosure.words, disclosure.lines.count()) == ("苗木已栽下。", 2)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reviewer": "李桂兰"}, "监督委员会"),
        ({"reviewer": "　李 桂兰"}, "监督委员会"),
        ({"reviewer": ""}, "监督委员会"),
        ({"reviewed_on": date(2026, 6, 29)}, "监督委员会"),
        ({"hotline": ""}, "电话"),
        ({"words": "联系 138 1234 5678"}, "138"),
        ({"words": "卡号6222 0210 0100 1234 567"}, "622"),
        ({"words": "身份证５２２４２２１９７００１０１１２３４"}, "522"),
        ({"words": "补助欧阳福林一家"}, "欧***"),
    ],
)
def test_nothing_is_published_without_review_or_with_something_personal(place, changes, sentence):
    Household.objects.create(village=place.village, head="欧阳福林", number="1", household_class="poor")
    with pytest.raises(Refused) as refusal:
        published(place, **changes)
    assert sentence in str(refusal.value.sentence)
    assert not Disclosure.objects.public().exists()
    assert not DisclosedEntry.objects.exists()


def test_words_of_a_line_are_held_back_where_the_ledger_names_somebody(place):
    named = entered(place, "spending", "10.00", at=MAY, on=SPRING, words="给张大爷，电话13812345678")
    with pytest.raises(Refused):
        published(place)
    disclosure = published(place, lines={named.pk: "生活补助"})
    assert disclosure.lines.get(entry=named).words == "生活补助"


def test_a_period_that_runs_is_not_published_yet_and_a_stranger_publishes_nothing(place):
    with pytest.raises(Refused):
        acts.prepare(by=place.village_secretary, village=place.village, window=QUARTER, at=MAY)
    for who in (place.secretary, place.organiser, place.stranger):
        with pytest.raises(Refused):
            acts.prepare(by=who, village=place.village, window=QUARTER, at=JULY)
    assert not Disclosure.objects.exists()


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
    for part in ("¥50,000.00", "¥20,000.00", "¥3,000.00", "¥17,000.00", "苗木三百株", MASKED_GIVER, place.unit.name):
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
    with django_assert_num_queries(13):
        client.get(address)
    for number in range(3):
        entered(place, "spending", f"{number + 1}.00", at=JULY, on=JULY.date())
    autumn = Window("quarter", "2026Q3", date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 15))
    at = datetime(2026, 10, 3, 9, 0, tzinfo=CHINA)
    published(place, window=autumn, at=at, reviewed_on=at.date())
    with django_assert_num_queries(13):
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
    assert '<svg' in page
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


@pytest.mark.parametrize(
    ("key", "ends_on", "is_matter", "due_on"),
    [
        ("chongqing", date(2026, 3, 31), False, date(2026, 4, 15)),
        ("chongqing", date(2026, 12, 31), False, date(2027, 1, 15)),
        ("chongqing", date(2026, 2, 28), True, date(2026, 3, 10)),
        ("shaanxi", date(2026, 2, 28), True, date(2026, 3, 5)),
        ("national", date(2026, 1, 31), False, date(2026, 2, 15)),
    ],
)
def test_due_days_by_province(key, ends_on, is_matter, due_on):
    assert PROFILES[key].due_on(ends_on, is_matter=is_matter) == due_on


def test_the_oldest_quarter_is_offered_first(place):
    windows = offered(place.village, date(2026, 11, 3))
    assert [window.period for window in windows if window.kind == "quarter"] == ["2026Q3", "2026Q2"]
    assert suggested(windows).period == "2026Q2"
    published(place)
    assert suggested(offered(place.village, date(2026, 11, 3))).period == "2026Q3"


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
    client.post(reverse("disclose", args=[place.village.pk]), typed(place, pictures=[picture()], no_minors="on", hotline=""))
    kept = draft.pictures.get()
    client.logout()
    assert client.get(reverse("open_picture", args=[kept.pk])).status_code == 404
