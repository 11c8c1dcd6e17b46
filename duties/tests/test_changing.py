"""Another version for a running round, looked at and chosen; a supposed number. Looking writes nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from duties.actions import choose_version
from duties.counting.count import count_all
from duties.models import Duty
from duties.planning import Planned, plan
from duties.supposing import difference, suppose
from duties.tasks import keep_duties
from duties.tests.owing import DAY, MOMENT, owing, version_of, windows
from office.models import Message
from organisations.tests import factories as people
from pairing.actions.scheme_changes import take_over_chosen_versions
from pairing.models import SchemeChange, SchemeVersion
from pairing.tests import factories as pairings
from visits.actions import confirming
from visits.tests.playing import recorded

pytestmark = pytest.mark.django_db

SURVEY = "代号: survey, 名称: 到村调研, 计数: 活动, 活动性质: [调研], 频次: 每季度, 数量: 2"
MORE = SURVEY.replace("数量: 2", "数量: 3")
LECTURE = "代号: lecture, 名称: 讲党课, 计数: 活动, 活动性质: [党课], 频次: 每月"
CHARTER = "代号: charter, 名称: 规划, 计数: 计划, 计划种类: 共建工作计划, 频次: 每期"
AUTUMN = date(2026, 10, 1)


@pytest.fixture
def place():
    place = owing(f"{SURVEY}\n{LECTURE}")
    plan(DAY)
    return place


def choose(place, version, **given) -> SchemeChange:
    given = {"from_day": AUTUMN, "words": "县里统一要求", "at": MOMENT} | given
    round = place.pairing.round
    round.refresh_from_db()
    return choose_version(by=place.organiser, round=round, version=version, **given)


def later(rows) -> list:
    return [(code, period, least) for code, period, starts_on, _due, least in rows if starts_on >= AUTUMN]


def test_the_difference_is_what_planning_then_does_and_looking_writes_nothing(place):
    """Quarter 4 asks for more, lectures vanish, a line that comes once appears; the rest stays."""
    version = version_of(f"{MORE}\n{CHARTER}")
    before = list(Duty.objects.order_by("pk").values())
    round = place.pairing.round
    found = difference(round, version, AUTUMN, DAY)
    numbers = {each.rule.key: (each.appears, each.vanishes, each.changes, each.overdue) for each in found.effects}
    assert numbers == {"survey": (0, 0, 4, 0), "lecture": (0, 12, 0, 0), "charter": (1, 0, 0, 0)}
    example = found.effects[0].examples[0]
    assert (example.period, example.least_before, example.least_after) == ("2026Q4", 2, 3)
    assert place.pairing.unit.name in example.subject
    assert list(Duty.objects.order_by("pk").values()) == before
    assert not SchemeChange.objects.exists()
    was = windows()
    choose(place, version)
    assert (plan(DAY), windows()) == (Planned(), was)
    plan(date(2026, 11, 2))
    assert [row for row in windows() if row[2] < AUTUMN] == was
    assert later(windows()) == [("charter", "", 1), ("survey", "2026Q4", 3)]
    assert Duty.objects.get(period="2026Q4").scheme_version == version


def test_supposed_for_a_day_that_is_over_it_says_who_would_be_overdue(place):
    version = version_of(f"{SURVEY.replace('数量: 2', '数量: 1')}\n{LECTURE.replace('每月', '每季度')}")
    found = difference(place.pairing.round, version, date(2026, 7, 1), DAY)
    numbers = {each.rule.key: (each.appears, each.vanishes, each.changes, each.overdue) for each in found.effects}
    assert numbers["lecture"][3] == 0
    found = difference(place.pairing.round, version, date(2026, 1, 1), DAY)
    assert {each.rule.key: each.overdue for each in found.effects} == {"survey": 0, "lecture": 2}
    other = version_of(SURVEY.replace("频次: 每季度", "频次: 每月"))
    june = datetime(2026, 6, 5, 8, 0, tzinfo=pairings.CHINA)
    for day in (2, 3):
        activity = recorded(place, kind="standard-survey_trip", on=date(2026, 6, day), at=june)
        confirming.confirm(by=place.village_secretary, activity=activity, at=june)
    found = difference(place.pairing.round, other, date(2026, 1, 1), DAY)
    assert {each.rule.key: each.overdue for each in found.effects}["survey"] == 7, "January to August but June"


def test_on_the_day_the_round_goes_by_it_and_an_earlier_choice_is_replaced(place):
    round = place.pairing.round
    first, second = version_of(MORE), version_of(SURVEY.replace("数量: 2", "数量: 4"))
    choose(place, first)
    choose(place, second, words="又有新要求", from_day=date(2026, 9, 20))
    for on, held in ((date(2026, 9, 19), round.scheme_version), (date(2026, 9, 20), second), (AUTUMN, second)):
        take_over_chosen_versions(by=None, on=on)
        round.refresh_from_db()
        assert round.scheme_version == held
    plan(date(2026, 10, 2))
    assert later(windows()) == [("survey", "2026Q4", 4)]
    assert take_over_chosen_versions(by=None, on=AUTUMN) == 0


def test_for_today_it_holds_at_once(place):
    version = version_of(f"{MORE}\n{CHARTER}")
    choose(place, version, from_day=DAY)
    place.pairing.round.refresh_from_db()
    assert place.pairing.round.scheme_version == version
    assert ("charter", "", DAY, date(2028, 12, 31), 1) in windows()
    assert Duty.objects.get(period="2026Q3").least == 2
    assert Duty.objects.filter(period="2026-09").get().state == "open"


def test_both_sides_are_told_once_and_clicking_twice_decides_once(place):
    version = version_of(MORE)
    assert choose(place, version) == choose(place, version)
    told = Message.objects.filter(key__startswith="scheme-change:")
    assert sorted(told.values_list("organisation", flat=True)) == sorted([place.unit.pk, place.village.pk])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"words": " "}, "写明"),
        ({"from_day": DAY - timedelta(days=1)}, "今日"),
        ({"from_day": date(2090, 1, 1)}, "今日"),
    ],
)
def test_what_may_not_be_changes_nothing(place, given, sentence):
    with pytest.raises(Refused, match=sentence):
        choose(place, version_of(MORE), **given)
    with pytest.raises(Refused, match="别的方案"):
        choose(place, version_of(MORE, key="foreign"))
    assert not SchemeChange.objects.exists()
    assert not Message.objects.filter(key__startswith="scheme-change:").exists()


def test_a_version_without_what_records_may_name_is_refused(place):
    round = place.pairing.round
    content = round.scheme_version.content
    content["tags"] = [{"key": "water", "name": "饮水安全"}]
    round.scheme_version = SchemeVersion.objects.create(
        scheme=round.scheme_version.scheme, number=99, text="", content=content, taken_at=MOMENT
    )
    round.save(update_fields=["scheme_version"])
    with pytest.raises(Refused, match="饮水安全"):
        choose(place, version_of(MORE))
    assert not SchemeChange.objects.exists()


@pytest.fixture
def running():
    """As of today."""
    today = timezone.localdate()
    place = owing(f"{SURVEY}\n{LECTURE}", signed_on=today - timedelta(days=300), ends_on=today + timedelta(days=400))
    place.pairing.round.starts_on, place.pairing.round.ends_on = (
        today - timedelta(days=300),
        today + timedelta(days=400),
    )
    place.pairing.round.save()
    plan(today)
    return place


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_organiser_looks_then_decides_and_everybody_reads_why(client, running):
    round, today = running.pairing.round, timezone.localdate()
    version, address = version_of(MORE), reverse("round_scheme", args=[running.pairing.round.pk])
    client.force_login(running.organiser)
    asked = {"version": version.pk, "from_day": str(today + timedelta(days=1))}
    page = text(client.get(address, asked))
    assert "讲党课" in page
    assert not SchemeChange.objects.exists()
    past = text(client.get(address, asked | {"from_day": str(today - timedelta(days=200))}))
    assert "自该日起采用</button>" not in past
    refused = client.post(address, asked | {"words": ""})
    assert refused.context["deciding"].errors["words"]
    assert client.post(address, asked | {"words": "省里新规定"}).status_code == 302
    for user in (running.organiser, running.secretary):
        client.force_login(user)
        assert "省里新规定" in text(
            client.get(reverse("round_scheme_changes", args=[round.pk]), headers={"HX-Request": "true"})
        )
    keep_duties()
    round.refresh_from_db()
    assert round.scheme_version != version


def test_nobody_else_looks_or_decides(client, running):
    version = version_of(MORE)
    round = running.pairing.round
    given = {"version": version.pk, "from_day": str(timezone.localdate()), "words": "理由"}
    for user in (running.secretary, running.village_secretary, running.stranger):
        client.force_login(user)
        address = reverse("round_scheme", args=[round.pk])
        assert client.get(address).status_code == client.post(address, given).status_code == 404
        assert client.get(reverse("suppose_duties", args=[round.pk])).status_code == 404
    with pytest.raises(Refused):
        choose_version(
            by=running.secretary, round=round, version=version, from_day=timezone.localdate(), words="理由",
            at=timezone.now(),
        )  # fmt: skip
    assert not SchemeChange.objects.exists()


def test_a_supposed_number_says_who_would_be_behind_only_then(place):
    spring = datetime(2026, 3, 5, 8, 0, tzinfo=pairings.CHINA)
    for day in (2, 3):
        activity = recorded(place, kind="standard-survey_trip", on=date(2026, 3, day), at=spring)
        confirming.confirm(by=place.village_secretary, activity=activity, at=spring)
    count_all(MOMENT)
    before = list(Duty.objects.order_by("pk").values())
    found = suppose(place.pairing.round, "survey", 3, DAY)
    assert (found.owed, found.late_now, found.late_then, found.short_now, found.short_then) == (3, 1, 2, 1, 1)
    assert [(row.period, row.is_new, row.done, row.supposed) for row in found.rows] == [
        ("2026Q1", True, 2, 3),
        ("2026Q2", False, 0, 3),
        ("2026Q3", False, 0, 3),
    ]
    assert suppose(place.pairing.round, "survey", 2, DAY).behind_then == found.behind_now == 2
    assert list(Duty.objects.order_by("pk").values()) == before


def test_a_fault_in_the_supposed_number_stands_at_its_field(client, running):
    client.force_login(running.organiser)
    address = reverse("suppose_duties", args=[running.pairing.round.pk])
    for typed in ("0", "十", "10000001"):
        form = client.get(address, {"obligation": "survey", "least": typed}).context["form"]
        assert (list(form.errors), form["least"].value()) == (["least"], typed)
    page = text(client.get(address, {"obligation": "survey", "least": "3"}))
    assert Duty.objects.filter(obligation="survey").first().get_absolute_url() in page


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("round_scheme", 22), ("suppose_duties", 13)])
def test_as_many_statements_for_one_pairing_as_for_three(
    client, running, name, queries, number, django_assert_num_queries
):
    round = running.pairing.round
    for each in range(number - 1):
        unit = people.unit(round.organiser, f"县直单位{each}")
        fields = {"state": "signed", "signed_on": running.pairing.signed_on, "ends_on": running.pairing.ends_on}
        pairings.pairing(round, unit, running.village, **fields)
    plan(timezone.localdate())
    version = version_of(MORE)
    client.force_login(running.organiser)
    asked = {"version": version.pk, "from_day": str(timezone.localdate()), "obligation": "survey", "least": "3"}
    address = reverse(name, args=[round.pk])
    client.get(address, asked)
    with django_assert_num_queries(queries):
        client.get(address, asked)
