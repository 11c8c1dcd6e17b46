"""What a workbook keeps of a list is what the table itself says of each cell, told a column at a time."""

import pytest
from django.utils.html import strip_tags
from django_tables2.rows import BoundRow

from core.listing import written_rows
from funds.figures import SIGNED
from funds.listings.ledger import EntryTable, FundTable
from funds.models import Entry, Fund
from funds.reading import is_reversed
from organisations.lists import VillageTable
from organisations.models import Organisation
from pairing.listings.pairings import PairingTable, pairings_with_turn
from pairing.models import Pairing
from reports.listings.rows import EntryRowsTable, PairingRowsTable
from reports.tests.archiving import place
from visits.listings.activities import ActivityTable
from visits.models import Activity

pytestmark = pytest.mark.django_db


def test_it_is_the_same_as_cell_by_cell():
    place(visits=2)
    lists = {
        EntryRowsTable: Entry.objects.annotate(signed_amount=SIGNED),
        EntryTable: Entry.objects.annotate(was_reversed=is_reversed()),
        FundTable: Fund.objects.all(),
        PairingRowsTable: Pairing.objects.all(),
        PairingTable: pairings_with_turn(Pairing.objects.all()),
        ActivityTable: Activity.objects.all(),
        VillageTable: Organisation.objects.villages(),
    }
    for kind, rows in lists.items():
        table, records = kind([]), list(rows)
        assert records, kind
        header, written = written_rows(table, records)
        names = [each.name for each in table.columns.itervisible() if not each.column.exclude_from_export]
        assert len(header) == len(names)
        for record, cells in zip(records, written, strict=True):
            asked = [BoundRow(record, table=table).get_cell_value(name) for name in names]
            assert cells == [strip_tags(cell) if isinstance(cell, str) else cell for cell in asked], kind
