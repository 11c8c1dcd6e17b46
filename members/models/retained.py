"""Personal data whose time may be over: when it is to be erased, or why it is kept longer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Retained(models.Model):
    """`erases_on`: the day that was announced once the time was over. `kept_until`: longer, for a reason that the law
    knows (P-34, art. 47)."""

    erases_on = models.DateField(_("will be erased on"), null=True, blank=True, editable=False)
    kept_until = models.DateField(_("kept longer until"), null=True, blank=True, editable=False)
    kept_because = models.CharField(_("why it is kept longer"), max_length=120, blank=True, editable=False)

    class Meta:
        abstract = True


def kept_longer_with_a_reason(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(kept_until=None, kept_because="") | Q(kept_until__isnull=False) & ~Q(kept_because=""),
        name=f"{name}_kept_longer_with_a_reason",
    )
