"""Rosters of members, as offices keep them: what is taken, what is read past, and two people of one name."""

import pytest
from django.utils import timezone

from core.identity import identity_hash
from members.kinds import Mark, Rank
from members.models import Member
from members.tests import factories
from members.tests.rosters import AGENCY, RURAL, doubts, imported, row, sizes, verdicts
from office.models import RosterImport, RosterRow
from office.rosters import actions
from office.rosters.undoing import undo
from office.tests.test_roster_pages import hand_in, workbook
from organisations.models import Organisation
from organisations.tests import factories as people

pytestmark = pytest.mark.django_db

IDENTITY = ("522423198105120022", "522423198105120030")
NAMESAKES = ["姓名", "所在单位", "编号", "联系电话", "身份证号"]


@pytest.fixture
def county():
    county = people.county("黔西县")
    people.unit(county, "林业局")
    people.village(people.township(county, "城关镇"), "东坳村")
    people.village(people.township(county, "金碧镇"), "东坳村")
    return county


def above(organisation: Organisation) -> str:
    return Organisation.objects.get(path=organisation.path[: -Organisation.steplen]).name


def agency(*rows: list) -> tuple[str, list[list]]:
    return "机关党员", [AGENCY, *rows]


def namesakes(*rows: list) -> tuple[str, list[list]]:
    return "党员", [NAMESAKES, *rows]


@pytest.mark.clause("SF-29")
def test_a_roster_of_another_department_is_reconciled_with_ours_and_the_import_says_how(tmp_path, county):
    first = imported(tmp_path, county, agency([1, "陆兰", "女", "林业局", "科局级", "1981-05", "13900005952"]))
    assert verdicts(first) == {"members": {"created": 1, "skipped": 1}}
    member = Member.objects.get()
    assert (member.organisation.name, member.rank, member.phone) == ("林业局", Rank.SECTION, "13900005952")
    assert (member.is_party_member, member.search_text.split("\n")[0]) == (True, "陆兰")
    second = imported(
        tmp_path, county, agency([1, "陆兰", "女", "林业局", "县级", "1981-05", "13900005952"], [2, "石 耀", "男", "林业局", "", "", ""])
    )  # fmt: skip
    assert verdicts(second) == {"members": {"updated": 1, "created": 1, "skipped": 1}}
    assert row(second, "members", 2).changes == [["职务级别", "科局级", "县级"]]
    assert row(second, "members", 3).notes["person"] == "石耀"
    assert set(Member.objects.values_list("name", "rank")) == {("陆兰", Rank.COUNTY), ("石耀", "")}


def test_gender_and_birth_are_read_past_and_not_even_the_staged_row_keeps_them(tmp_path, county):
    roster = imported(tmp_path, county, agency([1, "陆兰", "女", "林业局", "县级", "1981-05", "13900005952"]))
    assert row(roster, "members", 2).cells == [1, "陆兰", "", "林业局", "县级", "", "13900005952"]
    assert row(roster, "members", 1).cells == AGENCY


def test_needy_members_are_marked(tmp_path, county):
    rows = [[1, "汤金", "男", "城关镇", "东坳村", "是", "", ""], [2, "段丽", "女", "金碧镇", "东坳村", "否", "", ""]]
    roster = imported(tmp_path, county, ("农村党员", [RURAL, *rows]))
    assert verdicts(roster) == {"members": {"created": 2, "skipped": 1}}
    found = {each.name: (above(each.organisation), each.marks) for each in Member.objects.all()}
    assert found == {"汤金": ("城关镇", [Mark.NEEDY]), "段丽": ("金碧镇", [])}
    again = imported(tmp_path, county, ("农村党员", [RURAL, [1, "汤金", "男", "城关镇", "东坳村", "否", "", ""]]))
    assert row(again, "members", 2).changes == [["是否困难党员", "是", "否"]]
    assert Member.objects.get(name="汤金").marks == []


@pytest.mark.parametrize(
    ("cells", "expected", "verdict"),
    [
        (["林业局", "", ""], [], "created"),
        (["", "城关镇", "东坳村"], [], "created"),
        (["", "", "东坳村"], [("township", "several")], "doubtful"),
        (["", "大关镇", "东坳村"], [("township", "other_township")], "doubtful"),
        (["林业", "", ""], [("unit", "unknown")], "rejected"),
        (["", "城关镇", "西坳村"], [("village", "unknown")], "rejected"),
        (["林业局", "城关镇", "东坳村"], [("village", "two_homes")], "doubtful"),
        (["", "", ""], [("unit", "no_home")], "rejected"),
    ],
)
def test_to_whom_a_member_belongs_is_found_or_doubted_at_its_cell(tmp_path, county, cells, expected, verdict):
    roster = imported(tmp_path, county, ("党员", [["姓名", "所在单位", "乡镇", "所在村"], ["陆兰", *cells]]))
    assert (doubts(roster, "members", 2), row(roster, "members", 2).verdict) == (expected, verdict)
    assert Member.objects.count() == (verdict == "created")


