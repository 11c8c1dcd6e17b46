"""The directory of channels through which a gift can go and be deducted from tax (SH-49, SH-51)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funds.kinds import TAX_ELIGIBLE, Channel
from funds.querysets.channels import ChannelQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User

ELIGIBLE = [(each.value, each.label) for each in TAX_ELIGIBLE]


@with_history(exclude=["contact_name", "contact_phone"])
class DonationChannel(models.Model):
    """A foundation, a Red Cross, a department that takes gifts: whom to ask, and to which account the money goes.

    `area`: the committee that lists it; everybody in a post below reads it. The account is never on a public page.
    """

    area = models.ForeignKey(Organisation, models.PROTECT, related_name="channels", verbose_name=_("listed for"))
    kind = models.CharField(_("kind of channel"), max_length=20, choices=ELIGIBLE)
    name = models.CharField(_("name"), max_length=80)
    contact_name = models.CharField(_("contact"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=30, blank=True)
    bank = models.CharField(_("bank"), max_length=80, blank=True)
    account = models.CharField(_("account number"), max_length=40, blank=True)
    note = models.CharField(_("how to give through it"), max_length=300, blank=True)
    listed_at = models.DateTimeField(_("listed at"))
    listed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("listed by"))
    ended_at = models.DateTimeField(_("taken off the list at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken off the list by")
    )

    Kind = Channel
    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("donation channel")
        verbose_name_plural = _("donation channels")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"],
                condition=Q(ended_at=None),
                name="channel_listed_once",
                violation_error_message=_("A channel of this name is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="channel_ended_paired",
            ),
            models.CheckConstraint(
                condition=Q(account="") | ~Q(bank=""),
                name="channel_account_at_a_bank",
                violation_error_message=_("Name the bank of the account."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("channel", args=[self.pk])
