"""A satisfaction survey of a round and a year: who is judged, who was drawn, and answers that lead back to nobody.

An answer knows its subject, its channel and what was marked: no household, no code, no moment, no sheet. The codes on
the slips belong to a village, never to a household; a code that was used is deleted (docs/decisions/survey.md).
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.models import Household
from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.protection import append_only
from pairing.models import Round
from pairing.schemes.survey import SurveyRules
from pairing.schemes.survey_words import Channel, SubjectKind
from reports.querysets.survey import (
    SurveyAnswerQuerySet,
    SurveyPlaceQuerySet,
    SurveyQuerySet,
    SurveySubjectQuerySet,
)
from reports.survey.states import TONES, SurveyState


@with_history()
class Survey(models.Model):
    """`settings` are the rules of the scheme as the organiser set them for this survey; they are printed with every
    result. `totals` is worked out when it is closed, from those answers alone that may be shown."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="surveys", verbose_name=_("round"))
    year = models.PositiveSmallIntegerField(_("year"))
    settings = models.JSONField(_("settings"))
    seed = models.CharField(_("seed of the draw"), max_length=40)
    until = models.DateField(_("last day for answers"))
    state = models.CharField(_("state"), max_length=10, choices=SurveyState.choices, default=SurveyState.RUNNING)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    filed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("filed by")
    )
    totals = models.JSONField(_("totals"), default=list, blank=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = _("satisfaction survey")
        verbose_name_plural = _("satisfaction surveys")
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "year"], condition=~Q(state=SurveyState.GIVEN_UP), name="survey_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="survey_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(filed_at=None, filed_by=None) & ~Q(state=SurveyState.FILED)
                | Q(filed_at__isnull=False, filed_by__isnull=False, state=SurveyState.FILED),
                name="survey_filed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(year)s satisfaction survey") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("survey", args=[self.pk])

    @property
    def rules(self) -> SurveyRules:
        return SurveyRules.model_validate(self.settings)

    @property
    def state_tone(self) -> str:
        return TONES[SurveyState(self.state)]

    @property
    def is_running(self) -> bool:
        return self.state == SurveyState.RUNNING

    @property
    def has_results(self) -> bool:
        return self.state in (SurveyState.CLOSED, SurveyState.FILED)


class SurveySubject(models.Model):
    """Who is judged. Cadres are always all those of one unit: nobody is judged, or ranked, as a person.

    `marks`: question, channel, option, how often; worked out when the survey is closed, after which no answer changes.
    """

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="subjects", verbose_name=_("survey"))
    kind = models.CharField(_("kind"), max_length=10, choices=SubjectKind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))
    marks = models.JSONField(_("marks"), default=list, blank=True)

    objects = SurveySubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of a survey")
        verbose_name_plural = _("subjects of surveys")
        ordering = ["kind", "organisation__path"]
        constraints = [models.UniqueConstraint(fields=["survey", "kind", "organisation"], name="survey_subject_once")]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("survey_subject", args=[self.pk])


class SurveyPlace(models.Model):
    """A village in which people are asked, and about whom. Of the households `drawn` for a channel, the answers of so
    many are `entered`, those by code among the questionnaires. It has no history: that would tell when somebody
    answered."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="places", verbose_name=_("survey"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("village"))
    subjects: Any = models.ManyToManyField(SurveySubject, related_name="places", verbose_name=_("asked about"))
    drawn_field = models.PositiveSmallIntegerField(_("drawn for the field check"), default=0)
    drawn_paper = models.PositiveSmallIntegerField(_("drawn for the questionnaire"), default=0)
    drawn_phone = models.PositiveSmallIntegerField(_("drawn for the telephone"), default=0)
    entered_field = models.PositiveSmallIntegerField(_("answers of the field check"), default=0)
    entered_paper = models.PositiveSmallIntegerField(_("answers to the questionnaire"), default=0)
    entered_phone = models.PositiveSmallIntegerField(_("answers by telephone"), default=0)

    objects = SurveyPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("village of a survey")
        verbose_name_plural = _("villages of surveys")
        ordering = ["village__path"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "village"], name="survey_place_once"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"entered_{channel}__lte": F(f"drawn_{channel}")}),
                    name=f"survey_place_{channel}_within_quota",
                )
                for channel in Channel.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village.name} {self.survey}"

    def get_absolute_url(self) -> str:
        return reverse("survey_place", args=[self.pk])

    def drawn(self, channel: str) -> int:
        return getattr(self, f"drawn_{Channel(channel)}")

    def entered(self, channel: str) -> int:
        return getattr(self, f"entered_{Channel(channel)}")

    def room(self, channel: str) -> int:
        """How many more answers over a channel this village may give: of each household that was drawn, one."""
        return self.drawn(channel) - self.entered(channel)

    def add(self, channel: str, sheets: int) -> None:
        """Locked by whoever calls."""
        setattr(self, f"entered_{Channel(channel)}", self.entered(channel) + sheets)
        self.save(update_fields=[f"entered_{Channel(channel)}"])


class SurveyRespondent(models.Model):
    """A household that was drawn, and how it is to be asked. Whether it answered, and what, is kept nowhere."""

    place = models.ForeignKey(SurveyPlace, models.PROTECT, related_name="respondents", verbose_name=_("village"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="surveyed_for", verbose_name=_("household"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)

    class Meta:
        verbose_name = _("household drawn for a survey")
        verbose_name_plural = _("households drawn for surveys")
        ordering = ["channel", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "household"], name="survey_respondent_once")]
        triggers = [append_only("survey_respondent")]

    def __str__(self) -> str:
        return f"{self.household} {self.get_channel_display()}"


class SurveyCode(models.Model):
    """A code that has been printed and not been used. Only its hash is kept."""

    place = models.ForeignKey(SurveyPlace, models.CASCADE, related_name="codes", verbose_name=_("village"))
    digest = models.CharField(_("hash of the code"), max_length=64, primary_key=True, editable=False)

    class Meta:
        verbose_name = _("code of a survey")
        verbose_name_plural = _("codes of surveys")
        ordering = ["digest"]

    def __str__(self) -> str:
        return str(self.place)


@with_history()
class SurveyBatch(models.Model):
    """Sheets that staff counted and entered together: of one village and one channel."""

    place = models.ForeignKey(SurveyPlace, models.PROTECT, related_name="batches", verbose_name=_("village"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    sheets = models.PositiveSmallIntegerField(_("answer sheets"))
    key = models.UUIDField(_("key"), unique=True, editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )

    class Meta:
        verbose_name = _("batch of answer sheets")
        verbose_name_plural = _("batches of answer sheets")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sheets__gt=0), name="survey_batch_holds_sheets"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="survey_batch_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.sheets}"


class SurveyAnswer(models.Model):
    """How often an option was marked for a question about a subject: once, as somebody answered by code; so often in a
    batch. The key is drawn at random, so that rows have no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(SurveySubject, models.PROTECT, related_name="answers", verbose_name=_("asked about"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    question = models.CharField(pgettext_lazy("of a survey", "question"), max_length=40)
    option = models.CharField(_("answer"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    batch = models.ForeignKey(
        SurveyBatch, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("batch")
    )

    objects = SurveyAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answers of a survey")
        verbose_name_plural = _("answers of surveys")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(number__gt=0), name="survey_answer_counts")]
        triggers = [append_only("survey_answer")]

    def __str__(self) -> str:
        return f"{self.question} {self.option} {self.number}"
