"""Import of the rosters of a whole county – teams, cadres, households and who looks after whom – against reading the
same workbook and COPY of the same rows into the same tables, with their history and their links."""

import resource
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter

import pghistory
import xlsxwriter
from django.utils import timezone

from benchmarks.import_villages import timed
from benchmarks.report import Finding
from core.copying import insert_rows, new_ids
from core.exports import OPTIONS
from core.names import grams, search_text
from members.kinds import PairKind, PairOrigin, Rank
from members.models import Household, Member, PersonPair
from office.models import RosterImport
from office.rosters.spooling import spool
from office.rosters.staging import Choices, stage
from office.rosters.undoing import undo
from organisations.indexing import searchable
from organisations.kinds import Kind
from organisations.models import Organisation, OrganisationLink

HOUSEHOLDS, CADRES, TEAMS, VILLAGES_A_TEAM = 200_000, 11_283, 136, 2
FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华玉萍红林辉云"
SYLLABLES = "东西南北上下前后大小新老长高平石桥塘坳岩沟湾坪林泉"
SHEETS = {
    "工作队": ("序号", "工作队", "结对村(社区)"),
    "党员干部": ("序号", "姓名", "所在工作队", "职务级别", "联系电话"),
    "联系户": ("序号", "村", "户主姓名", "人口", "联系电话", "困难类型", "联系干部序号"),
}
CAUSES = ("因病", "", "因残", "", "因学", "缺劳力")
CODES: tuple[list[str], ...] = (["illness"], [], ["disability"], [], ["schooling"], ["no_labour"])
RANKS = {"县级": Rank.COUNTY, "科局级": Rank.SECTION, "股级": Rank.SUB_SECTION, "一般干部": Rank.GENERAL}
AT_MOST, AGAIN = 2.0, 1.3


