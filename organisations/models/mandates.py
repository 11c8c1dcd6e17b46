"""Who has which part in the work of an area: leads, co-ordinates, mobilises, supervises (AH-38, TN-20)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.mandates import PARTS, Part, part_choices
from organisations.models.organisation import Organisation
from organisations.querysets import within
from organisations.roles import RoleField


class MandateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of areas in one's scope, and of the areas in which one's own place lies."""
        scopes = user.scopes()
        step = Organisation.steplen
        above = {path[:end] for path in scopes for end in range(step, len(path) + 1, step)}
        return self.filter(within(scopes, "area__path") | Q(area__path__in=above))

    def current(self, on: date | None = None):
        on = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=on), since__lte=on)


@with_history()
class Mandate(models.Model):
    """`holder` has this part for the area of a committee, from a day to a day (both count)."""

    area = models.ForeignKey(Organisation, models.PROTECT, related_name="mandates", verbose_name=_("area"))
    holder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates_held", verbose_name=_("organisation")
    )
    part = RoleField(_("part"), max_length=40, choices=part_choices)
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("part in the work")
        verbose_name_plural = _("parts in the work")
        ordering = ["area__path", "part", "holder__path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="mandate_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.UniqueConstraint(
                fields=["area", "holder", "part"],
                condition=Q(until=None),
                name="mandate_once",
                violation_error_message=_("This organisation has this part already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.get_part_display()}"

    @property
    def role(self) -> Part:
        return PARTS[self.part]
