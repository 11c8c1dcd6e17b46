"""Which figures and which headings a report has, by the desk to which it goes: read once from contents.yaml."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from pairing.schemes.duty_words import DESK_WORDS, Desk
from reports.periodic.sources import SOURCES

YES = {"是": True, "否": False, True: True, False: False}


@dataclass(frozen=True)
class Section:
    """A heading under which the reporter writes."""

    key: str
    name: str
    hint: str
    is_needed: bool


@dataclass(frozen=True)
class Contents:
    """`figures`, `merged`: keys of `reports/periodic/sources.py`, in the order of the report."""

    figures: tuple[str, ...]
    merged: tuple[str, ...]
    by_part: bool
    sections: tuple[Section, ...]


def _read() -> dict[str, Contents]:
    text = Path(__file__).with_name("contents.yaml").read_text(encoding="utf-8")
    found: dict[str, Contents] = {}
    for word, one in yaml.safe_load(text).items():
        sections = tuple(Section(each["代号"], each["名称"], each["提示"], YES[each["必填"]]) for each in one["内容"])
        figures, merged = tuple(one["数据"]), tuple(one["汇总"])
        unknown = {*figures, *merged} - SOURCES.keys()
        if unknown:
            raise ValueError(f"contents.yaml: {word}: {', '.join(sorted(unknown))}")
        found[DESK_WORDS[word]] = Contents(figures, merged, YES[one["分项"]], sections)
    return found


CONTENTS: dict[str, Contents] = _read()
assert CONTENTS.keys() == set(Desk)
