"""Files that people handed in. The bytes lie under their own checksum, out of reach of any address."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import with_history


class StoredFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own uploads. Who else may read a file is decided by the record that links it."""
        return self.filter(uploaded_by=user)


@with_history()
class StoredFile(models.Model):
    """One upload: the name it came with, what it was found to be, who handed it in and when.

    Where its bytes held personal data that had to be erased, they are destroyed, and the entry says so.
    """

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", _("workbook")
        SCAN = "scan", _("scan")
        WORD = "word", _("Word document")
        PICTURE = "picture", _("picture")
        PACKAGE = "package", _("package of files")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("media type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(
        _("checksum (SHA-256)"), max_length=64, db_index=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )

    destroyed_at = models.DateTimeField(_("destroyed at"), null=True, blank=True, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the bytes lie. Refused where they were destroyed: nobody gets them any more."""
        if self.destroyed_at is not None:
            raise Refused(_("This file was destroyed: it held personal data that had to be erased."))
        return self.shelf

    @property
    def shelf(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / self.sha256[2:4] / self.sha256

    def open(self) -> BinaryIO:
        return self.path.open("rb")
