"""The roster import in the browser: from the upload to the undo, and nothing for those without the right."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from office.models import RosterImport
from office.running import perform
from organisations.models import Organisation
from organisations.tests.factories import county, organisation_dept, user

pytestmark = pytest.mark.django_db

VILLAGES: list[list[Any]] = [
    ["某县行政村名册"],
    ["序号", "乡镇", "村名", "户数", "是否一类贫困村", "村集体年收入(万元)", "联系电话"],
    [1, "东镇", "甲村", "23户", "是", "2.3万元", 13900001111],
    [2, "东镇", "乙村", "约300", "是", 1.5, "13900002222"],
    [3, "东镇", "丙村", 40, "是", "—", "13900003333"],
    ["合计", None, None, 3],
]


def workbook(*sheets: tuple[str, Sequence[list]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def upload(content: bytes, name: str = "村名册.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def place():
    return county("某县")


@pytest.fixture
def organiser(place):
    return user("organiser", organisation_dept(place))


@pytest.fixture
def desk(client, organiser):
    client.force_login(organiser)
    return client


def hand_in(desk, content: bytes, **fields) -> RosterImport:
    response = desk.post("/imports/new/", {"file": upload(content), "place": "", "year": "2012", **fields})
    assert response.status_code == 302, response.context["form"].errors
    return done(RosterImport.objects.latest("pk"))


def done(roster: RosterImport) -> RosterImport:
    """The background work, carried out here and now."""
    assert roster.job_id is not None
    perform(roster.job_id)
    roster.refresh_from_db()
    return roster


def test_a_file_of_a_place_that_is_not_ones_own_is_read_again_once_a_place_is_chosen(desk, place):
    """What was handed in is not handed in again."""
    elsewhere = [["于都县村名册"], *VILLAGES[1:]]
    county("于都县")
    roster = hand_in(desk, workbook(("村", elsewhere)))
    assert (roster.state, roster.place) == ("failed", None)
    address = f"/imports/{roster.pk}/place/"
    assert address in desk.get(f"/imports/{roster.pk}/").content.decode()
    RosterImport.objects.filter(pk=roster.pk).update(year=0)  # as where the file names none
    assert desk.get(address).context["form"]["year"].value() is None
    RosterImport.objects.filter(pk=roster.pk).update(year=roster.year)
    desk.post(address, {"place": "", "year": ""})
    roster.refresh_from_db()
    assert (roster.state, roster.place) == ("failed", None)
    desk.post(address, {"place": place.pk, "year": ""})
    roster = done(RosterImport.objects.get(pk=roster.pk))
    assert (roster.state, roster.place, roster.error) == ("ready", place, "")
    assert roster.sheets.get().counts == {"skipped": 3, "created": 1, "doubtful": 2}


def test_a_roster_is_previewed_mended_applied_and_undone(desk, place):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    assert (roster.state, roster.place) == ("ready", place)
    sheet = roster.sheets.get()
    assert sheet.counts == {"skipped": 3, "created": 1, "doubtful": 2}
    assert Organisation.objects.villages().count() == 0

    page = desk.get(f"/imports/{roster.pk}/0/").content.decode()
    assert "约300" in page
    assert "13900001111" not in page

    decide = f"/imports/{roster.pk}/0/decide/"
    desk.post(decide, {"number": "4", "column": "households", "code": "not_a_number", "choice": "0"})
    desk.post(decide, {"number": "5", "column": "collective_income", "text": "0.8"})
    sheet.refresh_from_db()
    assert sheet.counts == {"skipped": 3, "created": 3}

    desk.post(f"/imports/{roster.pk}/apply/", {"part": "all"})
    roster = RosterImport.objects.get(pk=roster.pk)
    assert done(roster).state == "applied"
    villages = Organisation.objects.villages().order_by("pk")
    assert [village.name for village in villages] == ["甲村", "乙村", "丙村"]
    assert [village.facts.get().households for village in villages] == [23, 300, 40]
    assert [str(village.facts.get().collective_income) for village in villages] == ["23000.00", "15000.00", "8000.00"]
    assert villages[0].contact_phone == "13900001111"
    assert villages[0].parent_path == Organisation.objects.get(name="东镇").path

    desk.post(f"/imports/{roster.pk}/undo/")
    roster.refresh_from_db()
    assert roster.state == "undone"
    assert list(Organisation.objects.values_list("name", flat=True)) == ["某县", "组织部"]
    place.refresh_from_db()
    assert place.numchild == 1


def test_the_marked_copy_names_the_doubt_at_its_cell_and_continues_the_import(desk):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    response = desk.get(f"/imports/{roster.pk}/marked/")
    book = load_workbook(io.BytesIO(response.getvalue()))
    page = book["村"]
    assert page["D4"].comment is not None
    assert page["H2"].value == "导入问题"
    assert page["H3"].value is None
    assert "户数" in page["H4"].value

    page["D4"], page["F5"] = 300, 0.8
    target = io.BytesIO()
    book.save(target)
    desk.post(f"/imports/{roster.pk}/again/", {"file": upload(target.getvalue())})
    roster.refresh_from_db()
    done(roster)
    assert RosterImport.objects.count() == 1
    assert roster.sheets.get().counts == {"skipped": 3, "created": 3}


def test_the_clean_part_goes_in_and_the_rest_waits(desk):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    desk.post(f"/imports/{roster.pk}/apply/", {"part": "clean"})
    roster = done(RosterImport.objects.get(pk=roster.pk))
    assert roster.state == "applied"
    assert [village.name for village in Organisation.objects.villages()] == ["甲村"]
    desk.post(f"/imports/{roster.pk}/0/5/leave-out/", {"left_out": "1"})
    assert roster.sheets.get().counts == {"skipped": 4, "unchanged": 1, "doubtful": 1}


def test_apply_all_refuses_while_a_row_is_in_doubt(desk):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    desk.post(f"/imports/{roster.pk}/apply/", {"part": "all"})
    roster.refresh_from_db()
    assert roster.state == "ready"
    assert Organisation.objects.villages().count() == 0


def test_the_form_of_a_row_says_in_what_a_bare_number_is(desk):
    roster = hand_in(desk, workbook(("村", [["乡镇", "村名", "村集体年收入（万元）"], ["东镇", "甲村", 2.3]])))
    form = desk.get(f"/imports/{roster.pk}/0/2/").context["form"]
    assert form["collective_income"].value() == "2.3"
    assert form["collective_income"].help_text == "只写数字时，单位为万元。"
    assert form["households"].help_text == ""


def test_columns_can_be_given_another_meaning(desk):
    rows: list[list] = [["乡镇", "村名", "规模"], ["东镇", "甲村", 23]]
    roster = hand_in(desk, workbook(("村", rows)))
    address = f"/imports/{roster.pk}/0/columns/"
    data = {"described": "villages", "header_row": "1", "column_0": "villages.township", "column_1": "villages.name",
            "column_2": "villages.households", "scale_collective_income": ""}  # fmt: skip
    assert desk.post(address, data).status_code == 302
    desk.post(f"/imports/{roster.pk}/apply/", {"part": "all"})
    done(RosterImport.objects.get(pk=roster.pk))
    assert Organisation.objects.villages().get().facts.get().households == 23


def test_an_unreadable_file_leaves_a_sentence_and_the_way_to_discard(desk):
    roster = hand_in(desk, workbook(("空表", [])))
    assert roster.state == "failed"
    assert roster.error
    assert roster.error in desk.get(f"/imports/{roster.pk}/").content.decode()
    desk.post(f"/imports/{roster.pk}/discard/")
    roster.refresh_from_db()
    assert roster.state == "discarded"


def test_a_file_that_speaks_of_another_place_is_not_put_under_the_own_one(desk):
    roster = hand_in(desk, workbook(("村", [["别处县行政村名册"], *VILLAGES[1:]])))
    assert roster.state == "failed"
    assert "别处县" in roster.error


@pytest.mark.parametrize("role", ["branch_secretary", "auditor", "committee_staff"])
def test_without_the_right_nothing_is_found_and_nothing_changes(client, desk, place, role):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    client.force_login(user(role, place))
    for address in ("", "new/", f"{roster.pk}/", f"{roster.pk}/0/", f"{roster.pk}/0/3/", f"{roster.pk}/marked/",
                    f"{roster.pk}/file/", "template/villages/", "export/villages/"):  # fmt: skip
        assert client.get(f"/imports/{address}").status_code == 404
    for address in ("apply/", "undo/", "discard/", "again/", "0/decide/", "0/3/leave-out/"):
        assert client.post(f"/imports/{roster.pk}/{address}").status_code == 404
    roster.refresh_from_db()
    assert roster.state == "ready"


def test_an_organiser_elsewhere_finds_nothing(client, desk):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    client.force_login(user("organiser", organisation_dept(county("邻县"))))
    assert client.get(f"/imports/{roster.pk}/").status_code == 404
    assert client.post(f"/imports/{roster.pk}/apply/", {"part": "clean"}).status_code == 404
    roster.refresh_from_db()
    assert roster.state == "ready"


def test_a_page_of_rows_costs_the_same_for_one_row_and_for_three(desk, django_assert_num_queries):
    one = hand_in(desk, workbook(("村", VILLAGES[:3])))
    three = hand_in(desk, workbook(("村", VILLAGES)))
    desk.get(f"/imports/{one.pk}/0/?verdict=all")
    for roster in (one, three):
        with django_assert_num_queries(9):
            desk.get(f"/imports/{roster.pk}/0/?verdict=all")


def test_the_list_costs_the_same_for_one_import_and_for_three(desk, django_assert_num_queries):
    hand_in(desk, workbook(("村", VILLAGES)))
    desk.get("/imports/")
    with django_assert_num_queries(7):
        desk.get("/imports/")
    for _number in range(2):
        hand_in(desk, workbook(("村", VILLAGES)))
    with django_assert_num_queries(7):
        desk.get("/imports/")


def test_a_long_roster_is_undone_in_the_background(desk, monkeypatch):
    roster = hand_in(desk, workbook(("村", VILLAGES)))
    desk.post(f"/imports/{roster.pk}/apply/", {"part": "clean"})
    assert done(RosterImport.objects.get(pk=roster.pk)).state == "applied"
    assert Organisation.objects.villages().count() == 1
    monkeypatch.setattr("office.rosters.actions.UNDONE_AT_ONCE", 5)
    response = desk.post(f"/imports/{roster.pk}/undo/")
    roster.refresh_from_db()
    assert roster.job is not None
    assert (roster.state, response.url) == ("applied", roster.job.get_absolute_url())
    assert done(roster).state == "undone"
    assert Organisation.objects.villages().count() == 0
