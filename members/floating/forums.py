"""Who belongs to the forum of a place: its members who are away, or came back for good during month 12."""

from django.db.models import Q

from core.lunar import twelfth_month
from members.models import FloatingForum, FloatingRecord, ForumEntry
from members.querysets.floating import FloatingQuerySet
from members.states import AWAY
from organisations.querysets import within


def invited(forum: FloatingForum) -> FloatingQuerySet:
    month = twelfth_month(forum.lunar_year)
    noted = forum.entries.order_by().values("record")
    was_away = Q(state__in=AWAY) | Q(ended_on__gte=month.first_day)
    here = FloatingRecord.objects.filter(within([forum.place.path], "origin__path"))
    return here.filter(was_away & Q(leaves_on__lte=month.last_day) | Q(pk__in=noted)).select_related("member", "origin")


def sheet(forum: FloatingForum) -> list[dict]:
    """Each invited member with their entry, where there is one."""
    entries: dict[int, ForumEntry] = {entry.record_id: entry for entry in forum.entries.all()}
    return [{"record": record, "entry": entries.get(record.pk)} for record in invited(forum)]
