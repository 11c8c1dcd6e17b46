"""Reading secondments, liaison officers, trainings, zones and services: every chain begins with `visible_to(user)`."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from organisations.querysets import within


class DatedQuerySet(models.QuerySet):
    def current(self, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


class SecondmentQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Those who send, those who host, whoever stands above one of them, and the person."""
        scopes = user.scopes("member.read")
        return self.filter(within(scopes, "sender__path") | within(scopes, "host__path") | Q(member__user=user))


class LiaisonQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """As their pairing is, with the permission to read members."""
        scopes = user.scopes("member.read")
        return self.filter(within(scopes, "pairing__unit__path") | within(scopes, "pairing__village__path"))


class TrainingQuerySet(models.QuerySet):
    def visible_to(self, user):
        scopes = user.scopes("member.read")
        return self.filter(within(scopes, "organiser__path") | within(scopes, "village__path"))


class ZoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's villages, and those that one looks after."""
        own = self.filter(members__member__user=user).order_by().values("pk")
        return self.filter(within(user.scopes("household.read"), "village__path") | Q(pk__in=own))

    def kept_by(self, user):
        return self.filter(within(user.scopes("household.edit"), "village__path"))


class ServiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within(user.scopes("member.read"), "facility__organisation__path"))
