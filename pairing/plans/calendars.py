"""The dates that both sides share (SF-03): planning, input, progress and assessment from the plans in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from core import feeds
from core.feeds import WholeDay
from pairing.models import Pairing, Plan, PlanItem, PublicCommitment
from pairing.states import CommitmentState


@dataclass(frozen=True)
class Entry:
    on: date
    kind: str
    heading: str
    words: str = ""
    done: bool = False
    url: str = ""
    key: str = ""


def entries_of(pairing: Pairing, commitments: Iterable[PublicCommitment] | None = None) -> list[Entry]:
    """By day. Two statements; one where the commitments in force are known already."""
    if commitments is None:
        commitments = pairing.public_commitments.in_force()
    return sorted([*_plan_entries(pairing), *_promise_entries(commitments), *_term_entries(pairing)], key=_order)


def _order(entry: Entry) -> tuple:
    return entry.on, entry.key


def _plan_entries(pairing: Pairing) -> Iterator[Entry]:
    plans = Plan.objects.in_force().filter(pairing=pairing)
    for item in PlanItem.objects.filter(plan__in=plans).select_related("plan"):
        if item.on is None:
            continue
        url = item.plan.get_absolute_url()
        done = item.done_on is not None
        yield Entry(item.on, item.get_kind_display(), item.heading, item.words, done, url, f"item-{item.pk}")


def _promise_entries(commitments: Iterable[PublicCommitment]) -> Iterator[Entry]:
    for promise in commitments:
        if promise.state == CommitmentState.DRAFT:
            continue
        done = promise.state == CommitmentState.FULFILLED
        kind, url = _("public commitment"), promise.get_absolute_url()
        yield Entry(promise.due_on, kind, promise.text, "", done, url, f"promise-{promise.pk}")


def _term_entries(pairing: Pairing) -> Iterator[Entry]:
    if pairing.ends_on:
        heading = _("Last day of the agreement")
        yield Entry(pairing.ends_on, _("term"), heading, url=pairing.get_absolute_url(), key="term")


def by_month(entries: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    return [(month, list(group)) for month, group in groupby(entries, lambda entry: entry.on.replace(day=1))]


def coming(entries: Iterable[Entry], today: date, most: int) -> list[Entry]:
    return [entry for entry in entries if entry.on >= today and not entry.done][:most]


def as_ics(pairing: Pairing, entries: Iterable[Entry], *, host: str, base: str, at: datetime) -> bytes:
    """For the calendar of a phone or a desk; whole days. `base` stands before each address."""
    days = [
        WholeDay(
            key=f"{pairing.pk}-{entry.key}", on=entry.on, summary=f"{entry.heading}（{pairing}）", url=entry.url,
            stamp=at, kind=entry.kind, words=entry.words,
        )
        for entry in entries
    ]  # fmt: skip
    return feeds.as_ics(str(pairing), days, host=host, base=base)
