"""Units that aid a village together with the lead of a pairing (组合式帮扶, SH-13)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from pairing.models.market import Pairing
from pairing.states import PartnerState, tone

WHOLE = 100
# Taken one after the other under the lock of the pairing, so that two who join at once can't promise more than all.
SHARES_LEAVE_SOMETHING_TO_THE_LEAD = """
    PERFORM 1 FROM pairing_pairing WHERE id = NEW.pairing_id FOR NO KEY UPDATE;
    IF NEW.state IN ('invited', 'joined') AND NEW.share + COALESCE((
        SELECT SUM(share) FROM pairing_pairingpartner
        WHERE pairing_id = NEW.pairing_id AND id <> NEW.id AND state IN ('invited', 'joined')
    ), 0) >= 100 THEN
        RAISE EXCEPTION 'pgtrigger: The shares of the partners leave nothing to the lead'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'partner_shares_below_the_whole';
    END IF;
    RETURN NEW;
"""


class PartnerQuerySet(models.QuerySet):
    def joined(self):
        return self.filter(state=PartnerState.JOINED)

    def present(self):
        """Those who joined, and those who were asked and have not answered: their shares are spoken for."""
        return self.filter(state__in=[PartnerState.INVITED, PartnerState.JOINED])


@with_history()
class PairingPartner(models.Model):
    """A unit beside the lead, with its share in per cent; what is left over is the lead's share.

    `proposed_share`: what the lead would have it be; in force once each partner to whom one is proposed has agreed.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="partners", verbose_name=_("pairing"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("partner unit"))
    share = models.DecimalField(_("share (per cent)"), max_digits=5, decimal_places=2)
    proposed_share = models.DecimalField(_("proposed share"), max_digits=5, decimal_places=2, null=True, blank=True)
    share_agreed_at = models.DateTimeField(_("agreed to the proposed share at"), null=True, blank=True)
    share_agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed to the proposed share by")
    )
    contribution = models.CharField(_("what it contributes"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=PartnerState.choices, default=PartnerState.INVITED)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("invited by"))
    invited_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("ended by"))
    left_words = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner of a pairing")
        verbose_name_plural = _("partners of a pairing")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "unit"],
                condition=Q(state__in=[PartnerState.INVITED, PartnerState.JOINED]),
                name="partner_once",
                violation_error_message=_("This unit is a partner already."),
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lt=WHOLE),
                name="partner_share_is_a_part",
                violation_error_message=_("A share is more than 0 and less than 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(share_agreed_at=None, share_agreed_by=None)
                | Q(share_agreed_at__isnull=False, share_agreed_by__isnull=False, proposed_share__isnull=False),
                name="partner_agreed_to_a_proposed_share",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="partner_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by=None) | Q(left_at__isnull=False, left_by__isnull=False),
                name="partner_left_paired",
            ),
            models.CheckConstraint(
                condition=Q(state=PartnerState.INVITED, answered_at=None, left_at=None)
                | Q(state__in=[PartnerState.JOINED, PartnerState.DECLINED], answered_at__isnull=False, left_at=None)
                | Q(state=PartnerState.LEFT, left_at__isnull=False),
                name="partner_moments_with_state",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="partner_unit_state")]
        triggers = [
            pgtrigger.Trigger(
                name="partner_shares_below_the_whole",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SHARES_LEAVE_SOMETHING_TO_THE_LEAD,
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.pairing}"

    def get_absolute_url(self) -> str:
        return self.pairing.get_absolute_url()

    @property
    def is_asked_for_share(self) -> bool:
        return self.proposed_share is not None and self.share_agreed_at is None

    @property
    def state_tone(self) -> str:
        return tone(PartnerState(self.state))
