"""Days for the calendar of a phone or a desk (iCalendar)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class WholeDay:
    """`key` names it for ever, so that a calendar that has it changes it; `url` is an address of ours."""

    key: str
    on: date
    summary: str
    url: str
    stamp: datetime
    kind: str = ""
    words: str = ""


def as_ics(name: str, days: Iterable[WholeDay], *, host: str, base: str) -> bytes:
    """`base` stands before each address. The same days give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Jiedui//zh-CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", day.stamp)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.summary)
        if day.kind:
            event.add("categories", [day.kind])
        if day.words:
            event.add("description", day.words)
        event.add("url", base + day.url)
        calendar.add_component(event)
    return calendar.to_ical()
