"""What shows an activity: the copy that others see, minutes, signatures on the screen, a position nobody has to give."""

import base64
import io
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from core.refusals import Refused
from office import watermark
from pairing.states import Side
from visits.actions import confirming
from visits.actions import evidence as acts
from visits.actions.recording import Where
from visits.models import Activity, Evidence, MarkedCopy, Position
from visits.tests.playing import Place, place_under, recorded
from visits.tests.test_pages import address, entry, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    return place_under()


def done(place: Place, **changes) -> Activity:
    return recorded(place, at=timezone.now(), on=timezone.localdate(), **changes)


def drawn(*, is_empty: bool = False) -> str:
    """What a canvas sends."""
    image, file = Image.new("RGBA", (300, 120), (0, 0, 0, 0)), io.BytesIO()
    if not is_empty:
        ImageDraw.Draw(image).line((20, 90, 140, 30, 280, 80), fill=(0, 0, 0, 255), width=5)
    image.save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def picture_at(client, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200
    return Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def test_others_see_time_and_uploader_on_the_photo_and_it_is_kept_as_received(place, signed_in):
    signed_in(place.secretary).post(address(place), entry(place, photos=[photo()]))
    shown = Evidence.objects.get()
    assert shown.marked.file != shown.file
    path = f"/activities/{shown.activity_id}/evidence/{shown.pk}/"
    green = Image.open(shown.file.path).convert("RGB").getpixel((5, 475))
    seen = picture_at(signed_in(place.village_secretary), path)
    assert seen.convert("RGB").getpixel((5, 475)) != green
    assert (seen.size, 0x8825 in seen.getexif()) == ((640, 480), False)
    assert picture_at(signed_in(place.village_secretary), f"{path}?as=received").tobytes() == seen.tobytes()
    own = picture_at(signed_in(place.secretary), f"{path}?as=received")
    assert (own.convert("RGB").getpixel((5, 475)), 0x8825 in own.getexif()) == (green, False)
    with pytest.raises(Error), transaction.atomic():
        MarkedCopy.objects.update(file=shown.file)


def test_without_a_chinese_font_the_words_are_time_and_number(monkeypatch):
    content = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(content, "JPEG")
    monkeypatch.setattr(watermark, "chinese_font", lambda: "")
    marked = Image.open(io.BytesIO(watermark.drawn_on(content.getvalue(), "王志远上传", "2026-09-10 09:00  No. 7")))
    assert marked.size == (400, 300)
    assert len(marked.convert("L").crop((0, 260, 200, 300)).getcolors() or []) > 10


def test_a_correction_takes_photo_and_copy_along(place, signed_in):
    client = signed_in(place.secretary)
    client.post(address(place), entry(place, photos=[photo()]))
    activity = Activity.objects.get()
    confirming.confirm(by=place.village_secretary, activity=activity, at=timezone.now())
    client.post(f"/activities/{activity.pk}/edit/", entry(place, words="更正"))
    new = Activity.objects.get(corrects=activity).evidence.get()
    assert new.marked.file == activity.evidence.get().marked.file


@pytest.mark.parametrize(
    ("scheme", "kind", "nature"),
    [
        pytest.param("town", "exchange", "exchange_meeting", marks=pytest.mark.clause("TN-06")),
        pytest.param("suifenhe", "joint_meeting", "joint_meeting", marks=pytest.mark.clause("SF-22")),
    ],
)
def test_the_minutes_of_a_meeting_are_a_kind_of_their_own(settings, tmp_path, signed_in, scheme, kind, nature):
    settings.MEDIA_ROOT = tmp_path
    place = place_under(scheme)
    sent = entry(place, kind=kind, papers=[photo(name="纪要.jpg")], papers_are="minutes")
    signed_in(place.secretary).post(address(place), sent)
    shown = Evidence.objects.get()
    assert (shown.kind, shown.activity.nature) == ("minutes", nature)
    page = signed_in(place.village_secretary).get(shown.activity.get_absolute_url())
    assert "会议纪要 · 纪要.jpg" in page.content.decode()
    assert not MarkedCopy.objects.exists()


@pytest.mark.parametrize("side", Side)
def test_a_villager_signs_on_the_screen_of_either_side(place, signed_in, side):
    activity = done(place)
    client = signed_in(place.secretary if side == Side.UNIT else place.village_secretary)
    path = f"/activities/{activity.pk}/sign/"
    assert "data-canvas" in client.get(path).content.decode()
    assert client.post(path, {"kind": "villager", "drawn": drawn()}).url == activity.get_absolute_url()
    shown = Evidence.objects.get()
    assert (shown.kind, shown.file.media_type) == ("villager", "image/png")
    assert "群众签名" in client.get(activity.get_absolute_url()).content.decode()
    assert picture_at(client, f"/activities/{activity.pk}/evidence/{shown.pk}/").format == "PNG"


@pytest.mark.parametrize(
    "sent",
    [
        "",
        drawn(is_empty=True),
        "data:image/png;base64,!!!!",
        "data:text/html;base64,PGI+",
        "data:image/png;base64,AAAA",
    ],
)
def test_what_is_no_signature_is_refused_with_a_sentence(place, signed_in, sent):
    activity = done(place)
    page = signed_in(place.secretary).post(f"/activities/{activity.pk}/sign/", {"kind": "villager", "drawn": sent})
    assert (page.status_code, Evidence.objects.count()) == (200, 0)
    assert page.context["form"].non_field_errors()


def test_only_the_two_sides_have_what_was_done_signed(place, signed_in):
    activity = done(place)
    for other in (place.stranger, place.organiser):
        answer = signed_in(other).post(f"/activities/{activity.pk}/sign/", {"kind": "villager", "drawn": drawn()})
        assert answer.status_code == 404
    given = {"activity": activity, "kind": "villager", "drawn": drawn(), "at": timezone.now()}
    with pytest.raises(Refused):
        acts.sign(by=place.organiser, **given)
    with pytest.raises(Refused):
        acts.sign(by=place.secretary, **(given | {"kind": "photo"}))
    Activity.objects.filter(pk=activity.pk).update(state="cancelled")
    with pytest.raises(Refused):
        acts.sign(by=place.secretary, **given)
    assert Evidence.objects.count() == 0


def test_a_position_is_kept_with_its_system_and_nobody_has_to_give_one(place, signed_in):
    client, there = signed_in(place.secretary), {"latitude": "27.0123456789", "longitude": "106.02", "accuracy": "30"}
    client.post(address(place), entry(place) | there)
    kept = Position.objects.get()
    assert (kept.latitude, kept.longitude, kept.accuracy) == (Decimal("27.012346"), Decimal("106.020000"), 30)
    assert kept.coordinates == "wgs84"
    assert "27.012346, 106.020000（WGS-84" in client.get(kept.activity.get_absolute_url()).content.decode()
    unread: tuple[dict[str, str], ...] = (
        {},
        {"latitude": "27"},
        {"latitude": "north", "longitude": "1"},
        {"latitude": "99", "longitude": "1"},
    )
    for number, wrong in enumerate(unread):
        client.post(address(place), entry(place, is_another="on", words=str(number)) | wrong)
    assert (Activity.objects.count(), Position.objects.count()) == (5, 1)


def test_the_database_refuses_a_place_that_is_not_on_earth(place):
    activity = done(place, position=Where(Decimal("27"), Decimal("106")))
    with pytest.raises(Error), transaction.atomic():
        Position.objects.filter(activity=activity).update(latitude=91)


def test_no_public_page_knows_a_position(place, client):
    activity = done(place, position=Where(Decimal("27.012345"), Decimal("106.543210")))
    round = activity.pairing.round
    for path in ("/board/", f"/board/{round.pk}/", f"/activities/{activity.pk}/"):
        assert "27.01234" not in client.get(path, follow=True).content.decode()
