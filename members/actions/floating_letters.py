"""Greeting letters before 1 July: writing them in one go, noting which were sent (SF-36)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from core.refusals import Refused
from members.actions.floating import check_not_after
from members.floating.letters import window_of
from members.models import FloatingRecord, GreetingBatch, GreetingLetter
from members.querysets.floating import KEEP
from organisations.history import act
from organisations.models import Organisation, User
from organisations.querysets import within

MOST = 300  # letters in one Word file


@act(_("prepared greeting letters"))
def prepare_letters(
    *, by: User, place: Organisation, plans: str, tasks: str, results: str, at: datetime
) -> GreetingBatch:
    """By a committee, for everybody below it who is away and has no letter of the year yet; the next ones follow."""
    by.acting(KEEP, place)
    if place.is_village or place.is_unit:
        raise Refused(_("Greeting letters are sent by a Party committee or work committee."))
    Organisation.objects.select_for_update(no_key=True).get(pk=place.pk)  # two at once: the second finds nobody left
    year, first, last = window_of(place, timezone.localdate(at))
    away = FloatingRecord.objects.away().filter(within([place.path], "origin__path"), member__erased_at=None)
    waiting = list(away.exclude(member__greeting_letters__year=year)[:MOST])
    if not waiting:
        raise Refused(_("Nobody below %(name)s is away without a letter of this year.") % {"name": place.name})
    batch = GreetingBatch.objects.create(
        place=place,
        year=year,
        plans=plans.strip(),
        tasks=tasks.strip(),
        results=results.strip(),
        window_starts_on=first,
        window_ends_on=last,
        made_at=at,
        made_by=by,
    )
    GreetingLetter.objects.bulk_create(
        GreetingLetter(batch=batch, record=record, member_id=record.member_id, year=year) for record in waiting
    )
    return batch


@act(_("noted that greeting letters were sent"))
def note_sent(*, by: User, batch: GreetingBatch, letters: Iterable[int], channel: str, on: date, at: datetime) -> int:
    """Only of letters that were not sent yet; the day lies in the window before 1 July. Returns how many."""
    by.acting(KEEP, batch.place)
    check_not_after(on, at)
    if not batch.window_starts_on <= on <= batch.window_ends_on:
        days = {"first": localized_date(batch.window_starts_on), "last": localized_date(batch.window_ends_on)}
        raise Refused(_("The letters of this batch are sent between %(first)s and %(last)s.") % days)
    waiting = batch.letters.select_for_update(no_key=True).filter(pk__in=list(letters), sent_on=None)
    count = len(waiting)
    if not count:
        raise Refused(_("Choose letters that were not sent yet."))
    GreetingLetter.objects.filter(pk__in=[letter.pk for letter in waiting]).update(
        channel=channel, sent_on=on, noted_by=by
    )
    return count


@act(_("noted that greeting letters arrived"))
def note_received(*, by: User, batch: GreetingBatch, letters: Iterable[int], on: date, at: datetime) -> int:
    """Of letters that were sent and whose arrival nobody confirmed yet. Returns how many."""
    by.acting(KEEP, batch.place)
    check_not_after(on, at)
    sent = batch.letters.select_for_update(no_key=True).filter(pk__in=list(letters), received_on=None)
    chosen = list(sent.exclude(sent_on=None))
    if not chosen:
        raise Refused(_("Choose letters that were sent and whose arrival was not noted yet."))
    last = max(letter.sent_on for letter in chosen if letter.sent_on)
    if on < last:
        raise Refused(_("One of these letters was sent on %(day)s only.") % {"day": localized_date(last)})
    GreetingLetter.objects.filter(pk__in=[letter.pk for letter in chosen]).update(received_on=on)
    return len(chosen)
