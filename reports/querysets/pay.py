"""Reading the pay of village secretaries: whoever keeps it, whoever checks it, and each secretary their own."""

from django.db import models
from django.db.models import Avg, Count, Max, Min, Q, Sum

from organisations.querysets import within

READ, KEEP = "pay.read", "pay.keep"


class PaidQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within(user.scopes(READ), "village__path") | Q(member__user=user))

    def related(self):
        return self.select_related("round__scheme_version", "village", "member")

    def of_newest_year(self):
        """Of the newest year that has any: sums of several years would count a person more than once."""
        return self.filter(year=models.Subquery(self.order_by("-year").values("year")[:1]))

    def pay_figures(self) -> dict:
        """Mean, highest and lowest pay, with how many they are of; the insured, and what was added (SF-17, SF-18)."""
        return self.aggregate(
            number=Count("pk"), year=Max("year"), mean=Avg("pay"), highest=Max("pay"), lowest=Min("pay"),
            bonus=Sum("bonus"), insured=Count("pk", filter=Q(insurance__gt=0)), insurance=Sum("insurance"),
        )  # fmt: skip

    def leaving_figures(self) -> dict:
        """How many got what (SF-19): those paid once, and those paid each year."""
        return self.aggregate(
            number=Count("pk"), year=Max("year"), once=Count("pk", filter=Q(is_regular=False)),
            regular=Count("pk", filter=Q(is_regular=True)), amount=Sum("amount"),
        )  # fmt: skip
