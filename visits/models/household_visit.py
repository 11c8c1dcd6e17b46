"""A visit at the door of a household, a member or a person: who was met, what the three questions brought (XY-08)."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.kinds import TARGETS
from members.models import Household, Member, Person, PersonPair
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.schemes.visits import VisitRules
from pairing.schemes.words import VisitKind, VisitQuestion
from visits.querysets.household_visits import HouseholdVisitQuerySet

VISITED = tuple(column for column in TARGETS if column != "target_organisation")
TEXTS = ("situation", "livelihood", "wishes", "words", "missed_words", "withdrawn_words")


def one_of_them(column: str) -> Q:
    return Q(**{f"{each}__isnull": each != column for each in VISITED})


@with_history(exclude=TEXTS)
class HouseholdVisit(models.Model):
    """A call at the door, or one that found nobody: then it counts as nothing, and the reason can be read.

    `asks`: the questions that this visit had to ask, those of the scheme until one visit has answered them all;
    `answered`: those with an answer, whatever becomes of the words. `kinds`: on whom it was (XY-10), as the register
    knows them or as the visitor chose. `pair`: under which it was paid; the village calls on its own without one.
    Nothing of it is changed but that open questions are answered; a wrong entry is taken back with a reason.
    """

    Question, Kind = VisitQuestion, VisitKind

    class Met(models.TextChoices):
        HEAD = "head", _("head of the household")
        SELF = "self", _("the person themselves")
        FAMILY = "family", _("somebody of the family")
        GUARDIAN = "guardian", _("guardian")
        OTHER = "other", _("somebody else")

    class Care(models.TextChoices):
        """TN-10: what is looked after where a left-behind child is visited."""

        LIVING = "living", _("daily life is taken care of")
        LEARNING = "learning", _("schooling is secured")
        GROWING = "growing", _("growing up is guided")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    pair = models.ForeignKey(
        PersonPair,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("person-to-person pair"),
    )
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("round"))
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation of the visitor")
    )
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("village"))
    target_household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("household visited")
    )
    target_member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("member visited")
    )
    target_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("person visited")
    )
    on = models.DateField(_("day"))
    took_place = models.BooleanField(_("took place"), default=True)
    met = models.CharField(_("who was met"), max_length=10, choices=Met.choices, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=VisitKind.choices), verbose_name=_("on whom"), default=list, blank=True
    )
    care = ArrayField(
        models.CharField(max_length=20, choices=Care.choices),
        verbose_name=_("care for the child"), default=list, blank=True,
    )  # fmt: skip
    asks = ArrayField(
        models.CharField(max_length=20, choices=VisitQuestion.choices),
        verbose_name=_("questions asked"), default=list, blank=True,
    )  # fmt: skip
    answered = ArrayField(
        models.CharField(max_length=20, choices=VisitQuestion.choices),
        verbose_name=_("questions answered"), default=list, blank=True,
    )  # fmt: skip
    situation = models.TextField(_("basic situation"), max_length=500, blank=True)
    livelihood = models.TextField(_("problems of livelihood"), max_length=500, blank=True)
    wishes = models.TextField(_("wishes for development"), max_length=500, blank=True)
    words = models.TextField(_("what was seen and said"), max_length=1000, blank=True)
    missed_words = models.CharField(_("why it could not take place"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    withdrawn_words = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = HouseholdVisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("household visit")
        verbose_name_plural = _("household visits")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["village", "-on"], name="household_visit_of_village"),
            models.Index(fields=["unit", "-on"], name="household_visit_of_unit"),
            models.Index(fields=["-on", "-id"], name="household_visit_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=one_of_them(VISITED[0]) | one_of_them(VISITED[1]) | one_of_them(VISITED[2]),
                name="household_visit_at_one_door",
            ),
            models.CheckConstraint(
                condition=Q(took_place=True) & ~Q(met="")
                | Q(took_place=False, met="", asks=[], answered=[], kinds=[], care=[]),
                name="household_visit_missed_counts_as_nothing",
                violation_error_message=_("Say who was met."),
            ),
            models.CheckConstraint(
                condition=Q(care=[]) | Q(target_person__isnull=False), name="household_visit_care_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_words="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="household_visit_taken_back_by_somebody",
            ),
        ]
        triggers = [pgtrigger.Protect(name="household_visit_not_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.village} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("household_visit", args=[self.pk])

    @property
    def target(self) -> Household | Member | Person:
        return next(found for column in VISITED if (found := getattr(self, column)) is not None)

    @property
    def rules(self) -> VisitRules:
        return self.round.rules.visits if self.round else VisitRules()

    @property
    def missing(self) -> list[str]:
        """What it had to ask and has no answer to; a visit is complete without any."""
        return [key for key in self.asks if key not in self.answered]

    @property
    def missing_names(self) -> list[str]:
        return [self.rules.question(key) for key in self.missing]

    @property
    def kind_names(self) -> list[str]:
        return [self.rules.kind(key) for key in self.kinds]

    @property
    def care_names(self) -> list[str]:
        return [str(self.Care(each).label) for each in self.care]

    @property
    def is_at_a_minor(self) -> bool:
        """Its words are read by fewer people still (P-34)."""
        return self.target_person is not None and self.target_person.is_minor

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Question and words, of those that have an answer."""
        return [(self.rules.question(key), getattr(self, key)) for key in VisitQuestion if key in self.answered]

    @property
    def state_tone(self) -> str:
        if self.withdrawn_at or not self.took_place:
            return "wait"
        return "soon" if self.missing else "done"

    def get_state_display(self) -> str:
        if self.withdrawn_at:
            return str(_("taken back"))
        if not self.took_place:
            return str(_("nobody was met"))
        if not self.asks:
            return str(_("took place"))
        return str(_("incomplete") if self.missing else _("complete"))

    @property
    def state(self) -> str:
        return self.get_state_display()
