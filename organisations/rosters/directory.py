"""Every organisation of the place, by name and code: those stored, and those that earlier rows will create."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from core.names import initials
from core.roster import Work
from organisations.kinds import UNITS, Kind
from organisations.models import Alias, Organisation

KEY = "organisations.directory"
SPACES = re.compile(r"\s+")
COMMITTEE = re.compile(r"(村?民委员会|村?委会|村党支部|村支部|村党总支)$")
AREA_ENDING = re.compile(r"(街道办事处|街道办|街道|民族乡|乡|镇)$")
NAMES_KEPT = 65_536  # a county has some 30 000; where fewer fit, none is found again
TOWNSHIP_KINDS = (Kind.TOWNSHIP, Kind.SUBDISTRICT)


@dataclass(eq=False, slots=True)
class Entry:
    """An organisation: stored (`pk`), or to be created by the row that `origin` names. `certain` once it will exist."""

    name: str
    kind: str
    parent: "Entry | None" = None
    pk: int | None = None
    path: str = ""
    code: str = ""
    uscc: str = ""
    aliases: list[str] = field(default_factory=list)
    origin: str = ""
    certain: bool = True

    @property
    def township(self) -> str:
        return self.parent.name if self.parent and self.parent.kind in TOWNSHIP_KINDS else ""


@lru_cache(maxsize=NAMES_KEPT)
def name_key(name: str) -> str:
    """Names are compared without spaces, width and case."""
    return SPACES.sub("", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=NAMES_KEPT)
def village_key(name: str) -> str:
    """石坪冲村委会 and 石坪冲村民委员会 stand for 石坪冲村."""
    key = name_key(name)
    stem = COMMITTEE.sub("", key)
    return key if stem == key or not stem else stem if stem.endswith("村") else f"{stem}村"


def stem_of(name: str) -> str:
    """What a township's name keeps when it turns from 乡 to 镇."""
    return AREA_ENDING.sub("", name_key(name)) or name_key(name)


class Directory:
    def __init__(self, place: Organisation | None, new_place: str = ""):
        self.by_path: dict[str, Entry] = {}
        self.by_name: dict[str, list[Entry]] = defaultdict(list)
        self.by_alias: dict[str, list[Entry]] = defaultdict(list)
        self.by_code: dict[str, Entry] = {}
        self.by_uscc: dict[str, Entry] = {}
        self.by_stem: dict[str, list[Entry]] = defaultdict(list)
        self.entries: list[Entry] = []
        if place is None:
            self.place = self.add(Entry(new_place, Kind.COUNTY))
        else:
            self.read(place)
            self.place = self.by_path[place.path]

    def read(self, place: Organisation) -> None:
        """Two statements, however many organisations there are."""
        columns = ("pk", "path", "name", "kind", "division_code", "uscc")
        for pk, path, name, kind, code, uscc in Organisation.objects.under(place).open().values_list(*columns):
            parent = self.by_path.get(path[: -Organisation.steplen])
            self.by_path[path] = self.add(Entry(name, kind, parent, pk, path, code, uscc))
        known = {entry.pk: entry for entry in self.entries}
        aliases = Alias.objects.filter(organisation__path__startswith=place.path)
        for pk, value in aliases.values_list("organisation", "value"):
            if pk in known:
                self.add_alias(known[pk], value)

    def add(self, entry: Entry) -> Entry:
        self.entries.append(entry)
        for key in {
            name_key(entry.name),
            village_key(entry.name) if entry.kind == Kind.VILLAGE else name_key(entry.name),
        }:
            self.by_name[key].append(entry)
        if entry.kind in TOWNSHIP_KINDS:
            self.by_stem[stem_of(entry.name)].append(entry)
        if entry.code:
            self.by_code.setdefault(entry.code, entry)
        if entry.uscc:
            self.by_uscc.setdefault(entry.uscc, entry)
        return entry

    def add_alias(self, entry: Entry, value: str) -> None:
        entry.aliases.append(value)
        self.by_alias[name_key(value)].append(entry)

    def named(self, name: str, kinds: Iterable[str], parent: Entry | None = None) -> list[Entry]:
        """Those of `kinds` that bear this name; else those that once bore it, or are also called so."""
        key = name_key(name)
        for index in (self.by_name, self.by_alias):
            found = [e for e in index.get(key, ()) if e.kind in kinds and (parent is None or e.parent is parent)]
            if found:
                return found
        return []

    def villages(self, name: str, township: Entry | None = None) -> list[Entry]:
        """Villages of this name - also written as their committee - in one township, or anywhere in the place."""
        forms = dict.fromkeys((name_key(name), village_key(name)))
        return next((found for form in forms if (found := self.named(form, (Kind.VILLAGE,), township))), [])

    def township(self, name: str) -> Entry | None:
        found = self.named(name, TOWNSHIP_KINDS)
        if not found and self.place.kind in TOWNSHIP_KINDS and name_key(self.place.name) == name_key(name):
            return self.place
        return found[0] if len(found) == 1 else None

    def townships_like(self, name: str) -> list[Entry]:
        """Those that differ in 乡, 镇 or 街道 alone, then those that look or sound alike."""
        same = self.by_stem.get(stem_of(name), [])
        return list(same) or nearest(name, [entry for entries in self.by_stem.values() for entry in entries])

    def units(self, name: str) -> list[Entry]:
        return self.named(name, UNITS)


def nearest(name: str, entries: Iterable[Entry], most: int = 3) -> list[Entry]:
    """The entries whose names share most characters with `name`, or its pinyin initials."""
    key = name_key(name)
    ranked = [(likeness(key, name_key(entry.name)), entry) for entry in entries]
    close = sorted((pair for pair in ranked if pair[0] >= 0.5), key=lambda pair: -pair[0])[:most]
    if close:
        return [entry for _rank, entry in close]
    sounds = initials(name)
    return (
        [entry for entry in entries if len(entry.name) == len(name) and sounds & initials(entry.name)][:most]
        if len(key) <= 12
        else []
    )


def likeness(a: str, b: str) -> float:
    """Shared bigrams and characters, 0 to 1, the common ending left out of account."""
    a, b = a.removesuffix("村"), b.removesuffix("村")
    pairs_a, pairs_b = {a[i : i + 2] for i in range(len(a) - 1)}, {b[i : i + 2] for i in range(len(b) - 1)}
    both = len(set(a) & set(b)) + len(pairs_a & pairs_b)
    all_ = len(set(a) | set(b)) + len(pairs_a | pairs_b)
    return both / all_ if all_ else 0.0


def directory_of(work: Work) -> Directory:
    """The directory of this run, read once."""
    if KEY not in work.memory:
        work.memory[KEY] = Directory(work.place, work.new_place)  # type: ignore[arg-type]
    return work.memory[KEY]  # type: ignore[return-value]
