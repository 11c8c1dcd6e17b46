"""Households and single persons of a village, as far as helping them needs it. Never on a public page."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.kinds import MINORS, Hardship, HouseholdClass, PersonKind
from members.models.retained import kept_longer_with_a_reason
from members.models.rostered import SEARCHED, Rostered
from members.querysets.people import HouseholdQuerySet, PersonQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history(exclude=("head", "phone", "number", "wish", "household_class", "causes", "seen_on", *SEARCHED))
class Household(Rostered):
    """A household of a village. Class and causes are sensitive (P-34): outside the history, never exported unasked.

    `is_needy`: somebody has to help it. `is_able`: well off or skilled, so that it helps another one (QX-16).
    `seen_on` is computed from what was done for it.
    """

    named_by = "head"

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="households", verbose_name=_("village"))
    number = models.CharField(_("number on the roster"), max_length=30, blank=True)
    head = models.CharField(_("head of the household"), max_length=60)
    group = models.CharField(_("villagers' group"), max_length=60, blank=True)
    people = models.PositiveSmallIntegerField(_("people"), null=True, blank=True)
    is_needy = models.BooleanField(_("in need of help"), default=False)
    is_able = models.BooleanField(_("able to help another household"), default=False)
    household_class = models.CharField(
        _("class of the household"), max_length=20, choices=HouseholdClass.choices, blank=True
    )
    causes = ArrayField(
        models.CharField(max_length=20, choices=Hardship.choices), verbose_name=_("causes"), default=list, blank=True
    )
    surveyed_on = models.DateField(_("surveyed on"), null=True, blank=True)
    surveyed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("surveyed by")
    )
    wish = models.TextField(_("wish for its own development"), max_length=500, blank=True)
    wished_on = models.DateField(_("wish recorded on"), null=True, blank=True)
    seen_on = models.DateField(_("last seen on"), null=True, blank=True, editable=False)

    objects = HouseholdQuerySet.as_manager()
    history_parts = ("consents",)

    class Meta:
        verbose_name = _("household")
        verbose_name_plural = _("households")
        ordering = ["village__path", "pk"]
        indexes = [
            GinIndex(fields=["search_grams"], name="household_grams"),
            models.Index(fields=["left_on"], condition=Q(left_on__isnull=False), name="household_left"),
            models.Index(
                fields=["village", "id"], include=["is_needy"], condition=Q(left_on=None), name="household_present"
            ),
            models.Index(fields=["village", "head"], name="household_by_head"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(head="", phone="", wish="", search_text="", causes=[]),
                name="household_erased_leaves_nothing",
            ),
            kept_longer_with_a_reason("household"),
            models.CheckConstraint(
                condition=Q(wish="") | Q(wished_on__isnull=False),
                name="household_wish_has_a_day",
                violation_error_message=_("Say on which day the wish was recorded."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("household", args=[self.pk])

    @property
    def cause_names(self) -> list[str]:
        return [str(Hardship(each).label) for each in self.causes]


@with_history(exclude=("name", "guardian", "phone", "need", *SEARCHED))
class Person(Rostered):
    """A person of a village who is no member, kept only where the help goes to a person and not to a household.

    A minor is kept with the guardian's consent only (P-34, art. 31), and is never shown beyond those who are near.
    """

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="persons", verbose_name=_("village"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name=_("household")
    )
    name = models.CharField(_("name of the person"), max_length=60)
    kind = models.CharField(_("kind"), max_length=30, choices=PersonKind.choices, default=PersonKind.NEEDY_VILLAGER)
    guardian = models.CharField(_("guardian"), max_length=60, blank=True)
    need = models.CharField(_("what is needed"), max_length=300, blank=True)

    objects = PersonQuerySet.as_manager()
    history_parts = ("consents",)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["village__path", "pk"]
        indexes = [
            GinIndex(fields=["search_grams"], name="person_grams"),
            models.Index(fields=["left_on"], condition=Q(left_on__isnull=False), name="person_left"),
            models.Index(fields=["village", "name"], name="person_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=MINORS) | ~Q(guardian="") | Q(erased_at__isnull=False),
                name="person_minor_has_a_guardian",
                violation_error_message=_("Name the guardian: a minor is kept only with the guardian's consent."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", guardian="", phone="", need="", search_text=""),
                name="person_erased_leaves_nothing",
            ),
            kept_longer_with_a_reason("person"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.pk])

    @property
    def is_minor(self) -> bool:
        return self.kind in MINORS
