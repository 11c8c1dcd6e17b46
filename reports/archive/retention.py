"""Which kinds of records a package holds and how long each is kept: retention.yaml, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("retention.yaml")


@dataclass(frozen=True)
class Kind:
    """`folder`: in which folder of the package; `position`: how its folder is numbered."""

    key: str
    name: str
    folder: str
    term: str
    position: int


@cache
def _read() -> tuple[str, dict[str, Kind]]:
    text = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    folders = list(dict.fromkeys(each["目录"] for each in text["种类"].values()))
    kinds = {
        key: Kind(key, each["名称"], each["目录"], each["期限"], folders.index(each["目录"]) + 1)
        for key, each in text["种类"].items()
    }
    if unknown := {kind.term for kind in kinds.values()} - set(text["期限"]):
        raise ValueError(f"{FILE.name}: no such term: {unknown}")
    return text["标准"].strip(), kinds


def standard() -> str:
    return _read()[0]


def kinds() -> dict[str, Kind]:
    return _read()[1]
