"""Partners that were proposed for the villages still open, and what became of each proposal."""

from dataclasses import asdict

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models import Job
from organisations.history import with_history
from organisations.kinds import Resource
from organisations.models import Appointment, Organisation, User
from organisations.querysets import within
from pairing.matching.states import TONES, MatchState
from pairing.matching.weights import Weights
from pairing.models.market import Pairing
from pairing.models.round import Directory, Round
from pairing.protection import kept_with_its_round
from pairing.states import Side

MOST_WEIGHT = 10
LEAST_CANDIDATES, MOST_CANDIDATES = 50, 500


def weight(name, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(name, default=default, validators=[MaxValueValidator(MOST_WEIGHT)])


class MatchingRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of rounds that the user organises: unfinished thoughts are nobody else's."""
        return self.filter(within(user.scopes("round.manage"), "round__organiser__path"))


@with_history(exclude=["before", "proposed", "now"])
class MatchingRun(models.Model):
    """One computation for a round (SH-30): its settings, and how good the state is before it, by it, and by now.

    Under way as long as its job is; what it proposes stands in `proposals` once `finished_at` is set.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="matching_runs", verbose_name=_("round"))
    number = models.PositiveIntegerField(_("number"))
    directory = models.ForeignKey(Directory, models.PROTECT, related_name="+", verbose_name=_("directory"))
    wanted = models.PositiveSmallIntegerField(
        _("units for each village"), default=1, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    most = models.PositiveSmallIntegerField(
        _("most villages for each unit"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    candidates = models.PositiveSmallIntegerField(
        _("units looked at for each village"),
        default=100,
        validators=[MinValueValidator(LEAST_CANDIDATES), MaxValueValidator(MOST_CANDIDATES)],
    )
    needs = weight(_("needs met"), Weights.needs)
    ties = weight(_("old ties kept"), Weights.ties)
    nearness = weight(_("nearness"), Weights.nearness)
    wishes = weight(_("wishes of both sides"), Weights.wishes)
    balance = weight(_("balanced load"), Weights.balance)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("background work")
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("started by"))
    started_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    villages = models.PositiveIntegerField(_("open villages"), default=0)
    units = models.PositiveIntegerField(_("units with a place"), default=0)
    looked_at = models.PositiveIntegerField(_("pairs looked at"), default=0)
    before = models.JSONField(_("as it stood"), default=dict)
    proposed = models.JSONField(_("as proposed"), default=dict)
    now = models.JSONField(_("as changed by hand"), default=dict)

    objects = MatchingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("matching")
        verbose_name_plural = _("matchings")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="matching_run_once"),
            models.CheckConstraint(
                condition=Q(needs__lte=10, ties__lte=10, nearness__lte=10, wishes__lte=10, balance__lte=10),
                name="matching_weights_up_to_ten",
                violation_error_message=_("A weight is a number from 0 to 10."),
            ),
        ]
        triggers = kept_with_its_round()

    def __str__(self) -> str:
        return str(_("Matching %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("matching", args=[self.pk])

    @property
    def weights(self) -> Weights:
        return Weights(**{name: getattr(self, name) for name in asdict(Weights())})

    @property
    def is_exhaustive(self) -> bool:
        """Every unit with a place was looked at for every village."""
        return self.units <= self.candidates


class Nearness(models.IntegerChoices):
    """As `pairing.matching.problem` numbers it."""

    ELSEWHERE = 0, _("elsewhere")
    PREFECTURE = 1, _("same city")
    COUNTY = 2, _("same county")
    TOWNSHIP = 3, _("same township")
    COUNTERPART = 4, _("paired county")


class LeftOver(models.TextChoices):
    """Why a village has nobody: no unit with a place is left that it may have; or somebody decided so."""

    NO_PLACE = "no_place", _("no unit has a place left")
    TURNED_AWAY = "turned_away", _("the units with a place left are its partners already or were turned away before")
    GIVEN_AWAY = "given_away", _("its unit was given to another village by hand")


class MatchProposal(models.Model):
    """One place of one village, the unit proposed for it, and the reasons as data (`matching.wording` says them)."""

    run = models.ForeignKey(MatchingRun, models.CASCADE, related_name="proposals", verbose_name=_("matching"))
    village = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("paired village"))
    area = models.CharField(_("district or township"), max_length=120, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aiding unit")
    )
    proposed_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("as computed")
    )
    state = models.CharField(_("state"), max_length=20, choices=MatchState.choices, default=MatchState.PROPOSED)
    asked = models.PositiveSmallIntegerField(_("needs"), default=0)
    met = ArrayField(
        models.CharField(max_length=20, choices=Resource.choices), verbose_name=_("needs met"), default=list, blank=True
    )
    met_count = models.PositiveSmallIntegerField(_("number of needs met"), default=0)
    tie = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paired before in")
    )
    nearness = models.PositiveSmallIntegerField(_("nearness"), choices=Nearness.choices, default=Nearness.ELSEWHERE)
    wish = models.CharField(_("wish of"), max_length=10, choices=Side.choices, blank=True)
    points = models.IntegerField(_("points"), default=0)
    others = ArrayField(models.BigIntegerField(), verbose_name=_("other units weighed"), default=list, blank=True)
    left_over = models.CharField(_("why nobody"), max_length=20, choices=LeftOver.choices, blank=True)
    note = models.CharField(_("why it was skipped"), max_length=300, blank=True)
    moved_at = models.DateTimeField(_("moved by hand at"), null=True, blank=True)
    moved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moved by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    pairing = models.OneToOneField(
        Pairing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pairing")
    )

    class Meta:
        verbose_name = _("proposed pair")
        verbose_name_plural = _("proposed pairs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "village", "unit"], name="match_proposal_once"),
            models.CheckConstraint(
                condition=Q(state=MatchState.LEFT, unit=None) | ~Q(state=MatchState.LEFT) & Q(unit__isnull=False),
                name="match_proposal_has_a_unit_or_is_left",
            ),
            models.CheckConstraint(
                condition=Q(moved_at=None, moved_by=None) | Q(moved_at__isnull=False, moved_by__isnull=False),
                name="match_proposal_moved_paired",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="match_proposal_settled_paired",
            ),
            models.CheckConstraint(
                condition=Q(state=MatchState.ISSUED, pairing__isnull=False)
                | ~Q(state=MatchState.ISSUED) & Q(pairing=None),
                name="match_proposal_pairing_once_issued",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state"], name="match_proposal_state"),
            models.Index(fields=["run", "unit"], name="match_proposal_unit"),
            models.Index(fields=["run", "village"], name="match_proposal_village"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.village}" if self.unit else str(self.village)

    def get_absolute_url(self) -> str:
        return reverse("match_proposal", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return TONES[MatchState(self.state)]

    @property
    def pair(self) -> tuple[Organisation, Organisation]:
        """Unit and village of one that has a unit."""
        assert self.unit is not None
        return self.unit, self.village

    @property
    def is_moved(self) -> bool:
        return self.moved_at is not None
