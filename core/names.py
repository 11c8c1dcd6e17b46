"""Searching names as people type them: a part of the name, a code, pinyin initials (ymt → 野马图村).

A row keeps its texts in `search_text` and their bigrams in `search_grams` (a text array under a GIN
index, no extension needed). A query finds the rows that hold all its grams, then compares the text.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Any

from pypinyin import Style, pinyin

SEPARATOR = "\n"
MOST_READINGS = 8
LETTER_BY_LETTER: Any = list  # of what is not Chinese; the stub knows of texts only


def normal(text: str) -> str:
    """Full-width letters and digits made half-width, case and outer spaces dropped."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def initials(name: str) -> set[str]:
    """All pinyin initials that a name may be typed by, heteronyms included (曾家 → cj, zj)."""
    letters = [sorted({reading[0] for reading in readings if reading}) for readings in _readings(name)]
    return {"".join(choice) for choice, _ in zip(product(*letters), range(MOST_READINGS), strict=False)} - {""}


def _readings(name: str) -> list[list[str]]:
    if not name:
        return []
    alone = [_reading(character) for character in normal(name)]
    if all(len(letters) == 1 for letters in alone):
        return alone
    return pinyin(normal(name), style=Style.FIRST_LETTER, heteronym=True, errors=LETTER_BY_LETTER)


@lru_cache(maxsize=32_768)
def _reading(character: str) -> list[str]:
    """The initials of one character; where there is only one, no phrase can change it."""
    readings = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors=LETTER_BY_LETTER)
    return sorted({reading[0] for reading in readings[0] if reading}) if readings else [character]


def search_text(names: Iterable[str]) -> str:
    """What a row is found by: its names, codes and their initials, one a line."""
    parts: list[str] = []
    for name in names:
        if name:
            parts += [normal(name), *sorted(initials(name))]
    return SEPARATOR.join(dict.fromkeys(parts))


def grams(text: str) -> list[str]:
    """The single characters and bigrams of a text, line by line."""
    found: dict[str, None] = {}
    for line in normal(text).split(SEPARATOR):
        for i, character in enumerate(line):
            found[character] = None
            if i:
                found[line[i - 1 : i + 1]] = None
    return list(found)


def query_grams(query: str) -> list[str]:
    """The grams that a row must hold to match: bigrams, or the one character typed."""
    query = normal(query)
    return [query[i : i + 2] for i in range(len(query) - 1)] or list(query[:1])
