"""Projects (SH-11, SH-19, SH-40, SH-47, TN-14, TN-18, YD-05, YD-20, QX-27): something to be seen, done by a day."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.money import rounded
from funds.projects.kinds import PartnerKind, ProjectKind, ProjectLevel, ProjectMode, WorkField, asks_villagers
from funds.projects.states import BEFORE, OPEN, ProjectState, ShareState, tone
from funds.querysets.projects import ProjectQuerySet
from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from pairing.models import Pairing, Round
from pairing.protection import kept_with_its_round
from pairing.states import Side

WHOLE = 100
OF_PROJECT = "JOIN funds_project p ON p.id = touched.project_id JOIN pairing_round r ON r.id = p.round_id"
# At the end of the transaction, under the lock of the project: whoever changes the shares in steps may do so.
SHARES_SUM_TO_THE_WHOLE = """
    PERFORM 1 FROM funds_project WHERE id = COALESCE(NEW.project_id, OLD.project_id) FOR NO KEY UPDATE;
    IF (SELECT COALESCE(SUM(share), 100) <> 100 FROM funds_projectshare
        WHERE project_id = COALESCE(NEW.project_id, OLD.project_id)) THEN
        RAISE EXCEPTION 'pgtrigger: The shares of a project do not sum to the whole'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'project_shares_sum_to_the_whole';
    END IF;
    RETURN NULL;
