"""Reading circulars and notices: every chain begins with `visible_to(user)`."""

from django.apps import apps
from django.db import models
from django.db.models import Count, F, Q

from organisations.querysets import within
from reports.inspection.states import NoticeState

WRITE = "inspection.manage"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts by those who write for the organisation; issued ones also by all above it and by the recipients."""
        receipts = apps.get_model("reports", "NoticeReceipt").objects
        sent = receipts.filter(within(user.scopes(), "organisation__path")).order_by().values("notice")
        read = within(user.scopes(), "organisation__path") | Q(pk__in=sent)
        return self.filter(within(user.scopes(WRITE), "organisation__path") | ~Q(state=NoticeState.DRAFT) & read)

    def issued(self):
        return self.exclude(state=NoticeState.DRAFT)

    def with_readers(self):
        """To how many it was sent, and how many of them have read it."""
        sent, read = Count("receipts"), Count("receipts", filter=Q(receipts__read_at__isnull=False))
        return self.annotate(sent=sent, read=read, unread=F("sent") - F("read"))
