"""What the list of roster imports shows and filters, and a page of staged rows."""

from collections.abc import Iterable

import django_filters
import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.identity import MARK
from core.masking import mask_name, mask_phone
from core.roster import Column, Holds
from core.tables import LinkColumn, ListTable, StatusColumn
from office.lists import MomentColumn
from office.models import RosterImport, RosterRow, RosterSheet
from office.rosters.reporting import heading_of_column, index_of_column, said, skipped_words, typed_value
from office.rosters.sheets import described_sheet
from office.rosters.states import RosterState

# Reasons to pass over a row that names nobody.
WITHOUT_PEOPLE = frozenset({"title", "header", "repeated", "numbers", "total"})


class ImportFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label=_("File name"), lookup_expr="icontains")
    state = django_filters.ChoiceFilter(label=_("State"), choices=RosterState.choices, empty_label=_("All"))

    class Meta:
        model = RosterImport
        fields = ("name", "state")


class ImportTable(ListTable):
    name = LinkColumn(verbose_name=_("File name"))
    state = StatusColumn(verbose_name=_("State"))
    place = tables.Column(verbose_name=_("Goes under"), accessor="place_name", orderable=False)
    started_at = MomentColumn(verbose_name=_("Started at"))
    started_by = tables.Column(verbose_name=_("Started by"))

    class Meta(ListTable.Meta):
        model = RosterImport
        fields = ("name", "state", "place", "started_at", "started_by")


def shown_columns(sheet: RosterSheet, rows: Iterable[RosterRow]) -> list[Column]:
    """The columns that the sheet has, and those beside it that a doubt or a change speaks of."""
    if not sheet.described:
        return []
    asked = {doubt["column"] for row in rows for doubt in row.doubts} | {key for row in rows for key in row.edits}
    columns = described_sheet(sheet.described).columns
    return [column for column in columns if index_of_column(sheet, column.key) is not None or column.key in asked]


def shown_rows(sheet: RosterSheet, rows: list[RosterRow]) -> dict:
    """A page of rows as the template reads it: headings, and each cell with what is said about it."""
    columns = shown_columns(sheet, rows)
    return {
        "headings": [heading_of_column(sheet, column.key) for column in columns],
        "rows": [
            {
                "row": row,
                "cells": [shown_cell(sheet, row, column) for column in columns],
                "changes": shown_changes(sheet, row),
                "skipped": skipped_words(row.reason),
            }
            for row in rows
        ],
    }


def shown_cell(sheet: RosterSheet, row: RosterRow, column: Column) -> dict:
    """Personal data is masked where nobody has to decide about it; headings and totals hold none."""
    typed, note = typed_value(sheet, row, column.key), row.notes.get(column.key, "")
    said_beside = aside(column, typed) if row.reason not in WITHOUT_PEOPLE else ""
    if column.holds is Holds.IDENTITY and said_beside:
        typed = ""
    doubts = [shown_doubt(doubt) for doubt in row.doubts if doubt["column"] == column.key]
    if column.personal and not doubts and row.reason not in WITHOUT_PEOPLE:
        mask = mask_phone if column.holds is Holds.PHONE else mask_name
        typed, note = mask(typed), mask(note)
    return {
        "column": column,
        "typed": typed,
        "note": note,
        "aside": said_beside,
        "doubts": doubts,
        "edited": column.key in row.edits,
    }


def aside(column: Column, typed: str) -> str:
    """What is said beside a cell that is not stored as it stands."""
    if column.holds is Holds.UNKEPT:
        return str(_("not kept"))
    return str(_("kept as a key only")) if column.holds is Holds.IDENTITY and typed.startswith(MARK) else ""


def shown_changes(sheet: RosterSheet, row: RosterRow) -> list[str]:
    """What would change in the record; of personal data only that it changes."""
    personal = (
        {column.heading for column in described_sheet(sheet.described).columns if column.personal}
        if sheet.described
        else set()
    )
    return [
        heading if heading in personal else f"{heading}：{before or '—'} → {after or '—'}"
        for heading, before, after in row.changes
    ]


def shown_doubt(doubt: dict) -> dict:
    return {
        "code": doubt["code"],
        "wrong": said(doubt, "wrong"),
        "remedy": said(doubt, "remedy"),
        "suggestions": list(enumerate(doubt["suggestions"])),
        "may_keep": doubt["may_keep"],
        "fatal": doubt["fatal"],
    }