def test_two_of_one_name_with_nothing_between_them_are_doubted_in_both_rows(tmp_path, county):
    roster = imported(
        tmp_path, county, namesakes(["王伟", "林业局", "", "", ""], ["王伟", "林业局", "", "13900000001", ""])
    )
    assert [doubts(roster, "members", number) for number in (2, 3)] == [[("person", "namesake")]] * 2
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (["7", "", ""], ["8", "", ""]),
        (["", "13900000001", ""], ["", "13900000002", ""]),
        (["", "", IDENTITY[0]], ["", "", IDENTITY[1]]),
        (["7", "13900000001", ""], ["8", "13900000002", ""]),
    ],
)
def test_number_phone_or_identity_tells_two_of_one_name_apart_now_and_later(tmp_path, county, one, two):
    rows = [["王伟", "林业局", *one], ["王伟", "林业局", *two]]
    assert verdicts(imported(tmp_path, county, namesakes(*rows))) == {"members": {"created": 2, "skipped": 1}}
    assert verdicts(imported(tmp_path, county, namesakes(*rows))) == {"members": {"unchanged": 2, "skipped": 1}}
    assert Member.objects.count() == 2
    later = imported(tmp_path, county, namesakes(["王伟", "林业局", "", "", ""]))
    assert doubts(later, "members", 2) == [("person", "namesake")]
    assert verdicts(imported(tmp_path, county, namesakes(rows[1]))) == {"members": {"unchanged": 1, "skipped": 1}}


def test_the_same_person_twice_names_the_first_row(tmp_path, county):
    same = ["王伟", "林业局", "", "13900000001", ""]
    roster = imported(tmp_path, county, namesakes(same, same))
    assert [doubts(roster, "members", number) for number in (2, 3)] == [[], [("person", "twice")]]
    assert row(roster, "members", 3).doubts[0]["params"] == {"row": "2"}
    assert Member.objects.count() == 1


def test_another_phone_is_a_question_before_it_is_a_change(tmp_path, county):
    factories.member(Organisation.objects.get(name="林业局"), "王伟", phone="13900000001", rank="")
    roster = imported(tmp_path, county, namesakes(["王伟", "林业局", "", "13900000009", ""]), apply=False)
    assert doubts(roster, "members", 2) == [("phone", "perhaps_another")]
    organiser = people.user("organiser", people.organisation_dept(county))
    sheet = roster.sheets.get()
    actions.keep_as_typed(by=organiser, roster=roster, sheet=sheet, column="phone", code="perhaps_another", number=2)
    assert row(roster, "members", 2).verdict == "updated"
    assert Member.objects.get().phone == "13900000001"


def test_of_an_identity_number_only_a_key_is_kept(tmp_path, county):
    roster = imported(
        tmp_path,
        county,
        namesakes(["王伟", "林业局", "", "", IDENTITY[0]], ["陆兰", "林业局", "", "", "52242319810512002"]),
    )
    assert Member.objects.get().identity_hash == identity_hash(IDENTITY[0])
    assert doubts(roster, "members", 3) == [("identity", "not_an_identity")]
    kept = str(list(RosterRow.objects.values()))
    assert "1981051200" not in kept
    organiser = people.user("organiser", people.organisation_dept(county))
    actions.mend_cell(
        by=organiser, roster=roster, sheet=roster.sheets.get(), number=3, column="identity", text=IDENTITY[1]
    )
    assert row(roster, "members", 3).verdict == "created"
    assert IDENTITY[1] not in str(list(RosterRow.objects.values()))


def test_an_import_of_members_is_undone_as_a_whole(tmp_path, county):
    imported(tmp_path, county, agency([1, "陆兰", "女", "林业局", "县级", "", "13900005952"]))
    before, rank = sizes(), Member.objects.get().rank
    imported(
        tmp_path,
        county,
        agency([1, "陆兰", "女", "林业局", "股级", "", "13900005952"], [2, "石耀", "男", "林业局", "", "", ""]),
    )
    undo(RosterImport.objects.latest("pk"), at=timezone.now())
    assert (sizes(), Member.objects.get().rank) == (before, rank)


def test_a_workbook_with_identity_numbers_is_not_kept_and_any_other_is(
    client, county, django_capture_on_commit_callbacks, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "files"
    client.force_login(people.user("organiser", people.organisation_dept(county)))
    kept = hand_in(client, workbook(agency([1, "陆兰", "女", "林业局", "县级", "", ""])))
    assert kept.file is not None
    with django_capture_on_commit_callbacks(execute=True):
        roster = hand_in(client, workbook(namesakes(["王伟", "林业局", "", "", IDENTITY[0]])))
    assert (roster.state, roster.file) == ("ready", None)
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [kept.file.sha256]
    assert row(roster, "members", 2).verdict == "created"
