"""Helpers that were proposed for households without one, and what became of each proposal."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.assignment.sharing import LeftOver, Why
from members.models.household import Household
from members.models.member import Member
from members.models.pair import PersonPair
from members.states import AssignmentState, tone
from office.models import Job
from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.models import Round


class AssignmentRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Unfinished thoughts of those who say who helps whom: nobody else's."""
        return self.filter(within(user.scopes("pair.manage"), "place__path"))


@with_history(exclude=["before", "proposed", "now"])
class AssignmentRun(models.Model):
    """One computation: for the households of `place` without a helper; the quotas by rank come from `round`.

    Under way as long as its job is; what it proposes stands in `proposals` once `finished_at` is set. `before`,
    `proposed` and `now` are measures (members.assignment.measuring).
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("for the households of"))
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("round whose quotas hold")
    )
    only_needy = models.BooleanField(_("only households in need"), default=True)
    only_able = models.BooleanField(_("only helpers who are marked as able to help"), default=False)
    keeps_quota = models.BooleanField(_("nobody gets more than the quota of their rank"), default=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("background work")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("started by"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households without a helper"), default=0)
    helpers = models.PositiveIntegerField(_("helpers"), default=0)
    teams = models.PositiveIntegerField(_("teams and units"), default=0)
    before = models.JSONField(_("as it stood"), default=dict)
    proposed = models.JSONField(_("as proposed"), default=dict)
    now = models.JSONField(_("as changed by hand"), default=dict)

    objects = AssignmentRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of helpers")
        verbose_name_plural = _("assignments of helpers")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("Assignment %(number)s: %(place)s") % {"number": self.pk, "place": self.place.name})

    def get_absolute_url(self) -> str:
        return reverse("assignment", args=[self.pk])


class AssignmentProposal(models.Model):
    """One household, the helper proposed for it and why; or why nobody."""

    run = models.ForeignKey(AssignmentRun, models.CASCADE, related_name="proposals", verbose_name=_("assignment"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="+", verbose_name=_("household"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("village"))
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("helper")
    )
    why = models.CharField(_("why"), max_length=20, choices=Why.choices, blank=True)
    left_over = models.CharField(_("why nobody"), max_length=20, choices=LeftOver.choices, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=AssignmentState.choices, default=AssignmentState.PROPOSED
    )
    pair = models.OneToOneField(
        PersonPair, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pair")
    )

    class Meta:
        verbose_name = _("proposed helper")
        verbose_name_plural = _("proposed helpers")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["run", "state"], name="assignment_proposal_state"),
            models.Index(fields=["run", "member", "state"], name="assignment_proposal_of_helper"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["run", "household"], name="assignment_proposal_once"),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.LEFT, member=None)
                | ~Q(state=AssignmentState.LEFT) & Q(member__isnull=False),
                name="assignment_proposal_has_a_helper_or_is_left",
            ),
            models.CheckConstraint(
                condition=Q(state=AssignmentState.ISSUED, pair__isnull=False)
                | ~Q(state=AssignmentState.ISSUED) & Q(pair=None),
                name="assignment_proposal_pair_once_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.household}" if self.member else str(self.household)

    def get_absolute_url(self) -> str:
        return reverse("assignment_proposal", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(AssignmentState(self.state))
