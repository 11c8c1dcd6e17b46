"""Who looks after which part of a village: responsibility zones and chains; and what a service centre does."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.household import Household
from members.models.member import Member
from members.querysets.postings import ServiceQuerySet, ZoneQuerySet
from organisations.history import with_history
from organisations.models import Facility, Organisation, User


@with_history()
class Zone(models.Model):
    """A part of a village with the members who look after it and the households that they serve (XC-09)."""

    class Kind(models.TextChoices):
        ZONE = "zone", _("responsibility zone")
        SERVICE_CHAIN = "service_chain", _("service chain")
        PROSPERITY_CHAIN = "prosperity_chain", _("prosperity chain")

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="zones", verbose_name=_("village"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ZONE)
    name = models.CharField(_("name"), max_length=60)
    area = models.CharField(_("area or purpose"), max_length=200, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ZoneQuerySet.as_manager()
    history_parts = ("members", "households")

    class Meta:
        verbose_name = _("responsibility zone or chain")
        verbose_name_plural = _("responsibility zones and chains")
        ordering = ["village__path", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "name"],
                condition=Q(closed_on=None),
                name="zone_name_once",
                violation_error_message=_("This village has a zone or chain of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("zone", args=[self.pk])


@with_history()
class ZoneMember(models.Model):
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="members", verbose_name=_("zone"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="zones", verbose_name=_("member"))

    class Meta:
        verbose_name = _("member of a zone")
        verbose_name_plural = _("members of zones")
        constraints = [models.UniqueConstraint(fields=["zone", "member"], name="zone_member_once")]

    def __str__(self) -> str:
        return f"{self.zone} {self.member}"


@with_history()
class ZoneHousehold(models.Model):
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="households", verbose_name=_("zone"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="zones", verbose_name=_("household"))

    class Meta:
        verbose_name = _("household of a zone")
        verbose_name_plural = _("households of zones")
        constraints = [models.UniqueConstraint(fields=["zone", "household"], name="zone_household_once")]

    def __str__(self) -> str:
        return f"{self.zone} {self.household}"


@with_history()
class CentreService(models.Model):
    """What a Party-member service centre or station did on a day, for how many (AH-34). No names."""

    class Kind(models.TextChoices):
        JOBS = "jobs", _("information on jobs")
        SKILLS = "skills", _("training of skills")
        RIGHTS = "rights", _("legal protection of rights")
        OTHER = "other", _("other")

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="services", verbose_name=_("facility"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    on = models.DateField(_("day"))
    persons = models.PositiveIntegerField(_("persons served"))
    words = models.CharField(_("what was done"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("service of a centre")
        verbose_name_plural = _("services of centres")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__gte=1),
                name="centre_service_for_somebody",
                violation_error_message=_("At least one person was served."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.get_kind_display()}"
