"""The Word templates that staff put in place of those the product brings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models.files import StoredFile
from organisations.history import with_history
from organisations.models import Organisation
from organisations.protection import append_only
from organisations.querysets import within


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the places where the user may replace templates."""
        return self.filter(within(user.scopes("template.replace"), "place__path"))

    def of(self, key: str, place: Organisation):
        """The versions of one kind at one place, newest first."""
        return self.filter(kind=key, place=place)

    def reaching(self, key: str, organisation: Organisation):
        """Those that count for `organisation`: of the nearest place first, newest first."""
        path, step = organisation.path, organisation.steplen
        above = [path[:end] for end in range(step, len(path) + 1, step)]
        return self.filter(kind=key, place__path__in=above).order_by("-place__depth", "-version")


@with_history()
class WordTemplate(models.Model):
    """One replacement, append-only; the newest counts. Without a file: back to the template of the product.

    It counts for `place` and everything below, where no place nearer has one of its own.
    """

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("counts for"))
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
        triggers = [append_only("word_template")]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "version"], name="word_template_version_once"),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="word_template_version_from_one",
                violation_error_message=_("Versions are counted from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
