"""Facilities of townships, villages and units: what they are for, and who helped with them (SH-24)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.kinds import FacilityKind, Function, Resource
from organisations.models.organisation import Organisation
from organisations.models.people import User
from organisations.querysets import within


class FacilityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those in the subtree of one of the user's appointments."""
        return self.filter(within(user.scopes(), "organisation__path"))

    def readable_by(self, user):
        """Those of every organisation whose page is open to the user."""
        readable = Organisation.objects.order_by().readable_by(user)
        return self.filter(Exists(readable.filter(pk=OuterRef("organisation"))))

    def open(self):
        return self.filter(until=None)


@with_history()
class Facility(models.Model):
    """A Party-member service centre, the activity site of a village, a venue. `functions` are those it has."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="facilities", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FacilityKind.choices)
    name = models.CharField(_("name"), max_length=80)
    functions = ArrayField(
        models.CharField(max_length=30, choices=Function.choices),
        verbose_name=_("functions"),
        default=list,
        blank=True,
    )
    since = models.DateField(_("in use since"), null=True, blank=True)
    until = models.DateField(_("in use until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = FacilityQuerySet.as_manager()
    history_parts = ("helps",)

    class Meta:
        verbose_name = _("facility")
        verbose_name_plural = _("facilities")
        ordering = ["organisation__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(until=None),
                name="facility_name_once",
                violation_error_message=_("This organisation has a facility of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="facility_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("facility", args=[self.pk])

    @property
    def function_names(self) -> list[str]:
        return [str(Function(one).label) for one in self.functions]


@with_history()
class FacilityHelp(models.Model):
    """Help that somebody gave to build or equip a facility. Money and its proof are kept by the ledger."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="helps", verbose_name=_("facility"))
    helper = models.ForeignKey(Organisation, models.PROTECT, related_name="help_given", verbose_name=_("helped by"))
    what = models.CharField(_("what was done or given"), max_length=200)
    resource = models.CharField(_("aid resource"), max_length=20, choices=Resource.choices, default=Resource.VENUE)
    on = models.DateField(_("day"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("help with a facility")
        verbose_name_plural = _("help with facilities")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return self.what
