"""The counterpart table of districts and counties (SH-06) as a workbook."""

from datetime import date

import pytest
from openpyxl import Workbook

from office.models import RosterImport, RosterRow
from office.rosters.undoing import undo
from organisations.kinds import Kind
from organisations.tests import factories as people
from pairing.levels import Level
from pairing.models import Agreement, Pairing
from pairing.states import Origin, PairingState
from pairing.tests import factories
from pairing.tests.factories import SPRING
from pairing.tests.test_roster_command import run, schemes

__all__ = ["schemes"]
pytestmark = pytest.mark.django_db


class City:
    def __init__(self):
        self.root = people.organisation("申城市", kind=Kind.PREFECTURE)
        self.inner = people.organisation("静安区", kind=Kind.COUNTY, parent=self.root)
        self.outer = people.organisation("崇明县", kind=Kind.COUNTY, parent=self.root)
        people.organisation("奉贤区", kind=Kind.COUNTY, parent=self.root)
        self.round = factories.round(self.root)


@pytest.fixture
def city():
    return City()


def table(path, rows, headings=("序号", "中心城区", "远郊区县", "签订日期")):
    book = Workbook()
    book.active.title = "对口帮扶一览表"
    for row in (["中心城区与远郊区县对口帮扶一览表"], headings, *rows):
        book.active.append(row)
    book.save(path)
    return path


def bring_in(city, path, *options):
    said, code = run(path, "--under", city.root.name, "--round", str(city.round.pk), "--commit", *options)
    return said, code, RosterImport.objects.latest("pk")


@pytest.mark.clause("SH-06")
def test_the_table_becomes_assigned_pairings_of_the_round_and_its_file_is_kept(city, tmp_path):
    path = table(tmp_path / "附表.xlsx", [(1, "静安区", "崇明县", "2026-03-20"), (2, "静安", "奉贤区", None)])
    _said, code, roster = bring_in(city, path)
    found = Pairing.objects.get(village=city.outer)
    assert (found.unit, found.level, found.origin) == (city.inner, Level.DISTRICT_COUNTY, Origin.ASSIGNED)
    assert (found.round, found.state, found.signed_on) == (city.round, PairingState.SIGNED, date(2026, 3, 20))
    assert (roster.name, roster.file.path.read_bytes()) == ("附表.xlsx", path.read_bytes())
    doubts = RosterRow.objects.get(sheet__roster=roster, number=4).doubts
    assert code == 1
    assert [(each["column"], each["code"]) for each in doubts] == [("unit", "unknown")]
    assert "静安区" in doubts[0]["suggestions"]


def test_what_is_not_signed_yet_gets_a_draft_agreement_and_goes_with_the_import(city, tmp_path):
    path = table(tmp_path / "附表.xlsx", [(1, "静安区", "崇明县")], headings=("序号", "对口帮扶区", "受援县"))
    _said, code, roster = bring_in(city, path)
    assert code == 0
    draft = Agreement.objects.get(pairing__village=city.outer)
    assert (draft.state, draft.unit_name, draft.ends_on) == ("draft", "静安区", city.round.ends_on)
    undo(roster, at=SPRING)
    assert not Pairing.objects.exists()
    assert not Agreement.objects.exists()


def test_a_district_is_not_its_own_counterpart_and_stands_once(city, tmp_path):
    rows = [
        (1, "静安区", "静安区", "2026-03-20"),
        (2, "静安区", "崇明县", "2026-03-20"),
        (3, "静安区", "崇明县", "2026-03-20"),
    ]
    _said, code, roster = bring_in(city, table(tmp_path / "附表.xlsx", rows))
    assert code == 1
    verdicts = dict(RosterRow.objects.filter(sheet__roster=roster).values_list("number", "verdict"))
    assert (verdicts[3], verdicts[4]) == ("rejected", "created")
    assert verdicts[5] in ("rejected", "doubtful", "skipped")
    assert Pairing.objects.count() == 1
