"""Reading questions and objections: every chain about people begins with `visible_to(user)`."""

from datetime import date

from django.db import models
from django.db.models import Q

from organisations.querysets import within


class ObjectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about villages in the scopes of posts that keep the money or watch over it."""
        scopes = [*user.scopes("fund.keep"), *user.scopes("fund.watch")]
        return self.filter(within(scopes, "village__path"))

    def waiting(self):
        """For the village, or for the township."""
        return self.filter(
            Q(answered_at=None, second_due_on=None) | Q(second_due_on__isnull=False, second_answered_at=None)
        )

    def overdue(self, today: date):
        return self.filter(
            Q(answered_at=None, second_due_on=None, due_on__lt=today)
            | Q(second_answered_at=None, second_due_on__lt=today)
        )

    def answered(self):
        """What everybody reads: with an answer of the village or the township."""
        return self.filter(Q(answered_at__isnull=False) | Q(second_answered_at__isnull=False))
