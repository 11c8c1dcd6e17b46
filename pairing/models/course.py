"""What becomes of a signed pairing: who answers for it, how it is renewed, how it ends, who takes it over."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models.market import Pairing
from pairing.models.round import Round
from pairing.states import EndingState, EndReason, Side, tone


@with_history(exclude=["name"])
class Responsible(models.Model):
    """Who answers for a pairing since a day, without a new agreement (SH-42). Append-only: the newest one counts."""

    class Kind(models.TextChoices):
        LEADER = "leader", _("leader in charge")
        DEPARTMENT = "department", _("responsible department")
        LIAISON = "liaison", _("liaison officer")

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="responsibles", verbose_name=_("pairing"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    kind = models.CharField(_("what changes"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    since = models.DateField(_("since"))
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("change of the responsible person")
        verbose_name_plural = _("changes of the responsible person")
        ordering = ["since", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(name=""), name="responsible_with_reason")]
        triggers = [append_only("responsible")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


@with_history()
class RenewalAnswer(models.Model):
    """Whether one side of an earlier pairing wants it renewed in the next round (SH-34)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="renewal_answers", verbose_name=_("next round"))
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, related_name="renewal_answers", verbose_name=_("earlier pairing")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    consents = models.BooleanField(_("consents"))
    words = models.CharField(_("reason"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"))
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )

    class Meta:
        verbose_name = _("answer about a renewal")
        verbose_name_plural = _("answers about renewals")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "pairing", "side"], name="renewal_answer_once"),
            models.CheckConstraint(condition=Q(consents=True) | ~Q(words=""), name="renewal_declined_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.get_side_display()}"


@with_history()
class Ending(models.Model):
    """How a signed pairing ends, and why in words: proposed by one side and agreed to by the other, or done at once."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="endings", verbose_name=_("pairing"))
    kind = models.CharField(_("kind of ending"), max_length=20, choices=EndReason.choices)
    state = models.CharField(_("state"), max_length=20, choices=EndingState.choices)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices, blank=True)
    words = models.CharField(_("reason"), max_length=300)
    proposed_at = models.DateTimeField(_("proposed at"))
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    proposed_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))

    class Meta:
        verbose_name = _("ending of a pairing")
        verbose_name_plural = _("endings of pairings")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(state=EndingState.PROPOSED), name="ending_proposed_once"
            ),
            models.UniqueConstraint(fields=["pairing"], condition=Q(state=EndingState.DONE), name="ending_done_once"),
            models.CheckConstraint(condition=~Q(words=""), name="ending_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state=EndingState.PROPOSED, answered_at=None)
                | ~Q(state=EndingState.PROPOSED) & Q(answered_at__isnull=False),
                name="ending_answered_at_with_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.get_kind_display()}"

    @property
    def state_tone(self) -> str:
        return tone(EndingState(self.state))


@with_history()
class Takeover(models.Model):
    """One side of a pairing was merged or closed and another organisation stands in its place. Append-only.

    A signed agreement keeps the names that it was printed with. The pairing itself names the successor where its round
    was running; that of a closed round stays as it was, and the successor may renew it.
    """

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="takeovers", verbose_name=_("pairing"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    former = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("until then"))
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("from then on"))
    on = models.DateField(_("since"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("takeover")
        verbose_name_plural = _("takeovers")
        ordering = ["recorded_at", "pk"]
        triggers = [append_only("takeover")]

    def __str__(self) -> str:
        return f"{self.former} → {self.successor}"
