"""The thirteen tables: each opens, each number leads to as many rows, each is had on paper and as a workbook."""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from core.marks import NAME, tracked_tables
from members.kinds import PairKind, Rank
from members.tests import factories as members
from organisations.kinds import FacilityKind, VillageClass
from organisations.tests import factories as people
from pairing.states import Side
from pairing.tests import factories as pairings
from reports.statistics.frame import all_statistics
from reports.tests.factories import reported
from visits.actions import recording
from visits.kinds import kinds_of
from visits.tests.playing import record

pytestmark = pytest.mark.django_db
CODES = list(all_statistics())
TODAY = timezone.localdate()


@pytest.fixture
def filled(place):
    """Beside the pairing that is signed: one that is not, one that was released; who helps whom; a station; a figure."""
    county = place.round.organiser
    unit, village = people.unit(county, "青山县水务局"), people.village(county, "坡头村", classes=[VillageClass.POOR_1])
    pairings.pairing(place.round, unit, village)
    pairings.pairing(place.round, unit, place.village, state="released", released_at=timezone.now())
    leader = members.member(unit, "王志远", rank=Rank.COUNTY)
    members.helps(leader, village, PairKind.LEADER_VILLAGE, since=TODAY)
    members.helps(leader, members.household(village))
    members.helps(leader, members.household(village))
    people.facility(county, "外出务工人员服务站", kind=FacilityKind.FLOATING_STATION)
    reported(place.organiser, "ideas", village, "3条", since=date(TODAY.year, 1, 1), until=TODAY)
    return place


def sheet(client, code: str, **asked):
    return client.get(f"/statistics/{code}/", asked).context["sheet"]


def numbers(found) -> dict[str, dict[str, list]]:
    """By section and line: number, or number and denominator."""
    return {
        section.title: {
            line.name: [each.number if each.of is None else (each.number, each.of) for each in line.figures]
            for line in [*section.table.lines, *([section.table.total] if section.table.total else [])]
        }
        for section in found.sections
    }


def test_the_entrance_lists_every_table_that_one_may_read(filled, signed_in):
    page = signed_in(filled.organiser).get("/statistics/").content.decode()
    for code, statistic in all_statistics().items():
        assert f"/statistics/{code}/" in page
        assert str(statistic.name) in page
    fewer = signed_in(filled.secretary).get("/statistics/").content.decode()
    assert "/statistics/T1/" in fewer
    assert "/statistics/T12/" not in fewer
    assert signed_in(filled.secretary).get("/statistics/T12/").status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_each_table_is_had_on_screen_as_a_workbook_and_in_word(filled, signed_in, code):
    client = signed_in(filled.organiser)
    assert client.get(f"/statistics/{code}/").status_code == 200
    book = load_workbook(BytesIO(b"".join(client.get(f"/statistics/{code}/?export=xlsx").streaming_content)))
    document = Document(BytesIO(client.get(f"/statistics/{code}/?export=docx").content))
    found = sheet(client, code)
    assert len(book.worksheets) == len(found.sections)
    assert document.paragraphs[0].text.startswith(code)
    assert len(document.tables) == len([each for each in found.sections if each.table.lines])


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("who", ["organiser", "secretary", "village_secretary"])
def test_no_table_shows_what_lies_elsewhere(filled, signed_in, code, who):
    elsewhere = people.county("白水县")
    other = people.village(elsewhere, "白水村")
    reported(people.user("organiser", elsewhere), "ideas", other, "9条", since=date(TODAY.year, 1, 1), until=TODAY)
    answer = signed_in(getattr(filled, who)).get(f"/statistics/{code}/", {"place": "白水"})
    assert answer.status_code in (200, 404)
    shown = answer.content.decode().replace('value="白水"', "")
    assert "白水" not in shown
    assert "9条" not in shown


LINKED = [(code, by) for code in ("T1", "T3", "T4", "T5", "T7", "T11") for by in all_statistics()[code].by.values]


@pytest.mark.parametrize(("code", "by"), LINKED)
def test_each_number_that_counts_rows_leads_to_as_many(filled, signed_in, code, by):
    client = signed_in(filled.organiser)
    found = sheet(client, code, by=by)
    for section in found.sections:
        for line in section.table.lines:
            for column, figure in zip(section.table.columns, line.figures, strict=True):
                if figure.url and figure.number and str(column.title) in ROWS:
                    rows = client.get(figure.url).context
                    assert rows["found"] == figure.number, (code, line.name, column.title)


# Columns whose numbers count the very rows of the list that they lead to.
ROWS = {
    "意向已达成", "协议已签", "其中续签", "重新选择", "已终止", "结对数", "培训场次", "上挂", "下派", "在用阵地", "责任区与服务链",
    "收到", "已填报单位",
}  # fmt: skip


def test_pairings_are_counted_as_of_the_day(filled, signed_in):
    client = signed_in(filled.organiser)
    formed = timezone.localdate(filled.round.pairings.earliest("formed_at").formed_at)
    now = numbers(sheet(client, "T1", until=str(TODAY)))["组织结对"]["合计"]
    assert now == [2, (1, 2), 0, 1, 0, 1, 1]
    before = numbers(sheet(client, "T1", until=str(formed.replace(year=formed.year - 1))))
    assert before["组织结对"]["合计"] == [0, (0, 0), 0, 0, 0, 0, 0]
    assert set(before["人对人结对"]) == {"干部联系户"}


