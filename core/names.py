"""Searching names as people type them: a part of the name, a code, pinyin initials (ymt → 野马图村).

A row keeps its texts in `search_text` and their bigrams in `search_grams` (a text array under a GIN
index, no extension needed). A query finds the rows that hold all its grams, then compares the text.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from operator import add
from typing import Any

from pypinyin import Style, pinyin
from pypinyin.seg.simpleseg import seg

SEPARATOR = "\n"
MOST_READINGS = 8
LETTER_BY_LETTER: Any = list  # of what is not Chinese; the stub knows of texts only


def normal(text: str) -> str:
    """Full-width letters and digits made half-width, case and outer spaces dropped."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def initials(name: str) -> set[str]:
    """All pinyin initials that a name may be typed by, heteronyms included (曾家 → cj, zj)."""
    letters = [choices for word in seg(normal(name)) for choices in _letters(word)]
    return {"".join(choice) for choice, _ in zip(product(*letters), range(MOST_READINGS), strict=False)} - {""}


@lru_cache(maxsize=32_768)
def _letters(word: str) -> list[list[str]]:
    """The initials that each character may stand for; within a known phrase only those that the phrase has."""
    readings = pinyin([word], style=Style.FIRST_LETTER, heteronym=True, errors=LETTER_BY_LETTER)
    return [sorted({reading[0] for reading in of_one if reading}) for of_one in readings]


def search_text(names: Iterable[str]) -> str:
    """What a row is found by: its names, codes and their initials, one a line."""
    parts: list[str] = []
    for name in filter(None, names):
        parts.append(normal(name))
        if not name.isascii():
            parts += sorted(initials(name))
    return SEPARATOR.join(dict.fromkeys(parts))


def grams(text: str) -> list[str]:
    """The single characters and bigrams of a text, line by line."""
    found: dict[str, None] = {}
    for line in normal(text).split(SEPARATOR):
        found |= dict.fromkeys(line) | dict.fromkeys(map(add, line, line[1:]))
    return list(found)


def query_grams(query: str) -> list[str]:
    """The grams that a row must hold to match: bigrams, or the one character typed."""
    query = normal(query)
    return [query[i : i + 2] for i in range(len(query) - 1)] or list(query[:1])
