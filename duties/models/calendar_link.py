"""The private address under which the calendar of a phone or a desk fetches what somebody owes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import User


@with_history(exclude=("token_hash",))
class CalendarLink(models.Model):
    """Made and withdrawn by the user alone; a new one withdraws the one before. The token is kept as a keyed hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_links", verbose_name=_("user"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    token = ""  # readable only on the object that was made a moment ago

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="calendar_link_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at}"
