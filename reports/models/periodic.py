"""Periodic reports along the reporting lines of a scheme: figures from the records, words by whoever reports."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.money import Exact
from core.periods import words_of
from duties.models import Duty
from funds.models.objection import changed
from members.models import Member
from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Round
from pairing.schemes.duty_words import Desk
from reports.querysets.periodic import ReportQuerySet
from reports.states import REPORT_TONES, REPORTS_IN, ReportState


class PeriodicReport(models.Model):
    """What a duty of the kind 「汇报」 is met with: drafted by `reports.periodic.drafting` when its period is over.

    `line` says to whom the scheme has it go, `desk` who that is here; of a member or of an organisation.
    `figures`: by their keys in `reports/periodic/contents.yaml`, {"n": number, "of": denominator}; `merged`: the same,
    summed over the reports of the level below, with {"in": handed in, "of": owed}. Nobody types them. As they were when
    the report was handed in they stay.
    """

    duty = models.OneToOneField(Duty, models.PROTECT, related_name="report", verbose_name=_("duty"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="periodic_reports", verbose_name=_("round"))
    line = models.CharField(_("goes to"), max_length=30, choices=Desk.choices)
    obligation = models.CharField(_("code in the scheme"), max_length=40)
    period = models.CharField(_("period"), max_length=12)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    due_on = models.DateField(_("to be handed in by"))
    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="periodic_reports", verbose_name=_("member")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="periodic_reports",
        verbose_name=_("organisation"),
    )  # fmt: skip
    desk = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reports_received", verbose_name=_("received by")
    )
    state = models.CharField(_("state"), max_length=12, choices=ReportState.choices, default=ReportState.DRAFTED)
    figures = models.JSONField(_("figures"), default=dict, decoder=Exact, editable=False)
    merged = models.JSONField(_("summed from below"), default=dict, decoder=Exact, editable=False)
    drafted_at = models.DateTimeField(_("drafted at"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed in by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = ReportQuerySet.as_manager()
    history_parts = ("words", "steps")

    class Meta:
        verbose_name = _("periodic report")
        verbose_name_plural = _("periodic reports")
        ordering = ["-ends_on", "-pk"]
        indexes = [
            models.Index(fields=["desk", "state", "-ends_on"], name="report_of_desk"),
            models.Index(fields=["round", "line", "period"], name="report_of_round"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, organisation__isnull=False) | Q(member__isnull=False, organisation=None),
                name="report_of_one",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, state=ReportState.DRAFTED)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False) & ~Q(state=ReportState.DRAFTED),
                name="report_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None) & ~Q(state=ReportState.ACCEPTED)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="report_answered_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="report_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="report_accepted_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=ReportState.ACCEPTED),
            ),
            pgtrigger.Protect(
                name="report_handed_in_keeps_its_figures",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=ReportState.SUBMITTED) & changed("figures", "merged"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period_words}"

    def get_absolute_url(self) -> str:
        return reverse("periodic_report", args=[self.pk])

    @property
    def name(self) -> str:
        """As the scheme calls it."""
        return self.duty.name

    @property
    def period_words(self) -> str:
        return words_of(self.period)

    @property
    def place(self) -> Organisation:
        """Whose it is: of a member, the organisation that they belong to."""
        found = self.organisation or (self.member.organisation if self.member else None)
        assert found is not None
        return found

    @property
    def reporter(self) -> str:
        return self.member.full_name if self.member else self.place.name

    @property
    def state_tone(self) -> str:
        return REPORT_TONES[self.state]

    @property
    def is_in(self) -> bool:
        return self.state in REPORTS_IN

    @property
    def is_late(self) -> bool:
        """Handed in after its last day, or not yet though that is over."""
        when = timezone.localdate(self.submitted_at) if self.submitted_at else timezone.localdate()
        return when > self.due_on


FROZEN_WORDS = """
IF EXISTS (
    SELECT 1 FROM reports_periodicreport r
    WHERE r.id = CASE TG_OP WHEN 'DELETE' THEN OLD.report_id ELSE NEW.report_id END
        AND r.state IN ('submitted', 'accepted')
) THEN
    RAISE EXCEPTION 'pgtrigger: Cannot change the words of a report that was handed in';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


@with_history(exclude=["words"])
class ReportWords(models.Model):
    """What somebody adds to the figures under one heading; the headings stand in `reports/periodic/contents.yaml`."""

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="words", verbose_name=_("periodic report"))
    section = models.CharField(_("section"), max_length=20)
    words = models.TextField(_("words of the report"), max_length=2000)

    class Meta:
        verbose_name = _("words of a report")
        verbose_name_plural = _("words of reports")
        ordering = ["report", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "section"], name="report_words_once")]
        triggers = [
            pgtrigger.Trigger(
                name="report_words_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FROZEN_WORDS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.report} {self.section}"


class ReportStep(models.Model):
    """Who handed a report in, sent it back or accepted it, and what they said. Append-only."""

    class Verb(models.TextChoices):
        SUBMITTED = "submitted", pgettext_lazy("report", "handed it in")
        RETURNED = "returned", pgettext_lazy("report", "sent it back")
        ACCEPTED = "accepted", pgettext_lazy("report", "accepted it")

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="steps", verbose_name=_("periodic report"))
    verb = models.CharField(_("step"), max_length=10, choices=Verb.choices)
    words = models.CharField(_("remark"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    acting_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["report", "pk"]
        triggers = [append_only("report_step")]

    def __str__(self) -> str:
        return f"{self.report} {self.get_verb_display()}"
