"""The diary: three parts, three editions, one for everybody who takes part, and read by few (XY-18 to XY-21)."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from core.refusals import Refused
from members.actions.erasing import erase_person
from members.kinds import Mark, Rank
from members.models import Member
from members.tests import factories as members
from office.models import Message
from organisations.tests import factories as people
from organisations.tests.factories import reread
from pairing.models import Issue
from pairing.tests.market import statements
from visits import diaries
from visits.actions import diary as acts
from visits.actions.diary import Trip
from visits.models import Diary, DiaryEntry
from visits.tests.playing import NOW, TODAY, Place, place_under

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
LINES = ["深入基层", "关心基层", "联系基层", "服务基层", "给力基层"]


@pytest.fixture
def place(db) -> Place:
    """The cadre helps a household of the paired village under the scheme of Xinyi."""
    found = place_under("xinyi")
    helper = members.member(found.unit, "苏晓梅", user=found.cadre)
    household = members.household(found.village, "任福林")
    members.helps(helper, household, round=found.pairing.round, pairing=found.pairing)
    return found


def trip(**changes) -> Trip:
    said: dict[str, Any] = {
        "on": TODAY,
        "did": "到三户看了果园",
        "solved": "联系了苗木",
        "reflection": "要常来",
        "village": None,
    }
    return Trip(**(said | changes))


def written(place: Place, **changes) -> DiaryEntry:
    return acts.write_entry(by=place.cadre, trip=trip(**changes), key=uuid.uuid4(), at=NOW)


def sent(place: Place, **changes) -> dict:
    parts = {"did": "到三户看了果园", "solved": "联系了苗木", "reflection": "要常来"}
    return {"on": "2026-03-01", "village": place.village.pk, "key": str(uuid.uuid4())} | parts | changes


@pytest.mark.clause("XY-20")
@pytest.mark.parametrize("part", ["did", "solved", "reflection"])
def test_an_entry_has_three_parts_each_of_them(place, signed_in, part):
    with pytest.raises(Refused, match="做了什么、解决了什么问题、有什么体会"):
        written(place, **{part: "  "})
    page = signed_in(place.cadre).post("/diary/new/", sent(place, **{part: ""}))
    assert (page.status_code, list(page.context["form"].errors)) == (200, [part])
    assert (DiaryEntry.objects.count(), Diary.objects.count()) == (0, 0)
    entry = written(place)
    with pytest.raises(IntegrityError, match="diary_entry_in_three_parts"), transaction.atomic():
        DiaryEntry.objects.filter(pk=entry.pk).update(**{part: ""})


def test_from_the_first_page_to_an_entry_in_the_doorway(place, signed_in):
    client = signed_in(place.cadre)
    assert "/diary/new/" in client.get("/diary/", headers=PART).content.decode()
    assert client.get("/diary/new/").context["form"].fields["village"].initial == place.village.pk
    answer = client.post("/diary/new/", sent(place))
    entry = DiaryEntry.objects.get()
    assert (answer.url, entry.village, entry.diary.round) == (
        entry.get_absolute_url(),
        place.village,
        place.pairing.round,
    )
    assert "到三户看了果园" in client.get("/diary/").content.decode()
    assert signed_in(place.stranger).get("/diary/", headers=PART).content == b""


def test_the_same_key_twice_is_one_entry_and_the_future_is_refused(place):
    key = uuid.uuid4()
    first = acts.write_entry(by=place.cadre, trip=trip(), key=key, at=NOW)
    assert acts.write_entry(by=place.cadre, trip=trip(), key=key, at=NOW) == first
    with pytest.raises(Refused, match="日期"):
        written(place, on=TODAY + timedelta(days=1))
    assert DiaryEntry.objects.count() == 1


@pytest.mark.clause("XY-25")
def test_a_weekend_is_a_day_like_any_other(place):
    saturday = TODAY - timedelta(days=(TODAY.weekday() - 5) % 7)
    assert saturday.weekday() == 5
    assert written(place, on=saturday).on == saturday


@pytest.mark.clause("XY-19")
def test_the_edition_goes_by_rank_and_organisation(place):
    county = place.pairing.round.organiser
    leader = members.member(place.unit, rank=Rank.COUNTY)
    village = members.member(place.village)
    posted = members.member(place.unit, marks=[Mark.VILLAGE_CADRE])
    town = members.member(people.township(county, "水口镇"), rank=Rank.SECTION)
    agency = members.member(place.unit, rank=Rank.SECTION)
    found = [str(diaries.edition_of(each)) for each in (leader, village, posted, town, agency)]
    assert found == ["leaders", "grassroots", "grassroots", "grassroots", "agency"]
    assert written(place).diary.title == "市直机关党员干部《民情日记》"


@pytest.mark.clause("XY-18")
def test_everybody_who_helps_has_a_diary_or_stands_on_the_list_of_those_without(place, signed_in):
    leader = members.member(place.unit, "赵永安", rank=Rank.COUNTY)
    members.helps(leader, members.household(place.village), round=place.pairing.round)
    members.member(place.unit, "吴不帮")
    entry = written(place)
    client = signed_in(place.secretary)
    rows = {row.name: (row.entries, row.unreviewed) for row in client.get("/diaries/").context["table"].data}
    assert rows == {"苏晓梅": (1, 1), "赵永安": (0, 0)}
    without = client.get("/diaries/?which=none").context["table"].data
    assert [row.name for row in without] == ["赵永安"]
    acts.review_entry(by=place.secretary, entry=entry, mark="good", words="", at=NOW)
    assert not list(client.get("/diaries/?which=unreviewed").context["table"].data)
    assert signed_in(place.cadre).get("/diaries/").status_code == 404


@pytest.mark.clause("XY-20")
def test_a_leader_reviews_and_the_entry_stays_as_it_is(place, signed_in):
    entry = written(place)
    client = signed_in(place.secretary)
    client.post(f"/diary/entries/{entry.pk}/review/", {"mark": "good", "words": "写得实"})
    entry = reread(entry)
    assert (entry.mark, entry.review_words, entry.reviewed_by) == ("good", "写得实", place.secretary)
    assert Message.objects.filter(recipient=place.cadre, url=entry.get_absolute_url()).exists()
    with pytest.raises(Refused):
        acts.change_entry(by=place.cadre, entry=entry, trip=trip(did="别的"), at=NOW)
    assert signed_in(place.cadre).get(f"/diary/entries/{entry.pk}/edit/").status_code == 404
    assert reread(entry).did == "到三户看了果园"


def test_nobody_reviews_their_own_and_only_the_author_changes(place):
    Member.objects.filter(user=place.cadre).update(user=None)
    own = members.member(place.unit, "王志远", user=place.secretary)
    entry = acts.write_entry(by=place.secretary, trip=trip(), key=uuid.uuid4(), at=NOW)
    assert entry.diary.member == own
    with pytest.raises(Refused):
        acts.review_entry(by=place.secretary, entry=entry, mark="good", words="", at=NOW)
    with pytest.raises(Refused):
        acts.change_entry(by=place.organiser, entry=entry, trip=trip(did="别的"), at=NOW)
    acts.review_entry(by=place.organiser, entry=entry, mark="fair", words="", at=NOW)
    assert (reread(entry).mark, reread(entry).did) == ("fair", "到三户看了果园")


def test_author_leaders_and_organisers_read_it_and_nobody_else(place, signed_in):
    entry = written(place)
    colleague = people.user("cadre", place.unit)
    liaison = people.user("liaison_officer", place.unit)
    auditor = people.user("auditor", place.pairing.round.organiser)
    for reader in (place.cadre, place.secretary, place.organiser):
        assert "联系了苗木" in signed_in(reader).get(entry.get_absolute_url()).content.decode()
    for other in (colleague, liaison, auditor, place.village_secretary, place.stranger):
        for path in (entry.get_absolute_url(), entry.diary.get_absolute_url()):
            assert signed_in(other).get(path).status_code == 404


@pytest.mark.clause("XY-21")
def test_the_booklet_has_the_five_lines_and_all_entries_in_order(place, signed_in):
    written(place, did="第二次")
    entry = written(place, did="第一次", on=TODAY - timedelta(days=3))
    text = signed_in(place.cadre).get(entry.diary.get_absolute_url()).content.decode()
    assert all(f"<li>{line}</li>" in text for line in LINES)
    assert text.index("第一次") < text.index("第二次")
    assert "苏晓梅" in text


def test_from_an_entry_straight_into_the_ledger(place, signed_in):
    entry = written(place, village=place.village)
    client = signed_in(place.cadre)
    client.post(f"/diary/entries/{entry.pk}/issue/", {"title": "抽水泵坏了", "kind": "livelihood", "words": ""})
    issue = Issue.objects.get()
    assert (issue.source, issue.source_url, issue.pairing) == ("diary", entry.get_absolute_url(), place.pairing)
    assert (issue.side, issue.raised_by) == ("unit", place.cadre)
    assert "抽水泵坏了" in client.get(entry.get_absolute_url()).content.decode()
    answer = signed_in(place.secretary).post(f"/diary/entries/{entry.pk}/issue/", {"title": "x", "kind": "other"})
    assert (answer.status_code, Issue.objects.count()) == (404, 1)


def test_erasing_the_author_leaves_the_number_and_no_word(place):
    entry = written(place)
    acts.review_entry(by=place.secretary, entry=entry, mark="good", words="任福林家", at=NOW)
    place.cadre.appointments.all().delete()
    erase_person(by=place.organiser, record=entry.diary.member, reason="本人要求", at=NOW)
    entry = reread(entry)
    assert (entry.did, entry.solved, entry.reflection, entry.review_words) == ("已删除", "已删除", "已删除", "")
    assert not any("苗木" in str(row) for row in type(entry).pgh_event_model.objects.values())


@pytest.mark.parametrize("path", ["/diary/", "/diaries/", "booklet"])
def test_as_many_statements_with_three_as_with_one(place, signed_in, path):
    found = []
    entry = written(place)
    client = signed_in(place.secretary if path == "/diaries/" else place.cadre)
    for more in range(2):
        for number in range(2 * more):
            written(place, on=TODAY - timedelta(days=number))
            helper = members.member(place.unit)
            members.helps(helper, members.household(place.village), round=place.pairing.round)
        cache.clear()
        found.append(statements(client, entry.diary.get_absolute_url() if path == "booklet" else path))
    assert found[0] == found[1]
