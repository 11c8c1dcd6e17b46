"""An assessment of a round and period: who is assessed, line by line, with what speaks for each point.

What is reckoned is written by `reports.assessment.reckoning`; points are given, taken off and objected to in rows of
their own, which are never changed. Once frozen, the database refuses every change of all of it.
"""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.periods import words_of
from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Pairing, Round
from pairing.schemes.assessment import AssessmentRules, Item
from pairing.schemes.assessment_words import AssessedSide
from reports.querysets.assessment import AssessedQuerySet, AssessmentQuerySet
from reports.states import AssessmentState, assessment_tone


def frozen(name: str, join: str) -> list[pgtrigger.Trigger]:
    """Nothing is added to what is frozen; `join` leads from the new rows to the assessment `a`."""
    return [
        pgtrigger.Trigger(
            name=f"{name}_frozen",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert,
            referencing=pgtrigger.Referencing(new="new_rows"),
            func=f"""
                IF EXISTS (SELECT 1 FROM new_rows n {join} WHERE a.state = 'frozen') THEN
                    RAISE EXCEPTION 'pgtrigger: Cannot add to a frozen assessment';
                END IF;
                RETURN NULL;
            """,  # noqa: S608 - our own words
        )
    ]


TO_ASSESSMENT = "JOIN reports_assessment a ON a.id = n.assessment_id"
OF_ASSESSED = "JOIN reports_assessed s ON s.id = n.assessed_id JOIN reports_assessment a ON a.id = s.assessment_id"
OF_LINE = f"JOIN reports_scoreline l ON l.id = n.line_id {OF_ASSESSED.replace('n.assessed_id', 'l.assessed_id')}"


@with_history(exclude=["reckoned_at"])
class Assessment(models.Model):
    """`content`: the block 「考核」 as the scheme had it, changed by the organiser before it opened. `earlier`: of the
    first half of the same year, which counts in this one by `rules.earlier_weight` where it had a grade."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="assessments", verbose_name=_("round"))
    period = models.CharField(_("period"), max_length=12)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    content = models.JSONField(_("rules"))
    earlier = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("half-year that counts in it"),
    )
    state = models.CharField(_("state"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.DRAFT)
    made_at = models.DateTimeField(_("set up at"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("set up by"))
    reckoned_at = models.DateTimeField(_("reckoned at"), null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("frozen by")
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "period"], name="assessment_once"),
            models.CheckConstraint(condition=Q(starts_on__lte=models.F("ends_on")), name="assessment_days"),
            models.CheckConstraint(
                condition=Q(state=AssessmentState.FROZEN, frozen_at__isnull=False, frozen_by__isnull=False)
                | ~Q(state=AssessmentState.FROZEN) & Q(frozen_at=None, frozen_by=None),
                name="assessment_frozen_with_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="assessment_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=AssessmentState.FROZEN),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {words_of(self.period)}"

    def get_absolute_url(self) -> str:
        return reverse("assessment", args=[self.pk])

    @cached_property
    def rules(self) -> AssessmentRules:
        return AssessmentRules.model_validate(self.content)

    @property
    def period_words(self) -> str:
        return words_of(self.period)

    @property
    def state_tone(self) -> str:
        return assessment_tone(self.state)


class Assessed(models.Model):
    """One organisation, or one pairing as a whole. `score` of a hundred; none where no item applies. `place`: in the
    order of its kind, only where the rules allow one. `is_thin`: the items that apply hold too little of the full marks
    for a grade, a place, or a finding of little effect."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="subjects", verbose_name=_("assessment"))
    side = models.CharField(_("kind"), max_length=10, choices=AssessedSide.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pairing")
    )
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2, default=0)
    full = models.DecimalField(_("full mark"), max_digits=8, decimal_places=2, default=0)
    bonus = models.DecimalField(_("bonus"), max_digits=8, decimal_places=2, default=0)
    score = models.DecimalField(_("score"), max_digits=8, decimal_places=2, null=True)
    is_thin = models.BooleanField(_("too little applies for a grade"), default=False)
    is_vetoed = models.BooleanField(_("vetoed"), default=False)
    grade = models.CharField(_("grade"), max_length=60, blank=True)
    place = models.PositiveIntegerField(_("place among its kind"), null=True)
    is_frozen = models.BooleanField(_("frozen"), default=False)

    objects = AssessedQuerySet.as_manager()

    class Meta:
        verbose_name = _("who is assessed")
        verbose_name_plural = _("those assessed")
        ordering = ["side", "organisation__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "side", "organisation", "pairing"], nulls_distinct=False, name="assessed_once"
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, pairing__isnull=False) | Q(organisation__isnull=False, pairing=None),
                name="assessed_one",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="assessed_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_frozen=True),
            ),
            *frozen("assessed", TO_ASSESSMENT),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.pairing)

    def get_absolute_url(self) -> str:
        return reverse("assessed", args=[self.pk])

    @property
    def is_low(self) -> bool:
        """Of little effect (AH-08)."""
        return not self.is_thin and self.score is not None and self.score < self.assessment.rules.low


