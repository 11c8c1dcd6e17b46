"""Workbooks of long lists: read by the column, the same as read by the cell, and asked for as often for three rows."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tables2 import Table
from django_tables2.rows import BoundRow
from openpyxl import load_workbook

from core.cells import plain, rows_of
from funds.figures import SIGNED
from funds.models import Entry
from funds.tests.playing import Place, entered, place
from pairing.models import Pairing
from reports.listings.rows import EntryRowsTable, PairingRowsTable

pytestmark = pytest.mark.django_db


def with_entries() -> Place:
    here = place()
    for kind in ("receipt", "spending", "sent"):
        entered(here, kind, "2000.50")
    return here


def by_row(table: Table) -> list[list]:
    names = [column.name for column in table.columns.itervisible()]
    rows = [BoundRow(record, table=table) for record in table.data.data]
    return [[row.get_cell_value(name) for name in names] for row in rows]


def by_column(table: Table) -> list[list]:
    return list(rows_of(table, list(table.columns.itervisible()), 100))


def test_cells_read_by_the_column_are_those_read_by_the_row():
    with_entries()
    entries = EntryRowsTable(Entry.objects.annotate(signed_amount=SIGNED).order_by("pk"))
    assert all(plain(entries, column) for column in entries.columns.itervisible())
    assert by_column(entries) == by_row(entries) != []
    pairings = PairingRowsTable(Pairing.objects.order_by("pk"))  # its units are records, and led to as such
    assert by_column(pairings) == by_row(pairings) != []


def test_a_workbook_of_entries_asks_as_often_for_three_as_for_one(signed_in):
    here, asked = with_entries(), []
    client = signed_in(here.organiser)
    client.get("/statistics/entries/")  # whatever is asked once after signing in
    for words in ("?kind=receipt&export=xlsx", "?export=xlsx"):
        with CaptureQueriesContext(connection) as statements:
            made = b"".join(client.get(f"/statistics/entries/{words}").streaming_content)
        rows = list(load_workbook(BytesIO(made)).active.values)
        asked.append((len(statements), len(rows) - 1))
    assert asked[0][0] == asked[1][0]
    assert [rows for _statements, rows in asked] == [1, 3]
