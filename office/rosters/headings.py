"""Column headings as offices type them, folded to what they mean."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from core.roster import Column, Holds, Sheet

BRACKETED = re.compile(r"[(\[【〔](.*?)[)\]】〕]")
NOISE = re.compile(r"[\s:*#、,.。·_\-/|“”\"'「」]+")
UNITS = {"元": "1", "万元": "10000", "千元": "1000", "百元": "100", "亿元": "100000000", "万": "10000"}
OWN_REMARKS = ("导入问题",)  # the error column of our marked copy
SERIAL = (*OWN_REMARKS, "序号", "编号", "序", "号", "no", "行号", "顺序号")


@dataclass(frozen=True)
class Heading:
    """A heading: its folded words without brackets, and the unit that the brackets or the tail name."""

    words: str
    full: str
    unit: str = ""


@lru_cache(maxsize=4096)
def fold(text: object) -> str:
    """Full-width made half-width, case, spaces and punctuation dropped."""
    return NOISE.sub("", unicodedata.normalize("NFKC", str(text)).casefold())


@cache
def heading_of(text: str) -> Heading:
    plain = unicodedata.normalize("NFKC", str(text)).replace("\n", "")
    inside = [fold(part) for part in BRACKETED.findall(plain)]
    unit = next((UNITS[part.removeprefix("单位")] for part in inside if part.removeprefix("单位") in UNITS), "")
    return Heading(fold(BRACKETED.sub("", plain)), fold(plain.replace("(", "").replace(")", "")), unit)


@cache
def meanings(sheet: Sheet) -> dict[str, str]:
    """Folded words → key of the column, for one described sheet. The first column that claims a word has it."""
    found: dict[str, str] = {}
    for column in sheet.columns:
        for words in (column.heading, *column.synonyms):
            for form in {heading_of(words).words, heading_of(words).full}:
                found.setdefault(form, column.key)
    return found


def meaning(sheet: Sheet, text: str) -> str | None:
    """The key of the column that a heading means, or None. A running number means what a column says, or nothing."""
    heading, known = heading_of(text), meanings(sheet)
    if heading.words in OWN_REMARKS:
        return None
    for form in (heading.full, heading.words):
        if form in known:
            return known[form]
    if heading.words in SERIAL:
        return None
    stripped = re.sub(r"^(请填写|填写|是否填|本)|(名单|情况|一栏)$", "", heading.words)
    return known.get(stripped)


def is_serial(text: str) -> bool:
    return heading_of(text).words in SERIAL


def unit_of(column: Column, text: str) -> str:
    """The scale of a money column as its heading says it: yuan per unit as a text, or nothing."""
    return heading_of(text).unit if column.holds == Holds.MONEY else ""
