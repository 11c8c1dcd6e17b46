"""Dates and terms as offices type them: six notations and the serial number of a spreadsheet."""

import re
import unicodedata
from datetime import date, datetime, timedelta

import cn2an

FIRST_SERIAL, LAST_SERIAL = 18_264, 73_415  # 1950-01-01 to 2100-12-31
EPOCH = date(1899, 12, 30)
EARLIEST, LATEST = 1949, 2100
CHINESE_DIGITS = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
NOTATIONS = (
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?"),
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[ T]0?0:00(?::00)?)?"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)
SHORT_YEAR = re.compile(r"'?(?P<y>\d{2})[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?")
MONTH_ONLY = re.compile(r"(?P<y>\d{4})[-/.年](?P<m>\d{1,2})月?")
YEAR_IN_TEXT = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-./]\d)")


def day_of(parts: re.Match, century: int = 0) -> date | None:
    try:
        day = date(century + int(parts["y"]), int(parts["m"]), int(parts["d"]))
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None


def read_date(text: str) -> date | None:
    """A day that was written in full, without room for a second reading; else None."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "") if "T" not in text else text
    for form in (text, chinese_numerals(text)):
        for notation in NOTATIONS:
            if match := notation.fullmatch(form):
                return day_of(match)
    return None


def chinese_numerals(text: str) -> str:
    """二〇〇七年三月十五日 → 2007年3月15日"""
    match = re.fullmatch(
        r"([〇零○O一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?", text
    )
    if not match:
        return text
    year, month, day = match[1].translate(CHINESE_DIGITS), numeral(match[2]), numeral(match[3])
    return f"{year}年{month}月{day}日"


def numeral(text: str) -> int | None:
    try:
        return int(cn2an.cn2an(text, "smart"))
    except (ValueError, KeyError):
        return None


def serial_day(number: float) -> date | None:
    """39156 → 2007-03-15, the day that a spreadsheet counts from 1900."""
    if FIRST_SERIAL <= number <= LAST_SERIAL and number == int(number):
        return EPOCH + timedelta(days=int(number))
    return None


def likely_dates(text: str) -> list[date]:
    """What an incomplete or two-digit date may mean; a person has to say."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = []
    if match := SHORT_YEAR.fullmatch(text):
        found += [day_of(match, 2000), day_of(match, 1900)]
    if match := MONTH_ONLY.fullmatch(text):
        found.append(read_date(f"{match['y']}-{match['m']}-1"))
    return [day for day in found if day]


def read_term(text: str) -> int | None:
    """Whole years: 三年, 3年, 36个月."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    if match := re.fullmatch(r"(?:为期)?(\d{1,2}|[一二两三四五六七八九十]{1,3})(?:周?年)(?:期)?", text):
        years = numeral(match[1].replace("两", "二")) if not match[1].isdigit() else int(match[1])
        return years or None
    if match := re.fullmatch(r"(\d{1,3})个?月", text):
        return int(match[1]) // 12 if int(match[1]) % 12 == 0 and int(match[1]) else None
    return None


def year_in(text: str) -> int | None:
    """The year that a title or a fill-in line names: 填报日期：2012年6月2日."""
    match = YEAR_IN_TEXT.search(unicodedata.normalize("NFKC", text))
    return int(match[1]) if match else None


def iso(value: date | datetime) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
