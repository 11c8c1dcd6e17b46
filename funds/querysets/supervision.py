"""Which villages somebody supervises, with what of their aid money needs a look (SH-52)."""

from datetime import date
from decimal import Decimal

from django.apps import apps
from django.db import models
from django.db.models import Count, DecimalField, F, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from funds.kinds import RULES
from funds.querysets.disclosure import overdue, undisclosed
from organisations.querysets import within

WATCH, SUPERVISE = "fund.watch", "fund.supervise"
AMOUNT = DecimalField(max_digits=18, decimal_places=2)


class MoneyCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of villages over which one watches, and of the own village."""
        scopes = [*user.scopes(WATCH), *user.scopes("fund.keep")]
        return self.filter(within(scopes, "village__path"))


def supervised(user, permission: str = WATCH):
    """Villages with a fund over which the user watches, or on whose money they act with `permission`."""
    villages = apps.get_model("organisations", "Organisation").objects.managed_by(user, permission).villages()
    return villages.filter(funds__last_number__gt=0).distinct()


def with_figures(villages, today: date):
    """Adds `cash` and `received` (yuan), `unpublished` and its amount, `late` and since when, `unmatched`,
    `untold` (feedback that units asked for and did not get in time) and `objected`.

    Each is a subquery of its own: a page of villages is one statement.
    """
    funds = apps.get_model("funds", "Fund").objects.order_by().filter(holder=OuterRef("pk")).values("holder")
    entries = apps.get_model("funds", "Entry").objects.order_by().filter(fund__holder=OuterRef("pk"))
    feedback = apps.get_model("funds", "Feedback").objects.order_by().filter(pairing__village=OuterRef("pk"))
    untold = feedback.filter(sent_at=None, due_on__lt=today).values("pairing__village")
    objections = apps.get_model("funds", "Objection").objects.order_by().filter(village=OuterRef("pk"))
    cash = sum((F(kind) * rule.cash for kind, rule in RULES.items() if rule.cash), Value(Decimal(0)))
    late = overdue(entries, today).values("fund__holder")
    unpublished = undisclosed(entries).values("fund__holder")
    unmatched = entries.unanswered().values("fund__holder")
    return villages.annotate(
        cash=amount(funds.annotate(of=Sum(cash, output_field=AMOUNT))),
        received=amount(funds.annotate(of=Sum("receipt"))),
        unpublished=number(unpublished.annotate(of=Count("pk"))),
        unpublished_amount=amount(unpublished.annotate(of=Sum("amount"))),
        late=number(late.annotate(of=Count("pk"))),
        late_since=Subquery(late.annotate(of=Min("due_on")).values("of")),
        unmatched=number(unmatched.annotate(of=Count("pk"))),
        untold=number(untold.annotate(of=Count("pk"))),
        objected=number(objections.overdue(today).values("village").annotate(of=Count("pk"))),
    )


def number(rows) -> Coalesce:
    return Coalesce(Subquery(rows.values("of"), output_field=models.IntegerField()), 0)


def amount(rows) -> Coalesce:
    return Coalesce(Subquery(rows.values("of"), output_field=AMOUNT), Value(Decimal(0)), output_field=AMOUNT)