def test_each_class_of_village_has_its_own_denominator(filled, signed_in):
    people.village(filled.round.organiser, "高山村", classes=[VillageClass.POOR_1])
    found = numbers(sheet(signed_in(filled.organiser), "T1"))["各类村覆盖情况"]
    assert found == {"一类贫困村": [(0, 2)], "合计": [(1, 3)]}


@pytest.mark.clause("TN-23")
def test_leading_cadres_who_take_the_lead_are_counted_out_of_those_on_the_rosters(filled, signed_in):
    members.member(filled.unit, "李副县长", rank=Rank.COUNTY)
    found = numbers(sheet(signed_in(filled.organiser), "T1"))
    assert found["党员领导干部带头结对情况"] == {"县级干部": [(1, 2)]}
    assert found["人对人结对"]["领导联系村"] == [1, 1, 1, 1.0]
    assert found["人对人结对"]["干部联系户"] == [2, 1, 2, 2.0]


def test_two_rounds_and_two_stretches_of_days_stand_side_by_side(filled, signed_in):
    second = pairings.round(filled.round.organiser, name="第二轮", number=2)
    pairings.pairing(second, filled.unit, filled.village, state="signed")
    client = signed_in(filled.organiser)
    found = sheet(client, "T1", round=filled.round.pk, against_round=second.pk)
    table = found.sections[0].table
    assert [column.title for column in table.columns[:2]] == [
        f"意向已达成（{each.name}，截至{found.lead[2:]}）" for each in (filled.round, second)
    ]
    assert [figure.number for figure in table.total.figures[:4]] == [2, 1, 1, 1]
    days = {"since": f"{TODAY.year}-01-01", "until": str(TODAY)}
    last = {"against_since": f"{TODAY.year - 1}-01-01", "against_until": f"{TODAY.year - 1}-12-31"}
    ideas = sheet(client, "T4", **days, **last).sections[-1].table
    assert [figure.words for figure in ideas.lines[0].figures[:2]] == ["3条", ""]
    wrong = client.get("/statistics/T4/", days | {"against_since": last["against_since"]})
    assert wrong.context["form"].errors["against_until"]


@pytest.mark.django_db(transaction=True)
def test_a_table_that_was_counted_asks_few_questions_until_something_changes(
    filled, signed_in, django_assert_max_num_queries
):  # fmt: skip
    client = signed_in(filled.organiser)
    for code in CODES:
        before = numbers(sheet(client, code))
        with django_assert_max_num_queries(12):
            assert numbers(sheet(client, code)) == before
    reported(filled.organiser, "paths", filled.village, "45个", since=date(TODAY.year, 1, 1), until=TODAY)
    assert "找准发展路子（村）" in numbers(sheet(client, "T4"))["填报数据"]


def test_what_a_table_is_counted_from_tells_of_every_change():
    for statistic in all_statistics().values():
        for model in statistic.read:
            assert tracked_tables()[model._meta.db_table] is not None, (statistic.code, model)


# Written together with what tells of it: sums of activities, a survey that is closed, sheets that are reckoned.
DERIVED = {"visits_activitymonth", "visits_activityday", "reports_surveysubject", "reports_assessed"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("who", ["organiser", "secretary"])
def test_a_table_reads_nothing_of_whose_change_it_would_not_hear(filled, signed_in, code, who):
    client, statistic = signed_in(getattr(filled, who)), all_statistics()[code]
    heard = {model._meta.db_table for model in statistic.read} | DERIVED | tables_of(client, "/statistics/")
    for asked in (*(f"by={by}" for by in statistic.by.values), f"place={filled.village.name}"):
        read = tables_of(client, f"/statistics/{code}/?{asked}")
        assert {name for name in read - heard if not name.endswith("event")} == set(), asked


def tables_of(client, address: str) -> set[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as statements:
        client.get(address)
    return {name for each in statements for name in NAME.findall(each["sql"])} & tracked_tables().keys()


@pytest.mark.django_db(transaction=True)
def test_an_activity_changes_what_was_remembered(filled, signed_in):
    client = signed_in(filled.organiser)
    before = {code: facts_of(client, code) for code in ("T2", "T6")}
    pairing = filled.round.pairings.get(state="signed")
    done = record(kind=kinds_of(filled.round)[0].code, on=TODAY)
    recording.record_activity(
        by=filled.secretary,
        pairing=pairing,
        unit=filled.unit,
        side=Side.UNIT,
        record=done,
        key=uuid4(),
        at=timezone.now(),
    )
    assert all(facts_of(client, code) != before[code] for code in before)


def facts_of(client, code: str) -> list:
    return [(str(fact.title), fact.value, fact.of) for fact in sheet(client, code).facts]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 3])
def test_a_warm_table_asks_as_often_for_three_as_for_one(filled, signed_in, django_assert_max_num_queries, number):
    for each in range(number):
        village = people.village(filled.round.organiser, f"新村{each}")
        pairings.pairing(filled.round, filled.unit, village, state="signed")
        reported(filled.organiser, "ideas", village, "3条", since=date(TODAY.year, 1, 1), until=TODAY)
    for who in (filled.organiser, filled.secretary):
        client = signed_in(who)
        for code in CODES:
            client.get(f"/statistics/{code}/")
            with django_assert_max_num_queries(12):
                client.get(f"/statistics/{code}/")
