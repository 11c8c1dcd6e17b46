"""Workdays in China: weekends, the holidays of the State Council's notices, and weekend days worked in exchange.

The days are those of `chinesecalendar`, which gains a year with each notice (in November). Of a year that it does not
know yet Monday to Friday are workdays; the log says so once, and pages say it by `is_known`.
"""

import logging
from datetime import date
from functools import cache

import chinese_calendar

logger = logging.getLogger(__name__)


def is_workday(day: date) -> bool:
    if is_known(day.year):
        return chinese_calendar.is_workday(day)
    return day.weekday() < 5


@cache
def is_known(year: int) -> bool:
    """Whether the holidays of the year are known."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        logger.warning("The holidays of %s are not known: Monday to Friday count as workdays.", year)
        return False
    return True
