"""Who had personal data shown in full, and why. Kept for the auditor, and never changed."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.household import Household, Person
from members.models.member import Member
from organisations.models import User
from organisations.protection import append_only

RECORDS = ("member", "household", "person")


class PersonalReading(models.Model):
    """Somebody had the masked columns of one record shown in full, for the reason that they gave."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="readings", verbose_name=_("member"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="readings", verbose_name=_("household")
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="readings", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=120)
    read_at = models.DateTimeField(_("read at"), default=timezone.now)
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("read by"))

    class Meta:
        verbose_name = _("reading of personal data")
        verbose_name_plural = _("readings of personal data")
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, household=None, person=None)
                | Q(member=None, household__isnull=False, person=None)
                | Q(member=None, household=None, person__isnull=False),
                name="personal_reading_of_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="personal_reading_with_a_reason"),
        ]
        triggers = [append_only("personal_reading")]

    def __str__(self) -> str:
        return f"{self.read_by} {self.read_at}"
