"""Reading feedback and gifts: every chain begins with what somebody may see."""

from django.apps import apps
from django.db import models
from django.db.models import BooleanField, Case, DecimalField, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Least

from funds.kinds import EntryKind
from funds.querysets.disclosure import disclosed
from organisations.querysets import within
from pairing.querysets.market import party_to

GIVE = "fund.give"
AMOUNT = DecimalField(max_digits=18, decimal_places=2)


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """That of the pairings that one sees."""
        return self.filter(party_to(user.scopes(), "pairing__"))


def gifts_of(user):
    """Money and goods that villages received from units for which the user enters gifts."""
    entries = apps.get_model("funds", "Entry").objects.standing()
    return entries.filter(within(user.scopes(GIVE), "giver__path"), kind__in=[EntryKind.RECEIPT, EntryKind.GOODS])


def with_whereabouts(gifts):
    """Adds `used` and `left` (yuan) - what came first is spent first -, `is_published` and `is_shown`."""
    before = (
        apps.get_model("funds", "Entry")
        .objects.standing()
        .order_by()
        .filter(fund=OuterRef("fund"), kind=OuterRef("kind"), number__lt=OuterRef("number"))
        .values("fund")
        .annotate(of=Sum("amount"))
    )
    earlier = Coalesce(Subquery(before.values("of"), output_field=AMOUNT), Value(0), output_field=AMOUNT)
    out = F("fund__spending") + F("fund__transfer_out") + F("fund__refund") - F("fund__transfer_in")
    gone = Case(When(kind=EntryKind.GOODS, then=F("fund__handout")), default=out, output_field=AMOUNT)
    used = Least(Greatest(gone - earlier, Value(0), output_field=AMOUNT), F("amount"), output_field=AMOUNT)
    shown = Coalesce(F("name_consent__is_shown"), Value(False), output_field=BooleanField())
    return gifts.annotate(used=used, is_published=disclosed(), is_shown=shown).annotate(
        left=models.ExpressionWrapper(F("amount") - F("used"), output_field=AMOUNT)
    )
