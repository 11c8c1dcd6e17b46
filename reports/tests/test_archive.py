"""Archive packages: what is in one, for whom, the same for the same content; and who else gets at it."""

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from office.models import StoredFile
from organisations.tests import factories as people
from pairing.tests import factories as pairings
from reports.actions.archive import remove_past
from reports.archive.asked import asked_for
from reports.archive.packing import GATHERED, HEADER
from reports.archive.retention import kinds
from reports.models import ArchivePackage
from reports.templates_word import build_archive
from reports.tests.archiving import Place, asked, client_of, done, fetched, lines, place, visited

pytestmark = pytest.mark.django_db
ALL = set(kinds()) - {"plan_reference", "target_proof", "notice"}


@pytest.fixture
def found() -> Place:
    return place()


def texts(path) -> list[str]:
    return [each.text for each in docx.Document(str(path)).paragraphs]


def kinds_in(rows: list[dict[str, str]]) -> set[str]:
    named = {kind.name: key for key, kind in kinds().items()}
    return {named[row["种类"]] for row in rows}


@pytest.mark.clause("TN-25")
def test_the_package_of_a_year_holds_an_index_the_documents_and_the_attachments(found):
    package = asked(found.secretary, found)
    book = fetched(found.secretary, package)
    rows = lines(book)
    assert kinds_in(rows) == ALL
    assert package.items == len(rows)
    for row in rows:
        content = book.read(row["文件名"])
        assert hashlib.sha256(content).hexdigest() == row["SHA-256"]
        assert len(content) == int(row["大小（字节）"])
        assert row["责任者"]
        assert row["日期"]
        assert row["保管期限"] in ("永久", "30年", "10年")
    held = {row["文件名"] for row in rows}
    assert held | {"目录.docx", "目录.xlsx", "目录.csv"} == set(book.namelist())
    by_kind = {row["种类"]: row for row in rows}
    assert by_kind["结对帮扶协议"]["保管期限"] == "永久"
    sheet = docx.Document(BytesIO(book.read(by_kind["活动记录单"]["文件名"])))
    assert "王志远" in "".join(cell.text for table in sheet.tables for row in table.rows for cell in row.cells)
    ledger = load_workbook(BytesIO(book.read(by_kind["资金台账"]["文件名"]))).active
    assert ledger.max_row == 3
    index = load_workbook(BytesIO(book.read("目录.xlsx"))).active
    assert [cell.value for cell in index[1]] == list(HEADER)
    printed = docx.Document(BytesIO(book.read("目录.docx")))
    assert len(printed.tables[0].rows) == 1 + len(rows)


@pytest.mark.clause("TN-25")
def test_each_side_has_its_own_and_what_it_may_not_read_is_not_in_it(found):
    of_unit = lines(fetched(found.secretary, asked(found.secretary, found)))
    of_village = lines(fetched(found.village_secretary, asked(found.village_secretary, found)))
    assert kinds_in(of_unit) == ALL
    assert kinds_in(of_village) == ALL - {"report"} | {"notice"}
    same = {row["SHA-256"] for row in of_unit if row["种类"] in ("活动记录单", "活动佐证", "结对帮扶协议", "资金台账")}
    assert same <= {row["SHA-256"] for row in of_village}
    watcher = people.user("auditor", found.county)
    shown = kinds_in(lines(fetched(watcher, asked(watcher, found))))
    assert not shown & {"agreement", "agreement_scan", "plan_file"}
    assert "activity" in shown


def test_a_photo_is_packed_as_others_see_it(found):
    book = fetched(found.village_secretary, asked(found.village_secretary, found))
    row = next(row for row in lines(book) if row["种类"] == "活动佐证")
    marked = found.pairing.activities.get().evidence.get().marked.file
    assert row["SHA-256"] == marked.sha256


def test_the_same_content_gives_the_same_listing(found):
    first, second = asked(found.secretary, found), asked(found.secretary, found)
    assert first.pk != second.pk
    assert first.digest == second.digest
    listed = [
        [(each.filename, each.CRC) for each in fetched(found.secretary, package).infolist()]
        for package in (first, second)
    ]
    assert listed[0] == listed[1]
    visited(found, 2)
    assert asked(found.secretary, found).digest != first.digest


def test_a_file_that_was_destroyed_leaves_its_line(found):
    file = found.pairing.activities.get().evidence.get().marked.file
    StoredFile.objects.filter(pk=file.pk).update(destroyed_at=timezone.now())
    rows = lines(fetched(found.secretary, asked(found.secretary, found)))
    (row,) = [row for row in rows if row["种类"] == "活动佐证"]
    assert (row["文件名"], row["备注"]) == ("", "文件含个人信息，已依法销毁")


