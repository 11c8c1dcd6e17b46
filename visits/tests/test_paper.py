"""For those who keep paper: the record on one page, empty and filled, and the workbook in and out."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from members.kinds import Mark
from members.tests import factories as members
from office.models import Message, RosterImport, RosterRow
from office.rosters.staging import Choices, stage
from office.rosters.states import RosterState
from office.rosters.undoing import LaterWork, undo
from organisations.tests import factories as people
from pairing.models import Round
from visits import sheets
from visits.actions import confirming
from visits.models import Activity, Participant
from visits.rosters import ACTIVITIES
from visits.templates_word import build_sheet
from visits.tests.playing import Place, place_under, recorded

pytestmark = pytest.mark.django_db
HEADINGS = ["帮扶单位", "结对村", "活动日期", "活动类型", "参加人员", "开展情况", "参加人数", "人次", "补登原因"]


@pytest.fixture
def place(db, settings, tmp_path) -> Place:
    settings.MEDIA_ROOT = tmp_path
    found = place_under("qianxi")
    Round.objects.update(starts_on=timezone.localdate() - timedelta(days=300))
    found.pairing.round.refresh_from_db()
    return found


def day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def row(place: Place, days_ago: int = 3, **changes) -> list:
    cells = {
        "unit": place.unit.name, "village": place.village.name, "on": day(days_ago).isoformat(), "kind": "调研",
        "people": "王志远、苏晓梅", "words": "看果园", "persons": 12, "person_times": 15, "late": "",
    }  # fmt: skip
    return list((cells | changes).values())


def book_of(*rows: list) -> Workbook:
    book = Workbook()
    page = book.active
    page.title = "走访与活动"
    for cells in (HEADINGS, *rows):
        page.append(cells)
    return book


def imported(place: Place, folder: Path, *rows: list, apply: bool = True) -> RosterImport:
    path = folder / "纸质记录.xlsx"
    book_of(*rows).save(path)
    roster = RosterImport.objects.create(
        name=path.name, place=place.pairing.round.organiser, year=2026, started_by=place.organiser
    )
    stage(roster, path, Choices(apply_at=timezone.now() if apply else None))
    if not apply:
        RosterImport.objects.filter(pk=roster.pk).update(state=RosterState.READY)
    roster.refresh_from_db()
    return roster


def counts(roster: RosterImport) -> dict:
    return {sheet.described: sheet.counts for sheet in roster.sheets.all()}


def doubts(roster: RosterImport, number: int = 2) -> list[tuple[str, str]]:
    found = RosterRow.objects.get(sheet__roster=roster, number=number).doubts
    return [(doubt["column"], doubt["code"]) for doubt in found]


def test_paper_records_wait_for_the_village_and_count_young_cadres(place, tmp_path):
    members.member(place.unit, "苏晓梅", marks=[Mark.YOUNG_CADRE])
    roster = imported(place, tmp_path, row(place), row(place, 4, kind="实用技术培训"))
    assert counts(roster)["activities"]["created"] == 2
    first = Activity.objects.get(nature="survey_trip")
    assert (first.state, first.side, first.unit, first.entered_by) == ("submitted", "unit", place.unit, place.organiser)
    assert (first.on, first.words, first.persons, first.person_times) == (day(3), "看果园", 12, 15)
    assert sorted(first.participants.values_list("name", "is_young")) == [("王志远", False), ("苏晓梅", True)]
    assert Message.objects.count() == 0
    confirming.confirm(by=place.village_secretary, activity=first, at=timezone.now())


def test_the_same_workbook_again_and_what_was_exported_change_nothing(place, tmp_path):
    imported(place, tmp_path, row(place), row(place, 30, late="下乡没有信号"))
    again = imported(place, tmp_path, row(place), row(place, 30, late="下乡没有信号"))
    assert counts(again)["activities"] == {"unchanged": 2, "skipped": 1}
    exported = list(ACTIVITIES.export(place.pairing.round.organiser))
    assert [(each["kind"], each["people"]) for each in exported] == [("调研", ["王志远", "苏晓梅"])] * 2
    assert Activity.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"unit": "青山县不在册局"}, ("unit", "unknown")),
        ({"village": "青山县坡头村"}, ("village", "not_paired")),
        ({"on": "2019-03-01"}, ("on", "before_round")),
        ({"on": "2099-03-01"}, ("on", "ahead")),
        ({"on": "上个月"}, ("on", None)),
        ({"kind": "喝茶"}, ("kind", "unknown_kind")),
        ({"people": ""}, ("people", None)),
        ({"persons": 20, "person_times": 3}, ("person_times", "too_few")),
    ],
)
def test_each_bad_cell_gets_a_sentence_and_nothing_is_half_written(place, tmp_path, changes, expected):
    people.village(place.pairing.round.organiser, "青山县坡头村")
    roster = imported(place, tmp_path, row(place, **changes))
    column, code = expected
    found = doubts(roster)
    assert any(each[0] == column and (code is None or each[1] == code) for each in found), found
    assert (Activity.objects.count(), Participant.objects.count()) == (0, 0)


def test_a_late_one_asks_why_and_suggests_that_it_was_on_paper(place, tmp_path):
    roster = imported(place, tmp_path, row(place, 40))
    assert (doubts(roster), Activity.objects.count()) == ([("late_words", "late")], 0)
    assert RosterRow.objects.get(sheet__roster=roster, number=2).doubts[0]["suggestions"] == ["纸质记录补登"]
    assert counts(imported(place, tmp_path, row(place, 40, late="纸质记录补登")))["activities"]["created"] == 1


def test_what_may_be_recorded_already_is_hinted_at_and_twice_in_a_workbook_refused(place, tmp_path):
    recorded(place, at=timezone.now(), on=day(3))
    assert doubts(imported(place, tmp_path, row(place))) == [("on", "recorded_already")]
    roster = imported(place, tmp_path, row(place, 5), row(place, 5))
    assert doubts(roster, 3) == [("on", "twice")]
    assert Activity.objects.count() == 2


def test_undoing_cancels_what_came_and_is_refused_once_the_village_confirmed(place, tmp_path):
    roster = imported(place, tmp_path, row(place), row(place, 4))
    undo(roster, at=timezone.now())
    assert set(Activity.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Participant.objects.count() == 4
    again = imported(place, tmp_path, row(place))
    activity = Activity.objects.get(state="submitted")
    confirming.confirm(by=place.village_secretary, activity=activity, at=timezone.now())
    with pytest.raises(LaterWork):
        undo(again, at=timezone.now())
    assert Activity.objects.filter(state="confirmed").count() == 1


def test_many_rows_cost_no_more_statements(place, tmp_path, django_assert_max_num_queries):
    imported(place, tmp_path, row(place))
    with django_assert_max_num_queries(60):
        imported(place, tmp_path, *(row(place, days) for days in range(4, 40)))


def test_the_workbook_of_a_pairing_offers_its_two_sides_and_the_kinds_of_its_round(place, signed_in):
    path = f"/pairings/{place.pairing.pk}/activities/workbook/"
    book = load_workbook(io.BytesIO(signed_in(place.secretary).get(path).getvalue()))
    assert [cell.value for cell in book["走访与活动"][1]][:6] == [
        "帮扶单位", "乡镇", "结对村", "活动日期", "活动类型", "参加人员",
    ]  # fmt: skip
    offered = {cell.value for line in book["可选项"].iter_rows() for cell in line if cell.value}
    assert {place.unit.name, place.village.name, "调研", "集中培训"} <= offered
    assert signed_in(place.stranger).get(path).status_code == 404
    assert signed_in(place.organiser).get(path).status_code == 404


def words_of(content: bytes) -> str:
    table = docx.Document(io.BytesIO(content)).tables[0]
    return "\n".join(cell.text for line in table.rows for cell in line.cells)


@pytest.mark.clause("TN-25")
def test_the_record_on_one_page_says_when_who_and_what(place, signed_in):
    activity = recorded(place, at=timezone.now(), on=day(1), words="看了果园\n第二段", persons=12)
    client, path = signed_in(place.village_secretary), f"/activities/{activity.pk}/sheet/"
    text, words = client.get(path).content.decode(), words_of(client.get(path, {"as": "docx"}).getvalue())
    spoken = f"{day(1).year}年{day(1).month}月{day(1).day}日"
    for shown in (text, words):
        assert all(each in shown for each in (place.unit.name, place.village.name, "王志远", "看了果园", spoken))
        assert "签字：" in shown
    confirming.confirm(by=place.village_secretary, activity=activity, at=timezone.now())
    assert "李桂兰" in words_of(client.get(path, {"as": "docx"}).getvalue())
    assert signed_in(place.stranger).get(path).status_code == 404


def test_the_days_on_the_record_are_those_of_the_place():
    night = datetime(2026, 6, 17, 20, 30, tzinfo=UTC)  # half past four in the morning of the 18th
    place = place_under("qianxi")
    activity = recorded(place, at=night, on=date(2026, 6, 17))
    confirming.confirm(by=place.village_secretary, activity=activity, at=night)
    activity.refresh_from_db()
    shown = sheets.filled(activity)
    assert (shown["recorded"], shown["confirmed"]) == ("王志远　2026年6月18日", "李桂兰　2026年6月18日")


def test_the_empty_record_is_for_those_who_record(place, signed_in):
    path = f"/pairings/{place.pairing.pk}/activities/sheet/"
    for client in (signed_in(place.secretary), signed_in(place.village_secretary)):
        assert "空白，供手工填写" in client.get(path).content.decode()
        assert place.village.name in words_of(client.get(path, {"as": "docx"}).getvalue())
    assert signed_in(place.organiser).get(path).status_code == 404
    assert signed_in(place.stranger).get(path).status_code == 404


def test_the_word_template_is_what_its_builder_writes(tmp_path):
    def parts(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    build_sheet.build(tmp_path / "built.docx")
    assert parts(tmp_path / "built.docx") == parts(build_sheet.PATH)


def handed_in(client, place: Place, *rows: list, **given):
    content = io.BytesIO()
    book_of(*rows).save(content)
    upload = SimpleUploadedFile("纸质记录.xlsx", content.getvalue())
    return client.post(f"/pairings/{place.pairing.pk}/activities/paper/", {"file": upload, **given})


def test_a_unit_hands_its_own_workbook_in_and_twice_records_nothing_twice(place, signed_in):
    client = signed_in(place.secretary)
    for _number in range(2):
        answer = handed_in(client, place, row(place), row(place, 4, kind="实用技术培训"))
        assert answer.url == f"/pairings/{place.pairing.pk}/activities/"
    found = Activity.objects.order_by("on")
    assert [(each.name, each.state, each.entered_by) for each in found] == [
        ("实用技术培训", "submitted", place.secretary),
        ("调研", "submitted", place.secretary),
    ]
    assert sorted(found[1].participants.values_list("name", flat=True)) == ["王志远", "苏晓梅"]
    confirming.confirm(by=place.village_secretary, activity=found[0], at=timezone.now())


def test_a_village_hands_in_what_it_kept_itself_and_the_unit_confirms(place, signed_in):
    members.member(place.unit, "王志远")
    client = signed_in(place.village_secretary)
    page = client.get(f"/pairings/{place.pairing.pk}/activities/paper/").content.decode()
    assert f"等待{place.unit.name}确认" in page
    assert handed_in(client, place, row(place, people="王志远、李桂兰")).status_code == 302
    made = Activity.objects.get()
    assert (made.side, made.state, made.entered_by) == ("village", "submitted", place.village_secretary)
    assert sorted(made.participants.values_list("name", "role")) == [("李桂兰", "village"), ("王志远", "member")]
    assert client.get(f"/pairings/{place.pairing.pk}/activities/").context["may_hand_in"]
    confirming.confirm(by=place.secretary, activity=made, at=timezone.now())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"village": "青山县坡头村"}, "这一行不属于"),
        ({"unit": "青山县水务局"}, "这一行不属于"),
        ({"on": "2099-03-01"}, "活动日期"),
        ({"kind": "喝茶"}, "活动类型"),
        ({"people": ""}, "参加人员"),
    ],
)
def test_a_row_that_can_not_be_read_is_named_and_no_other_is_recorded(place, signed_in, changes, said):
    answer = handed_in(signed_in(place.secretary), place, row(place), row(place, 5, **changes))
    assert answer.status_code == 200
    assert [each.row for each in answer.context["wrong"]] == [3]
    assert said in answer.content.decode()
    assert not Activity.objects.exists()


def test_what_is_recorded_already_of_that_day_is_asked_about(place, signed_in):
    recorded(place, at=timezone.now(), on=day(3))
    client = signed_in(place.secretary)
    assert handed_in(client, place, row(place)).context["number"] == 1
    assert Activity.objects.count() == 1
    assert handed_in(client, place, row(place), keeps_alike="on").status_code == 302
    assert Activity.objects.count() == 2


def test_bad_files_get_a_sentence_and_others_find_no_page(place, signed_in):
    path = f"/pairings/{place.pairing.pk}/activities/paper/"
    client = signed_in(place.secretary)
    for content in (b"", b"MZ\x90 not a workbook", b"<html><table></table></html>", "甲,乙\n1,2\n".encode()):
        answer = client.post(path, {"file": SimpleUploadedFile("表.xlsx", content)})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    for other in (place.organiser, place.stranger):
        client = signed_in(other)
        assert client.get(path).status_code == 404
        assert handed_in(client, place, row(place)).status_code == 404
    Round.objects.update(state="closed", closed_at=timezone.now())
    assert handed_in(signed_in(place.secretary), place, row(place)).context["form"].non_field_errors()
    assert not Activity.objects.exists()
