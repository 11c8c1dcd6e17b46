"""Views of the statistics tables that somebody keeps under a name: which table, asked for what."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from reports.querysets.saved_view import SavedViewQuerySet


@with_history()
class SavedView(models.Model):
    """`organisation`: the office whose colleagues all find it; none: whoever kept it alone. Each reads in it what they
    may read. `query`: the words of the address."""

    table = models.CharField(_("table"), max_length=10)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("what is asked for"), max_length=1000, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the colleagues of")
    )
    kept_at = models.DateTimeField(_("kept at"))
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("kept by"))

    objects = SavedViewQuerySet.as_manager()
    history_hidden = ("query",)

    class Meta:
        verbose_name = _("kept view")
        verbose_name_plural = _("kept views")
        ordering = ["table", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "name", "kept_by"],
                name="saved_view_name_once",
                violation_error_message=_("You have kept a view of this table under this name already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Through which it is opened: there it is looked at whether all that it names is still there."""
        return reverse("open_view", args=[self.pk])
