"""Who can read a diary: its author and those who review it. Neither colleagues nor the village."""

from django.utils.translation import gettext as _

from members.models import Member
from organisations.audience import Readers, person, reaching, readers_of
from visits.models import Diary, DiaryEntry
from visits.querysets.diary import REVIEW


@readers_of(DiaryEntry)
def of_entry(entry: DiaryEntry) -> Readers:
    return of_member(entry.diary.member)


@readers_of(Diary)
def of_diary(diary: Diary) -> Readers:
    return of_member(diary.member)


def of_member(member: Member) -> Readers:
    words = _("Those who review the diaries of %(name)s") % {"name": member.organisation.name}
    reviewing = reaching(words, member.organisation, permission=REVIEW)
    return Readers([*person(_("The author"), member.user), reviewing])
