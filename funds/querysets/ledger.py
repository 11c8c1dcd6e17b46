"""Reading funds and their entries: every chain begins with `visible_to(user)`."""

from decimal import Decimal

from django.apps import apps
from django.db import models
from django.db.models import Case, DecimalField, Exists, F, OuterRef, Q, Sum, When

from funds.kinds import ANSWERED_BACK, ANSWERED_BY, EntryKind
from funds.sums import ProjectSums
from organisations.querysets import within
from pairing.querysets.market import party_to

VOUCHERS, ACKNOWLEDGE = "voucher.read", "ledger.acknowledge"
MONEY = DecimalField(max_digits=18, decimal_places=2)


class FundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the pairings that one sees, those held in one's scope, and pools to which a unit there gave."""
        scopes = user.scopes()
        of_pairings = Q(pairing__isnull=False) & party_to(scopes, "pairing__")
        return self.filter(of_pairings | Q(pairing=None) & (within(scopes, "holder__path") | given_to(scopes)))


def given_to(paths) -> Q:
    """Funds with an entry whose giver lies under one of `paths`."""
    if not paths:
        return Q(pk__in=[])
    entries = apps.get_model("funds", "Entry").objects.order_by()
    return Q(pk__in=entries.filter(within(paths, "giver__path")).values("fund"))


class LossQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who acknowledge: of the funds that they see, and of those that are not here any more."""
        if not user.can(ACKNOWLEDGE):
            return self.none()
        funds = apps.get_model("funds", "Fund").objects.order_by()
        seen, there = funds.visible_to(user).values("pk"), funds.values("pk")
        return self.filter(Q(fund_key__in=seen) | ~Q(fund_key__in=there))


class LedgerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the funds that one sees."""
        funds = apps.get_model("funds", "Fund").objects.visible_to(user)
        return self.filter(fund__in=funds.order_by().values("pk"))

    def standing(self):
        """Neither reversed nor a reversal."""
        return self.filter(corrects=None, reversal=None)

    def unanswered(self):
        """What the giver, or a fund that passed it on, entered and the other side has not confirmed."""
        return self.alone().filter(kind__in=ANSWERED_BY)

    def not_sent(self):
        """What the keeper entered as received and the giver has not entered."""
        return self.alone().filter(kind__in=ANSWERED_BACK)

    def alone(self):
        """Without an entry of the other side, in either direction."""
        answer = self.model._default_manager.filter(answers=OuterRef("pk"), reversal=None)
        return self.standing().filter(~Exists(answer), answers=None)

    def sums(self):
        """Of each kind, of one project, in one statement."""
        return ProjectSums(**self.order_by().aggregate(**summed(EntryKind.values)))

    def set_aside(self):
        """Yuan that are left of the money for projects, of one fund."""
        rows = self.exclude(project=None).order_by().values("project").annotate(**summed(EntryKind.values))
        return sum((max(ProjectSums(**row).cash, Decimal(0)) for row in rows), Decimal(0))


def summed(kinds) -> dict[str, Sum]:
    """The sum of each kind by its name; what was reversed is taken off."""
    signed = Case(When(corrects=None, then=F("amount")), default=-F("amount"), output_field=MONEY)
    return {str(kind): Sum(signed, filter=Q(kind=kind), default=0, output_field=MONEY) for kind in kinds}
