"""The Word templates that staff put in place of those the product brings."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models.files import StoredFile
from organisations.history import with_history


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Templates hold no facts of anybody: whoever may replace them sees them all."""
        return self.all() if user.can("template.replace") else self.none()

    def of(self, key: str):
        return self.filter(kind=key)


@with_history()
class WordTemplate(models.Model):
    """One replacement, append-only; the newest counts. Without a file: back to the template of the product."""

    kind = models.CharField(_("template"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    replaced_at = models.DateTimeField(_("replaced at"), default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("replaced by")
    )

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word template")
        verbose_name_plural = _("Word templates")
        ordering = ["kind", "-version"]
        triggers = [pgtrigger.Protect(name="word_template_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="word_template_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="word_template_version_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
