"""What a cell means. Each reader answers with a value, a note where it understood something that was not plain,
or doubts where it could be wrong. Nothing is guessed silently.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_noop as N_

from core.roster import Column, Doubt, Holds
from office.rosters.codes import read_division_code, read_identity, read_phone, read_uscc
from office.rosters.dates import likely_dates, read_date, read_term, serial_day
from office.rosters.headings import UNITS, fold

NOTHING = frozenset(
    {"-", "--", "—", "——", "－", "/", "\\", "无", "没有", "暂无", "空", "不详", "未知", "n/a", "na", "null"}
)
YES = frozenset({"√", "✓", "✔", "☑", "v", "是", "有", "y", "yes", "true", "1", "对"})
NO = frozenset({"×", "✗", "✘", "x", "否", "无", "没有", "不是", "n", "no", "false", "0", "非"})
TO_TRIM = re.compile(r"[\s\u3000\u200b\ufeff０-９Ａ-Ｚａ-ｚ]")
COUNTERS = "人名户口位个家亩所项次"
ABOUT = re.compile(r"^(?:约|大约|近|将近|超过|逾|>|<|≥|≤)|(?:多|余|左右|以上|以下|上下|\+)$")
SEPARATORS = re.compile(r"[、，,;；/\n|]+")
READ_BEFORE = 16_384
NUMBER = re.compile(r"[+-]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")


class Read(NamedTuple):
    """What was read is shared by all rows with the same cell; nobody changes it."""

    value: object = None
    note: str = ""
    doubts: Sequence[Doubt] = ()


Cell = str | int | float | None


def as_typed(cell: Cell) -> str:
    """A number as a spreadsheet shows it, a text as it stands."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell) and abs(cell) < 1e18:
        return str(int(cell))
    return str(cell)


def trimmed(text: str) -> str:
    """Full-width letters, digits and spaces made half-width; Chinese punctuation left as it is."""
    if not TO_TRIM.search(text):
        return text
    folded = "".join(
        chr(ord(sign) - 0xFEE0) if "０" <= sign <= "９" or "Ａ" <= sign <= "Ｚ" or "ａ" <= sign <= "ｚ" else sign
        for sign in text
    )
    return re.sub(r"[\s\u3000\u200b\ufeff]+", " ", folded).strip()


@lru_cache(maxsize=READ_BEFORE, typed=True)
def read(column: Column, cell: Cell, scale: str = "") -> Read:
    """`scale` is the unit that the heading or a person gave to a money column: yuan per unit, as a text.

    Most cells of a roster stand in many of its rows: the last that were read are kept.
    """
    text = trimmed(as_typed(cell))
    if text == "":
        return Read()
    if column.holds is Holds.MONEY:
        return read_money(column, text, scale)
    return READERS[column.holds](column, cell, text)


def note_of(cell: Cell, text: str, value: object) -> str:
    """Empty, where what was read is what was typed."""
    return "" if as_typed(cell) == str(value) else str(value)


def read_text(column: Column, cell: Cell, text: str) -> Read:
    if fold_dash(text) in NOTHING:
        return Read(None, "∅")
    if column.longest and len(text) > column.longest:
        return Read(None, doubts=[too_long(column)])
    return Read(text, note_of(cell, text, text))


def read_name(column: Column, cell: Cell, text: str) -> Read:
    """A name of an organisation: no spaces between Chinese characters."""
    name = re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text)
    if fold_dash(name) in NOTHING:
        return Read()
    if isinstance(cell, int | float) or name.isdigit():
        return Read(doubts=[plain_doubt(column, "number_as_name", N_("A number stands where a name belongs."))])
    if column.longest and len(name) > column.longest:
        return Read(None, doubts=[too_long(column)])
    return Read(name, note_of(cell, text, name))


def too_long(column: Column) -> Doubt:
    return Doubt(
        column.key,
        "too_long",
        N_("This text is longer than %(most)s characters."),
        N_("Shorten it."),
        {"most": str(column.longest)},
    )


