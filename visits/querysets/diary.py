"""Reading diaries: one's own, and those that one reviews (XY-20). Nobody else reads them."""

from django.db import models
from django.db.models import Q

from organisations.querysets import within

REVIEW = "diary.review"


class DiaryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Q(member__user=user) | within(user.scopes(REVIEW), "member__organisation__path"))


class DiaryEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        scopes = user.scopes(REVIEW)
        return self.filter(Q(diary__member__user=user) | within(scopes, "diary__member__organisation__path"))
