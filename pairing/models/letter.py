"""Responsibility letters: the targets of one year, signed by the unit and the organiser (QX-05)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, User
from organisations.protection import append_only
from pairing.models.market import Pairing
from pairing.protection import kept_with_its_round
from pairing.querysets.plans import OfPairingQuerySet
from pairing.states import LetterState, Signatory, tone


@with_history(exclude=["content"])
class ResponsibilityLetter(models.Model):
    """Drawn from the yearly targets as they stand; what it says never changes (QX-05). Drawn anew, it is another."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="letters", verbose_name=_("pairing"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    state = models.CharField(_("state"), max_length=20, choices=LetterState.choices, default=LetterState.DRAWN)
    content = models.JSONField(_("content"))
    drawn_at = models.DateTimeField(_("drawn up at"), default=timezone.now)
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("drawn up by"))
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = OfPairingQuerySet.as_manager()
    history_parts = ("signatures",)

    class Meta:
        verbose_name = _("responsibility letter")
        verbose_name_plural = _("responsibility letters")
        ordering = ["pairing", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "year", "number"], name="letter_number_once"),
            models.UniqueConstraint(
                fields=["pairing", "year"], condition=~Q(state=LetterState.VOID), name="letter_in_force_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.SIGNED, signed_at__isnull=False)
                | ~Q(state=LetterState.SIGNED) & Q(signed_at=None),
                name="letter_signed_at_with_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="letter_content_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                | pgtrigger.Q(old__pairing_id__df=pgtrigger.F("new__pairing_id"))
                | pgtrigger.Q(old__year__df=pgtrigger.F("new__year"))
                | pgtrigger.Q(old__state__in=[LetterState.SIGNED, LetterState.VOID]),
            ),
            pgtrigger.Protect(name="letter_not_deleted", operation=pgtrigger.Delete),
            *kept_with_its_round("pairing"),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(LetterState(self.state))


@with_history(exclude=["name"])
class LetterSignature(models.Model):
    """A person signs a letter for the unit or for the organiser, over the content whose hash is kept. Append-only."""

    letter = models.ForeignKey(
        ResponsibilityLetter, models.PROTECT, related_name="signatures", verbose_name=_("responsibility letter")
    )
    party = models.CharField(_("signed for"), max_length=10, choices=Signatory.choices)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    signed_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))
    name = models.CharField(_("name of the signatory"), max_length=60)
    signed_at = models.DateTimeField(_("signed at"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)

    class Meta:
        verbose_name = _("signature of a letter")
        verbose_name_plural = _("signatures of letters")
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["letter", "party"], name="letter_signed_once_a_party")]
        triggers = [append_only("letter_signature")]

    def __str__(self) -> str:
        return f"{self.letter} {self.get_party_display()}"
