"""Writing a package: kind by kind into a ZIP, attachments streamed; then the index of each pairing."""

import csv
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from itertools import islice
from pathlib import Path, PurePath
from typing import IO

from django.utils import translation

from core.dates import chinese_date
from core.refusals import Refused
from office.documents import render
from office.models import StoredFile
from organisations.models import User
from pairing.models import Pairing
from reports.archive import of_activities, of_money, of_pairing, of_reports
from reports.archive.asked import Asked, Part, asked_for
from reports.archive.papers import INDEX
from reports.archive.printing import FIRST_DAY, printed, sealed
from reports.archive.retention import Kind, kinds, standard
from reports.archive.sheets import workbook

GATHERED = (
    of_pairing.agreements, of_pairing.plans, of_pairing.targets, of_activities.activities, of_reports.reports,
    of_reports.notices, of_reports.assessments, of_money.ledgers, of_money.disclosures,
)  # fmt: skip
AT_ONCE = 25  # pairings
BLOCK = 1024**2
MOST_ON_PAPER = 600  # lines of a printed index
LONGEST = 60
FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', " "))
HEADER = ("编号", "题名", "日期", "责任者", "保管期限", "种类", "文件名", "大小（字节）", "SHA-256", "备注")
INDEX_NAME = "目录"
DESTROYED = "文件含个人信息，已依法销毁"
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Listed:
    """A line of the index."""

    number: str
    title: str
    on: date | None
    by: str
    term: str
    kind: str
    file: str
    size: int | None
    sha256: str
    note: str = ""


@dataclass(frozen=True)
class Packed:
    """What came of it. `digest`: over all indexes; the same content has the same."""

    items: int
    digest: str


def pack(
    path: Path, user: User, pairings: list[int], year: int, absolute: Callable[[str], str], progress: Progress
) -> Packed:
    """Into a new file at `path`. Always in Chinese, whoever asks."""
    digest, items, done = hashlib.sha256(), 0, 0
    waiting = iter(pairings)
    with translation.override("zh-hans"), zipfile.ZipFile(path, "w") as book:
        while chunk := list(islice(waiting, AT_ONCE)):
            asked = asked_for(user, chunk, year, absolute)
            for pk, lines in gathered(book, asked, len(pairings) > 1).items():
                digest.update(index_of(book, asked, asked.pairings[pk], lines, len(pairings) > 1))
                items += len(lines)
            done += len(chunk)
            progress(done, len(pairings), "")
    return Packed(items, digest.hexdigest())


def gathered(book: zipfile.ZipFile, asked: Asked, in_folders: bool) -> dict[int, list[Listed]]:
    """By pairing, the lines of its index. A fixed number of statements for each kind."""
    found: dict[int, list[Listed]] = {pk: [] for pk in asked.pairings}
    numbers: dict[int, Counter[int]] = defaultdict(Counter)
    for gather in GATHERED:
        for part in printed(gather(asked)):
            kind = kinds()[part.kind]
            numbers[part.pairing][kind.position] += 1
            number = f"{kind.position:02}-{numbers[part.pairing][kind.position]:03}"
            folder = folder_of(asked.pairings[part.pairing], in_folders)
            found[part.pairing].append(added(book, folder, kind, number, part))
    return found


def folder_of(pairing: Pairing, in_folders: bool) -> str:
    return f"{tidy(f'{pairing.pk} {pairing.unit.name}—{pairing.village.name}')}/" if in_folders else ""


def tidy(name: str) -> str:
    return name.translate(FORBIDDEN).strip()[:LONGEST].strip(" .")


def added(book: zipfile.ZipFile, folder: str, kind: Kind, number: str, part: Part) -> Listed:
    file = part.content if isinstance(part.content, StoredFile) else None
    told = (number, part.title, part.on, part.by, kind.term, kind.name)
    if file is not None and file.destroyed_at is not None:
        return Listed(*told, file="", size=None, sha256="", note=DESTROYED)
    suffix = PurePath(file.name).suffix if file is not None else part.suffix
    name = f"{kind.position:02} {kind.folder}/{tidy(f'{number} {part.title}')}{suffix}"
    try:
        source = file.open() if file is not None else io.BytesIO(part.content)  # type: ignore[arg-type]
    except (OSError, Refused):
        return Listed(*told, file="", size=None, sha256="", note="文件缺失")
    with source:
        size, checksum = streamed(book, folder + name, source)
    return Listed(*told, file=name, size=size, sha256=checksum)


def streamed(book: zipfile.ZipFile, name: str, source: IO[bytes]) -> tuple[int, str]:
    """Block by block: a large scan needs no memory. What is packed already is not packed again."""
    checksum, size = hashlib.sha256(), 0
    with book.open(zipfile.ZipInfo(name, FIRST_DAY), "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            target.write(block)
            checksum.update(block)
            size += len(block)
    return size, checksum.hexdigest()


def index_of(book: zipfile.ZipFile, asked: Asked, pairing: Pairing, lines: list[Listed], in_folders: bool) -> bytes:
    """For people as a Word file and a workbook, for programs as CSV, which is returned."""
    folder, title = folder_of(pairing, in_folders), f"{asked.year}年度结对帮扶档案目录"
    text = as_csv(lines)
    word = sealed(render(INDEX, printed_index(asked, pairing, lines, title), place=pairing.round.organiser))
    for suffix, content in ((".docx", word), (".xlsx", workbook(title, HEADER, rows_of(lines))), (".csv", text)):
        streamed(book, f"{folder}{INDEX_NAME}{suffix}", io.BytesIO(content))
    return text


def rows_of(lines: Iterable[Listed]) -> Iterator[tuple]:
    return map(astuple, lines)


def as_csv(lines: Iterable[Listed]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(HEADER)
    writer.writerows(rows_of(lines))
    return made.getvalue().encode("utf-8-sig")


def printed_index(asked: Asked, pairing: Pairing, lines: list[Listed], title: str) -> dict:
    terms = Counter(line.term for line in lines)
    sums = "，".join(f"{term}{number}件" for term, number in terms.items())
    more = len(lines) - MOST_ON_PAPER
    return {
        "title": title,
        "unit": "、".join(unit.name for unit in asked.units[pairing.pk]),
        "village": pairing.village.name,
        "round": pairing.round.name,
        "sums": f"共{len(lines)}件" + (f"：{sums}。" if sums else "。"),
        "standard": standard(),
        "note": f"另有{more}件见目录.xlsx。" if more > 0 else "",
        "lines": [on_paper(line) for line in lines[:MOST_ON_PAPER]],
    }


def on_paper(line: Listed) -> dict[str, str]:
    return {
        "number": line.number,
        "title": line.title,
        "by": line.by,
        "on": chinese_date(line.on) if line.on else "",
        "term": line.term,
        "file": line.file or line.note,
        "size": "" if line.size is None else f"{max(line.size / 1024, 0.1):,.1f} KB",
        "sha256": line.sha256,
    }
