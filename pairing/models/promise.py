"""Public commitments: what a side promises before everybody, and how it was kept (AH-23)."""

from functools import reduce
from operator import or_
from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models.market import Pairing
from pairing.protection import kept_with_its_round
from pairing.querysets.plans import CommitmentQuerySet
from pairing.states import CommitmentState, Side, tone

PUBLISHED = ("pairing_id", "side", "year", "text", "due_on", "replaces_id", "published_at")


def any_differs(names: tuple[str, ...]) -> Any:
    """A condition of a trigger: one of these columns changes."""
    return reduce(or_, (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names))


@with_history()
class PublicCommitment(models.Model):
    """One promise of one side, published without names of people. Its words are corrected by a new one beside it.

    `side` promises; the other side confirms that it was kept.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="public_commitments", verbose_name=_("pairing"))
    side = models.CharField(_("who promises"), max_length=10, choices=Side.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    text = models.CharField(_("what is promised"), max_length=300)
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=20, choices=CommitmentState.choices, default=CommitmentState.DRAFT)
    words = models.CharField(_("how far it is"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("corrects")
    )
    correction_reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("public commitment")
        verbose_name_plural = _("public commitments")
        ordering = ["-year", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None, state=CommitmentState.DRAFT)
                | Q(published_at__isnull=False, published_by__isnull=False) & ~Q(state=CommitmentState.DRAFT),
                name="public_commitment_published_with_state",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False, confirmed_by__isnull=False, state=CommitmentState.FULFILLED)
                | Q(confirmed_at=None, confirmed_by=None) & ~Q(state=CommitmentState.FULFILLED),
                name="public_commitment_fulfilled_once_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None, correction_reason="") | Q(replaces__isnull=False) & ~Q(correction_reason=""),
                name="public_commitment_corrected_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="public_commitment_text_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_at__isnull=False) & any_differs(PUBLISHED),
            ),
            pgtrigger.Protect(
                name="public_commitment_published_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            *kept_with_its_round("pairing"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("promise", args=[self.pk])

    @property
    def promiser(self) -> Organisation:
        return self.pairing.party(Side(self.side))

    @property
    def state_tone(self) -> str:
        return tone(CommitmentState(self.state))
