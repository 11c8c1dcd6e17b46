"""From the form on the phone to the confirmation with one tap; what others can't reach."""

import io
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from office.models import StoredFile
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Round
from pairing.tests import factories as pairings
from pairing.tests.market import statements
from visits.actions import confirming
from visits.models import Activity, Evidence
from visits.querysets import activities as querysets
from visits.tests.playing import Place, place_under, recorded

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


def photo(colour: str = "green", name: str = "果园.jpg") -> SimpleUploadedFile:
    """With a position among its data, as a phone takes it."""
    content, exif = io.BytesIO(), Image.Exif()
    exif[0x8825] = {1: "N", 2: (30.0, 15.0, 0.0)}
    Image.new("RGB", (640, 480), colour).save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def entry(place: Place, **changes) -> dict:
    today = timezone.localdate()
    sent = {
        "on": today.isoformat(),
        "people": [f"member|{place.secretary.name}"],
        "kind": "survey_trip",
        "words": "看果园",
    }
    return sent | {"key": str(uuid.uuid4())} | {f"role_{n}": "member" for n in (1, 2, 3)} | changes


def address(place: Place) -> str:
    return f"/pairings/{place.pairing.pk}/activities/new/"


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    return place_under()


def test_from_the_first_page_to_the_record_and_its_confirmation(place, signed_in):
    secretary = signed_in(place.secretary)
    assert "记走访、活动" in secretary.get("/activities/", headers=PART).content.decode()
    assert secretary.get("/activities/new/").url == address(place)
    form = secretary.get(address(place)).context["form"]
    assert form["people"].value() == ["member|王志远"]
    sent = entry(place, photos=[photo(), photo("red")], name_1="赵永安", role_1="leader")
    answer = secretary.post(address(place), sent)
    activity = Activity.objects.get()
    assert answer.url == activity.get_absolute_url()
    assert sorted(activity.participants.values_list("name", "role")) == [("王志远", "member"), ("赵永安", "leader")]
    village = signed_in(place.village_secretary)
    panel = village.get("/activities/", headers=PART).content.decode()
    assert f'action="/activities/{activity.pk}/confirm/"' in panel
    village.post(f"/activities/{activity.pk}/confirm/", {"back": "home"})
    assert reread(activity).state == "confirmed"
    counts = village.get(f"/pairings/{place.pairing.pk}/activities/", headers=PART).context["tallies"]
    assert [(tally.nature, tally.confirmed, tally.waiting) for tally in counts] == [("survey_trip", 1, 0)]
    archive = signed_in(place.secretary).get(f"/pairings/{place.pairing.pk}/activities/").content.decode()
    assert archive.count("<img") == 2
    known = dict(signed_in(place.cadre).get(address(place)).context["form"].fields["people"].choices)
    assert {"leader|赵永安", "member|苏晓梅"} <= set(known)


def test_a_photo_loses_its_position_and_is_shown_to_the_two_sides_only(place, signed_in):
    signed_in(place.secretary).post(address(place), entry(place, photos=[photo()]))
    shown = Evidence.objects.get()
    path = f"/activities/{shown.activity_id}/evidence/{shown.pk}/"
    received = b"".join(signed_in(place.village_secretary).get(path).streaming_content)
    assert 0x8825 not in Image.open(io.BytesIO(received)).getexif()
    assert signed_in(place.stranger).get(path).status_code == 404


def test_nothing_typed_or_uploaded_is_lost_when_something_is_missing(place, signed_in):
    client = signed_in(place.secretary)
    page = client.post(address(place), entry(place, people=[], photos=[photo()]))
    assert (page.status_code, Activity.objects.count()) == (200, 0)
    form = page.context["form"]
    assert "看果园" in page.content.decode()
    assert "已收到照片 1 张" in page.content.decode()
    kept = form.data["kept"]
    client.post(address(place), entry(place, kept=kept))
    shown = Evidence.objects.get()
    assert {shown.file, shown.marked.file} == set(StoredFile.objects.all())


def test_the_uploads_of_somebody_else_are_not_taken(place, signed_in):
    page = signed_in(place.secretary).post(address(place), entry(place, people=[], photos=[photo()]))
    stolen = entry(place, people=["member|苏晓梅"], kept=page.context["form"].data["kept"])
    signed_in(place.cadre).post(address(place), stolen)
    assert Activity.objects.get().evidence.count() == 0


def test_what_is_no_picture_is_refused_at_its_field(place, signed_in):
    bad = SimpleUploadedFile("走访.jpg", b"MZ\x90\x00 not a picture", "image/jpeg")
    page = signed_in(place.secretary).post(address(place), entry(place, photos=[bad]))
    assert "走访.jpg：" in page.context["form"].errors["photos"][0]
    assert not Activity.objects.exists()


def test_a_likely_double_is_asked_about_before_it_is_saved(place, signed_in):
    client = signed_in(place.secretary)
    client.post(address(place), entry(place, photos=[photo()]))
    page = client.post(address(place), entry(place, kind="training"))
    assert [each.name for each in page.context["form"].look_alikes] == ["调研"]
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    page = client.post(address(place), entry(place, on=yesterday, photos=[photo()]))
    assert page.context["form"].look_alikes
    assert Activity.objects.count() == 1
    client.post(address(place), entry(place, kind="training", is_another="on"))
    assert Activity.objects.count() == 2


