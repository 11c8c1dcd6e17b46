"""Local forms: a workbook of an office as it came, and which field each of its columns means (P-13)."""

from pathlib import Path

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Organisation, User
from reports.oneform.asked import About, Form
from reports.querysets.offices import OfOfficeQuerySet


@with_history(exclude=["headings", "mapping", "sheets"])
class LocalForm(models.Model):
    """For all colleagues of the office. What it is filled with is read anew each time, and kept nowhere.

    `sheet`: the one of its `sheets` that is filled.
    `mapping`: by the number of a column, the key of its field (reports/oneform/fields.py); not there: left empty.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("office"))
    name = models.CharField(_("name of the form"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    about = models.CharField(_("rows"), max_length=10, choices=About.choices)
    sheet = models.CharField(_("sheet"), max_length=120)
    sheets = models.JSONField(_("sheets of the workbook"), default=list)
    header_rows = ArrayField(models.PositiveIntegerField(), verbose_name=_("rows of the headings"))
    headings = models.JSONField(_("headings"), default=list)
    mapping = models.JSONField(_("what each column means"), default=dict)
    confirmed_at = models.DateTimeField(_("columns confirmed at"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in at"))
    handed_in_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("handed in by"))

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("local form")
        verbose_name_plural = _("local forms")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("local_form", args=[self.pk])

    @property
    def understood(self) -> Form:
        mapping = {int(index): key for index, key in self.mapping.items()}
        return Form(About(self.about), self.sheet, tuple(self.header_rows), list(self.headings), mapping)

    @property
    def path(self) -> Path:
        return self.file.path
