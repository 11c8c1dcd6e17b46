"""The fund of a pairing, a pool, a fund for members in need: who holds it, and the sums of its entries."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funds.chain import KEPT_BY_ENTRIES
from funds.kinds import EntryKind, FundKind
from funds.protection import never_emptied
from funds.querysets.ledger import FundQuerySet
from funds.sums import Held
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Pairing

KEPT = ("last_number", "head", *EntryKind.values)


class SumField(models.DecimalField):
    """The sum of a kind of entry, in yuan: written by the entries alone."""

    def __init__(self, verbose_name=None, **options):
        fixed = {"max_digits": 18, "decimal_places": 2, "default": Decimal(0), "editable": False}
        super().__init__(verbose_name, **(options | fixed))

    def deconstruct(self):
        """In migrations it is what it is in the database."""
        name, _path, arguments, options = super().deconstruct()
        return name, "django.db.models.DecimalField", arguments, options


@with_history(exclude=KEPT)
class Fund(Held, models.Model):
    """A ledger of its own. `last_number` and `head`: how long its chain is, and the hash at its end.

    A column for each kind of entry has the sum of those that stand, in yuan: what was reversed is taken off again.
    """

    kind = models.CharField(_("kind of fund"), max_length=20, choices=FundKind.choices)
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="funds", verbose_name=_("keeper of the fund"))
    pairing = models.OneToOneField(
        Pairing, models.PROTECT, null=True, blank=True, related_name="fund", verbose_name=_("pairing")
    )
    name = models.CharField(_("name of the fund"), max_length=120)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    last_number = models.PositiveIntegerField(_("number of entries"), default=0, editable=False)
    head = models.CharField(_("end of the chain"), max_length=64, default="", editable=False)
    pledge = SumField(_("promised"))
    sent = SumField(_("money sent"))
    receipt = SumField(_("money received"))
    goods_sent = SumField(_("goods sent"))
    goods = SumField(_("goods received"))
    coordinated = SumField(_("co-ordinated money"))
    investment = SumField(_("investment"))
    spending = SumField(_("spent"))
    handout = SumField(_("goods handed out"))
    transfer_out = SumField(_("passed on to funds"))
    transfer_in = SumField(_("taken over from funds"))
    refund = SumField(_("given back"))
    set_aside = SumField(_("set aside for projects"))

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=FundKind.PAIRING, pairing__isnull=False) | ~Q(kind=FundKind.PAIRING) & Q(pairing=None),
                name="fund_of_a_pairing_or_none",
            ),
            models.CheckConstraint(
                condition=Q(spending__lte=F("receipt") + F("transfer_in") - F("transfer_out") - F("refund")),
                name="fund_spends_what_it_has",
            ),
            models.CheckConstraint(condition=Q(handout__lte=F("goods")), name="fund_hands_out_what_it_has"),
        ]
        triggers = [
            pgtrigger.Protect(name="fund_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="fund_stays_what_it_is",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("kind", "pairing"),
            ),
            pgtrigger.Trigger(
                name="fund_sums_come_from_entries",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*KEPT),
                func=KEPT_BY_ENTRIES,
            ),
            never_emptied("fund"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("fund", args=[self.pk])
