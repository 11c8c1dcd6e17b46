"""Archive packages: who asked for which pairings and year, and the file for as long as it is kept (P-39)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office.models import Job, StoredFile
from office.states import JobState
from organisations.history import with_history
from organisations.models import User
from pairing.models import Pairing, Round
from reports.querysets.archive import PackageQuerySet


@with_history(exclude=["pairings", "base"])
class ArchivePackage(models.Model):
    """One package, for whoever asked and nobody else: it holds what this person may read.

    `pairing`: where it is of one alone; `digest`: over its indexes, the same for the same content; `base`: the address
    of the product, for what is printed in it.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="archive_packages", verbose_name=_("round"))
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="archive_packages", verbose_name=_("pairing")
    )
    pairings = ArrayField(models.BigIntegerField(), verbose_name=_("pairings"))
    year = models.PositiveSmallIntegerField(_("year"))
    base = models.CharField(_("address of the product"), max_length=200)
    asked_at = models.DateTimeField(_("asked for at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked for by"))
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("background work")
    )
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    items = models.PositiveIntegerField(_("number of items"), default=0)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    digest = models.CharField(_("checksum of the index"), max_length=64, blank=True)
    kept_until = models.DateField(_("kept until"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None) | Q(made_at__isnull=False, kept_until__isnull=False),
                name="archive_package_file_when_made",
            ),
        ]

    def __str__(self) -> str:
        return _("%(subject)s, archive of %(year)s") % {"subject": self.pairing or self.round, "year": self.year}

    def get_absolute_url(self) -> str:
        return reverse("archive_package", args=[self.pk])

    @property
    def is_ready(self) -> bool:
        return self.file is not None and self.file.destroyed_at is None

    @property
    def standing(self) -> tuple[str, object]:
        """Its tone, and how far it is in words."""
        if self.is_ready:
            return "done", _("ready")
        if self.made_at is not None:
            return "wait", _("removed again")
        if self.job is not None and self.job.state in (JobState.FAILED, JobState.CANCELLED):
            return "late", self.job.get_state_display()
        return "soon", _("being made")

    def readable_file(self) -> StoredFile:
        if self.file is None or not self.is_ready:
            raise Refused(_("This package is no longer kept. Ask for it again: it is made anew from the records."))
        return self.file
