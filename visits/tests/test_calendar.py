"""A month at a glance, and a village's year: what stands where, for whom, and that many rows cost no more."""

import io
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.months import month_asked
from office import files
from organisations.tests import factories as people
from pairing.models import Round
from pairing.states import Side
from pairing.tests import factories as pairings
from pairing.tests.market import statements
from visits.actions import confirming, recording
from visits.models import Activity
from visits.querysets import activities as querysets
from visits.tests.playing import Place, place_under, record, recorded

pytestmark = pytest.mark.django_db
PATH = "/activities/calendar/"
PART = {"HX-Request": "true"}


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    found = place_under("town")
    Round.objects.update(starts_on=timezone.localdate() - timedelta(days=800))
    found.pairing.round.refresh_from_db()
    return found


def planned(place: Place, on: date, at=None) -> Activity:
    moment = at or timezone.now()
    given = {"by": place.secretary, "pairing": place.pairing, "unit": place.unit, "side": Side.UNIT}
    return recording.plan_activity(**given, record=record(kind="exchange", on=on), key=uuid.uuid4(), at=moment)


def done(place: Place, **changes) -> Activity:
    told: dict[str, Any] = {"kind": "exchange", "on": timezone.localdate()}
    return recorded(place, at=timezone.now(), **(told | changes))


def picture(place: Place):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(content, "JPEG")
    return files.store(upload=("果园.jpg", content.getvalue()), by=place.secretary, kind="picture")


def test_planned_overdue_missed_and_done_each_on_its_day(place, signed_in):
    today, before = timezone.localdate(), timezone.now() - timedelta(days=40)
    planned(place, today)
    late = planned(place, today - timedelta(days=30), at=before)
    missed = planned(place, today - timedelta(days=31), at=before)
    recording.miss(by=place.secretary, activity=missed, words="河水漫路", at=timezone.now())
    recording.cancel(by=place.secretary, activity=planned(place, today), at=timezone.now())
    confirming.confirm(by=place.village_secretary, activity=done(place), at=timezone.now())
    client = signed_in(place.secretary)
    month = client.get(PATH).context["month"]
    assert [each.state for each in month.days[today.day - 1].items] == ["planned", "confirmed"]
    assert (month.counts["planned"], month.counts["done"]) == (1, 1)
    found = [client.get(PATH, {"month": f"{each.on:%Y-%m}"}) for each in (late, missed)]
    assert [page.context["month"].counts[word] for page, word in zip(found, ("overdue", "missed"), strict=True)] == [
        1,
        1,
    ]
    assert "已过期，未登记" in found[0].content.decode()
    assert f'class="is-missed" href="{missed.get_absolute_url()}"' in found[1].content.decode()


def test_a_correction_stands_there_once(place, signed_in):
    activity = done(place)
    confirming.confirm(by=place.village_secretary, activity=activity, at=timezone.now())
    changed = record(kind="exchange", on=timezone.localdate(), words="更正")
    recording.correct(by=place.secretary, activity=activity, record=changed, key=uuid.uuid4(), at=timezone.now())
    assert signed_in(place.village_secretary).get(PATH).context["month"].number == 1


def test_own_pairings_one_pairing_or_everything(place, signed_in):
    unit = people.unit(place.pairing.round.organiser, "青山县水务局")
    village = people.village(place.pairing.round.organiser, "坡头村")
    other = pairings.pairing(place.pairing.round, unit, village, state="signed")
    theirs = people.user("branch_secretary", unit)
    given = {"by": theirs, "pairing": other, "unit": unit, "side": Side.UNIT, "key": uuid.uuid4()}
    today = timezone.localdate()
    recording.record_activity(**given, record=record(kind="exchange", on=today), at=timezone.now())
    done(place)
    assert signed_in(place.secretary).get(PATH, {"whose": "all"}).context["month"].number == 1
    organiser = signed_in(place.organiser)
    assert organiser.get(PATH).context["month"].number == 2
    assert organiser.get(PATH, {"pairing": other.pk}).context["month"].number == 1
    assert signed_in(place.secretary).get(PATH, {"pairing": other.pk}).status_code == 404
    assert signed_in(place.stranger).get(PATH).context["month"].number == 0


def test_of_many_pairings_it_holds_what_is_planned_and_leads_to_the_list_for_the_rest(place, signed_in, monkeypatch):
    monkeypatch.setattr(querysets, "FEW", 0)
    today = timezone.localdate()
    planned(place, today)
    done(place, on=today)
    answer = signed_in(place.organiser).get(PATH)
    assert answer.context["month"].counts == {"planned": 1, "overdue": 0, "missed": 0, "done": 0}
    assert "已开展的活动见列表" in answer.content.decode()


@pytest.mark.parametrize("words", ["", "2026-13", "nonsense", "0001-01", "2026", "2026-11-30", "９９９９-1"])
def test_what_names_no_month_is_this_month(words):
    assert month_asked(words, date(2026, 5, 20)) == date(2026, 5, 1)
    assert month_asked("2026-2", date(2026, 5, 20)) == date(2026, 2, 1)


def test_a_full_day_shows_the_first_and_says_how_many_more(place, signed_in):
    for _number in range(5):
        done(place)
    today = timezone.localdate()
    page = signed_in(place.secretary).get(PATH)
    day = page.context["month"].days[today.day - 1]
    assert (len(day.items), day.more) == (3, 2)
    listed = signed_in(place.secretary).get("/activities/", {"since": today, "until": today})
    assert listed.context["found"] == 5
    assert "还有 2 项" in page.content.decode()


def year_of(place: Place) -> str:
    return reverse("village_year", args=[place.village.pk])


@pytest.mark.clause("TN-25")
def test_the_year_of_a_village_holds_the_records_of_both_sides_with_their_pictures(place, signed_in):
    today = timezone.localdate()
    done(place, photos=[picture(place)], words="单位看果园")
    done(place, by=place.village_secretary, side=Side.VILLAGE, words="村里清渠")
    done(place, on=date(today.year - 1, 12, 20), words="去年的", late_words="补登")
    page = signed_in(place.village_secretary).get(year_of(place))
    text = page.content.decode()
    assert all(words in text for words in ("单位看果园", "村里清渠"))
    assert "去年的" not in text
    assert (text.count("<img"), page.context["total"], page.context["numbers"][today.month - 1]) == (1, 2, 2)
    assert "去年的" in signed_in(place.secretary).get(year_of(place), {"year": today.year - 1}).content.decode()


def test_it_is_reached_from_the_village_and_from_the_pairing(place, signed_in):
    client = signed_in(place.secretary)
    assert year_of(place) in client.get(place.village.get_absolute_url()).content.decode()
    assert year_of(place) in client.get(f"/pairings/{place.pairing.pk}/activities/", headers=PART).content.decode()
    assert year_of(place) in client.get(year_of(place), headers=PART).content.decode()


def test_strangers_find_no_village_and_units_no_year(place, signed_in):
    done(place)
    assert signed_in(place.stranger).get(year_of(place)).status_code == 404
    assert signed_in(place.organiser).get(reverse("village_year", args=[place.unit.pk])).status_code == 404
    assert signed_in(place.organiser).get(year_of(place)).context["total"] == 1


def test_pages_ask_no_more_for_many(place, signed_in):
    client = signed_in(place.secretary)
    done(place, photos=[picture(place)])
    few = [statements(client, path) for path in (PATH, year_of(place))]
    for number in range(3):
        done(place, on=timezone.localdate() - timedelta(days=number), photos=[picture(place)])
    assert [statements(client, path) for path in (PATH, year_of(place))] == few
    assert max(few) <= 12, few
