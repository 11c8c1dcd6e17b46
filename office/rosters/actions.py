"""What a person does with a roster: hand it in, mend it, apply it, undo it. Long files go to the background."""

from collections.abc import Mapping
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.roster import Sheet
from office import files, jobs
from office.models import RosterImport, RosterRow, RosterSheet, StoredFile
from office.rosters import applying, undoing
from office.rosters.checking import recheck
from office.rosters.keeping import CHANGED, kept
from office.rosters.sheets import described_sheets
from office.rosters.states import RosterState, check_transition
from organisations.history import act
from organisations.models import Organisation, User

PERMISSION = "roster.import"
AT_ONCE, UNDONE_AT_ONCE = 3000, 20_000
Upload = UploadedFile | tuple[str, bytes]


def check_may(by: User | None, place: Organisation | None) -> None:
    """The command line (by None) may everything; a person needs a post over the place."""
    if by is None:
        return
    if place is None:
        raise Refused(_("Choose under which organisation the rows go."))
    by.acting(PERMISSION, place)


@act(_("handed in a roster"))
def hand_in(
    *, by: User, upload: Upload, place: Organisation | None, year: int | None, options: dict, at: datetime
) -> RosterImport:
    """Keep the file with its author and read it in the background."""
    if place is not None:
        check_may(by, place)
    elif not by.can(PERMISSION):
        raise Refused(_("None of your posts allows importing rosters."))
    file = files.store(upload=upload, by=by, kind=StoredFile.Kind.WORKBOOK)
    roster = RosterImport.objects.create(
        file=file, name=file.name, place=place, year=year or 0, options=options, started_by=by, started_at=at
    )
    read_in_background(by, roster)
    return roster


@act(_("handed in a mended copy of a roster"))
def hand_in_again(*, by: User, roster: RosterImport, upload: Upload, at: datetime) -> RosterImport:
    """The mended copy takes the place of what was staged; what was applied already is found unchanged."""
    roster = locked(by, roster)
    check_transition(roster.state, RosterState.READING)
    roster.file = files.store(upload=upload, by=by, kind=StoredFile.Kind.WORKBOOK)
    roster.state, roster.error, roster.undone_at = RosterState.READING, "", None
    roster.save()
    read_in_background(by, roster)
    return roster


def read_in_background(by: User, roster: RosterImport) -> None:
    start_job(by, roster, "roster.read", _("Reading of %(file)s"))


def start_job(by: User, roster: RosterImport, kind: str, title: object, **arguments) -> None:
    roster.job = jobs.start(
        by=by, kind=kind, title=str(title) % {"file": roster.name}, arguments={"roster": roster.pk, **arguments},
        url=roster.get_absolute_url(), organisation=roster.place,
    )  # fmt: skip
    roster.save(update_fields=["job"])


def locked(by: User | None, roster: RosterImport) -> RosterImport:
    roster = RosterImport.objects.select_for_update(of=["self"]).select_related("place", "file").get(pk=roster.pk)
    if by is not None and roster.place is not None:
        check_may(by, roster.place)
    return roster


def to_mend(by: User, roster: RosterImport) -> RosterImport:
    """The import, open for changes; one that was applied is open again for what was left."""
    roster = locked(by, roster)
    if roster.state == RosterState.APPLIED:
        roster.state = RosterState.READY
        roster.save(update_fields=["state"])
    if roster.state != RosterState.READY:
        check_transition(roster.state, RosterState.APPLYING)
    return roster


def judged_anew(by: User, roster: RosterImport) -> RosterImport:
    """At once for an ordinary roster; in the background for a long one."""
    if RosterRow.objects.filter(sheet__roster=roster).count() <= AT_ONCE:
        recheck(roster)
    else:
        start_job(by, roster, "roster.check", _("Checking of %(file)s"))
    return roster


