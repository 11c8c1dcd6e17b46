"""Agreements: negotiated by both sides, confirmed by both, signed by both; then unchangeable."""

from decimal import Decimal

import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.money import yuan
from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Appointment, User
from organisations.protection import append_only
from pairing.models.market import Pairing
from pairing.protection import kept_with_its_round
from pairing.querysets.market import AgreementQuerySet
from pairing.states import SEALED, UNDER_WAY, AgreementState, Side, tone


@with_history(exclude=["leader_in_charge"])
class Agreement(models.Model):
    """The terms between two sides (SH-37, SH-42). `version` guards against two people editing at once.

    An amendment (变更) is an agreement of its own that `amends` the one in force and takes its place when signed.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="agreements", verbose_name=_("pairing"))
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments", verbose_name=_("amends")
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=20, choices=AgreementState.choices, default=AgreementState.DRAFT)
    unit_name = models.CharField(_("unit as printed"), max_length=120, blank=True)
    village_name = models.CharField(_("village as printed"), max_length=120, blank=True)
    partners = models.JSONField(_("partners as printed"), default=list)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    leader_in_charge = models.CharField(_("leader in charge"), max_length=60, blank=True)
    responsible_dept = models.CharField(_("responsible department"), max_length=80, blank=True)
    terms = models.TextField(_("further terms"), blank=True)
    edited_side = models.CharField(_("last edited by"), max_length=10, choices=Side.choices, blank=True)
    unit_confirmed_at = models.DateTimeField(_("confirmed by the unit at"), null=True, blank=True)
    unit_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed for the unit by")
    )
    village_confirmed_at = models.DateTimeField(_("confirmed by the village at"), null=True, blank=True)
    village_confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed for the village by")
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    is_late = models.BooleanField(_("signed late"), default=False)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True)

    turn: str  # where it was read `with_turn`

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["pairing", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["pairing", "number"], name="agreement_number_once"),
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(state=AgreementState.SIGNED), name="agreement_in_force_once"
            ),
            models.UniqueConstraint(
                fields=["pairing"],
                condition=Q(state__in=UNDER_WAY),
                include=["id", "version"],
                name="agreement_under_way_once",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=models.F("ends_on")), name="agreement_starts_before_end"),
            models.CheckConstraint(
                condition=Q(unit_confirmed_at=None, unit_confirmed_by=None)
                | Q(unit_confirmed_at__isnull=False, unit_confirmed_by__isnull=False),
                name="agreement_unit_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=Q(village_confirmed_at=None, village_confirmed_by=None)
                | Q(village_confirmed_at__isnull=False, village_confirmed_by__isnull=False),
                name="agreement_village_confirmed_paired",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SEALED, signed_at__isnull=False) | ~Q(state__in=SEALED) & Q(signed_at=None),
                name="agreement_signed_at_with_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreement_signed_unchangeable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state IN ('superseded', 'void') OR OLD.state = 'signed' AND (NEW.state <> 'superseded' "
                    "OR to_jsonb(OLD) - 'state' IS DISTINCT FROM to_jsonb(NEW) - 'state')"
                ),
            ),
            pgtrigger.Protect(
                name="agreement_signed_not_deleted",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state__in=[AgreementState.DRAFT, AgreementState.CONFIRMED]),
            ),
            pgtrigger.Protect(
                name="agreement_terms_locked_once_signed_by_one",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=AgreementState.SIGNING)
                & (
                    pgtrigger.Q(old__starts_on__df=pgtrigger.F("new__starts_on"))
                    | pgtrigger.Q(old__ends_on__df=pgtrigger.F("new__ends_on"))
                    | pgtrigger.Q(old__leader_in_charge__df=pgtrigger.F("new__leader_in_charge"))
                    | pgtrigger.Q(old__responsible_dept__df=pgtrigger.F("new__responsible_dept"))
                    | pgtrigger.Q(old__terms__df=pgtrigger.F("new__terms"))
                    | pgtrigger.Q(old__unit_name__df=pgtrigger.F("new__unit_name"))
                    | pgtrigger.Q(old__village_name__df=pgtrigger.F("new__village_name"))
                    | pgtrigger.Q(old__partners__df=pgtrigger.F("new__partners"))
                    | pgtrigger.Q(old__pairing_id__df=pgtrigger.F("new__pairing_id"))
                    | pgtrigger.Q(old__amends_id__df=pgtrigger.F("new__amends_id"))
                    | pgtrigger.Q(new__state__in=[AgreementState.DRAFT, AgreementState.CONFIRMED])
                ),
            ),
            *kept_with_its_round("pairing"),
        ]

    def __str__(self) -> str:
        return str(self.pairing)

    def get_absolute_url(self) -> str:
        return reverse("agreement", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(AgreementState(self.state))

    def confirmed_at(self, side: Side):
        return self.unit_confirmed_at if side == Side.UNIT else self.village_confirmed_at


@with_history()
class Commitment(models.Model):
    """One promise of an agreement as data: money a year, a project, an activity."""

    class Kind(models.TextChoices):
        MONEY = "money", _("money a year")
        PROJECT = "project", _("project")
        ACTIVITY = "activity", _("activity")
        OTHER = "other", _("other commitment")

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments", verbose_name=_("agreement"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("what is promised"), max_length=120)
    amount = models.DecimalField(
        _("yuan a year"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    times_a_year = models.PositiveSmallIntegerField(
        _("times a year"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="money") | Q(amount__gt=0),
                name="commitment_money_has_an_amount",
                violation_error_message=_("Name the amount in yuan."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="commitment_of_signed_agreement_unchangeable",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("touched", "BIGINT[]")],
                func="""
                    touched := ARRAY[
                        CASE WHEN TG_OP <> 'INSERT' THEN OLD.agreement_id END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.agreement_id END
                    ];
                    IF EXISTS (
                        SELECT 1 FROM pairing_agreement
                        WHERE id = ANY (touched) AND state IN ('signing', 'signed', 'superseded', 'void')
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: Cannot change a commitment of a signed agreement';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; ELSE RETURN NEW; END IF;
                """,
            ),
            *kept_with_its_round("agreement"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def line(self) -> str:
        """The promise in one line, with its amount and how often."""
        parts = [self.title]
        if self.amount is not None:
            parts.append(_("%(amount)s a year") % {"amount": yuan(self.amount)})
        if self.times_a_year:
            parts.append(_("%(times)s times a year") % {"times": self.times_a_year})
        return "，".join(str(part) for part in parts)


@with_history(exclude=["name"])
class Signature(models.Model):
    """A person signs for a side at a moment, over the content whose hash is kept. Append-only."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures", verbose_name=_("agreement"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("signed by"))
    signed_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))
    name = models.CharField(_("name of the signatory"), max_length=60)
    signed_at = models.DateTimeField(_("signed at"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["signed_at"]
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="signature_once_a_side")]
        triggers = [append_only("signature")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_side_display()}"


@with_history()
class AgreementScan(models.Model):
    """The scan of the signed paper. Append-only."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="scans", verbose_name=_("agreement"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added at"), default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("signed scan")
        verbose_name_plural = _("signed scans")
        ordering = ["pk"]
        triggers = [append_only("agreement_scan")]

    def __str__(self) -> str:
        return str(self.file)


@with_history(exclude=["words"])
class NegotiationNote(models.Model):
    """What one side says to the other while they negotiate (SH-37). Append-only."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="notes", verbose_name=_("pairing"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    words = models.CharField(_("words"), max_length=500)
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))

    class Meta:
        verbose_name = _("negotiation note")
        verbose_name_plural = _("negotiation notes")
        ordering = ["written_at", "pk"]
        triggers = [append_only("negotiation_note")]

    def __str__(self) -> str:
        return self.words
