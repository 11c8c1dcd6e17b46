"""Which quarters and months a village publishes, and by when: what has ended, the oldest open one first."""

from dataclasses import dataclass
from datetime import date

from core.dates import localized_date
from core.periods import Period, months, quarters, words_of
from funds.models import Disclosure, Entry
from funds.publishing.profiles import Profile, profile_of
from funds.publishing.states import DisclosureKind, DisclosureState
from funds.querysets.disclosure import to_disclose
from organisations.models import Organisation

OFFERED = {DisclosureKind.QUARTER: 6, DisclosureKind.MONTH: 3}


@dataclass(frozen=True)
class Window:
    """What a disclosure tells of, and the last day on which it is in time. `corrects`: the version before it."""

    kind: str
    period: str
    starts_on: date
    ends_on: date
    due_on: date
    title: str = ""
    corrects: Disclosure | None = None

    def __str__(self) -> str:
        return self.title or words_of(self.period)

    @property
    def span(self) -> str:
        return f"{localized_date(self.starts_on)}—{localized_date(self.ends_on)}"


def of_period(period: Period, kind: str, profile: Profile) -> Window:
    return Window(kind, period.key, period.first_day, period.last_day, profile.due_on(period.last_day))


def window_of(disclosure: Disclosure) -> Window:
    profile, is_matter = profile_of(disclosure.village), disclosure.kind == DisclosureKind.MATTER
    due_on = profile.due_on(disclosure.ends_on, is_matter=is_matter)
    same = (disclosure.kind, disclosure.period, disclosure.starts_on, disclosure.ends_on, due_on)
    return Window(*same, title=disclosure.title, corrects=disclosure.corrects)


def offered(village: Organisation, today: date) -> list[Window]:
    """The last quarters and months that have ended and have no version in public, nor a quarter that tells of them;
    the newest first."""
    since = first_day(village) or today
    told: set[str] = set()
    public = Disclosure.objects.filter(village=village).public().exclude(period="")
    for period, kind, state, *days in public.values_list("period", "kind", "state", "starts_on", "ends_on"):
        told.add(period)
        if kind == DisclosureKind.QUARTER and state == DisclosureState.PUBLISHED:
            told.update(one.key for one in months(*days))
    profile, found = profile_of(village), []
    for kind, most in OFFERED.items():
        parts = quarters if kind == DisclosureKind.QUARTER else months
        past = [one for one in parts(since, today) if one.last_day < today and one.key not in told][-most:]
        found += [of_period(one, kind, profile) for one in reversed(past)]
    return found


def first_day(village: Organisation) -> date | None:
    """Of the first entry that belongs into a disclosure."""
    return to_disclose(Entry.objects.all(), village).order_by("on").values_list("on", flat=True).first()


def suggested(windows: list[Window]) -> Window | None:
    """The quarter that waits longest; where none waits, the month."""
    quarterly = [window for window in windows if window.kind == DisclosureKind.QUARTER]
    return min(quarterly or windows, key=lambda window: window.ends_on, default=None)
