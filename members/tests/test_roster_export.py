"""What is exported reads back unchanged; it leaves the product only with the right to read it, and on record."""

import io

import pytest
from openpyxl import load_workbook

from members.models import PersonalReading
from members.tests import factories
from members.tests.rosters import imported, imported_file, sizes, verdicts
from members.tests.test_roster_households import sheets
from members.tests.test_roster_pairs import HELPERS, LEADERS, TARGETS, pairs
from office.rosters.sheets import described_sheets
from organisations.models import Organisation, User
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db

KEYS = ("teams", "members", "cadres", "leaders", "households", "member_pairs")


@pytest.fixture
def county(tmp_path):
    county = people.county("于都县")
    people.unit(county, "林业局")
    for town in ("城关镇", "金碧镇"):
        people.village(people.township(county, town), "东坳村")
    imported(tmp_path, county, *sheets())
    imported(tmp_path, county, HELPERS, TARGETS, pairs([1, "陆兰", "林业局", "段丽", "金碧镇", "东坳村"]))
    imported(tmp_path, county, ("县级领导", [LEADERS, [1, "孟珍", "副县长", "黑桥村、长屯村"]]))
    return county


@pytest.fixture
def organiser(county) -> User:
    return people.user("organiser", people.organisation_dept(county))


def exported(client, user: User, key: str, path) -> list[list]:
    client.force_login(user)
    response = client.get(f"/imports/export/{key}/")
    assert response.status_code == 200
    path.write_bytes(b"".join(response.streaming_content))
    return [[cell.value for cell in line] for line in load_workbook(path).worksheets[0].iter_rows()]


@pytest.mark.parametrize("key", KEYS)
def test_reading_an_own_export_back_changes_nothing(client, county, organiser, tmp_path, key):
    before = sizes()
    lines = exported(client, organiser, key, tmp_path / "out.xlsx")
    assert len(lines) > 1
    roster = imported_file(tmp_path / "out.xlsx", county)
    assert verdicts(roster) == {key: {"unchanged": len(lines) - 1, "skipped": 1}}
    assert sizes() == before


def test_two_of_one_name_stay_two_in_an_export_of_members_and_of_pairs(client, county, organiser, tmp_path):
    unit, village = Organisation.objects.get(name="林业局"), Organisation.objects.filter(name="东坳村").first()
    twins = [factories.member(village, "王伟", phone=f"1390000000{i}") for i in (1, 2)]
    factories.helps(factories.member(unit, "李强"), twins[1], kind="member_member")
    for key in ("members", "member_pairs"):
        exported(client, organiser, key, tmp_path / "out.xlsx")
        assert set(verdicts(imported_file(tmp_path / "out.xlsx", county))[key]) == {"unchanged", "skipped"}


def test_class_and_causes_of_a_household_leave_with_no_export(client, organiser, tmp_path):
    lines = exported(client, organiser, "households", tmp_path / "out.xlsx")
    positions = [lines[0].index(heading) for heading in ("困难类型", "户类别")]
    assert all(line[position] is None for line in lines[1:] for position in positions)


@pytest.mark.parametrize(("key", "people_in_it"), [("members", 8), ("households", 4)])
def test_every_person_in_an_export_has_it_on_record(client, organiser, tmp_path, key, people_in_it):
    exported(client, organiser, key, tmp_path / "out.xlsx")
    readings = PersonalReading.objects.all()
    assert (readings.count(), {each.read_by for each in readings}) == (people_in_it, {organiser})
    assert {each.reason for each in readings} == {"导出于都县名册"}


@pytest.mark.parametrize("key", [key for key in KEYS if key != "teams"])
def test_whoever_may_import_but_not_read_personal_data_gets_no_export(client, county, key):
    client.force_login(people.user("administrator", county))
    response = client.get(f"/imports/export/{key}/")
    assert not response.streaming
    assert "1390000" not in response.content.decode()
    assert not PersonalReading.objects.exists()


@pytest.mark.parametrize("key", KEYS)
def test_a_template_is_recognised_and_asks_for_nothing_that_is_not_kept(client, organiser, county, tmp_path, key):
    client.force_login(organiser)
    content = b"".join(client.get(f"/imports/template/{key}/").streaming_content)
    headings = [cell.value for cell in load_workbook(io.BytesIO(content)).worksheets[0][1]]
    assert not {"性别", "出生年月"} & set(headings)
    (tmp_path / "out.xlsx").write_bytes(content)
    assert imported_file(tmp_path / "out.xlsx", county).sheets.get(position=0).described == key


def test_the_sheets_are_read_in_the_order_in_which_they_refer_to_each_other():
    assert tuple(sheet.key for sheet in described_sheets() if sheet.key in KEYS) == KEYS


def test_the_preview_masks_people_and_says_what_is_not_kept(client, organiser, county, tmp_path):
    roster = imported(tmp_path, county, HELPERS, TARGETS, apply=False)
    roster.started_by = organiser
    roster.save()
    client.force_login(organiser)
    cards = client.get(f"/imports/{roster.pk}/").content.decode()
    assert "按最少必要原则略过、不保存的列：性别、出生年月" in cards
    page = client.get(f"/imports/{roster.pk}/0/?verdict=all").content.decode()
    assert "陆*" in page
    assert "陆兰" not in page
    assert "不保存" in page
