"""The tree of organisations, and what is known of units and villages."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from organisations.history import with_history
from organisations.kinds import DESKS, UNITS, Kind, LaggingReason, Level, Resource, Tier, VillageClass
from organisations.querysets import OrganisationManager

digits = RegexValidator(r"^\d{6}(\d{3}){0,2}$", _("A division code has 6, 9 or 12 digits."))


@with_history(exclude=["contact_name", "contact_phone", "search_text", "search_grams", "numchild"])
class Organisation(MP_Node):
    """A committee, unit, township or village. Its subtree is the scope of those appointed here."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, blank=True)
    division_code = models.CharField(_("division code"), max_length=12, blank=True, validators=[digits])
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    classes = ArrayField(
        models.CharField(max_length=20, choices=VillageClass.choices),
        verbose_name=_("classes"),
        default=list,
        blank=True,
    )
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    party_members = models.PositiveIntegerField(_("Party members"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    search_text = models.TextField(editable=False, default="")
    search_grams = ArrayField(models.TextField(), editable=False, default=list)

    objects = OrganisationManager()
    node_order_by: list[str] = []
    history_parts = ("aliases", "facts", "needs", "strengths")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["path"]
        indexes = [
            GinIndex(fields=["search_grams"], name="organisation_grams"),
            models.Index(fields=["kind", "path"], name="organisation_kind_path"),
            models.Index(fields=["name"], name="organisation_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["division_code"],
                condition=~Q(division_code="") & Q(closed_on=None),
                name="organisation_division_code_once",
                violation_error_message=_("Another organisation has this division code."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.pk])

    @property
    def is_unit(self) -> bool:
        return self.kind in UNITS

    @property
    def is_village(self) -> bool:
        return self.kind == Kind.VILLAGE

    @property
    def class_names(self) -> list[str]:
        return [str(VillageClass(one).label) for one in self.classes]

    @property
    def parent_path(self) -> str:
        return self.path[: -self.steplen]

    @classmethod
    def paths_down_to(cls, path: str) -> list[str]:
        """From the root by all that lie above to the place itself."""
        return [path[:end] for end in range(cls.steplen, len(path) + 1, cls.steplen)]

    @property
    def scope_path(self) -> str:
        """Where those appointed here work: a desk (组织部, 农办) works for the committee above it, if there is one."""
        return self.parent_path or self.path if self.kind in DESKS else self.path


@with_history()
class Alias(models.Model):
    """Another name or code by which an organisation was or is known."""

    class Kind(models.TextChoices):
        FORMER_NAME = "former_name", _("former name")
        SHORT_NAME = "short_name", _("short name")
        FORMER_CODE = "former_code", _("former code")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    value = models.CharField(_("name or code"), max_length=120)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "value"], name="alias_once"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lte=models.F("valid_until")),
                name="alias_valid_from_before_until",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]
        indexes = [models.Index(fields=["value"], name="alias_value")]

    def __str__(self) -> str:
        return self.value


@with_history()
class VillageFacts(models.Model):
    """What a village reported for one year. Income in yuan; tier and reasons as the organisation department sees it."""

    village = models.ForeignKey(Organisation, models.CASCADE, related_name="facts", verbose_name=_("village"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1949)])
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    party_members = models.PositiveIntegerField(_("Party members"), null=True, blank=True)
    collective_income = models.DecimalField(
        _("collective income (yuan a year)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    villagers_income = models.DecimalField(
        _("villagers' income (yuan a head and year)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices, blank=True)
    lagging_reasons = ArrayField(
        models.CharField(max_length=20, choices=LaggingReason.choices),
        verbose_name=_("why it is lagging"),
        default=list,
        blank=True,
    )
    causes = ArrayField(models.CharField(max_length=40), verbose_name=_("causes of poverty"), default=list, blank=True)

    class Meta:
        verbose_name = _("village facts")
        verbose_name_plural = _("village facts")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["village", "year"], name="village_facts_once_a_year")]

    def __str__(self) -> str:
        return f"{self.village} {self.year}"

    @property
    def reason_names(self) -> list[str]:
        return [str(LaggingReason(one).label) for one in self.lagging_reasons]


class Resourceful(models.Model):
    """A need or a strength: named as the office names it, mapped to one of the aid resources."""

    name = models.CharField(_("name"), max_length=60)
    resource = models.CharField(_("aid resource"), max_length=20, choices=Resource.choices, default=Resource.OTHER)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


@with_history()
class Need(Resourceful):
    """What a village asks for, with money or without (XY-24)."""

    village = models.ForeignKey(Organisation, models.CASCADE, related_name="needs", verbose_name=_("village"))
    takes_money = models.BooleanField(_("takes money"), null=True, blank=True)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["village", "name"], name="need_once")]
        indexes = [models.Index(fields=["name"], name="need_name")]


@with_history()
class Strength(Resourceful):
    """What a unit can offer."""

    unit = models.ForeignKey(Organisation, models.CASCADE, related_name="strengths", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="strength_once")]
