"""Choosing for others: a committee for its units in one area (SH-36), the villagers for their village (TC-05)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models.round import Round
from pairing.querysets.market import SelectionBatchQuerySet


@with_history()
class SelectionBatch(models.Model):
    """A committee proposed for several of its units at once, to villages of one area. Append-only."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="batches", verbose_name=_("round"))
    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("committee"))
    area = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("district or township"))
    words = models.CharField(_("words to the other side"), max_length=300, blank=True)
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )

    objects = SelectionBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice by a committee")
        verbose_name_plural = _("choices by committees")
        ordering = ["-proposed_at", "-pk"]
        triggers = [append_only("selection_batch")]

    def __str__(self) -> str:
        return f"{self.committee} → {self.area}"

    def get_absolute_url(self) -> str:
        return reverse("batch", args=[self.pk])


@with_history()
class VillagersChoice(models.Model):
    """How the villagers chose the unit that their village proposes to. Append-only.

    `needs` are those that were posted, as they stood on the day of the record.
    """

    class Way(models.TextChoices):
        ASSEMBLY = "assembly", _("villagers' assembly")
        REPRESENTATIVES = "representatives", _("assembly of villagers' representatives")
        HOUSEHOLDS = "households", _("vote by households")

    intention = models.OneToOneField(
        "pairing.Intention", models.PROTECT, related_name="villagers_choice", verbose_name=_("intention")
    )
    needs = ArrayField(models.CharField(max_length=60), verbose_name=_("needs posted"))
    needs_posted_on = models.DateField(_("needs posted on"))
    held_on = models.DateField(_("held on"))
    way = models.CharField(_("way of choosing"), max_length=20, choices=Way.choices)
    persons_present = models.PositiveIntegerField(_("persons present"), validators=[MinValueValidator(1)])
    votes = models.PositiveIntegerField(_("votes for this unit"), validators=[MinValueValidator(1)])
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan of the record")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("choice by villagers")
        verbose_name_plural = _("choices by villagers")
        constraints = [
            models.CheckConstraint(
                condition=Q(votes__gt=0, votes__lte=F("persons_present")),
                name="villagers_choice_votes_of_those_present",
                violation_error_message=_("There can't be more votes than persons present, nor none."),
            ),
            models.CheckConstraint(
                condition=Q(needs_posted_on__lte=F("held_on")),
                name="villagers_choice_needs_posted_before",
                violation_error_message=_("The needs are posted before the villagers choose."),
            ),
        ]
        triggers = [append_only("villagers_choice")]

    def __str__(self) -> str:
        return str(self.intention)
