"""What the giver hears of their money, and whether their name may be shown with a gift."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import localized_date
from funds.models.entry import Entry
from funds.models.objection import changed
from funds.querysets.feedback import FeedbackQuerySet
from organisations.history import with_history
from organisations.models import User
from pairing.models import Pairing


@with_history()
class NameConsent(models.Model):
    """Whether the giver of an entry may be named in public; without one they are unnamed (P-24)."""

    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="name_consent", verbose_name=_("entry of a ledger")
    )
    is_shown = models.BooleanField(_("the name may be shown"))
    said_at = models.DateTimeField(_("said at"))
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("said by"))

    class Meta:
        verbose_name = _("consent to be named with a gift")
        verbose_name_plural = _("consents to be named with a gift")

    def __str__(self) -> str:
        return str(self.entry)


@with_history()
class Feedback(models.Model):
    """What a village tells the unit about its money: by period, or because the unit asked (SH-54, P-24).

    The sums are those of the fund when it was sent, in yuan; with a receipt of whoever read it for the unit.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="feedback", verbose_name=_("pairing"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    words = models.TextField(_("what the village tells"), max_length=1000, blank=True)
    received = models.DecimalField(_("money received"), max_digits=18, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent"), max_digits=18, decimal_places=2, default=0)
    cash = models.DecimalField(_("balance"), max_digits=18, decimal_places=2, default=0)
    head = models.CharField(_("end of the chain"), max_length=64, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    due_on = models.DateField(_("to be answered by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback on aid money")
        verbose_name_plural = _("feedback on aid money")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by=None, due_on=None)
                | Q(asked_at__isnull=False, asked_by__isnull=False, due_on__isnull=False),
                name="feedback_asked_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, asked_at__isnull=False)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="feedback_asked_or_sent",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False, sent_at__isnull=False),
                name="feedback_read_once_sent",
            ),
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(sent_at=None), name="feedback_asked_once_at_a_time"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="feedback_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="feedback_sent_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__sent_at__isnull=False)
                & changed("words", "received", "spent", "cash", "head", "sent_at", "starts_on", "ends_on"),
            ),
        ]

    def __str__(self) -> str:
        return f"{localized_date(self.starts_on)}—{localized_date(self.ends_on)}"

    def get_absolute_url(self) -> str:
        return reverse("feedback", args=[self.pk])

    @property
    def state_words(self) -> str:
        if self.sent_at is None:
            return str(_("asked for"))
        return str(_("read by the unit") if self.read_at else _("sent, not read yet"))
