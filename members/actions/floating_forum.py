"""The forum of lunar month 12: holding it, noting what each member reported and how it was appraised (SF-37, SF-38)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from core.dates import localized_date
from core.lunar import twelfth_month
from core.refusals import Refused
from members.actions.floating import check_not_after, check_sound
from members.actions.floating_difficulties import pass_on
from members.floating.forums import invited
from members.models import FloatingForum, FloatingRecord, ForumEntry
from members.querysets.floating import KEEP
from organisations.history import act
from organisations.models import Organisation, User
from pairing.models import Issue

SOURCE = gettext_noop("forum of floating members in lunar month 12")


@act(_("opened the forum of floating members"))
def open_forum(*, by: User, place: Organisation, lunar_year: int, at: datetime) -> FloatingForum:
    """Once per place and lunar year; whoever comes second finds the first."""
    by.acting(KEEP, place)
    forum, _is_new = FloatingForum.objects.get_or_create(
        place=place, lunar_year=lunar_year, defaults={"made_at": at, "made_by": by}
    )
    return forum


@act(_("noted the day of the forum of floating members"))
def hold_forum(*, by: User, forum: FloatingForum, on: date, at: datetime) -> FloatingForum:
    """The day lies in month 12 of the lunar year."""
    forum = locked(forum)
    by.acting(KEEP, forum.place)
    check_not_after(on, at)
    month = twelfth_month(forum.lunar_year)
    if on not in month:
        days = {"first": localized_date(month.first_day), "last": localized_date(month.last_day)}
        raise Refused(_("Month 12 of this lunar year lasts from %(first)s to %(last)s.") % days)
    forum.held_on = on
    forum.save(update_fields=["held_on"])
    return forum


@act(_("noted the duty report of a floating member"))
def note_entry(
    *,
    by: User,
    forum: FloatingForum,
    record: FloatingRecord,
    attended: bool,
    at: datetime,
    report: str = "",
    appraisal: str = "",
    opinions: str = "",
) -> ForumEntry:
    """Noted again, it is corrected. Opinions and difficulties become an issue, once each."""
    forum = locked(forum)
    by.acting(KEEP, forum.place)
    if forum.held_on is None:
        raise Refused(_("First note the day on which the forum was held."))
    if not invited(forum).filter(pk=record.pk).exists():
        raise Refused(_("This member does not belong to this forum."))
    if record.member.erased_at:
        raise Refused(_("The personal data of this member was erased; the record can be read only."))
    entry = forum.entries.filter(record=record).first() or ForumEntry(forum=forum, record=record)
    is_new_opinion = bool(opinions.strip()) and opinions.strip() != entry.opinions
    entry.attended, entry.report, entry.appraisal = attended, report.strip(), appraisal
    entry.opinions, entry.noted_at, entry.noted_by = opinions.strip(), at, by
    check_sound(entry)
    entry.save()
    if is_new_opinion:
        url = forum.get_absolute_url()
        pass_on(record, entry.opinions, source=Issue.Source.MEETING, source_words=str(_(SOURCE)), url=url, at=at)
    return entry


def locked(forum: FloatingForum) -> FloatingForum:
    rows = FloatingForum.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("place").get(pk=forum.pk)
