"""A list of two hundred thousand rows as a workbook, beside the same cells written with XlsxWriter alone."""

import gc
from datetime import date
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from benchmarks.apart import apart
from benchmarks.report import Finding
from benchmarks.timing import timed
from funds.models import Entry
from organisations.models import User

ROWS, FEW = 200_000, 20_000
MOST, FLAT = 1.5, 16.0  # times writing alone; megabytes that ten times the rows may add to the peak
RUNS = 3
PLAIN = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}


def measure(user: User) -> list[Finding]:
    """The entries behind the statistics of money, by the day from the last one on."""
    with TemporaryDirectory() as folder:
        grown = apart(growth, user, [address(FEW), address(ROWS)], str(Path(folder) / "made.xlsx"))
        seconds, least, rows = apart(beside, user, address(ROWS), folder)
    work = f"export of {rows} entries"
    return [
        Finding(f"{work}: beside XlsxWriter alone", seconds, least, f"{MOST}×", seconds <= MOST * least),
        Finding(f"{work}: memory beside {FEW}", grown, 0, f"{FLAT:.0f} MB", grown <= FLAT, unit="MB"),
    ]


def address(rows: int) -> str:
    return f"{reverse('statistics_entries')}?export=xlsx&since={since(rows)}"


def since(rows: int) -> date:
    """The first day since which at most so many were entered."""
    days = Entry.objects.order_by("-on").values_list("on").annotate(number=Count("pk"))
    first, total = None, 0
    for day, number in days:
        total += number
        if first is not None and total > rows:
            break
        first = day
    if first is None:
        raise SystemExit("there are no entries to export")
    return first


def growth(user: User, addresses: list[str], path: str) -> float:
    """By how many megabytes the peak of memory grew with the last, beyond that of those before."""
    client = signed_in(user)
    for each in addresses:
        before = peak()
        exported(client, each, path)
    return peak() - before


def peak() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def beside(user: User, address: str, folder: str) -> tuple[float, float, int]:
    """Seconds of the export and of writing what stands in it, the best of some runs in turn; and how many rows."""
    client, made, plain = signed_in(user), str(Path(folder) / "made.xlsx"), str(Path(folder) / "plain.xlsx")
    exported(client, address, made)
    rows = list(load_workbook(made, read_only=True).worksheets[0].iter_rows(values_only=True))
    gc.freeze()  # the rows in memory are no garbage, and slow neither
    own, alone = [], []
    for _ in range(RUNS):
        own.append(timed(lambda: exported(client, address, made))[0])
        alone.append(timed(lambda: write(rows, plain))[0])
    return min(own), min(alone), len(rows) - 1


def signed_in(user: User) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def exported(client: Client, address: str, path: str) -> None:
    answer: Any = client.get(address)
    if answer.status_code != 200 or not answer.streaming:
        raise SystemExit(f"{address} answered {answer.status_code}")
    with Path(path).open("wb") as file:
        file.writelines(answer.streaming_content)


def write(rows: list[tuple], path: str) -> None:
    with xlsxwriter.Workbook(path, PLAIN) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
