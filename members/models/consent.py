"""Consent, where the law asks for it: of a household to its health data, of a guardian for a minor (P-34)."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.household import Household, Person
from members.models.member import Member
from office.models import StoredFile
from organisations.history import with_history
from organisations.models import User


class ConsentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_on=None)


@with_history()
class Consent(models.Model):
    """To one purpose (a key of members/personal_data.yaml), from a day until it is withdrawn."""

    class Purpose(models.TextChoices):
        MINOR = "minor", _("keeping a minor")
        HEALTH = "health", _("keeping illness or disability as a cause of hardship")

    member = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("member")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("household")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    given_on = models.DateField(_("given on"))
    by_guardian = models.BooleanField(_("given by the guardian"), default=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan of the paper")
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, household=None, person=None)
                | Q(member=None, household__isnull=False, person=None)
                | Q(member=None, household=None, person__isnull=False),
                name="consent_of_one",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="minor") | Q(person__isnull=False, by_guardian=True),
                name="consent_for_a_minor_by_the_guardian",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
            ),
            models.UniqueConstraint(
                fields=["member", "household", "person", "purpose"],
                condition=Q(withdrawn_on=None),
                nulls_distinct=False,
                name="consent_in_force_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    @property
    def record(self) -> Member | Household | Person:
        return next(found for found in (self.member, self.household, self.person) if found is not None)
