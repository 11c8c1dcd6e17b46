"""That somebody's personal data were erased, by whom and why. It names nobody."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.household import Household, Person
from members.models.member import Member
from organisations.models import User
from organisations.protection import append_only


class Erasure(models.Model):
    """The entry itself stays, without a name, so that counts stay true. `imports`, `files`, `messages`, `texts`: how
    much else was touched, by all that were erased in the same act. `erased_by` None: the time was over."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="erasures", verbose_name=_("member"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="erasures", verbose_name=_("household")
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="erasures", verbose_name=_("person"))
    reason = models.CharField(_("reason"), max_length=200)
    imports = models.PositiveIntegerField(_("imports that held the name or the phone"), default=0)
    files = models.PositiveIntegerField(_("files destroyed"), default=0)
    messages = models.PositiveIntegerField(_("messages that held the name or the phone"), default=0)
    texts = models.PositiveIntegerField(_("texts that held the name or the phone"), default=0)
    erased_at = models.DateTimeField(_("erased at"), default=timezone.now)
    erased_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("erased by"))

    class Meta:
        verbose_name = _("erasure of personal data")
        verbose_name_plural = _("erasures of personal data")
        ordering = ["-erased_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, household=None, person=None)
                | Q(member=None, household__isnull=False, person=None)
                | Q(member=None, household=None, person__isnull=False),
                name="erasure_of_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_with_a_reason"),
        ]
        triggers = [append_only("erasure")]

    def __str__(self) -> str:
        return f"{self.erased_by or ''} {self.erased_at}".strip()
