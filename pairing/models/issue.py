"""The issue ledger (问题台账) between the two sides of a pairing, or about an organisation without one."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models.market import Pairing
from pairing.protection import kept_with_its_round
from pairing.querysets.issues import IssueQuerySet
from pairing.schemes.words import IssueKind
from pairing.states import UNSOLVED, IssueState, Side, tone


@with_history()
class Issue(models.Model):
    """Something to be solved: by whom, until when, how far it is. What was said and done stands in its steps.

    `organisation`: whom it is about, in a pairing one of the two sides. `side`: for which of them it was raised, empty
    where somebody above raised it. `owner`: who has to solve it; only somebody else confirms that it is solved.
    """

    Kind = IssueKind

    class Source(models.TextChoices):
        VISIT = "visit", _("visit")
        DIARY = "diary", _("diary")
        CHECK_IN = "check_in", _("check-in")
        VILLAGER = "villager", _("villager")
        INSPECTION = "inspection", _("inspection")
        MEETING = "meeting", _("meeting")
        OTHER = "other", _("other")

    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="issues", verbose_name=_("pairing")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="issues", verbose_name=_("whom it is about")
    )
    title = models.CharField(_("issue"), max_length=120)
    words = models.TextField(_("what it is about"), max_length=2000, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    source = models.CharField(_("found by"), max_length=20, choices=Source.choices, default=Source.OTHER)
    source_words = models.CharField(_("where it comes from"), max_length=120, blank=True)
    source_url = models.CharField(_("address of where it comes from"), max_length=300, blank=True)
    side = models.CharField(_("raised for"), max_length=10, choices=Side.choices, blank=True)
    raised_at = models.DateTimeField(_("raised at"))
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("raised by"))
    raised_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="issues_owned", verbose_name=_("owner")
    )
    owner_post = models.ForeignKey(
        Appointment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issues_owned",
        verbose_name=_("post in charge"),
    )
    due_on = models.DateField(_("deadline"))
    state = models.CharField(_("state"), max_length=20, choices=IssueState.choices, default=IssueState.OPEN)
    claimed_at = models.DateTimeField(_("claimed solved at"), null=True, blank=True)
    claimed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("claimed solved by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    scheme_kind: str | None = None  # where it was read `with_kind_named`

    objects = IssueQuerySet.as_manager()
    history_parts = ("steps",)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on", "id"], name="issue_due"),
            models.Index(fields=["due_on"], condition=Q(state__in=UNSOLVED), name="issue_unsolved_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="issue_has_a_title"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False)
                | Q(owner_post=None, state__in=[IssueState.OPEN, IssueState.WITHDRAWN]),
                name="issue_owned_once_assigned",
                violation_error_message=_("An issue that is dealt with has an owner."),
            ),
            models.CheckConstraint(
                condition=Q(claimed_at__isnull=False, claimed_by__isnull=False)
                | Q(claimed_at=None, claimed_by=None)
                & ~Q(state__in=[IssueState.CLAIMED, IssueState.CONFIRMED, IssueState.CLOSED]),
                name="issue_claimed_with_state",
                violation_error_message=_("An issue is closed after somebody claimed that it is solved."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, state=IssueState.CLOSED)
                | Q(closed_at=None) & ~Q(state=IssueState.CLOSED),
                name="issue_closed_at_with_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="issue_not_deleted", operation=pgtrigger.Delete),
            *kept_with_its_round("pairing"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("issue", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(IssueState(self.state))

    @property
    def kind_named(self) -> str:
        """As the scheme of its round calls the kind, else as we do."""
        return self.scheme_kind or str(Issue.Kind(self.kind).label)

    @property
    def is_unsolved(self) -> bool:
        return self.state in UNSOLVED

    def days_late(self, today: date) -> int:
        """How many days it is overdue; 0 where it is not, or is solved."""
        return max((today - self.due_on).days, 0) if self.is_unsolved else 0

    @property
    def parties(self) -> list[Organisation]:
        """Those between whom it stands."""
        return [self.pairing.unit, self.pairing.village] if self.pairing else [self.organisation]

    @property
    def overseer(self) -> Organisation:
        """The committee whose staff assign, and close."""
        return self.pairing.round.organiser if self.pairing else self.organisation


@with_history()
class IssueStep(models.Model):
    """One thing said or done about an issue, as it was. Append-only."""

    class Verb(models.TextChoices):
        RAISED = "raised", _("raised it")
        ASSIGNED = "assigned", _("assigned it")
        STARTED = "started", _("began to deal with it")
        ANSWERED = "answered", _("answered")
        DUE_CHANGED = "due_changed", _("changed the deadline")
        CLAIMED = "claimed", _("says that it is solved")
        RETURNED = "returned", _("does not see it solved")
        CONFIRMED = "confirmed", _("confirmed that it is solved")
        CLOSED = "closed", _("closed it")
        REOPENED = "reopened", _("re-opened it")
        WITHDRAWN = "withdrawn", _("withdrew it")

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="steps", verbose_name=_("issue"))
    verb = models.CharField(_("step"), max_length=20, choices=Verb.choices)
    words = models.TextField(_("words"), max_length=1000, blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("deadline"), null=True)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    acting_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("step of an issue")
        verbose_name_plural = _("steps of issues")
        ordering = ["at", "pk"]
        triggers = [append_only("issue_step")]

    def __str__(self) -> str:
        return f"{self.issue} {self.get_verb_display()}"
