"""The outbox: what goes to people and groups outside the product, and each attempt to send it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.models.channels import GroupChannel
from office.models.messages import Message
from office.outbox.states import TONES, Medium, OutgoingState
from organisations.models import Organisation
from organisations.querysets import placed

LETTER = "letter"  # the kind of what goes out with the text of its message, not only with how many wait
TO_SEND = (OutgoingState.WAITING, OutgoingState.UNCERTAIN)


class OutgoingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the organisations over whose background work and health the user watches."""
        return self.filter(placed(user.scopes("job.manage"), "organisation"))

    def due(self, at):
        return self.filter(state__in=TO_SEND, next_at__lte=at)

    def undelivered(self):
        """What somebody should look at: not delivered, or uncertain with no repetition to come."""
        return self.filter(Q(state=OutgoingState.FAILED) | Q(state=OutgoingState.UNCERTAIN, next_at=None))


class Outgoing(models.Model):
    """One message to one person by one medium, or to one group.

    `subject` is a msgid, filled with `params`: numbers and days, never a name. Without history: its attempts tell
    what became of it, `handled_by` who sent it again or gave it up last.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="outgoing", verbose_name=_("recipient")
    )
    group = models.ForeignKey(
        GroupChannel, models.CASCADE, null=True, related_name="outgoing", verbose_name=_("group channel")
    )
    medium = models.CharField(_("channel"), max_length=10, choices=Medium.choices)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120)
    subject = models.TextField(_("subject"))
    params = models.JSONField(_("what is filled in"), default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(_("leads to"), max_length=300)
    state = models.CharField(_("state"), max_length=12, choices=OutgoingState.choices, default=OutgoingState.WAITING)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    next_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("attempts"), default=0)
    is_repeated = models.BooleanField(_("repeated after an uncertain attempt"), default=False)
    handled_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("decided by")
    )

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to the outside")
        verbose_name_plural = _("messages to the outside")
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state__in=TO_SEND), name="outgoing_due"),
            models.Index(fields=["organisation", "-made_at"], name="outgoing_place"),
            models.Index(fields=["state"], condition=~Q(state="sent"), name="outgoing_unsent"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "medium", "key"], name="outgoing_once_for_person"),
            models.UniqueConstraint(fields=["group", "key"], name="outgoing_once_for_group"),
            models.CheckConstraint(
                condition=Q(recipient=None, group__isnull=False, medium=Medium.GROUP)
                | Q(recipient__isnull=False, group=None) & ~Q(medium=Medium.GROUP),
                name="outgoing_one_addressee",
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None) | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="outgoing_handled_paired",
            ),
        ]

    def __str__(self) -> str:
        return self.subject_text

    def get_absolute_url(self) -> str:
        return reverse("outgoing", args=[self.pk])

    @property
    def subject_text(self) -> str:
        return gettext(self.subject) % self.params

    @property
    def addressee(self) -> str:
        return str(self.recipient or self.group)

    @property
    def state_tone(self) -> str:
        return TONES[OutgoingState(self.state)]

    @property
    def is_resendable(self) -> bool:
        return self.state in (OutgoingState.FAILED, OutgoingState.UNCERTAIN)

    @property
    def may_be_given_up(self) -> bool:
        return self.is_resendable or self.state == OutgoingState.WAITING


class Attempt(models.Model):
    """One attempt to send: when, and what was answered. Without history: written once, and once more when it ends."""

    class Outcome(models.TextChoices):
        UNDER_WAY = "under_way", _("under way")
        SENT = "sent", _("taken")
        FAILED = "failed", _("refused or not reached")
        UNCERTAIN = "uncertain", _("uncertain: may have arrived")

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="attempts", verbose_name=_("message"))
    begun_at = models.DateTimeField(_("begun at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.UNDER_WAY)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["begun_at", "pk"]
        indexes = [models.Index(fields=["begun_at"], name="attempt_begun")]

    def __str__(self) -> str:
        return f"{self.begun_at} {self.outcome}"

    @property
    def answer_text(self) -> str:
        """Sentences of ours in the language of the reader; what a service said as it is."""
        return gettext(self.answer) if self.answer else ""

    @property
    def outcome_tone(self) -> str:
        return {"sent": "done", "failed": "late"}.get(self.outcome, "soon")


class DigestPart(models.Model):
    """A message of the inbox that a digest to a person speaks of: nobody is told of it twice."""

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="parts", verbose_name=_("digest"))
    message = models.ForeignKey(Message, models.CASCADE, related_name="+", verbose_name=_("message"))

    class Meta:
        verbose_name = _("part of a digest")
        verbose_name_plural = _("parts of digests")
        constraints = [models.UniqueConstraint(fields=["outgoing", "message"], name="digest_part_once")]

    def __str__(self) -> str:
        return f"{self.outgoing_id} {self.message_id}"