def measure(households: int = HOUSEHOLDS) -> list[Finding]:
    """Import and floor in transactions that are rolled back, then import, undoing and a second import that stay.

    The memory is the largest that the process ever held.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "households.xlsx"
        write(path, households)
        floor, figure = floor_of(path, households), figure_of(path)
        kept, undone, again = there_and_back(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    work = f"import of {households} households"
    return [
        Finding(work, figure, floor, f"{AT_MOST}x floor", figure <= AT_MOST * floor),
        Finding(f"{work}, committed", kept, 0, "", True),
        Finding(f"{work}, undone", undone, kept, "the import", undone <= kept),
        Finding(f"{work}, a second time", again, kept, f"{AGAIN}x the first", again <= AGAIN * kept),
        Finding(f"{work}, memory", peak, 0, "1000 MB", peak <= 1000, "MB"),
    ]


def village_name(number: int) -> str:
    return SYLLABLES[number % 25] + SYLLABLES[number // 25 % 25] + "村"


def person_name(number: int) -> str:
    """Some 27 000 names, as often twice in a village as in a real county."""
    number = number * 7919 % 26_993
    return FAMILIES[number % 30] + GIVEN[number // 30 % 30] + (GIVEN[number // 900 % 30] if number % 5 else "")


def rows(households: int, teams: int = TEAMS) -> dict[str, Iterator[tuple]]:
    villages, cadres = teams * VILLAGES_A_TEAM, max(households * CADRES // HOUSEHOLDS, 1)
    return {
        "工作队": (
            (i + 1, f"第{i + 1}工作队", f"{village_name(2 * i)}、{village_name(2 * i + 1)}") for i in range(teams)
        ),
        "党员干部": (
            (i + 1, person_name(i), f"第{i % teams + 1}工作队", list(RANKS)[i % 4], f"138{i:08d}")
            for i in range(cadres)
        ),
        "联系户": (
            (i + 1, village_name(i % villages), person_name(i), i % 7 + 1, f"139{i:08d}", CAUSES[i % 6], i % cadres + 1)
            for i in range(households)
        ),
    }


def write(path: Path, households: int) -> None:
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        for name, found in rows(households).items():
            page = book.add_worksheet(name)
            page.write_row(0, 0, SHEETS[name])
            for number, row in enumerate(found, 1):
                page.write_row(number, 0, row)


def floor_of(path: Path, households: int) -> float:
    """Reading the workbook, then COPY of rows that were prepared beforehand."""
    prepared = prepare(households)

    def work() -> None:
        for sheet in spool(path, path.name):
            for _row in sheet.rows():
                pass
        with pghistory.context(act="benchmark"):
            for model, ready in prepared:
                insert_rows(model, ready)

    return timed(work)


@cache
def searched(name: str) -> dict:
    text = search_text([name])
    return {"search_text": text, "search_grams": grams(text)}


def prepare(households: int, teams: int = TEAMS) -> list:
    found = {name: list(each) for name, each in rows(households, teams).items()}
    villages = teams * VILLAGES_A_TEAM
    nodes = [node("ZZZZ", 1, "基准县", Kind.COUNTY, teams + villages)]
    nodes += [node(Organisation._get_path("ZZZZ", 2, i + 1), 2, village_name(i), Kind.VILLAGE) for i in range(villages)]
    nodes += [
        node(Organisation._get_path("ZZZZ", 2, villages + number), 2, name, Kind.WORK_TEAM)
        for number, name, _villages in found["工作队"]
    ]
    places = keyed(Organisation, nodes)
    units = places[1 + villages :]
    links = [
        {"kind": "served", "holder_id": team, "member_id": places[1 + 2 * i + j], "since": date(2026, 1, 1)}
        for i, team in enumerate(units)
        for j in range(VILLAGES_A_TEAM)
    ]
    cadres = [
        {"organisation_id": units[i % teams], "name": name, "number": str(number), "rank": RANKS[rank], "phone": phone,
         **searched(name)}
        for i, (number, name, _team, rank, phone) in enumerate(found["党员干部"])
    ]  # fmt: skip
    helpers = keyed(Member, cadres)
    homes = [
        {"village_id": places[1 + i % villages], "head": head, "people": people, "phone": phone, "causes": CODES[i % 6],
         "is_needy": bool(CODES[i % 6]), **searched(head)}
        for i, (_number, _village, head, people, phone, _cause, _cadre) in enumerate(found["联系户"])
    ]  # fmt: skip
    pairs = [
        {"kind": PairKind.CADRE_HOUSEHOLD, "unit_id": units[i % len(helpers) % teams], "origin": PairOrigin.ROSTER,
         "village_id": places[1 + i % villages], "helper_member_id": helpers[i % len(helpers)],
         "target_household_id": key}
        for i, key in enumerate(keyed(Household, homes))
    ]  # fmt: skip
    keyed(OrganisationLink, links)
    keyed(PersonPair, pairs)
    return [(Organisation, nodes), (OrganisationLink, links), (Member, cadres), (Household, homes), (PersonPair, pairs)]


def node(path: str, depth: int, name: str, kind: str, children: int = 0) -> dict:
    text, found = searchable(name)
    return {"path": path, "depth": depth, "numchild": children, "name": name, "kind": kind, "search_text": text,
            "search_grams": found}  # fmt: skip


def keyed(model, ready: list[dict]) -> list[int]:
    keys = new_ids(model, len(ready))
    for key, row in zip(keys, ready, strict=True):
        row["id"] = key
    return keys


def figure_of(path: Path) -> float:
    """The whole way of `import_roster --commit`: read, recognise, judge, stage and apply in one pass."""

    def work() -> None:
        imported(path)
        assert PersonPair.objects.exists(), "nothing imported"

    return timed(work)


def imported(path: Path) -> RosterImport:
    roster = RosterImport.objects.create(name=path.name, new_place="基准导入县", year=2026)
    stage(roster, path, Choices(apply_at=timezone.now()))
    return roster


def there_and_back(path: Path) -> list[float]:
    """Seconds of an import, of undoing it, and of importing the same workbook once more; each is committed."""
    started = perf_counter()
    first = imported(path)
    seconds = [perf_counter() - started]
    for step in (lambda: undo(first, at=timezone.now()), lambda: imported(path)):
        stood = PersonPair.objects.count()
        started = perf_counter()
        step()
        seconds.append(perf_counter() - started)
        assert bool(stood) != PersonPair.objects.exists(), "neither undone nor imported"
    return seconds
