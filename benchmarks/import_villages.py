"""Import of many villages, against reading the same workbook and COPY of the same rows into the same tables."""

import resource
import tempfile
import time
from pathlib import Path

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.report import Finding
from core.copying import insert_rows, new_ids
from core.exports import write_workbook
from office.models import RosterImport
from office.rosters.spooling import spool
from office.rosters.staging import Choices, stage
from organisations.indexing import searchable
from organisations.kinds import Kind
from organisations.models import Need, Organisation, VillageFacts

HEADINGS = ("序号", "乡镇", "村名", "行政区划代码", "是否一类贫困村", "户数", "人口", "党员数", "村集体年收入(万元)",
            "致贫原因", "帮扶需求", "村支书", "联系电话")  # fmt: skip
SYLLABLES = "东西南北上下前后大小新老长高平石桥塘坳岩沟湾坪林泉"
AT_MOST = 3.0


class Undone(Exception):
    """Ends a measured transaction without keeping anything."""


def rows(count: int):
    size = len(SYLLABLES)
    for i in range(count):
        name = SYLLABLES[i % size] + SYLLABLES[i // size % size] + SYLLABLES[i // size**2 % size] + "村"
        town = i % max(count // 20, 1)
        code = f"52{town:07d}{i // max(count // 20, 1) % 900 + 100}"
        yield (i + 1, f"第{town}镇", name, code, "是", 200 + i % 700, 900 + i % 3000, 10 + i % 60, 0.5 + i % 40 / 10,
               "缺资金、交通落后", "产业项目、技术培训", "张某某", f"139{i:08d}")  # fmt: skip


def measure(villages: int) -> list[Finding]:
    """Both in transactions that are rolled back; the memory is the largest that the process ever held."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "villages.xlsx"
        write_workbook(str(path), "村", HEADINGS, rows(villages))
        floor, figure = floor_of(path, villages), figure_of(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Finding(f"import of {villages} villages", figure, floor, f"{AT_MOST}x floor", figure <= AT_MOST * floor),
        Finding(f"import of {villages} villages, memory", peak, 0, "1000 MB", peak <= 1000, "MB"),
    ]


def timed(work) -> float:
    """Seconds of what is then rolled back. The rows that the one before it left dead don't count against it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    start = time.perf_counter()
    try:
        with transaction.atomic():
            work()
            raise Undone
    except Undone:
        return time.perf_counter() - start


def floor_of(path: Path, villages: int) -> float:
    """Reading the workbook, then COPY of rows that were prepared beforehand, with their history."""
    prepared = prepare(villages)

    def work() -> None:
        for sheet in spool(path, path.name):
            for _row in sheet.rows():
                pass
        with pghistory.context(act="benchmark"):
            for model, ready in prepared:
                insert_rows(model, ready)

    return timed(work)


def prepare(villages: int) -> list:
    keys = new_ids(Organisation, villages + 1)
    nodes = [{"id": keys[-1], "path": "ZZZZ", "depth": 1, "numchild": villages, "name": "基准县", "kind": Kind.COUNTY}]
    nodes[0]["search_text"], nodes[0]["search_grams"] = "", []
    facts, needs = [], []
    for key, row in zip(keys, rows(villages), strict=False):
        text, grams = searchable(row[2], [row[3]])
        path = Organisation._get_path("ZZZZ", 2, row[0])
        nodes.append({"id": key, "path": path, "depth": 2, "numchild": 0, "name": row[2], "kind": Kind.VILLAGE,
                      "division_code": f"9{row[3][1:]}", "classes": ["poor_1"], "contact_name": row[11],
                      "contact_phone": row[12], "search_text": text, "search_grams": grams})  # fmt: skip
        facts.append({"village_id": key, "year": 2026, "households": row[5], "population": row[6],
                      "party_members": row[7], "collective_income": row[8] * 10000,
                      "causes": row[9].split("、")})  # fmt: skip
        needs += [{"village_id": key, "name": name, "resource": "other"} for name in row[10].split("、")]
    for model, ready in ((VillageFacts, facts), (Need, needs)):
        for key, record in zip(new_ids(model, len(ready)), ready, strict=True):
            record["id"] = key
    return [(Organisation, nodes), (VillageFacts, facts), (Need, needs)]


def figure_of(path: Path) -> float:
    """The whole way of `import_roster --commit`: read, recognise, judge, stage and apply in one pass."""

    def work() -> None:
        roster = RosterImport.objects.create(name=path.name, new_place="基准导入县", year=2026)
        stage(roster, path, Choices(apply_at=timezone.now()))
        assert roster.place is not None
        assert Organisation.objects.villages().filter(path__startswith=roster.place.path).exists(), "nothing imported"

    return timed(work)
