"""What is done in a person-to-person pair: what was given or said, and the plan by which hardship is left behind."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.pair import PersonPair
from members.querysets.pairs import AidQuerySet
from organisations.history import with_history
from organisations.models import User


@with_history(exclude=("words", "withdrawn_words"))
class Aid(models.Model):
    """Something given to the target of a pair, or a talk with them, on a day. Nothing of it is changed: a wrong entry
    is taken back with a reason and stays readable.

    `service` is the code of the scheme's own vocabulary (YD-01, SF-11, TN-15), `name` what it was called on that day.
    """

    class Sort(models.TextChoices):
        AID = "aid", _("help given")
        TALK = "talk", _("talk")

    pair = models.ForeignKey(PersonPair, models.PROTECT, related_name="aids", verbose_name=_("person-to-person pair"))
    sort = models.CharField(_("kind"), max_length=10, choices=Sort.choices, default=Sort.AID)
    service = models.CharField(_("code of the service"), max_length=40, blank=True)
    name = models.CharField(_("what was given"), max_length=60, blank=True)
    on = models.DateField(_("day"))
    words = models.TextField(_("in a few words"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )
    withdrawn_words = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = AidQuerySet.as_manager()

    class Meta:
        verbose_name = _("aid")
        verbose_name_plural = _("aids")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["pair", "on"], condition=Q(withdrawn_at=None), name="aid_of_pair")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_words="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="aid_taken_back_by_somebody",
            ),
            models.CheckConstraint(condition=Q(service="") | ~Q(name=""), name="aid_service_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_sort_display())

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


@with_history(exclude=("content", "measures"))
class HardshipPlan(models.Model):
    """How somebody leaves hardship behind (TN-16). Each change is a new version; the newest one holds."""

    pair = models.ForeignKey(
        PersonPair, models.PROTECT, related_name="hardship_plans", verbose_name=_("person-to-person pair")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField(_("where things stand and what is aimed at"), max_length=1000)
    measures = models.TextField(_("measures"), max_length=1000)
    leaves_on = models.DateField(_("out of hardship by"))
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("written by"))

    class Meta:
        verbose_name = _("plan for leaving hardship")
        verbose_name_plural = _("plans for leaving hardship")
        ordering = ["-written_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["pair", "number"], name="hardship_plan_version_once")]

    def __str__(self) -> str:
        return f"{self.pair_id} · {self.number}"
