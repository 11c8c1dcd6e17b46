"""Intentions of one side towards the other, the pairings that come of them, and the organiser's decisions."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.levels import Level
from pairing.models.choosing import SelectionBatch
from pairing.models.round import Round
from pairing.protection import kept_with_its_round
from pairing.querysets.market import IntentionQuerySet, PairingQuerySet
from pairing.states import EndReason, IntentionState, Origin, PairingState, Side, tone


@with_history()
class Intention(models.Model):
    """One side proposes, the other answers (SH-31). Late where answered after the milestone.

    An answer may be a proposal of one's own, `counter_to` the first; then it is the first side's turn.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="intentions", verbose_name=_("round"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("aiding unit"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("paired village"))
    proposed_side = models.CharField(_("proposed by"), max_length=10, choices=Side.choices)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices, default=Origin.VOLUNTARY)
    state = models.CharField(_("state"), max_length=20, choices=IntentionState.choices, default=IntentionState.PROPOSED)
    mode = models.CharField(_("mode"), max_length=40, blank=True)
    words = models.CharField(_("words to the other side"), max_length=300, blank=True)
    counter_to = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="countered_by",
        verbose_name=_("counter-proposal to"),
    )
    batch = models.ForeignKey(
        SelectionBatch,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="intentions",
        verbose_name=_("chosen together"),
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    is_late = models.BooleanField(_("late"), default=False)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intention")
        verbose_name_plural = _("intentions")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "village"],
                condition=Q(state__in=[IntentionState.PROPOSED, IntentionState.ACCEPTED]),
                name="intention_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state=IntentionState.PROPOSED, answered_at=None)
                | ~Q(state=IntentionState.PROPOSED) & Q(answered_at__isnull=False),
                name="intention_answered_at_with_state",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "village", "state"], name="intention_of_village"),
            models.Index(fields=["round", "unit", "state"], name="intention_of_unit"),
            models.Index(
                fields=["round", "state"], condition=~Q(state=IntentionState.ACCEPTED), name="intention_not_accepted"
            ),
            models.Index(
                fields=["round", "village"],
                condition=Q(state=IntentionState.PROPOSED),
                name="intention_open_of_village",
            ),
        ]
        triggers = kept_with_its_round()

    def __str__(self) -> str:
        return f"{self.unit} → {self.village}"

    def get_absolute_url(self) -> str:
        return reverse("intention", args=[self.pk])

    def party(self, side: Side) -> Organisation:
        return self.unit if side == Side.UNIT else self.village

    @property
    def answering_side(self) -> Side:
        return Side(self.proposed_side).other

    @property
    def state_tone(self) -> str:
        return tone(IntentionState(self.state))


@with_history()
class Pairing(models.Model):
    """A unit (the lead, where several join) aids a village for the rest of a round.

    `mode` is a key among the modes of the scheme, `tags` are keys among its tags (AH-21). At other levels than
    unit–village the two sides are committees.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="pairings", verbose_name=_("round"))
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pairings_as_unit", verbose_name=_("aiding unit")
    )
    village = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pairings_as_village", verbose_name=_("paired village")
    )
    level = models.CharField(_("level"), max_length=30, choices=Level.choices, default=Level.UNIT_VILLAGE)
    mode = models.CharField(_("mode"), max_length=40, blank=True)
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin.choices)
    intention = models.OneToOneField(
        Intention, models.PROTECT, null=True, blank=True, related_name="pairing", verbose_name=_("intention")
    )
    state = models.CharField(_("state"), max_length=20, choices=PairingState.choices, default=PairingState.NEGOTIATING)
    formed_at = models.DateTimeField(_("intention reached at"), default=timezone.now)
    is_late = models.BooleanField(_("intention late"), default=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=20, choices=EndReason.choices, blank=True)
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewed_by", verbose_name=_("renews")
    )

    objects = PairingQuerySet.as_manager()
    history_parts = ("partners",)

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "village"],
                condition=Q(state__in=[PairingState.NEGOTIATING, PairingState.SIGNED]),
                name="pairing_once",
            ),
            models.CheckConstraint(
                condition=~Q(state=PairingState.SIGNED) | Q(signed_on__isnull=False), name="pairing_signed_on_set"
            ),
            models.CheckConstraint(
                condition=Q(state=PairingState.ENDED, ended_on__isnull=False) & ~Q(end_reason="")
                | ~Q(state=PairingState.ENDED) & Q(ended_on=None, end_reason=""),
                name="pairing_ended_with_day_and_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="pairing_round_state"),
            models.Index(fields=["round", "village"], name="pairing_round_village"),
            models.Index(fields=["round", "unit"], name="pairing_round_unit"),
            models.Index(
                fields=["round", "id"], condition=Q(state=PairingState.NEGOTIATING), name="pairing_negotiating"
            ),
        ]
        triggers = kept_with_its_round()

    def __str__(self) -> str:
        return f"{self.unit} → {self.village}"

    def get_absolute_url(self) -> str:
        return reverse("pairing", args=[self.pk])

    def party(self, side: Side) -> Organisation:
        return self.unit if side == Side.UNIT else self.village

    @property
    def state_tone(self) -> str:
        return tone(PairingState(self.state))

    def is_expired(self, on: date) -> bool:
        """Whether the term has run out on that day (SH-38)."""
        return self.state == PairingState.SIGNED and self.ends_on is not None and self.ends_on < on


@with_history()
class Decision(models.Model):
    """The organiser balances (综合平衡, SH-30): what was decided, why, before and after. Append-only.

    `touched`: the pairings that it made, changed or released, by primary key; each tells of it on its page.
    """

    class Verb(models.TextChoices):
        ASSIGN = "assign", _("assigned")
        PREFER = "prefer", _("decided a clash")
        RELEASE = "release", _("released")
        REASSIGN = "reassign", _("reassigned")
        MERGE = "merge", _("merged into a consortium")
        ADD = "add", _("added a partner")
        ARRANGE = "arrange", _("arranged the helpers together")

    round = models.ForeignKey(Round, models.PROTECT, related_name="decisions", verbose_name=_("round"))
    verb = models.CharField(_("decision"), max_length=20, choices=Verb.choices)
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("aiding unit"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("paired village"))
    reason = models.CharField(_("reason"), max_length=300)
    before = models.JSONField(_("before"), default=list)
    after = models.JSONField(_("after"), default=list)
    touched = ArrayField(models.BigIntegerField(), verbose_name=_("pairings that it touched"), default=list)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason")]
        triggers = [append_only("decision")]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.unit} → {self.village}"