def test_another_year_is_empty_but_for_what_holds_for_the_term(found):
    found.pairing.round.__class__.objects.filter(pk=found.pairing.round_id).update(starts_on="2025-01-01")
    rows = lines(fetched(found.secretary, asked(found.secretary, found, year=2025)))
    assert kinds_in(rows) <= {"agreement", "agreement_scan"}


def test_nobody_else_gets_at_it(found):
    package = asked(found.secretary, found)
    before = ArchivePackage.objects.count()
    for user in (found.stranger, found.village_secretary, found.organiser):
        for name in ("archive_package", "archive_file"):
            assert client_of(user).get(reverse(name, args=[package.pk])).status_code == 404
        assert client_of(user).post(reverse("remove_archive_package", args=[package.pk])).status_code == 404
    address = reverse("pairing_archive", args=[found.pairing.pk])
    assert client_of(found.stranger).get(address).status_code == 404
    assert client_of(found.stranger).post(address, {"year": 2026}).status_code == 404
    package.refresh_from_db()
    assert package.is_ready
    assert ArchivePackage.objects.count() == before


def test_whoever_left_the_post_gets_it_no_more(found):
    package = asked(found.secretary, found)
    found.secretary.appointments.update(until=timezone.localdate() - timedelta(days=1))
    assert client_of(found.secretary).get(reverse("archive_file", args=[package.pk])).status_code == 404


def test_it_goes_by_itself_and_by_hand(found):
    package, other = asked(found.secretary, found), asked(found.village_secretary, found)
    path = package.file.path
    last: Any = package.kept_until
    remove_past(by=None, today=last)
    package.refresh_from_db()
    assert package.is_ready
    remove_past(by=None, today=last + timedelta(days=1))
    package.refresh_from_db()
    assert not package.is_ready
    assert client_of(found.secretary).get(reverse("archive_file", args=[package.pk])).status_code == 404
    assert client_of(found.secretary).get(package.get_absolute_url()).status_code == 200
    assert (
        client_of(found.village_secretary).post(reverse("remove_archive_package", args=[other.pk])).status_code == 302
    )
    assert not StoredFile.objects.filter(kind="package").exists()
    assert path  # its bytes go with the transaction of the test


def test_the_organiser_asks_for_many_at_once_each_in_its_folder(found):
    township = found.township
    village, unit = people.village(township, "白果村"), people.unit(found.county, "县水务局")
    pairings.pairing(found.pairing.round, unit, village, state="signed")
    client = client_of(found.organiser)
    address = reverse("round_archive", args=[found.pairing.round_id])
    answer = client.post(address, {"year": 2026, "place": "没有这个地方"})
    assert "没有" in answer.content.decode()
    assert not ArchivePackage.objects.exists()
    assert client.post(address, {"year": 2026, "place": ""}).status_code == 302
    package = done(ArchivePackage.objects.get())
    book = fetched(found.organiser, package)
    indexes = [name for name in book.namelist() if name.endswith("目录.csv")]
    assert len(indexes) == 2
    assert sum(len(lines(book, name)) for name in indexes) == package.items


def test_asked_twice_while_it_is_made_is_one(found):
    client = client_of(found.secretary)
    for _each in range(2):
        client.post(reverse("pairing_archive", args=[found.pairing.pk]), {"year": 2026})
    assert ArchivePackage.objects.count() == 1


def test_pages_ask_a_fixed_number_of_statements(found):
    client = client_of(found.secretary)
    counts = []
    for _each in range(3):
        asked(found.secretary, found)
        for address in (reverse("archive_packages"), reverse("pairing_archive", args=[found.pairing.pk])):
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[4]
    assert counts[1] == counts[5]


def test_gathering_asks_a_fixed_number_of_statements(found):
    def statements() -> int:
        asked = asked_for(found.secretary, [found.pairing.pk], 2026, str)
        with CaptureQueriesContext(connection) as queries:
            for gather in GATHERED:
                list(gather(asked))
        return len(queries)

    statements()
    one = statements()
    for number in range(3):
        visited(found, 3 + number)
    assert statements() == one


def test_the_templates_are_what_their_builder_writes(tmp_path):
    build_archive.build(tmp_path)
    for name in ("archive_index.docx", "archive_record.docx"):
        assert texts(tmp_path / name) == texts(build_archive.FOLDER / name)