@act(_("mended a cell of a roster"))
def mend_cell(
    *, by: User, roster: RosterImport, sheet: RosterSheet, number: int, column: str, text: str
) -> RosterImport:
    """Another text instead of the cell; what was typed stays in the file and beside it."""
    roster = to_mend(by, roster)
    row = sheet.rows.select_for_update().get(number=number)
    row.edits[column] = kept_text(sheet, column, text)
    row.kept = [kept for kept in row.kept if not kept.startswith(f"{column}:")]
    row.save(update_fields=["edits", "kept"])
    return judged_anew(by, roster)


@act(_("mended a row of a roster"))
def mend_row(
    *, by: User, roster: RosterImport, sheet: RosterSheet, number: int, texts: Mapping[str, str]
) -> RosterImport:
    roster = to_mend(by, roster)
    row = sheet.rows.select_for_update().get(number=number)
    row.edits = row.edits | {column: kept_text(sheet, column, text) for column, text in texts.items()}
    row.kept = [kept for kept in row.kept if kept.partition(":")[0] not in texts]
    row.save(update_fields=["edits", "kept"])
    return judged_anew(by, roster)


def kept_text(sheet: RosterSheet, key: str, text: str) -> str:
    """What is kept of a text that somebody typed instead of a cell."""
    described = next((known for known in described_sheets() if known.key == sheet.described), None)
    if described is None or key not in {known.key for known in described.columns}:
        raise Refused(_("This sheet has no such column."))
    return str(kept(described.column(key), text.strip()))


@act(_("accepted suggestions for a roster"))
def accept_suggestions(
    *, by: User, roster: RosterImport, sheet: RosterSheet, column: str, code: str, number: int | None, choice: int
) -> RosterImport:
    """Take the suggestion of one row, or of every row with the same doubt in the same column."""
    roster = to_mend(by, roster)
    rows = list(doubtful_rows(sheet, column, code, number))
    for row in rows:
        doubt = find_doubt(row, column, code)
        if choice < len(doubt["suggestions"]):
            row.edits[column] = doubt["suggestions"][choice]
    RosterRow.objects.bulk_update(rows, ["edits"], batch_size=500)
    return judged_anew(by, roster)


@act(_("kept cells of a roster as typed"))
def keep_as_typed(
    *, by: User, roster: RosterImport, sheet: RosterSheet, column: str, code: str, number: int | None
) -> RosterImport:
    roster = to_mend(by, roster)
    rows = list(doubtful_rows(sheet, column, code, number))
    for row in rows:
        if find_doubt(row, column, code)["may_keep"]:
            row.kept = sorted({*row.kept, f"{column}:{code}"})
    RosterRow.objects.bulk_update(rows, ["kept"], batch_size=500)
    return judged_anew(by, roster)


def doubtful_rows(sheet: RosterSheet, column: str, code: str, number: int | None):
    rows = sheet.rows.select_for_update().filter(doubts__contains=[{"column": column, "code": code}])
    return rows if number is None else rows.filter(number=number)


def find_doubt(row: RosterRow, column: str, code: str) -> Mapping:
    return next(doubt for doubt in row.doubts if doubt["column"] == column and doubt["code"] == code)


@act(_("left a row of a roster out"))
def leave_out(*, by: User, roster: RosterImport, sheet: RosterSheet, number: int, left_out: bool) -> RosterImport:
    """A row that is not to be imported, or is after all."""
    roster = to_mend(by, roster)
    sheet.rows.filter(number=number).update(left_out=left_out)
    return judged_anew(by, roster)


@act(_("said what the columns of a roster mean"))
def choose_layout(
    *,
    by: User,
    roster: RosterImport,
    sheet: RosterSheet,
    described: Sheet | None,
    header_row: int,
    mapping: Mapping[int, str],
    scales: Mapping[str, str],
) -> RosterImport:
    """What the sheet is, where its headings stand and what each column means. Its rows are read from the file again
    where it was not read before."""
    roster = to_mend(by, roster)
    before = (sheet.header_rows, hidden_columns(sheet))
    if described is None:
        sheet.described, sheet.reason = "", str(_("not wanted"))
    else:
        sheet.described, sheet.reason = described.key, ""
    sheet.header_rows = [header_row]
    sheet.mapping = {str(index): key for index, key in mapping.items()}
    sheet.scales = dict(scales)
    sheet.save()
    if before != (sheet.header_rows, hidden_columns(sheet)) or sheet.rows.filter(reason="unread").exists():
        read_anew(by, roster)
        return roster
    return judged_anew(by, roster)