"""


@with_history(exclude=["in_charge"])
class Project(models.Model):
    """Of one pairing, or of a committee that lets several pairings give to it (SH-39); `place`: where it is done.

    `budget` in yuan, 0 where no money is needed. `called`: what the scheme calls it, where it names such projects.
    `planned_side` planned it, the other side agrees that it begins; `carrier` carries it out and reports it finished.
    """

    Level, Kind, Field, Mode, State = ProjectLevel, ProjectKind, WorkField, ProjectMode, ProjectState

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="projects", verbose_name=_("round"))
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("pairing")
    )
    committee = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="pooled_projects",
        verbose_name=_("committee that pools"),
    )  # fmt: skip
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="projects", verbose_name=_("place"))
    level = models.CharField(_("level"), max_length=10, choices=ProjectLevel.choices)
    title = models.CharField(_("project"), max_length=80)
    goal = models.TextField(_("goal"), max_length=1000)
    in_charge = models.CharField(_("person in charge"), max_length=80)
    kind = models.CharField(_("kind of project"), max_length=20, choices=ProjectKind.choices)
    called = models.CharField(_("as the scheme calls it"), max_length=60, blank=True)
    field = models.CharField(_("field of work"), max_length=20, choices=WorkField.choices)
    mode = models.CharField(_("mode of building"), max_length=20, choices=ProjectMode.choices, blank=True)
    partners = ArrayField(
        models.CharField(max_length=20, choices=PartnerKind.choices), verbose_name=_("partners in the village"),
        default=list, blank=True,
    )  # fmt: skip
    budget = models.DecimalField(_("budget (yuan)"), max_digits=14, decimal_places=2, default=Decimal(0))
    due_on = models.DateField(_("deadline"))
    planned_side = models.CharField(_("planned by"), max_length=10, choices=Side.choices)
    carrier = models.CharField(_("carried out by"), max_length=10, choices=Side.choices)
    state = models.CharField(_("state"), max_length=20, choices=ProjectState.choices, default=ProjectState.PLANNED)
    planned_at = models.DateTimeField(_("planned at"))
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    planned_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    started_on = models.DateField(_("began on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    finished_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported finished by")
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accepted by")
    )
    accepted_words = models.CharField(_("how the village finds it"), max_length=300, blank=True)
    promoted_at = models.DateTimeField(_("shown as an example since"), null=True, blank=True)
    promoted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("shown as an example by")
    )
    promoted_words = models.CharField(_("what others can learn from it"), max_length=300, blank=True)

    shares_open: bool = False  # where it was read `with_shares_open`
    turn: Any = None  # where a page shows it

    objects = ProjectQuerySet.as_manager()
    history_parts = ("shares", "milestones", "photos", "outcomes", "steps")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-planned_at", "-pk"]
        indexes = [
            models.Index(fields=["pairing", "state"], name="project_of_pairing"),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="project_open_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pairing__isnull=False, committee=None) | Q(pairing=None, committee__isnull=False),
                name="project_of_a_pairing_or_a_committee",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(goal=""), name="project_says_what_for"),
            models.CheckConstraint(
                condition=Q(budget__gte=0),
                name="project_budget_not_negative",
                violation_error_message=_("A budget is 0 or more."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ProjectState.PLANNED, ProjectState.CONSENTED, ProjectState.STOPPED])
                | Q(started_on__isnull=False),
                name="project_began_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=Q(finished_on=None, finished_by=None)
                | Q(finished_on__isnull=False, finished_by__isnull=False, finished_on__gte=F("started_on")),
                name="project_finished_paired",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProjectState.FINISHED, ProjectState.ACCEPTED]) | Q(finished_on__isnull=False),
                name="project_finished_with_state",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None) & ~Q(state=ProjectState.ACCEPTED)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, state=ProjectState.ACCEPTED)
                & ~Q(accepted_words="")
                & ~Q(accepted_by=F("finished_by")),
                name="project_accepted_by_somebody_else",
                violation_error_message=_("Somebody else than who reported it finished accepts it."),
            ),
            models.CheckConstraint(
                condition=Q(promoted_at=None, promoted_by=None)
                | Q(promoted_at__isnull=False, promoted_by__isnull=False, state=ProjectState.ACCEPTED),
                name="project_promoted_once_accepted",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="project_not_deleted", operation=pgtrigger.Delete),
            *kept_with_its_round(),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(self.state)

    @property
    def is_going_on(self) -> bool:
        return self.state in OPEN

    @property
    def is_before(self) -> bool:
        """Nothing has begun."""
        return self.state in BEFORE

    @property
    def is_pooled(self) -> bool:
        return self.committee_id is not None

    @property
    def giver(self) -> Organisation:
        """Who speaks for the aiding side: the unit, or the committee that pools."""
        return self.pairing.unit if self.pairing else self.committee  # type: ignore[return-value]  # one of the two

    @property
    def receiver(self) -> Organisation:
        """Who speaks for the village side, and accepts what was done."""
        return self.pairing.village if self.pairing else self.place

    def party(self, side: Side) -> Organisation:
        return self.giver if side == Side.UNIT else self.receiver

    @property
    def asks_villagers(self) -> bool:
        return asks_villagers(self.kind, self.mode)

    @property
    def kind_named(self) -> str:
        return self.called or str(ProjectKind(self.kind).label)

    @property
    def partner_names(self) -> list[str]:
        return [str(PartnerKind(each).label) for each in self.partners]

    def days_late(self, today: date) -> int:
        """How many days it is overdue; 0 where it is not, or is finished."""
        is_due = self.state in OPEN and self.state != ProjectState.FINISHED
        return max((today - self.due_on).days, 0) if is_due else 0


@with_history()
class ProjectShare(models.Model):
    """The part of one pairing in a pooled project, in per cent of the whole; both its sides are asked (SH-39)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="shares", verbose_name=_("project"))
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="project_shares", verbose_name=_("pairing"))
    share = models.DecimalField(_("share (per cent)"), max_digits=5, decimal_places=2)
    unit_state = models.CharField(
        _("answer of the giver"), max_length=10, choices=ShareState.choices, default=ShareState.ASKED
    )
    unit_answered_at = models.DateTimeField(_("the giver answered at"), null=True, blank=True)
    unit_answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered for the giver by")
    )
    village_state = models.CharField(
        _("answer of the village"), max_length=10, choices=ShareState.choices, default=ShareState.ASKED
    )
    village_answered_at = models.DateTimeField(_("the village answered at"), null=True, blank=True)
    village_answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered for the village by")
    )

    answers: Side | None = None  # for whom the reader of the page has something to say

    class Meta:
        verbose_name = _("share in a project")
        verbose_name_plural = _("shares in projects")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "pairing"], name="project_share_once"),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=WHOLE),
                name="project_share_is_a_part",
                violation_error_message=_("A share is more than 0 and at most 100 per cent."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(
                        **{f"{side}_state": ShareState.ASKED, f"{side}_answered_at": None, f"{side}_answered_by": None}
                    )
                    | ~Q(**{f"{side}_state": ShareState.ASKED})
                    & Q(**{f"{side}_answered_at__isnull": False, f"{side}_answered_by__isnull": False}),
                    name=f"project_share_{side}_answered",
                )
                for side in Side.values
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="project_shares_sum_to_the_whole",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=SHARES_SUM_TO_THE_WHOLE,
            ),
            *kept_with_its_round("project", OF_PROJECT),
        ]

    def __str__(self) -> str:
        return f"{self.pairing} {self.share}%"

    @property
    def amount(self) -> Decimal:
        """Its part of the budget, in yuan."""
        return rounded(self.project.budget * self.share / WHOLE)

    @property
    def is_agreed(self) -> bool:
        return self.unit_state == self.village_state == ShareState.AGREED

    @property
    def unit_state_tone(self) -> str:
        return tone(self.unit_state)

    @property
    def village_state_tone(self) -> str:
        return tone(self.village_state)
