"""What the organiser suggests to each committee: so many pairings (任务建议书, SH-28)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models.round import Round
from pairing.querysets.market import TaskProposalQuerySet
from pairing.states import Side

WEAK_WITHIN_ALL = _("Not more pairings with weak villages than pairings in all.")


@with_history()
class TaskProposal(models.Model):
    """Suggested numbers for one committee. A draft until it is issued, then unchangeable: a change is a new version.

    `side`: for its units, so many pairings are to be found; for its villages, so many are to be received.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="task_proposals", verbose_name=_("round"))
    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("committee"))
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    suggested = models.PositiveIntegerField(_("suggested pairings"))
    suggested_weak = models.PositiveIntegerField(_("of them with economically weak villages"), default=0)
    words = models.CharField(_("words to the committee"), max_length=500, blank=True)
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("issued by"))

    objects = TaskProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("task proposal")
        verbose_name_plural = _("task proposals")
        ordering = ["committee__path", "side", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "committee", "side", "version"], name="task_proposal_version_once"
            ),
            models.UniqueConstraint(
                fields=["round", "committee", "side"], condition=Q(issued_at=None), name="task_proposal_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None) | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="task_proposal_issued_paired",
            ),
            models.CheckConstraint(
                condition=Q(suggested_weak__lte=F("suggested")),
                name="task_proposal_weak_within_all",
                violation_error_message=WEAK_WITHIN_ALL,
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="task_proposal_issued_unchangeable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__issued_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.committee}"

    def get_absolute_url(self) -> str:
        return reverse("task_proposal", args=[self.pk])