def test_a_second_tap_and_a_lost_answer_record_once(place, signed_in):
    client, sent = signed_in(place.secretary), entry(place)
    first, again = client.post(address(place), sent), client.post(address(place), sent | {"is_another": "on"})
    assert (Activity.objects.count(), first.url) == (1, again.url)


def test_late_asks_for_the_reason_and_a_day_to_come_is_a_plan(place, signed_in):
    client, today = signed_in(place.secretary), timezone.localdate()
    Round.objects.update(starts_on=today - timedelta(days=90))
    late = (today - timedelta(days=20)).isoformat()
    page = client.post(address(place), entry(place, on=late))
    assert list(page.context["form"].errors) == ["late_words"]
    client.post(address(place), entry(place, on=late, late_words="山里没有信号"))
    client.post(address(place), entry(place, on=(today + timedelta(days=3)).isoformat()))
    assert sorted(Activity.objects.values_list("state", flat=True)) == ["planned", "submitted"]


def test_sent_back_mended_corrected_cancelled_on_the_pages(place, signed_in):
    activity = recorded(place, at=timezone.now(), on=timezone.localdate())
    village, secretary = Client(), Client()
    village.force_login(place.village_secretary)
    assert village.post(f"/activities/{activity.pk}/return/", {"words": ""}).status_code == 200
    village.post(f"/activities/{activity.pk}/return/", {"words": "是座谈"})
    secretary.force_login(place.secretary)
    assert "是座谈" in secretary.get("/activities/", headers=PART).content.decode()
    mended = secretary.post(f"/activities/{activity.pk}/edit/", entry(place, kind="good_deed"))
    assert (mended.status_code, reread(activity).nature) == (302, "good_deed")
    confirming.confirm(by=place.village_secretary, activity=activity, at=timezone.now())
    secretary.post(f"/activities/{activity.pk}/edit/", entry(place, words="更正"))
    newer = Activity.objects.get(corrects=activity)
    assert "更正后的记录待确认" in secretary.get(activity.get_absolute_url()).content.decode()
    secretary.post(f"/activities/{newer.pk}/cancel/")
    assert reread(newer).state == "cancelled"


def test_others_find_nothing_and_change_nothing(place, signed_in):
    activity = recorded(place)
    client = signed_in(place.stranger)
    for verb in ("confirm", "return", "cancel", "missed", "edit"):
        assert client.post(f"/activities/{activity.pk}/{verb}/", {"words": "不"}).status_code == 404
    assert client.get(activity.get_absolute_url()).status_code == 404
    assert client.post(address(place), entry(place)).status_code == 404
    organiser = signed_in(place.organiser)
    assert organiser.get(activity.get_absolute_url()).status_code == 200
    assert organiser.post(f"/activities/{activity.pk}/confirm/").status_code == 404
    assert signed_in(place.secretary).post(f"/activities/{activity.pk}/confirm/").status_code == 404
    assert list(Activity.objects.values_list("state", flat=True)) == ["submitted"]


def test_pages_ask_no_more_for_many(place, signed_in):
    client = signed_in(place.village_secretary)
    recorded(place)
    paths = ("/activities/", f"/pairings/{place.pairing.pk}/activities/", Activity.objects.get().get_absolute_url())

    def asked() -> list[int]:
        parts = [statements(client, path, PART) for path in paths[:2]]
        return [*parts, *(statements(client, path) for path in paths)]

    few = asked()
    for _number in range(3):
        recorded(place)
    assert asked() == few == [6, 5, 9, 11, 9]


def test_few_pairings_or_many_the_list_is_the_same(place, signed_in, monkeypatch):
    recorded(place)
    unit = people.unit(place.pairing.round.organiser, "青山县水务局")
    other = pairings.pairing(place.pairing.round, unit, people.village(place.pairing.round.organiser, "坡头村"))
    theirs = replace(place, pairing=other, unit=unit, secretary=people.user("branch_secretary", unit))
    recorded(theirs)
    readers = (place.secretary, place.village_secretary, place.organiser, place.stranger, theirs.secretary)
    addresses = [f"/activities/?{narrowed}" for narrowed in ("", "q=马岭", "place=马岭", "state=submitted", "q=水务")]

    def shown() -> list[list[int]]:
        found = [signed_in(reader).get(path).context["table"].page for path in addresses for reader in readers]
        return [[row.record.pk for row in page.object_list] for page in found]

    by_keys = shown()
    assert [len(found) for found in by_keys[:5]] == [1, 1, 2, 0, 1]
    monkeypatch.setattr(querysets, "FEW", 0)
    assert shown() == by_keys


def test_the_history_tells_people_what_was_recorded_and_no_key_of_the_program(place, signed_in):
    activity = recorded(place)
    text = signed_in(place.secretary).get(f"/history/visits.activity/{activity.pk}/").content.decode()
    assert ("王志远" in text, "调研" in text) == (True, True)
    assert (str(activity.key) in text, "survey_trip" in text) == (False, False)
