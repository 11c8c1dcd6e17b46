"""The workbooks: imported by the product, and read for who goes with whom."""

from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from python_calamine import CalamineWorkbook

FOLDER = Path(__file__).parent
QIANXI = FOLDER / "黔西县结对帮扶名册.xlsx"
HOUSEHOLDS = FOLDER / "黔西县困难户名册.xlsx"
XINCHENG = FOLDER / "新城区七联互帮互助名册.xlsx"


def import_sheets(workbook: Path, sheets: tuple[str, ...], under: str, year: int, by: str) -> None:
    """The import of the command line, sheet by sheet; a refused row ends the loading."""
    for sheet in sheets:
        call_command(
            "import_roster", str(workbook), sheet=sheet, under=under, year=year, by=by, commit=True, stdout=StringIO()
        )


def pairs(workbook: Path, sheet: str, unit: int, village: int, signed: int | None = None):
    """Unit, village and day of signing of each numbered row."""
    for row in CalamineWorkbook.from_path(str(workbook)).get_sheet_by_name(sheet).to_python():
        if isinstance(row[0], (int, float)):
            yield row[unit], row[village], date.fromisoformat(str(row[signed])) if signed is not None else None
