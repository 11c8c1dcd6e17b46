"""Small workbooks for the tests of the rosters of people, and what became of their rows."""

from pathlib import Path

from django.utils import timezone

from members.models import FloatingRecord, Household, Member, PersonPair
from office.models import RosterImport, RosterRow
from office.rosters.staging import Choices, stage
from office.rosters.states import RosterState
from office.tests.test_roster_pages import workbook
from organisations.models import Organisation, OrganisationLink

MODELS = (Organisation, OrganisationLink, Member, Household, PersonPair, FloatingRecord)
AGENCY = ["序号", "姓名", "性别", "所在单位", "职务级别", "出生年月", "联系电话"]
RURAL = ["序号", "姓名", "性别", "乡镇", "所在村", "是否困难党员", "流动状态", "流入地"]
TEAMS = ["序号", "工作队", "结对村(社区)"]
CADRES = ["序号", "姓名", "所在工作队", "职务级别", "联系电话"]
HOUSEHOLDS = ["序号", "村", "户主姓名", "人口", "联系电话", "困难类型", "联系干部序号"]
PAIRS = ["序号", "机关党员", "所在单位", "农村党员", "乡镇", "所在村"]
LEADERS = ["序号", "姓名", "职务", "联系村"]


def imported(folder: Path, place: Organisation, *sheets: tuple[str, list[list]], apply: bool = True) -> RosterImport:
    """A workbook of these sheets, read and - unless asked otherwise - applied as far as it is clear."""
    path = folder / "名册.xlsx"
    path.write_bytes(workbook(*sheets))
    return imported_file(path, place, apply=apply)


def imported_file(path: Path, place: Organisation, *, apply: bool = True) -> RosterImport:
    roster = RosterImport.objects.create(name=path.name, place=place, year=2026)
    stage(roster, path, Choices(apply_at=timezone.now() if apply else None))
    if not apply:
        RosterImport.objects.filter(pk=roster.pk).update(state=RosterState.READY)
    roster.refresh_from_db()
    return roster


def verdicts(roster: RosterImport) -> dict[str, dict]:
    return {sheet.described: sheet.counts for sheet in roster.sheets.all()}


def row(roster: RosterImport, described: str, number: int) -> RosterRow:
    return RosterRow.objects.get(sheet__roster=roster, sheet__described=described, number=number)


def doubts(roster: RosterImport, described: str, number: int) -> list[tuple[str, str]]:
    return [(doubt["column"], doubt["code"]) for doubt in row(roster, described, number).doubts]


def sizes() -> list[int]:
    return [model._base_manager.count() for model in MODELS]
