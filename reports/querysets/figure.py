"""Reading what was reported: every chain begins with what somebody may see."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.querysets import within
from reports.figures.measures import measures

REPORT = "figure.report"


class ReportedFigureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the places in one's scope."""
        return self.filter(within(user.scopes(), "place__path"))

    def current(self):
        """Those that no later version stands beside, and that were not taken back."""
        return self.filter(corrected_by=None, number__isnull=False)

    def of_days(self, since: date, until: date):
        """Wholly of these days: a stretch within them, or a day among them."""
        return self.filter(Q(since=None) | Q(since__gte=since), until__range=(since, until))

    def counted(self, since: date, until: date):
        """Of these days, each once: no quarter within a year reported too, and of what is of a day the last."""
        stocks = Q(measure__in=[each.code for each in measures().values() if not each.adds_up])
        rows = self.current().of_days(since, until)
        beside = apps.get_model("reports", "ReportedFigure").objects.current().of_days(since, until).order_by()
        same = beside.filter(measure=OuterRef("measure"), place=OuterRef("place")).exclude(pk=OuterRef("pk"))
        later = Q(until__gt=OuterRef("until")) | Q(until=OuterRef("until"), pk__gt=OuterRef("pk"))
        wider = Q(since__lte=OuterRef("since"), until__gte=OuterRef("until"))
        longer = Q(since__lt=OuterRef("since")) | Q(until__gt=OuterRef("until")) | Q(pk__gt=OuterRef("pk"))
        # Each a condition of its own, which the database puts beside all rows at once; either of two, it asks for each.
        return rows.filter(~Exists(same.filter(stocks, later)), ~Exists(same.filter(~stocks, wider, longer)))
