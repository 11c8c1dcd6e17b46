"""What a phone sends by itself: taken once, refused by field, and only from its author."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.kinds import PairKind
from members.models import Household, Person, PersonPair
from members.tests import factories as members
from office.models import StoredFile
from organisations.middleware import LAST_SEEN
from organisations.models import User
from pairing.models import Round
from visits.actions import household_visits, recording
from visits.models import Activity, HouseholdVisit
from visits.tests.playing import Place, place_under
from visits.tests.test_pages import address, entry, photo

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}
MOST_STATEMENTS = 12


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    return place_under()


def sent(place: Place, **changes) -> dict:
    return entry(place, author=place.secretary.pk, **changes)


def post(client: Client, place: Place, record: dict):
    return client.post(address(place), record, headers=SCRIPT)


def test_saved_with_its_address_and_once_however_often_it_is_sent(place, signed_in):
    client, record = signed_in(place.secretary), sent(place)
    first = post(client, place, record | {"photos": [photo()]})
    again = post(client, place, record | {"photos": [photo()]})
    saved = Activity.objects.get()
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() == {"address": saved.get_absolute_url()}
    assert (saved.evidence.count(), StoredFile.objects.count()) == (1, 2)  # the photo, and its copy for others


def test_what_arrived_is_known_though_the_round_closed_meanwhile(place, signed_in):
    client, record = signed_in(place.secretary), sent(place)
    post(client, place, record)
    Round.objects.update(state="closed", closed_at=timezone.now())
    assert post(client, place, record).status_code == 201
    assert Activity.objects.count() == 1


def test_what_is_wrong_is_said_by_field_and_what_may_be_a_double_is_asked(place, signed_in):
    client = signed_in(place.secretary)
    late = (timezone.localdate() - timedelta(days=400)).isoformat()
    answer = post(client, place, sent(place, people=[], kind="", on=late))
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"people", "kind", "late_words"}
    assert answer.json()["errors"]["people"] == ["请填写参加人员。"]
    assert not Activity.objects.exists()
    post(client, place, sent(place))
    doubt = post(client, place, sent(place))
    assert (doubt.status_code, doubt.json()["errors"]) == (422, {})
    assert [each["address"] for each in doubt.json()["alike"]] == [Activity.objects.get().get_absolute_url()]
    assert post(client, place, sent(place, is_another="on")).status_code == 201


def test_it_waits_for_its_author_to_sign_in(place, signed_in):
    record = sent(place)
    asleep = Client()
    asleep.force_login(place.secretary)
    session = asleep.session
    session[LAST_SEEN] = timezone.now().timestamp() - configured.SESSION_IDLE_SECONDS - 1
    session.save()
    others = (Client(), asleep, signed_in(place.cadre), signed_in(place.stranger))
    for client in others:
        answer = post(client, place, record)
        assert (answer.status_code, answer.json()) == (401, {"sign_in": "/account/login/"})
    assert not Activity.objects.exists()
    assert post(signed_in(place.secretary), place, record).status_code == 201


def test_a_key_is_known_to_its_author_only(place, signed_in):
    record = sent(place)
    post(signed_in(place.secretary), place, record)
    copied = record | {"author": place.stranger.pk}
    assert post(signed_in(place.stranger), place, copied).status_code == 404


def test_the_forms_to_fetch_ahead_are_those_of_ones_own_pairings(place, signed_in):
    path = "/activities/new/choose/"
    assert signed_in(place.secretary).get(path, headers=SCRIPT).json() == {"forms": [address(place)]}
    assert signed_in(place.stranger).get(path, headers=SCRIPT).json() == {"forms": []}


def test_the_worker_serves_the_whole_site_and_the_manifest_opens_the_first_page(client):
    worker = client.get("/service-worker.js")
    assert (worker["Service-Worker-Allowed"], worker["Content-Type"]) == ("/", "text/javascript; charset=utf-8")
    assert 'importScripts("/static/js/worker.js")' in worker.content.decode()
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    assert (manifest.json()["name"], manifest.json()["start_url"]) == ("结对", "/")
    assert [icon["sizes"] for icon in manifest.json()["icons"]] == ["192x192", "512x512"]


def test_saving_asks_little_of_the_database(place, signed_in):
    client = signed_in(place.secretary)
    post(client, place, sent(place))
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    another = sent(place, key=str(uuid.uuid4()), on=yesterday)
    with CaptureQueriesContext(connection) as asked:
        answer = post(client, place, another)
    assert answer.status_code == 201
    assert len([each for each in asked if not is_of_the_test(each["sql"])]) <= MOST_STATEMENTS


def is_of_the_test(sql: str) -> bool:
    """Inside the transaction of a test ours is a savepoint."""
    return sql.rpartition("; ")[2].startswith(("SAVEPOINT", "RELEASE SAVEPOINT"))


@dataclass
class Door:
    place: Place
    helper: User
    household: Household
    child: Person

    def address(self, form: str = "new") -> str:
        return f"/household-visits/{form}/household/{self.household.pk}/"

    def sent(self, **changes) -> dict:
        today = timezone.localdate().isoformat()
        record = {"author": self.helper.pk, "key": str(uuid.uuid4()), "on": today, "met": "head", "words": "身体好"}
        return record | changes


@pytest.fixture
def door(db) -> Door:
    place = place_under("qianxi")
    helper = members.member(place.unit, place.cadre.name, user=place.cadre)
    household = members.household(place.village, "任福林")
    child = members.person(place.village, "小林", kind="left_behind_child", guardian="任福林")
    paired: dict[str, Any] = {"round": place.pairing.round, "pairing": place.pairing}
    members.helps(helper, household, **paired)
    members.helps(helper, child, PairKind.MEMBER_PERSON, **paired)
    PersonPair.objects.update(since=timezone.localdate() - timedelta(days=30))
    return Door(place, place.cadre, household, child)


@pytest.mark.parametrize(
    ("form", "changes", "took_place"), [("new", {}, True), ("missed", {"words": "家里没人，门锁着"}, False)]
)
def test_a_visit_at_the_door_is_taken_once_and_from_its_author_alone(door, signed_in, form, changes, took_place):
    record = door.sent(**changes)
    for client in (Client(), signed_in(door.place.secretary)):
        answer = client.post(door.address(form), record, headers=SCRIPT)
        assert (answer.status_code, answer.json()) == (401, {"sign_in": "/account/login/"})
    assert not HouseholdVisit.objects.exists()
    client = signed_in(door.helper)
    answers = [client.post(door.address(form), record, headers=SCRIPT) for _number in range(2)]
    visit = HouseholdVisit.objects.get()
    assert [(each.status_code, each.json()["address"]) for each in answers] == [(201, visit.get_absolute_url())] * 2
    assert (visit.took_place, visit.recorded_by) == (took_place, door.helper)


def test_what_is_wrong_at_the_door_is_said_by_field(door, signed_in):
    client = signed_in(door.helper)
    lacking = client.post(door.address(), door.sent(words="", on="明天"), headers=SCRIPT)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    ahead = client.post(door.address("missed"), door.sent(on=tomorrow), headers=SCRIPT)
    assert (lacking.status_code, set(lacking.json()["errors"])) == (422, {"on", "words"})
    assert (ahead.status_code, ahead.json()["alike"]) == (422, [])
    assert "不能晚于今天" in str(ahead.json()["errors"])
    assert not HouseholdVisit.objects.exists()


def test_the_forms_at_ones_doors_are_fetched_ahead_but_none_of_a_minor(door, signed_in):
    client = signed_in(door.helper)
    forms = client.get("/activities/new/choose/", headers=SCRIPT).json()["forms"]
    assert forms == [address(door.place), door.address(), door.address("missed")]
    for path in ("/my-households/", "/my-households/?part"):
        text = client.get(path, headers={"HX-Request": "true"} if "part" in path else {}).content.decode()
        assert 'data-forms="/activities/new/choose/"' in text
    page = client.get("/activities/new/choose/").content.decode()
    assert f'href="{door.address()}"' in page
    assert "data-records" in client.get(door.address()).content.decode()
    assert "data-records" not in client.get(f"/household-visits/new/person/{door.child.pk}/").content.decode()


def beaten(verb: Callable) -> Callable:
    """Another sending of the same form is recorded a moment before."""

    def second(**given):
        verb(**given)
        return verb(**given)

    return second


@pytest.mark.parametrize("verb", ["record_activity", "plan_activity", "record_visit", "miss_visit"])
def test_of_two_sendings_at_the_same_moment_one_is_recorded_and_both_are_told_so(door, signed_in, monkeypatch, verb):
    acts = household_visits if verb in ("record_visit", "miss_visit") else recording
    monkeypatch.setattr(acts, verb, beaten(getattr(acts, verb)))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    forms = {
        "record_activity": (door.place.secretary, address(door.place), sent(door.place)),
        "plan_activity": (door.place.secretary, address(door.place), sent(door.place, on=tomorrow)),
        "record_visit": (door.helper, door.address(), door.sent()),
        "miss_visit": (door.helper, door.address("missed"), door.sent(words="家里没人，门锁着")),
    }
    user, path, record = forms[verb]
    answer = signed_in(user).post(path, record, headers=SCRIPT)
    saved = (HouseholdVisit if acts is household_visits else Activity)._default_manager.get()
    assert (answer.status_code, answer.json()) == (201, {"address": saved.get_absolute_url()})