class ScoreLine(models.Model):
    """One item of one sheet. `computed`: by the rule; `adjusted`: by the organiser; `own`, `other`: as the assessed and
    the other side put it; `points`: all of it together. `evidence`: the duties and activities behind it, as they stood
    when it was reckoned."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="lines", verbose_name=_("who is assessed"))
    item = models.CharField(_("item"), max_length=40)
    full = models.DecimalField(_("full mark"), max_digits=8, decimal_places=2)
    applies = models.BooleanField(_("applies"))
    owed = models.PositiveIntegerField(_("owed"), default=0)
    met = models.PositiveIntegerField(_("met"), default=0)
    missing = models.PositiveIntegerField(_("missing"), default=0)
    computed = models.DecimalField(_("by the rule"), max_digits=8, decimal_places=2)
    adjusted = models.DecimalField(_("adjusted"), max_digits=8, decimal_places=2, default=0)
    own = models.DecimalField(_("own points"), max_digits=8, decimal_places=2, null=True)
    other = models.DecimalField(_("points of the other side"), max_digits=8, decimal_places=2, null=True)
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)
    evidence = models.JSONField(_("evidence"), default=list)
    is_frozen = models.BooleanField(_("frozen"), default=False)

    class Meta:
        verbose_name = _("line of a score sheet")
        verbose_name_plural = _("lines of a score sheet")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["assessed", "item"], name="score_line_once")]
        triggers = [
            pgtrigger.Protect(
                name="score_line_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__is_frozen=True),
            ),
            *frozen("score_line", OF_ASSESSED),
        ]

    def __str__(self) -> str:
        return f"{self.assessed} {self.item}"

    @property
    def rule(self) -> Item | None:
        return self.assessed.assessment.rules.item(self.item)

    @property
    def lost(self):
        """Points below the full mark; nothing where the item does not apply."""
        return max(self.full - self.points, 0) if self.applies else 0


class Kept(models.Model):
    """What somebody wrote into a score sheet: who, when, in which post. Never changed."""

    at = models.DateTimeField(_("entered at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    post = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("acting as"))
    words = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        abstract = True


@with_history()
class ScoreAdjustment(Kept):
    """Points that the organiser adds or takes off, with a reason."""

    line = models.ForeignKey(ScoreLine, models.PROTECT, related_name="adjustments", verbose_name=_("line"))
    points = models.DecimalField(_("points added or taken off"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("adjustment of a score")
        verbose_name_plural = _("adjustments of scores")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="score_adjustment_has_a_reason")]
        triggers = [append_only("score_adjustment"), *frozen("score_adjustment", OF_LINE)]

    def __str__(self) -> str:
        return f"{self.line} {self.points:+}"


@with_history()
class GivenScore(Kept):
    """Points that the assessed give themselves, or the other side gives; the newest of each giver counts."""

    line = models.ForeignKey(ScoreLine, models.PROTECT, related_name="given", verbose_name=_("line"))
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("given by"))
    is_own = models.BooleanField(_("of themselves"))
    points = models.DecimalField(_("points"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("score given")
        verbose_name_plural = _("scores given")
        ordering = ["pk"]
        triggers = [append_only("given_score"), *frozen("given_score", OF_LINE)]

    def __str__(self) -> str:
        return f"{self.line} {self.points}"


@with_history()
class Appeal(Kept):
    """The assessed object to a line, or to the whole; the organiser replies once."""

    assessed = models.ForeignKey(Assessed, models.PROTECT, related_name="appeals", verbose_name=_("who is assessed"))
    line = models.ForeignKey(
        ScoreLine, models.PROTECT, null=True, blank=True, related_name="appeals", verbose_name=_("line")
    )
    reply = models.CharField(_("reply"), max_length=300, blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replied by")
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at=None, replied_by=None, reply="")
                | Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply=""),
                name="appeal_replied_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="appeal_has_words"),
        ]
        triggers = [
            pgtrigger.Protect(name="appeal_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="appeal_replied_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__replied_at__isnull=False)
                | pgtrigger.Q(old__words__df=pgtrigger.F("new__words")),
            ),
            *frozen("appeal", OF_ASSESSED),
        ]

    def __str__(self) -> str:
        return f"{self.assessed} {self.words}"
