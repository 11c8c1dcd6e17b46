"""Who helps whom, person to person: one model for all that the texts name (domain §7.3)."""

from functools import reduce
from operator import and_, or_

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.kinds import HELPERS, SIDES, TARGETS, EndReason, PairKind, PairOrigin
from members.models.household import Household, Person
from members.models.member import Member
from members.querysets.pairs import PersonPairQuerySet
from members.states import PairState, tone
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Pairing, Round


def only(column: str, columns: tuple[str, ...]) -> Q:
    """`column` is filled, the others of `columns` are empty."""
    return Q(**{f"{each}__isnull": each != column for each in columns})


def sides_of(kind: str) -> Q:
    """The kind, with exactly one of its helper columns and one of its target columns filled."""
    helpers, targets = SIDES[kind]
    helper = reduce(or_, (only(column, HELPERS) for column in helpers))
    target = reduce(or_, (only(column, TARGETS) for column in targets))
    return reduce(and_, (Q(kind=kind), helper, target))


@with_history(exclude=("end_words", "seen_on"))
class PersonPair(models.Model):
    """A helper and a target, from a day until somebody ends it. Ended pairs are the history of helpers.

    `unit` is the organisation from which the help comes, `village` the one where the target lives: kept here, so that
    scope and figures need no look at six tables. `pairing` is the pairing of organisations under which it stands.
    `seen_on` is computed from the aids: the last day on which the helper was with the target.
    """

    kind = models.CharField(_("kind"), max_length=30, choices=PairKind.choices)
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="person_pairs", verbose_name=_("round")
    )
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="person_pairs", verbose_name=_("pairing")
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="person_pairs_as_unit", verbose_name=_("organisation of the helper")
    )
    village = models.ForeignKey(
        Organisation, models.PROTECT, related_name="person_pairs_as_village", verbose_name=_("village")
    )
    helper_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("helping organisation")
    )
    helper_member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="helping", verbose_name=_("helper")
    )
    helper_household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="helping", verbose_name=_("helping household")
    )
    target_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("village helped")
    )
    target_member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="helped_in", verbose_name=_("member helped")
    )
    target_household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="helped_in", verbose_name=_("household helped")
    )
    target_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="helped_in", verbose_name=_("person helped")
    )
    state = models.CharField(_("state"), max_length=20, choices=PairState.choices, default=PairState.ACTIVE)
    origin = models.CharField(_("origin"), max_length=20, choices=PairOrigin.choices, default=PairOrigin.CHOSEN)
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)
    seen_on = models.DateField(_("last seen on"), null=True, blank=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    end_reason = models.CharField(_("reason for the end"), max_length=20, choices=EndReason.choices, blank=True)
    end_words = models.CharField(_("words on the end"), max_length=200, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = PersonPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("person-to-person pair")
        verbose_name_plural = _("person-to-person pairs")
        ordering = ["-since", "-pk"]
        indexes = [
            models.Index(fields=["-since", "-id"], name="person_pair_newest_first"),
            models.Index(fields=["unit", "kind"], condition=Q(state="active"), name="person_pair_of_unit"),
            models.Index(fields=["village", "kind"], condition=Q(state="active"), name="person_pair_of_village"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, (sides_of(kind) for kind in PairKind)),
                name="person_pair_two_sides_of_its_kind",
                violation_error_message=_("A pair has one helper and one target, as its kind says."),
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.ACTIVE, until=None, end_reason="")
                | Q(state=PairState.ENDED, until__isnull=False) & ~Q(end_reason=""),
                name="person_pair_ended_with_a_reason",
                violation_error_message=_("A pair ends on a day and for a reason."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="person_pair_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(helper_member=None) | Q(target_member=None) | ~Q(helper_member=F("target_member")),
                name="person_pair_of_two_members",
                violation_error_message=_("Nobody helps themselves."),
            ),
            models.CheckConstraint(
                condition=Q(helper_household=None)
                | Q(target_household=None)
                | ~Q(helper_household=F("target_household")),
                name="person_pair_of_two_households",
                violation_error_message=_("Nobody helps themselves."),
            ),
            models.UniqueConstraint(
                fields=["kind", *HELPERS, *TARGETS],
                condition=Q(state=PairState.ACTIVE),
                nulls_distinct=False,
                name="person_pair_once",
                violation_error_message=_("These two are paired already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.helper} → {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("person_pair", args=[self.pk])

    @property
    def helper(self) -> Organisation | Member | Household:
        return next(found for column in HELPERS if (found := getattr(self, column)) is not None)

    @property
    def target(self) -> Organisation | Member | Household | Person:
        return next(found for column in TARGETS if (found := getattr(self, column)) is not None)

    @property
    def is_gap(self) -> bool:
        """In force, though the helper or the target is no longer there."""
        return self.state == PairState.ACTIVE and any(
            getattr(side, "left_on", None) for side in (self.helper, self.target)
        )

    @property
    def state_tone(self) -> str:
        return tone(PairState(self.state))
