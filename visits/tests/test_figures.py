"""T6: what is counted, out of how many, and that each number leads to as many rows."""

import uuid
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from openpyxl import load_workbook

from members.kinds import Rank
from members.models import Member
from members.tests import factories as members
from organisations.tests import factories as people
from pairing.models import Round
from pairing.tests import factories as pairings
from pairing.tests.market import statements
from visits.actions import confirming, recording
from visits.actions import diary as diary_acts
from visits.actions.diary import Trip
from visits.actions.recording import Somebody
from visits.figures import By
from visits.models import HouseholdVisit, Participant
from visits.querysets import activities as querysets
from visits.tests.playing import Place, place_under, record, recorded

pytestmark = pytest.mark.django_db
PATH = "/activities/statistics/"


@pytest.fixture
def place(db) -> Place:
    """Two visits confirmed, one waits; a correction of the first waits too; two entries in a diary, one reviewed."""
    found = place_under("xinyi")
    now, today = timezone.now(), timezone.localdate()
    Round.objects.update(starts_on=today - timedelta(days=200))
    members.member(found.unit, "苏晓梅", user=found.cadre, rank=Rank.SECTION)
    members.member(found.unit, "王志远", rank=Rank.COUNTY)
    both = [Somebody("王志远"), Somebody("苏晓梅"), Somebody("李桂兰", Participant.Role.VILLAGE)]
    first = recorded(found, at=now, on=today, kind="call_on_veterans", participants=both)
    tagged: dict[str, Any] = {"tags": ["talent"], "resources": ["technology", "talent"]}
    second = recorded(found, at=now, on=today, kind="skill_aid", **tagged)
    recorded(found, at=now, on=today, kind="call_on_veterans")
    for activity in (first, second):
        confirming.confirm(by=found.village_secretary, activity=activity, at=now)
    changed = record(kind="call_on_veterans", on=today, words="更正")
    recording.correct(by=found.secretary, activity=first, record=changed, key=uuid.uuid4(), at=now)
    entries = [
        diary_acts.write_entry(
            by=found.cadre, trip=Trip(today, "看", "办", "想", found.village), key=uuid.uuid4(), at=now
        )
        for _number in range(2)
    ]
    diary_acts.review_entry(by=found.secretary, entry=entries[0], mark="good", words="", at=now)
    calling(found, today, now)
    idle = people.unit(found.pairing.round.organiser, "青山县水务局")
    other = people.village(found.pairing.round.organiser, "坡头村")
    pairings.pairing(found.pairing.round, idle, other, state="signed")
    return found


def calling(place: Place, today: date, now: datetime) -> None:
    """Two visits at the door of one household, and one that met nobody."""
    helper = Member.objects.get(user=place.cadre)
    household = members.household(place.village, "任福林")
    members.helps(helper, household, round=place.pairing.round, pairing=place.pairing)
    for took_place in (True, True, False):
        HouseholdVisit.objects.create(
            unit=place.unit, village=place.village, round=place.pairing.round, target_household=household, on=today,
            took_place=took_place, met="head" if took_place else "", missed_words="" if took_place else "不在家",
            recorded_at=now, recorded_by=place.cadre,
        )  # fmt: skip


def table(client, **asked) -> dict[str, list]:
    lines = client.get(PATH, asked).context["table"]
    return {line.name: [(each.number, each.of) for each in line.figures] for line in [*lines.lines, lines.total]}


@pytest.mark.parametrize(
    ("by", "name"),
    [("unit", "青山县林业局"), ("village", "青山县马岭村"), ("month", f"{timezone.localdate():%Y年%-m月}")],
)
def test_each_figure_says_out_of_how_many(place, signed_in, by, name):
    found = table(signed_in(place.organiser), by=by)
    assert found[name] == [(2, 3), (1, None), (3, None), (2, None), (1, None), (2, None), (1, 2)]
    assert found["合计"] == found[name]
    idle = {"unit": "青山县水务局", "village": "坡头村"}.get(by)
    if idle:
        assert found[idle] == [(0, 0), *[(0, None)] * 5, (0, 0)]


def test_by_rank_an_activity_stands_in_the_line_of_each_who_went(place, signed_in):
    found = table(signed_in(place.organiser), by="rank")
    assert found["县级干部"][0] == (2, 3)
    assert (found["科局级干部"][0], found["科局级干部"][3:]) == ((1, 1), [(2, None), (1, None), (2, None), (1, 2)])
    assert found["合计"][0] == (2, 3)


