"""Who is away from home by the roster of members: stored by the register's rules, doubted where it is not clear."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.refusals import Refused
from members.actions.floating import register_floating
from members.actions.floating_reports import make_link, open_link
from members.models import FloatingRecord, Member
from members.states import FloatingState
from members.tests.floating import LEFT, NOW, floating, places
from members.tests.rosters import RURAL, doubts, imported, imported_file, row, sizes, verdicts
from members.tests.test_roster_export import exported
from office.models import RosterImport
from office.rosters import actions
from office.rosters.undoing import LaterWork, undo

pytestmark = pytest.mark.django_db

HEADINGS = ["姓名", "所在村", "流动状态", "外出日期", "流入地"]
WORDS = "导入名册时已外出"


@pytest.fixture
def place():
    return places()


def roster_of(folder, place, *rows: list, headings=HEADINGS, **options) -> RosterImport:
    return imported(folder, place.county, ("农村党员", [headings, *rows]), **options)


def stays() -> list[tuple]:
    return list(FloatingRecord.objects.order_by("pk").values_list("member__name", "state", "leaves_on", "place"))


@pytest.mark.clause("SF-29")
def test_whoever_the_roster_has_away_is_registered_as_the_page_would_do_it(tmp_path, place):
    headings, today = ["序号", "姓名", "乡镇", *RURAL[4:]], timezone.localdate()
    roster = roster_of(
        tmp_path, place, [1, "汤金", "", "寒葱河村", "否", "外出", "广东省深圳市"], [2, "段丽", "", "寒葱河村", "否", "在村", ""],
        headings=headings,
    )  # fmt: skip
    assert verdicts(roster) == {"members": {"created": 2, "skipped": 1}}
    assert stays() == [("汤金", FloatingState.DEPARTED, today, "广东省深圳市")]
    record = FloatingRecord.objects.get()
    assert (record.origin, record.scheme_version, record.destination) == (place.village, place.version, None)
    assert (record.left_although, record.registered_by) == (WORDS, None)
    [[_sentence, counted]] = [each for each in roster.planned if "away from home" in each[0]]
    assert counted == {"count": 1}
    assert verdicts(
        roster_of(tmp_path, place, [1, "汤金", "", "寒葱河村", "否", "外出", "广东省深圳市"], headings=headings)
    ) == {"members": {"unchanged": 1, "skipped": 1}}


def test_day_and_organisation_of_the_destination_are_taken_from_the_row(tmp_path, place):
    roster_of(tmp_path, place, ["汤金", "寒葱河村", "外出", "2024年3月5日", "朝阳社区"])
    record = FloatingRecord.objects.get()
    assert (record.leaves_on.isoformat(), record.destination, record.place) == ("2024-03-05", place.community, "")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["也许", "", ""], [("floating", "unknown_choice")]),
        (["", "", "贵阳市"], [("floating", "away_unsaid")]),
        (["在村", "", "贵阳市"], [("destination", "away_at_home")]),
        (["在村", "2024-03-05", ""], [("away_since", "away_at_home")]),
        (["外出", "2049-03-05", ""], [("away_since", "in_future")]),
        (["外出", "去年", ""], [("away_since", "not_a_date")]),
        (["外出", "", "寒葱河村"], [("destination", "own_home")]),
    ],
)
def test_what_is_unclear_is_doubted_at_its_cell_and_nothing_is_stored(tmp_path, place, cells, expected):
    before = sizes()
    roster = roster_of(tmp_path, place, ["汤金", "寒葱河村", *cells])
    assert doubts(roster, "members", 2) == expected
    assert sizes() == before


def test_a_sheet_that_only_names_destinations_says_who_is_away(tmp_path, place):
    headings = ["姓名", "所在村", "流入地"]
    roster_of(tmp_path, place, ["汤金", "寒葱河村", "贵阳市"], ["段丽", "寒葱河村", ""], headings=headings)
    assert [stay[0] for stay in stays()] == ["汤金"]


def test_who_was_registered_has_left_by_the_roster_with_what_was_missing_said(tmp_path, place):
    planned = timezone.localdate() + timedelta(days=9)
    record = register_floating(by=place.secretary, member=place.member, leaves_on=planned, at=timezone.now())
    roster = roster_of(tmp_path, place, ["于洪江", "寒葱河村", "外出", "", "贵阳市"])
    today = timezone.localdate()
    assert row(roster, "members", 2).changes == [
        ["流动状态", "在村", "外出"],
        ["外出日期", planned.isoformat(), today.isoformat()],
        ["流入地", "", "贵阳市"],
    ]
    record.refresh_from_db()
    assert (record.state, record.leaves_on, record.left_although) == (FloatingState.DEPARTED, today, WORDS)


def test_a_day_that_the_papers_contradict_is_doubted(tmp_path, place):
    floating(place.village, member=place.member, agreement_signed_on=LEFT - timedelta(days=1))
    day = (LEFT - timedelta(days=2)).isoformat()
    roster = roster_of(tmp_path, place, ["于洪江", "寒葱河村", "外出", day, ""])
    assert doubts(roster, "members", 2) == [("away_since", "contradicts")]
    assert FloatingRecord.objects.get().leaves_on == LEFT


def test_another_destination_is_a_question_before_it_takes_the_place_of_an_organisation(tmp_path, place):
    record = floating(place.village, place.community, member=place.member)
    roster = roster_of(tmp_path, place, ["于洪江", "寒葱河村", "外出", "", "广东省深圳市"])
    assert doubts(roster, "members", 2) == [("destination", "other_destination")]
    sheet = roster.sheets.get()
    actions.keep_as_typed(
        by=place.organiser, roster=roster, sheet=sheet, column="destination", code="other_destination", number=2
    )
    assert row(roster, "members", 2).changes == [["流入地", "朝阳社区", "广东省深圳市"]]
    record.refresh_from_db()
    assert record.destination == place.community


def test_who_is_at_home_again_by_the_roster_has_returned_and_the_link_is_dead_until_it_is_undone(tmp_path, place):
    record = floating(place.village, member=place.member, place="贵阳市")
    token = make_link(by=place.secretary, record=record, at=NOW).token
    roster = roster_of(tmp_path, place, ["于洪江", "寒葱河村", "在村", "", ""])
    record.refresh_from_db()
    assert (record.state, record.ended_on) == (FloatingState.RETURNED, timezone.localdate())
    with pytest.raises(Refused):
        open_link(token, NOW)
    assert [params for words, params in roster.planned if "closed as returned" in words] == [{"count": 1}]
    undo(roster, at=timezone.now())
    record.refresh_from_db()
    assert (record.state, record.ended_on, record.leaves_on) == (FloatingState.DEPARTED, None, LEFT)
    assert open_link(token, NOW).record == record


def test_an_import_is_undone_with_its_records_unless_somebody_worked_with_them(tmp_path, place):
    before = sizes()
    roster = roster_of(tmp_path, place, ["汤金", "寒葱河村", "外出", "", "贵阳市"])
    assert sizes() != before
    undo(roster, at=timezone.now())
    assert sizes() == before
    second = roster_of(tmp_path, place, ["汤金", "寒葱河村", "外出", "", "贵阳市"])
    FloatingRecord.objects.get().ticks.create(step="school", on=LEFT, ticked_by=place.secretary)
    with pytest.raises(LaterWork):
        undo(second, at=timezone.now())
    assert FloatingRecord.objects.count() == 1


def test_an_export_tells_who_is_away_and_reads_back_unchanged(client, tmp_path, place):
    roster_of(
        tmp_path, place, ["汤金", "寒葱河村", "外出", "2024-03-05", "贵阳市"], ["段丽", "寒葱河村", "在村", "", ""]
    )
    floating(place.village, place.community, member=place.member)
    held = (sizes(), stays())
    lines = exported(client, place.organiser, "members", tmp_path / "out.xlsx")
    positions = [lines[0].index(heading) for heading in ("姓名", "流动状态", "流入地")]
    assert sorted([line[i] for i in positions] for line in lines[1:]) == [
        ["于洪江", "外出", "朝阳社区"], ["段丽", "在村", None], ["汤金", "外出", "贵阳市"],
    ]  # fmt: skip
    again = imported_file(tmp_path / "out.xlsx", place.county)
    assert verdicts(again) == {"members": {"unchanged": 3, "skipped": 1}}
    assert (sizes(), stays()) == held


def test_thirty_rows_ask_as_often_as_three(tmp_path, place):
    asked = []
    for count in (3, 30):
        rows = [[f"流{number}号{count}", "寒葱河村", "外出", "", "贵阳市"] for number in range(count)]
        with CaptureQueriesContext(connection) as found:
            roster_of(tmp_path, place, *rows)
        asked.append(len(found))
    assert asked[0] == asked[1]
    assert Member.objects.filter(floating_records__state=FloatingState.DEPARTED).count() == 33
