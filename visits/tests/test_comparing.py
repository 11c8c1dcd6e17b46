"""Both archives beside each other: what each recorded, what waits since when, what came back and why, doubles."""

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image

from office import files
from pairing.models import Round
from pairing.states import Side
from pairing.tests.market import statements
from visits import comparing
from visits.actions import confirming, recording
from visits.actions.recording import Somebody
from visits.comparing import Comparison
from visits.models import Activity
from visits.tests.playing import Place, place_under, record, recorded

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    found = place_under("town")
    Round.objects.update(starts_on=TODAY() - timedelta(days=300))
    found.pairing.round.refresh_from_db()
    return found


def done(place: Place, days_ago: int = 0, **changes) -> Activity:
    now = timezone.now()
    told: dict[str, Any] = {"on": TODAY() - timedelta(days=days_ago), "kind": "exchange", "late_words": "补登"}
    return recorded(place, at=now - timedelta(days=days_ago), **(told | changes))


def archive(place: Place) -> str:
    return f"/pairings/{place.pairing.pk}/activities/"


def compared(place: Place) -> Comparison:
    today = TODAY()
    return comparing.archive(place.pairing, today - timedelta(days=90), today, today).comparison


@pytest.mark.clause("TN-25")
def test_what_each_side_recorded_and_how_far_the_other_agrees(place):
    for days in (2, 3):
        confirming.confirm(by=place.village_secretary, activity=done(place, days), at=timezone.now())
    done(place, 4)
    theirs = done(place, 5, by=place.village_secretary, side=Side.VILLAGE)
    confirming.send_back(by=place.secretary, activity=theirs, words="那天我们没有去", at=timezone.now())
    recording.cancel(by=place.secretary, activity=done(place, 6), at=timezone.now())
    found = compared(place)
    rows = [(side.name, side.recorded, side.confirmed, side.waiting, side.returned) for side in found.sides]
    assert rows == [(place.unit.name, 3, 2, 1, 0), (place.village.name, 1, 0, 0, 1)]
    assert [each.days for each in found.differences] == [0, 4]
    assert not found.agree


@pytest.mark.clause("TN-25")
def test_each_difference_says_who_waits_for_whom_and_why(place, signed_in):
    waiting = done(place, 9)
    theirs = done(place, 12, by=place.village_secretary, side=Side.VILLAGE)
    confirming.send_back(by=place.secretary, activity=theirs, words="那天我们没有去", at=timezone.now())
    for reader in (place.secretary, place.village_secretary, place.organiser):
        text = signed_in(reader).get(archive(place)).content.decode()
        assert f"{place.unit.name}登记了{waiting.on.year}年{waiting.on.month}月{waiting.on.day}日" in text
        assert f"{place.village.name}还没有确认" in text
        assert f"{place.unit.name}退回{place.village.name}登记的" in text
        assert "那天我们没有去" in text
        assert "9 天" in text
    assert signed_in(place.stranger).get(archive(place)).status_code == 404


def test_a_correction_says_what_it_changes_until_it_is_confirmed(place, signed_in):
    old = done(place, participants=[Somebody("王志远")], persons=12)
    confirming.confirm(by=place.village_secretary, activity=old, at=timezone.now())
    newer = record(on=TODAY(), kind="exchange", persons=9, participants=[Somebody("王志远"), Somebody("苏晓梅")])
    new = recording.correct(by=place.secretary, activity=old, record=newer, key=uuid.uuid4(), at=timezone.now())
    found = compared(place)
    assert found.differences[0].details == ["参加人员：王志远 → 王志远、苏晓梅", "参加人数：12 → 9"]
    assert found.alike == []
    assert "12 → 9" in signed_in(place.village_secretary).get(new.get_absolute_url()).content.decode()
    confirming.confirm(by=place.village_secretary, activity=new, at=timezone.now())
    assert compared(place).agree


def test_the_same_day_or_the_same_picture_is_hinted_at(place):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(content, "JPEG")
    shown = [files.store(upload=("果园.jpg", content.getvalue()), by=place.secretary, kind="picture")]
    done(place, 3)
    done(place, 3, by=place.village_secretary, side=Side.VILLAGE)
    done(place, 5, photos=shown)
    done(place, 8, photos=shown)
    done(place, 20)
    assert [([each.on for each in found.first], found.why) for found in compared(place).alike] == [
        ([TODAY() - timedelta(days=8), TODAY() - timedelta(days=5)], "同一张照片"),
        ([TODAY() - timedelta(days=3)] * 2, "同一天、同一类型"),
    ]


def test_many_that_are_alike_are_one_hint(place, signed_in):
    for _each in range(comparing.MOST_ALIKE + 2):
        done(place, 3)
    (found,) = compared(place).alike
    assert (found.number, len(found.first), found.more) == (6, 4, 2)
    assert "另有 2 条" in signed_in(place.secretary).get(archive(place)).content.decode()


def test_of_many_differences_those_that_wait_longest_stand_on_the_page(place, signed_in, monkeypatch):
    monkeypatch.setattr(comparing, "MOST_DIFFERENCES", 2)
    first, second, _third = (done(place, days) for days in (9, 8, 7))
    found = compared(place)
    assert ([each.activity for each in found.differences], found.open) == ([first, second], 3)
    text = signed_in(place.secretary).get(archive(place)).content.decode()
    assert "共 3 条" in text
    assert f"unit={place.unit.pk}&amp;village={place.village.pk}" in text


def test_archives_that_agree_say_so(place, signed_in):
    client = signed_in(place.village_secretary)
    assert "双方档案一致" not in client.get(archive(place)).content.decode()
    confirming.confirm(by=place.village_secretary, activity=done(place), at=timezone.now())
    assert "双方档案一致" in client.get(archive(place)).content.decode()


def test_the_archive_asks_no_more_for_many(place, signed_in):
    client = signed_in(place.secretary)
    old = done(place)
    confirming.confirm(by=place.village_secretary, activity=old, at=timezone.now())
    changed = record(on=TODAY(), kind="exchange", words="更正")
    recording.correct(by=place.secretary, activity=old, record=changed, key=uuid.uuid4(), at=timezone.now())
    few = statements(client, archive(place))
    for days in range(3):
        done(place, days)
    assert statements(client, archive(place)) == few <= 12


def test_a_correction_lists_what_changes_in_the_extras_of_its_kind(place, signed_in):
    first = done(place, kind="standard-mediation", dispute="water", outcome="partly")
    confirming.confirm(by=place.village_secretary, activity=first, at=timezone.now())
    changed = record(on=first.on, kind="standard-mediation", dispute="water", outcome="settled")
    new = recording.correct(by=place.secretary, activity=first, record=changed, key=uuid.uuid4(), at=timezone.now())
    said = ["化解结果：部分化解 → 已化解"]
    assert compared(place).differences[0].details == said
    assert signed_in(place.village_secretary).get(f"/activities/{new.pk}/").context["changes"] == said


def test_of_many_that_are_alike_the_first_few_are_named(place):
    for days in range(comparing.MOST_GROUPS + 2):
        done(place, days + 1)
        done(place, days + 1, participants=[Somebody("何立新")])
    found = compared(place)
    assert (len(found.alike), found.groups) == (comparing.MOST_GROUPS, comparing.MOST_GROUPS + 2)
    assert found.alike[0].number == 2