@pytest.mark.clause("XY-04", "SH-03", "AH-16")
def test_by_the_classes_of_the_scheme_by_approach_and_by_resource(place, signed_in):
    pairings.scheme_version("shanghai")
    client = signed_in(place.organiser)
    kinds = table(client, by="kind")
    assert (kinds["技能帮扶"][0], kinds["走访「三老」人员"][0]) == ((1, 1), (1, 2))
    assert table(client, by="tag") == {
        "人才共育": [(1, 1), (0, None), (1, None)],
        "合计": [(2, 3), (1, None), (3, None)],
    }
    assert [found[0] for found in table(client, by="resource").values()] == [(1, 1), (1, 1), (2, 3)]


@pytest.mark.parametrize("by", By.values)
def test_each_number_leads_to_as_many_rows(place, signed_in, by):
    client = signed_in(place.organiser)
    shown = client.get(PATH, {"by": by, "place": "青山县"}).context["table"]
    linked = [each for line in [*shown.lines, shown.total] for each in line.figures if each.url and each.number]
    assert len(linked) >= 5
    for figure in linked:
        found = client.get(figure.url).context
        rows = [row.record for row in found["table"].rows]
        is_of_people = figure.url.startswith("/activities/people/")  # who went twice stands there once, with both
        assert (sum(row["times"] for row in rows) if is_of_people else found["found"]) == figure.number, figure.url


def test_the_people_who_went_are_the_same_whether_few_went_or_many(place, signed_in, monkeypatch):
    client = signed_in(place.organiser)

    def shown() -> list[tuple]:
        rows = client.get("/activities/people/", {"unit": place.unit.pk}).context["table"].rows
        return [(row.record["name"], row.record["times"]) for row in rows]

    led_by_keys = shown()
    assert led_by_keys
    monkeypatch.setattr(querysets, "FEW", 0)
    assert shown() == led_by_keys


def test_days_places_and_rounds_narrow_it(place, signed_in):
    client = signed_in(place.organiser)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert table(client, until=yesterday)["合计"][0] == (0, 0)
    assert table(client, place="水务局")["青山县水务局"] == [(0, 0), *[(0, None)] * 5, (0, 0)]
    assert table(client, place="马岭村")["合计"][0] == (2, 3)
    assert table(client, round=place.pairing.round.pk)["合计"][0] == (2, 3)
    page = client.get(PATH, {"since": "2026-13-40", "until": "nonsense"})
    assert (page.status_code, set(page.context["form"].errors)) == (200, {"since", "until"})
    assert client.get(PATH, {"since": "2026-03-01", "until": "2026-02-01"}).context["form"].errors["until"]


def test_the_reach_is_out_of_the_pairings_that_stand(place, signed_in):
    facts = signed_in(place.organiser).get(PATH).context["facts"]
    assert [(each.value, each.of) for each in facts] == [(1, 2), (1, 2), (2, 3), (3, None), (1, 2)]


def test_each_sees_their_own_part_and_strangers_nothing(place, signed_in):
    assert list(table(signed_in(place.secretary))) == ["青山县林业局", "合计"]
    assert table(signed_in(place.village_secretary))["合计"][5] == (0, None)
    nothing = [(0, 0), *[(0, None)] * 5, (0, 0)]
    assert table(signed_in(place.stranger)) == {"合计": nothing}
    for path in ("/activities/people/", "/diary/entries/"):
        assert signed_in(place.stranger).get(path).context["total"] == 0
    assert signed_in(place.cadre).get("/diary/entries/").status_code == 404


def test_the_workbook_holds_the_same_numbers(place, signed_in):
    answer = signed_in(place.organiser).get(PATH, {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert rows[0][:3] == ("按单位", "已确认活动", "已登记")
    assert ("青山县林业局", 2, 3, 1, 3, 2, 1, 2, 1, 2) in rows


def test_pages_ask_no_more_for_many(place, signed_in):
    client = signed_in(place.organiser)
    paths = [f"{PATH}?by={by.value}" for by in By]
    paths += ["/activities/people/", "/diary/entries/"]
    few = [statements(client, path) for path in paths]
    today = timezone.localdate()
    for number in range(3):
        more = people.unit(place.pairing.round.organiser, f"第{number}局")
        pairings.pairing(place.pairing.round, more, people.village(place.pairing.round.organiser), state="signed")
        recorded(place, at=timezone.now(), on=today - timedelta(days=number), kind="skill_aid")
    cache.clear()
    assert [statements(client, path) for path in paths] == few
    assert max(few) <= 12, few
