"""What a visit brought to light and needs a measure, and the records that answer it (XY-09, XY-11)."""

from datetime import date
from functools import reduce
from operator import or_

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Aid, HardshipPlan
from organisations.history import with_history
from organisations.models import User
from pairing.models import Issue, Pairing
from visits.models.activity import Activity
from visits.models.household_visit import HouseholdVisit
from visits.querysets.findings import FindingQuerySet

ANSWERING = ("aid", "plan", "activity", "issue")


@with_history(exclude=("settled_words",))
class Finding(models.Model):
    """One answer or remark of a visit that asks for something to be done: its words stand in the visit alone.

    Open until a measure, a goodwill visit or an issue answers it, or somebody says why nothing is needed.
    """

    class Topic(models.TextChoices):
        SITUATION = "situation", _("basic situation")
        LIVELIHOOD = "livelihood", _("problems of livelihood")
        WISHES = "wishes", _("wishes for development")
        WORDS = "words", _("what else was seen")

    visit = models.ForeignKey(
        HouseholdVisit, models.PROTECT, related_name="findings", verbose_name=_("household visit")
    )
    topic = models.CharField(_("what was found"), max_length=20, choices=Topic.choices)
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name=_("pairing")
    )
    found_on = models.DateField(_("found on"))
    due_on = models.DateField(_("measure due on"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_words = models.CharField(_("why nothing is needed"), max_length=200, blank=True)

    objects = FindingQuerySet.as_manager()
    history_parts = ("answers",)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(settled_at=None), name="finding_due")]
        constraints = [
            models.UniqueConstraint(fields=["visit", "topic"], name="finding_once_in_a_visit"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_words="")
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="finding_settled_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="finding_not_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.topic_name} {self.found_on}"

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.pk])

    @property
    def topic_name(self) -> str:
        """As the text calls the question."""
        if self.topic == self.Topic.WORDS:
            return str(self.get_topic_display())
        return self.visit.rules.question(self.topic)

    @property
    def words(self) -> str:
        """What was said; only for those who read the words of the visit."""
        return getattr(self.visit, self.topic)

    def days_open(self, today: date) -> int:
        return max((today - self.found_on).days, 0)

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0)


def one_answer(column: str) -> Q:
    return Q(**{f"{each}__isnull": each != column for each in ANSWERING})


@with_history()
class FindingAnswer(models.Model):
    """A record that answers a finding: help given or a plan (帮扶措施), an activity of the pairing, an issue."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="answers", verbose_name=_("finding"))
    aid = models.ForeignKey(Aid, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aid"))
    plan = models.ForeignKey(
        HardshipPlan, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("plan for leaving hardship"),
    )  # fmt: skip
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue"))
    given_at = models.DateTimeField(_("linked at"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("linked by"))

    class Meta:
        verbose_name = _("answer to a finding")
        verbose_name_plural = _("answers to findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=reduce(or_, map(one_answer, ANSWERING)), name="finding_answer_is_one"),
            models.UniqueConstraint(fields=["finding", *ANSWERING], nulls_distinct=False, name="finding_answer_once"),
        ]

    def __str__(self) -> str:
        return str(self.record)

    @property
    def record(self) -> Aid | HardshipPlan | Activity | Issue:
        return next(found for column in ANSWERING if (found := getattr(self, column)) is not None)
