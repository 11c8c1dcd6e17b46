"""Good cases (好经验好做法): handed in by a unit or village, sent back with a remark or published (TN-31)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Round
from reports.praise.states import GoodCaseState, tone
from reports.protection import changed_beside
from reports.querysets.praise import GoodCaseQuerySet

OUT = [GoodCaseState.PUBLISHED, GoodCaseState.WITHDRAWN]


@with_history()
class GoodCase(models.Model):
    """`may_be_public`: the author agreed, and can take it back; `is_public`: everybody reads it, without sign-in."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="good_cases", verbose_name=_("handed in by")
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="good_cases", verbose_name=_("round"))
    title = models.CharField(_("good case"), max_length=80)
    practice = models.TextField(_("what is done, and how"), max_length=3000)
    outcome = models.TextField(pgettext_lazy("good case", "what came of it"), max_length=1500)
    lesson = models.TextField(_("what others can take from it"), max_length=1500, blank=True)
    may_be_public = models.BooleanField(_("the author agrees to a public page"), default=False)
    is_public = models.BooleanField(_("on a public page"), default=False)
    remark = models.CharField(_("what the organiser says of it"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GoodCaseState.choices, default=GoodCaseState.SUBMITTED)
    submitted_at = models.DateTimeField(_("handed in at"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published by")
    )

    objects = GoodCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("good case")
        verbose_name_plural = _("good cases")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["round", "state", "-published_at"], name="good_case_of_round")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None) & ~Q(state=GoodCaseState.PUBLISHED)
                | Q(published_at__isnull=False, published_by__isnull=False)
                & Q(state__in=[GoodCaseState.PUBLISHED, GoodCaseState.WITHDRAWN]),
                name="good_case_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(may_be_public=True, state=GoodCaseState.PUBLISHED),
                name="good_case_public_as_agreed",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="good_case_published_stays",
                operation=pgtrigger.Update,
                condition=changed_beside(OUT, "organisation_id", "state", "is_public", "may_be_public"),
            ),
            pgtrigger.Protect(name="good_case_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("good_case", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(GoodCaseState(self.state))

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.title, self.practice, self.outcome, self.lesson)


class GoodCaseStep(models.Model):
    """Who handed a case in, sent it back, published or withdrew it, and what they said. Append-only."""

    class Verb(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("good case", "handed it in")
        RETURNED = "returned", pgettext_lazy("good case", "sent it back")
        PUBLISHED = "published", pgettext_lazy("good case", "published it")
        HIDDEN = "hidden", pgettext_lazy("good case", "took it off the public page")
        WITHDRAWN = "withdrawn", pgettext_lazy("good case", "withdrew it")

    case = models.ForeignKey(GoodCase, models.PROTECT, related_name="steps", verbose_name=_("good case"))
    verb = models.CharField(_("step"), max_length=10, choices=Verb.choices)
    words = models.CharField(_("remark"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    acting_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("step of a good case")
        verbose_name_plural = _("steps of good cases")
        ordering = ["case", "pk"]
        triggers = [append_only("good_case_step")]

    def __str__(self) -> str:
        return f"{self.case} {self.get_verb_display()}"