def read_anew(by: User, roster: RosterImport) -> None:
    """Read the file once more, with the layouts that were chosen."""
    if roster.file is None:
        raise Refused(
            _("This workbook was not kept: it holds identity numbers. Hand it in again, then choose the columns.")
        )
    roster.state = RosterState.READING
    roster.options = roster.options | {"layouts": chosen_layouts(roster)}
    roster.save(update_fields=["state", "options"])
    read_in_background(by, roster)


def hidden_columns(sheet: RosterSheet) -> set[str]:
    """The columns of a staged sheet whose cells were not staged as typed."""
    described = next((known for known in described_sheets() if known.key == sheet.described), None)
    keys = {column.key for column in described.columns if column.holds in CHANGED} if described else set()
    return {index for index, key in sheet.mapping.items() if key in keys}


def chosen_layouts(roster: RosterImport) -> dict:
    """The layouts as they stand, kept over another reading of the file."""
    names = ("described", "header_rows", "mapping", "scales")
    return {sheet.name: {name: getattr(sheet, name) for name in names} for sheet in roster.sheets.all()}


@act(_("chose where a roster goes"))
def choose_place(*, by: User, roster: RosterImport, place: Organisation, year: int, options: dict) -> RosterImport:
    """All is judged again under `place`; a file that could not be read without one is read again."""
    check_may(by, place)
    roster = locked(by, roster)
    is_unread = roster.state == RosterState.FAILED
    if is_unread:
        roster.state, roster.error = RosterState.READING, ""
    else:
        roster = to_mend(by, roster)
    roster.place, roster.new_place, roster.year, roster.options = place, "", year, roster.options | options
    roster.save(update_fields=["place", "new_place", "year", "options", "state", "error"])
    if is_unread:
        read_in_background(by, roster)
        return roster
    return judged_anew(by, roster)


@act(_("applied a roster"))
def apply_roster(*, by: User, roster: RosterImport, everything: bool, at: datetime) -> RosterImport:
    """`everything` refuses where a row is unclear; else the clean part is applied and the rest stays staged."""
    roster = locked(by, roster)
    check_may(by, roster.place)
    check_transition(roster.state, RosterState.APPLYING)
    if everything:
        applying.refuse_unclear(roster)
    roster.state = RosterState.APPLYING
    roster.save(update_fields=["state"])
    start_job(by, roster, "roster.apply", _("Import of %(file)s"), everything=everything)
    return roster


@act(_("undid a roster import"))
def undo_roster(*, by: User, roster: RosterImport, at: datetime) -> RosterImport:
    """At once for an ordinary roster; in the background for a long one."""
    roster = locked(by, roster)
    check_may(by, roster.place)
    if RosterRow.objects.filter(sheet__roster=roster).count() <= UNDONE_AT_ONCE:
        undoing.undo(roster, at=at, by=by)
    else:
        check_transition(roster.state, RosterState.UNDONE)
        start_job(by, roster, "roster.undo", _("Undoing of %(file)s"))
    return roster


@act(_("discarded a roster"))
def discard(*, by: User, roster: RosterImport) -> RosterImport:
    """Nothing of it was applied; its rows are deleted, the file is kept with its author."""
    roster = locked(by, roster)
    if roster.made_changes.exists():
        raise Refused(_("Part of this import was applied; undo it instead."))
    check_transition(roster.state, RosterState.DISCARDED)
    roster.sheets.all().delete()
    roster.state = RosterState.DISCARDED
    roster.save(update_fields=["state"])
    return roster