def fold_dash(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def plain_doubt(column: Column, code: str, wrong: str, *suggestions: str, may_keep: bool = False) -> Doubt:
    remedy = (
        N_("Accept the suggestion, or type what is right.")
        if suggestions
        else N_("Type what is right, or empty the cell.")
    )
    return Doubt(column.key, code, wrong, remedy, suggestions=suggestions, may_keep=may_keep)


def nothing_doubt(column: Column) -> Doubt:
    """A dash in a column of numbers: not known, or none? (peers: blank is no change)"""
    return Doubt(
        column.key,
        "dash",
        N_("A dash does not say whether this is zero or not known."),
        N_("Leave it empty where it is not known, or type 0."),
        suggestions=("", "0"),
    )


def number_in(text: str) -> tuple[Decimal | None, str]:
    """The number at the start of a text and what follows it: 2.3万元 → 2.3, 万元."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = NUMBER.match(plain)
    if not match:
        return None, plain
    try:
        return Decimal(match[0].replace(",", "")), plain[match.end() :]
    except InvalidOperation:
        return None, plain


def about(text: str) -> Decimal | None:
    """The number in 约300, 300多, 300左右."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    bare = ABOUT.sub("", ABOUT.sub("", plain).rstrip(COUNTERS))
    return number_in(bare)[0] if bare != plain else None


def read_count(column: Column, cell: Cell, text: str) -> Read:
    """A whole number; 「23人」 is understood, 「约300」 is a doubt."""
    if fold_dash(text) in NOTHING:
        return Read(doubts=[nothing_doubt(column)])
    number, rest = number_in(text)
    if number is None or rest.strip(COUNTERS):
        near = about(text)
        suggestion = (str(int(near)),) if near is not None else ()
        return Read(doubts=[plain_doubt(column, "not_a_number", N_("This is not a whole number."), *suggestion)])
    if number != int(number) or number < 0:
        return Read(
            doubts=[plain_doubt(column, "not_whole", N_("A number of people or households is whole and not negative."))]
        )
    if number > (column.most or 2**31 - 1):
        return Read(doubts=[plain_doubt(column, "too_large", N_("This number is larger than any known."))])
    return Read(int(number), note_of(cell, text, int(number)))


def read_money(column: Column, text: str, scale: str) -> Read:
    """Yuan. The unit in the cell comes before the unit of the heading; without any it is a doubt."""
    if fold_dash(text) in NOTHING:
        return Read(doubts=[nothing_doubt(column)])
    number, rest = number_in(text.lstrip("¥￥"))
    unit = UNITS.get(fold(rest), "") if rest else ""
    if number is None or (rest and not unit):
        near = ABOUT.sub("", ABOUT.sub("", text))
        suggestion = (near,) if near != text and number_in(near)[0] is not None else ()
        return Read(doubts=[plain_doubt(column, "not_an_amount", N_("This is not an amount of money."), *suggestion)])
    if not unit and not scale:
        choices = (f"{number}万元", f"{number}元") if number else ("0元",)
        return Read(
            doubts=[
                plain_doubt(
                    column, "no_unit", N_("Neither the heading nor the cell says yuan or ten thousand yuan."), *choices
                )
            ]
        )
    value = (number * Decimal(unit or scale)).quantize(Decimal("0.01"))
    if number < 0 or value >= Decimal(10) ** 12:
        return Read(doubts=[plain_doubt(column, "impossible_amount", N_("This amount is impossible."))])
    if column.most and value > column.most:
        as_yuan = f"{number}元"
        return Read(
            value,
            doubts=[
                plain_doubt(
                    column,
                    "very_large",
                    N_("This amount is very large: perhaps the unit is wrong."),
                    as_yuan,
                    may_keep=True,
                )
            ],
        )
    return Read(value, f"{value:,} 元" if unit else "")


def read_day(column: Column, cell: Cell, text: str) -> Read:
    if isinstance(cell, int | float) and (day := serial_day(float(cell))):
        return Read(day, day.isoformat())
    if day := read_date(text):
        return Read(day, "" if text == day.isoformat() else day.isoformat())
    if text.isdigit() and len(text) == 5 and (day := serial_day(float(text))):
        return Read(day, day.isoformat())
    if fold_dash(text) in NOTHING:
        return Read()
    suggestions = [day.isoformat() for day in likely_dates(text)]
    return Read(doubts=[plain_doubt(column, "not_a_date", N_("This is not a full date."), *suggestions)])


def read_year(column: Column, cell: Cell, text: str) -> Read:
    match = re.fullmatch(r"((?:19|20)\d{2})年?度?", text)
    if match and int(match[1]) >= 1949:
        return Read(int(match[1]), note_of(cell, text, match[1]))
    return Read(doubts=[plain_doubt(column, "not_a_year", N_("This is not a year."))])


def read_years(column: Column, cell: Cell, text: str) -> Read:
    """A term in whole years; a bare number up to ten is taken for years and noted."""
    bare = number_in(text) if isinstance(cell, int | float) or text.isdigit() else (None, "")
    years = int(bare[0]) if bare[0] and bare[0] <= 10 and bare[0] == int(bare[0]) else read_term(text)
    if years:
        return Read(years, f"{years}年" if number_in(text)[1] == "" or "月" in text else "")
    return Read(doubts=[plain_doubt(column, "not_a_term", N_("This is not a term of whole years."))])


def read_yes(column: Column, cell: Cell, text: str) -> Read:
    word = fold_dash(text)
    if word in YES or word in column.yes_words:
        return Read(True, "" if word == "是" else "是")
    if word in NO:
        return Read(False, "" if word == "否" else "否")
    return Read(doubts=[plain_doubt(column, "not_yes_or_no", N_("This says neither yes nor no."), "是", "否")])


def read_choice(column: Column, cell: Cell, text: str) -> Read:
    word = fold(text)
    for value, words in column.choices.items():
        if word == value or word in map(fold, words):
            return Read(value, "" if text == words[0] else words[0])
    near = [words[0] for words in column.choices.values() if any(resembles(word, fold(known)) for known in words)]
    return Read(doubts=[plain_doubt(column, "unknown_choice", N_("This word is not known here."), *near[:3])])


def resembles(word: str, known: str) -> bool:
    return len(set(word) & set(known)) * 2 > max(len(set(word)), len(set(known))) or known in word


def read_list(column: Column, cell: Cell, text: str) -> Read:
    """Split at 、，,;；/ and line ends."""
    if fold_dash(text) in NOTHING:
        return Read(None, "∅")
    items = [item.strip() for item in SEPARATORS.split(text) if item.strip()]
    if column.longest and any(len(item) > column.longest for item in items):
        return Read(None, doubts=[too_long(column)])
    plain = "、".join(dict.fromkeys(items))
    return Read(list(dict.fromkeys(items)), "" if plain == as_typed(cell) else plain)


def coded(reader: Callable) -> Callable:
    """A reader of codes: of a cell stored as a number only fifteen digits are certain."""

    def read_code(column: Column, cell: Cell, text: str) -> Read:
        value, note, doubt = reader(column, text, isinstance(cell, int | float))
        return Read(value, note, [doubt] if doubt else [])

    return read_code


READERS: dict[Holds, Callable[[Column, Cell, str], Read]] = {
    Holds.TEXT: read_text,
    Holds.NAME: read_name,
    Holds.COUNT: read_count,
    Holds.DATE: read_day,
    Holds.YEAR: read_year,
    Holds.TERM: read_years,
    Holds.YES: read_yes,
    Holds.PHONE: coded(read_phone),
    Holds.USCC: coded(read_uscc),
    Holds.DIVISION_CODE: coded(read_division_code),
    Holds.CHOICE: read_choice,
    Holds.LIST: read_list,
    Holds.SERIAL: lambda column, cell, text: Read(),
    Holds.IDENTITY: coded(read_identity),
    Holds.UNKEPT: lambda column, cell, text: Read(),
}


def shown(value: object) -> str:
    """A value as the next copy of the workbook would hold it, read back to the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
