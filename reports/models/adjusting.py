"""A pairing with little effect gets another partner: why, whom, and what came of it (AH-08)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing
from reports.models.assessment import Assessed
from reports.querysets.assessment import AdjustmentCaseQuerySet
from reports.states import CaseState


@with_history()
class AdjustmentCase(models.Model):
    """`partner`: the unit that takes over; `following`: the pairing formed with it, which the two then negotiate."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="cases", verbose_name=_("score sheet"))
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="+", verbose_name=_("pairing"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN)
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_as = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new partner")
    )
    following = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("new pairing")
    )
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )

    objects = AdjustmentCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("adjustment case")
        verbose_name_plural = _("adjustment cases")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(state=CaseState.OPEN), name="adjustment_case_open_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_case_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state=CaseState.OPEN, settled_at=None, settled_by=None)
                | ~Q(state=CaseState.OPEN) & Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
                name="adjustment_case_settled_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state=CaseState.DONE) | Q(partner__isnull=False, following__isnull=False),
                name="adjustment_case_done_with_partner",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="adjustment_case_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="adjustment_case_settled_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=CaseState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pairing)

    def get_absolute_url(self) -> str:
        return reverse("adjustment_case", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return "soon" if self.state == CaseState.OPEN else "done"
