"""What somebody owes by a day: one line of a scheme, for one subject, in one period."""

from datetime import date, timedelta
from functools import cached_property, reduce
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.periods import words_of
from duties.querysets import DutyQuerySet
from duties.states import TONES, DutyState, Standing, open_standing
from members.models import FloatingRecord, Household, Member, PersonPair
from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Pairing, Round, SchemeVersion
from pairing.schemes.duties import Obligation

SUBJECTS = ("pairing", "organisation", "floating", "household", "member", "person_pair")


def of_one(subject: str) -> Q:
    return Q(**{f"{each}__isnull": each != subject for each in SUBJECTS})


class Duty(models.Model):
    """Planned by `duties.planning`, counted by `duties.counting`; nobody types a number here (design §5).

    `obligation` is the code of its line in the scheme; `period` a key of `core.periods`, empty where there is but one.
    From `starts_on` to `counts_until`, both included, records count; `least` of them are owed, part periods reckoned
    in, until `due_on`.
    `unit`, `village`, `committee`: whose posts answer for it; none where the organiser does, or the origin of a
    floating member.
    `done` and `waiting` (for the other side's confirmation) are as of `counted_at`; pages of few duties count anew.
    """

    scheme_version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="+", verbose_name=_("scheme"))
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="duties", verbose_name=_("round")
    )
    obligation = models.CharField(_("code in the scheme"), max_length=40)
    period = models.CharField(_("period"), max_length=12, blank=True)
    pairing = models.ForeignKey(
        Pairing, models.CASCADE, null=True, blank=True, related_name="duties", verbose_name=_("pairing")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="duties", verbose_name=_("organisation")
    )
    floating = models.ForeignKey(
        FloatingRecord, models.CASCADE, null=True, blank=True, related_name="duties", verbose_name=_("floating member")
    )
    household = models.ForeignKey(
        Household, models.CASCADE, null=True, blank=True, related_name="duties", verbose_name=_("household")
    )
    member = models.ForeignKey(
        Member, models.CASCADE, null=True, blank=True, related_name="duties", verbose_name=_("member")
    )
    person_pair = models.ForeignKey(
        PersonPair, models.CASCADE, null=True, blank=True, related_name="duties",
        verbose_name=_("person-to-person pair"),
    )  # fmt: skip
    unit = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("owed by the unit")
    )
    village = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("owed by the village")
    )
    committee = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("owed by the committee")
    )
    starts_on = models.DateField(_("first day"))
    due_on = models.DateField(_("last day"))
    least = models.PositiveIntegerField(_("at least"))
    state = models.CharField(_("state"), max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    planned_on = models.DateField(_("planned on"))
    done = models.PositiveIntegerField(_("done"), default=0)
    waiting = models.PositiveIntegerField(_("waiting for confirmation"), default=0)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=[*SUBJECTS, "round", "obligation", "period"],
                nulls_distinct=False,
                name="duty_once",
            ),
            models.CheckConstraint(
                condition=reduce(or_, map(of_one, SUBJECTS)),
                name="duty_of_one_subject",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("due_on")), name="duty_starts_before_it_is_due"),
        ]
        indexes = [
            models.Index(fields=["round", "obligation", "due_on"], name="duty_of_round"),
            models.Index(fields=["due_on"], condition=Q(state=DutyState.OPEN), name="duty_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("duty", args=[self.pk])

    @cached_property
    def rule(self) -> Obligation | None:
        """The line of the scheme."""
        return next((each for each in self.scheme_version.rules.obligations if each.key == self.obligation), None)

    @property
    def counts_until(self) -> date:
        """The last day of the period; some lines leave a few days after it."""
        return self.due_on - timedelta(days=self.rule.after_days if self.rule else 0)

    @property
    def name(self) -> str:
        return self.rule.name if self.rule else self.obligation

    @property
    def period_words(self) -> str:
        return words_of(self.period)

    @property
    def subject(self) -> models.Model:
        return next(found for column in SUBJECTS if (found := getattr(self, column)) is not None)

    @property
    def where(self) -> models.Model:
        """The same, and of a person where they belong: what leaves the product names nobody."""
        if self.floating:
            return self.floating.origin
        if self.member:
            return self.member.organisation
        person = self.household or self.person_pair
        return person.village if person else self.subject

    @property
    def is_met(self) -> bool:
        return self.done >= self.least

    def days_left(self, today: date) -> int:
        return (self.due_on - today).days

    def standing(self, today: date) -> Standing:
        return Standing.MET if self.is_met else open_standing(self.due_on, today)

    def tone(self, today: date) -> str:
        return TONES[self.standing(today)]


@with_history()
class Waiver(models.Model):
    """Somebody decided that a duty need not be met, and says why. Append-only; it stays when the plan is made anew."""

    duty = models.OneToOneField(Duty, models.PROTECT, related_name="waiver", verbose_name=_("duty"))
    words = models.CharField(_("reason"), max_length=200)
    waived_at = models.DateTimeField(_("waived at"))
    waived_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("waived by"))
    waived_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-pk"]
        triggers = [append_only("waiver")]

    def __str__(self) -> str:
        return str(self.duty)
