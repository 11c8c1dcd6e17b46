"""Targets of a pairing with their yearly values: claimed by one side, confirmed by the other."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import StoredFile
from organisations.history import with_history
from organisations.models import User
from pairing.models.market import Pairing
from pairing.protection import kept_with_its_round
from pairing.querysets.plans import TargetQuerySet
from pairing.states import Side, TargetState, tone


class Claim(models.Model):
    """What one side says with proof, a file or words, and the other confirms."""

    claimed_side = models.CharField(_("claimed by"), max_length=10, choices=Side.choices, blank=True)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claimed by")
    )
    proof_words = models.CharField(_("proof in words"), max_length=500, blank=True)
    proof = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof")
    )
    return_words = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_at=None, claimed_by=None, claimed_side="")
                | Q(claimed_at__isnull=False, claimed_by__isnull=False) & ~Q(claimed_side=""),
                name="%(class)s_claimed_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, claimed_at__isnull=False),
                name="%(class)s_confirmed_paired_after_claim",
            ),
        ]


@with_history()
class Target(Claim):
    """What a pairing wants to reach (QX-04, TC-07, YD-17, XY-15); with numbers, or in words alone.

    `set_key` and `goal_key` name a goal of the scheme; both are empty for a target of the two sides' own.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="targets", verbose_name=_("pairing"))
    set_key = models.SlugField(_("set of goals"), blank=True)
    goal_key = models.SlugField(_("goal"), blank=True)
    name = models.CharField(_("target"), max_length=120)
    words = models.CharField(_("what it means here"), max_length=500, blank=True)
    unit_of_measure = models.CharField(_("unit of measure"), max_length=30, blank=True)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    final = models.DecimalField(_("value to be reached"), max_digits=14, decimal_places=2, null=True, blank=True)
    horizon_year = models.PositiveSmallIntegerField(_("to be reached by the year"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=TargetState.choices, default=TargetState.NOT_BEGUN)

    objects = TargetQuerySet.as_manager()
    history_parts = ("years",)

    class Meta(Claim.Meta):
        abstract = False
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pairing", "pk"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(
                fields=["pairing", "set_key", "goal_key"], condition=~Q(goal_key=""), name="target_of_a_goal_once"
            ),
            models.UniqueConstraint(
                fields=["pairing", "name"],
                condition=Q(goal_key=""),
                name="target_of_ones_own_once",
                violation_error_message=_("There is a target of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_year=None) | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="target_baseline_with_its_year",
                violation_error_message=_("A baseline needs its year, and a year its baseline."),
            ),
            models.CheckConstraint(
                condition=Q(state=TargetState.MET, confirmed_at__isnull=False)
                | ~Q(state=TargetState.MET) & Q(confirmed_at=None),
                name="target_met_once_confirmed",
            ),
        ]
        triggers = [*kept_with_its_round("pairing")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("target", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(TargetState(self.state))


@with_history()
class TargetYear(Claim):
    """The value of one year: planned, and what it came to. Unchangeable once confirmed."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="years", verbose_name=_("target"))
    year = models.PositiveSmallIntegerField(_("year"))
    planned = models.DecimalField(_("planned value"), max_digits=14, decimal_places=2, null=True, blank=True)
    planned_words = models.CharField(_("planned, in words"), max_length=300, blank=True)
    actual = models.DecimalField(_("value reached"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta(Claim.Meta):
        abstract = False
        verbose_name = _("value of a year")
        verbose_name_plural = _("values of years")
        ordering = ["target", "year"]
        constraints = [
            *Claim.Meta.constraints,
            models.UniqueConstraint(fields=["target", "year"], name="target_year_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="target_year_confirmed_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__confirmed_at__isnull=False),
            ),
            *kept_with_its_round("target"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.year}"
