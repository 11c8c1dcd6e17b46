"""The three changes of a village (三个改变): production, habits, thinking; a note of each, once a year (QX-26)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from reports.querysets.change_notes import ChangeNotesQuerySet


@with_history()
class ChangeNotes(models.Model):
    """Written by the village; its history keeps what stood there before."""

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="change_notes", verbose_name=_("village"))
    round = models.ForeignKey(Round, models.PROTECT, related_name="change_notes", verbose_name=_("round"))
    year = models.PositiveSmallIntegerField(_("year"))
    production = models.TextField(_("ways of production"), max_length=1000)
    habits = models.TextField(_("habits of life"), max_length=1000)
    thinking = models.TextField(_("ways of thinking"), max_length=1000)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))

    objects = ChangeNotesQuerySet.as_manager()

    class Meta:
        verbose_name = _("notes on the three changes")
        verbose_name_plural = _("notes on the three changes")
        ordering = ["-year", "village__path"]
        constraints = [
            models.UniqueConstraint(fields=["village", "round", "year"], name="change_notes_once_a_year"),
            models.CheckConstraint(
                condition=~Q(production="") & ~Q(habits="") & ~Q(thinking=""), name="change_notes_on_all_three"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("change_notes_of", args=[self.pk])
