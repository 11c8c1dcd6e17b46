"""Schemes, the rounds that pin them, and the directory that a round publishes."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.dates import Deadline, chinese_date
from organisations.history import with_history
from organisations.kinds import Kind, VillageClass
from organisations.models import Organisation, User
from organisations.protection import append_only
from pairing.querysets.market import DirectoryEntryQuerySet, RoundQuerySet
from pairing.schemes.scheme import SchemeText, Status
from pairing.states import RoundState, Side, tone


@with_history()
class Scheme(models.Model):
    """A policy text as data. Its content stands in its versions."""

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    issuer = models.CharField(_("issuer"), max_length=120)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)

    class Meta:
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("scheme", args=[self.key])


@with_history(exclude=["content"])
class SchemeVersion(models.Model):
    """The annotated file as it was taken over: never changed, never deleted.

    `adapts`: the version of the original text that was copied and changed to local circumstances.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions", verbose_name=_("scheme"))
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("annotated file"))
    content = models.JSONField(_("content"))
    taken_at = models.DateTimeField(_("taken over at"), default=timezone.now)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken over by"))
    adapts = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adapted_as", verbose_name=_("adapted from")
    )

    class Meta:
        verbose_name = _("scheme version")
        verbose_name_plural = _("scheme versions")
        ordering = ["scheme", "-number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once")]
        triggers = [append_only("scheme_version")]

    def __str__(self) -> str:
        return _("%(name)s, version %(number)s") % {"name": self.scheme, "number": self.number}

    @cached_property
    def rules(self) -> SchemeText:
        return SchemeText.model_validate(self.content)


@with_history()
class Round(models.Model):
    """One round (轮次) of pairing under a scheme, pinned as it was when the round was opened (SH-05)."""

    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, related_name="rounds", verbose_name=_("scheme version")
    )
    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="rounds", verbose_name=_("organiser"))
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveSmallIntegerField(_("number of the round"), default=1)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="following", verbose_name=_("round before")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ends_printed = models.CharField(_("end as printed"), max_length=40, blank=True)
    units_per_village = models.PositiveSmallIntegerField(_("most units per village"), null=True, blank=True)
    villages_per_unit = models.PositiveSmallIntegerField(_("most villages per unit"), null=True, blank=True)
    open_proposals_per_village = models.PositiveSmallIntegerField(
        _("most open proposals per village"), null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=20, choices=RoundState.choices, default=RoundState.DRAFT)
    newest_directory = models.ForeignKey(
        "Directory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("newest directory")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by"))
    closing_words = models.CharField(_("words on closing"), max_length=300, blank=True)
    is_from_roster = models.BooleanField(_("kept from a roster"), default=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="round_starts_before_it_ends",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, state=RoundState.DRAFT)
                | Q(opened_at__isnull=False) & ~Q(state=RoundState.DRAFT),
                name="round_opened_at_set_once_open",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False, state=RoundState.CLOSED)
                | Q(closed_at=None) & ~Q(state=RoundState.CLOSED),
                name="round_closed_at_with_state",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="round_closed_unchangeable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state=RoundState.CLOSED, old__is_from_roster=False),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.pk])

    @property
    def rules(self) -> SchemeText:
        return self.scheme_version.rules

    @property
    def state_tone(self) -> str:
        return tone(RoundState(self.state))

    @property
    def end_as_printed(self) -> str:
        """「2013年7月」 where the scheme names a month only (SH-38), else the full date."""
        return self.ends_printed or chinese_date(self.ends_on)

    def deadline(self, key: str) -> Deadline | None:
        """The milestone `intention` or `signing` as a deadline; None where the round has none."""
        return next((step.deadline for step in self.milestones.all() if step.key == key), None)


@with_history()
class Milestone(models.Model):
    """A date of the round: intentions by 30 April, signing by 1 July (SH-31, SH-32)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="milestones", verbose_name=_("round"))
    key = models.SlugField(_("key"))
    name = models.CharField(_("name"), max_length=60)
    on = models.DateField(_("day"))
    inclusive = models.BooleanField(_("the day itself counts"), default=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="milestone_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def deadline(self) -> Deadline:
        return Deadline(self.on, self.inclusive)


@with_history()
class Directory(models.Model):
    """The published list of villages and units: units choose only from it (SH-29). Never changed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="directories", verbose_name=_("round"))
    version = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("published by"))

    villages: int  # how many lines of each side, where it was read by `versions_of`
    units: int

    class Meta:
        verbose_name = _("directory")
        verbose_name_plural = _("directories")
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["round", "version"], name="directory_version_once")]
        triggers = [append_only("directory")]

    def __str__(self) -> str:
        return _("%(name)s, version %(number)s") % {"name": self.round, "number": self.version}


class DirectoryEntry(models.Model):
    """One line of a directory, as printed on the day: name, area, class, kind. Never changed; its own history.

    `area` is the committee just below the organiser of the round (a district for a city, a township for a county);
    statistics are kept by it.
    """

    directory = models.ForeignKey(Directory, models.PROTECT, related_name="entries", verbose_name=_("directory"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="directory_entries", verbose_name=_("organisation")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    name = models.CharField(_("name"), max_length=120)
    area = models.CharField(_("district or township"), max_length=120, blank=True)
    township = models.CharField(_("township"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=Kind.choices)
    level = models.CharField(_("level"), max_length=20, blank=True)
    classes = ArrayField(models.CharField(max_length=20, choices=VillageClass.choices), verbose_name=_("classes"))

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("directory entry")
        verbose_name_plural = _("directory entries")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["directory", "organisation"], name="directory_entry_once")]
        indexes = [
            models.Index(fields=["directory", "side", "area", "township"], name="directory_entry_area"),
            models.Index(fields=["directory", "side", "name"], name="directory_entry_name"),
            models.Index(fields=["directory", "side", "id"], name="directory_entry_order"),
        ]
        triggers = [append_only("directory_entry")]

    def __str__(self) -> str:
        return self.name
