"""The diary: an entry in three parts, the leader's review, and the way into the issue ledger (XY-20)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.dates import chinese_date, localized_date
from core.refusals import Refused
from members.models import Member
from office import inbox
from organisations.history import act
from organisations.models import Organisation, User
from pairing.actions.issues import raise_issue
from pairing.models import Issue, Pairing
from visits import diaries
from visits.models import Diary, DiaryEntry
from visits.querysets.diary import REVIEW


@dataclass(frozen=True)
class Trip:
    """What an entry says. Weekends count as any other day (XY-25)."""

    on: date
    did: str
    solved: str
    reflection: str
    village: Organisation | None = None


@act(_("wrote a diary entry"))
def write_entry(*, by: User, trip: Trip, key: uuid.UUID, at: datetime) -> DiaryEntry:
    """In one's own diary, which begins with the first entry. The same `key` again is no second entry."""
    if known := DiaryEntry.objects.filter(key=key, written_by=by).first():
        return known
    member = diaries.member_of(by)
    if member is None:
        raise Refused(_("Your account is not linked to anybody on the roster. Your organisation can link it."))
    check_trip(trip, at)
    diary, _is_new = Diary.objects.get_or_create(
        member=member,
        round=diaries.round_of(member),
        defaults={"edition": diaries.edition_of(member), "begun_at": at, "begun_by": by},
    )
    return DiaryEntry.objects.create(diary=diary, key=key, written_at=at, written_by=by, **fields_of(trip))


@act(_("changed a diary entry"))
def change_entry(*, by: User, entry: DiaryEntry, trip: Trip, at: datetime) -> DiaryEntry:
    """By its author, until a leader reviewed it."""
    entry = locked(entry)
    if entry.diary.member.user_id != by.pk:
        raise Refused(_("Only whoever wrote the entry changes it."))
    if entry.reviewed_at is not None:
        raise Refused(_("This entry was reviewed and stays as it is. Write a new one."))
    check_trip(trip, at)
    for name, value in fields_of(trip).items():
        setattr(entry, name, value)
    entry.save()
    return entry


@act(_("reviewed a diary entry"))
def review_entry(*, by: User, entry: DiaryEntry, mark: str, words: str, at: datetime) -> DiaryEntry:
    """By a leader of the author's organisation or an organiser, never by the author; once more if need be."""
    entry = locked(entry)
    member = entry.diary.member
    if member.user_id == by.pk:
        raise Refused(_("Nobody reviews their own diary."))
    by.acting(REVIEW, member.organisation)
    if mark not in DiaryEntry.Mark.values:
        raise Refused(_("Choose a mark."))
    entry.mark, entry.review_words, entry.reviewed_at, entry.reviewed_by = mark, words.strip(), at, by
    entry.save(update_fields=["mark", "review_words", "reviewed_at", "reviewed_by"])
    tell_author(entry, member, at)
    return entry


def raise_from_entry(
    *, by: User, entry: DiaryEntry, about: Pairing | Organisation, title: str, kind: str, words: str, at: datetime
) -> Issue:
    """From the author's entry straight into the ledger; the issue leads back to it."""
    if entry.diary.member.user_id != by.pk:
        raise Refused(_("Only whoever wrote the entry raises an issue from it."))
    place = {"pairing": about} if isinstance(about, Pairing) else {"organisation": about}
    return raise_issue(
        by=by, title=title, kind=kind, words=words, at=at, source=Issue.Source.DIARY,
        source_words=gettext("Diary of %(day)s") % {"day": localized_date(entry.on)},
        source_url=entry.get_absolute_url(), **place,
    )  # fmt: skip


def tell_author(entry: DiaryEntry, member: Member, at: datetime) -> None:
    if member.user is not None:
        inbox.tell_person(
            user=member.user, subject=gettext_noop("Your diary entry of %(day)s was reviewed"), body="",
            params={"day": chinese_date(entry.on)}, url=entry.get_absolute_url(), kind=inbox.NOTICE,
            key=f"diary:{entry.pk}:reviewed:{at.timestamp()}", at=at,
        )  # fmt: skip


def locked(entry: DiaryEntry) -> DiaryEntry:
    rows = DiaryEntry.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("diary__member__organisation", "diary__member__user").get(pk=entry.pk)


def check_trip(trip: Trip, at: datetime) -> None:
    if trip.on > timezone.localdate(at):
        raise Refused(_("The day must not lie in the future."))
    if not all(each.strip() for each in (trip.did, trip.solved, trip.reflection)):
        raise Refused(_("An entry says what was done, what was solved and what one thinks of it."))


def fields_of(trip: Trip) -> dict:
    texts = {name: getattr(trip, name).strip() for name in ("did", "solved", "reflection")}
    return {"on": trip.on, "village": trip.village} | texts
