"""That the posts which owe a duty gave it to one of their own to see to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duties.models.duty import Duty
from organisations.history import with_history
from organisations.models import Appointment, User


class AssignmentQuerySet(models.QuerySet):
    def standing(self):
        """Not taken back, and the post is still held: whoever leaves it leaves the duty to the posts."""
        held = Appointment.objects.current().order_by().values("pk")
        return self.filter(ended_at=None, post__in=held)


@with_history()
class Assignment(models.Model):
    """One person sees to the duty; it stays owed by the organisation. A new one ends the one before."""

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="assignments", verbose_name=_("duty"))
    post = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("who sees to it"))
    words = models.CharField(_("note"), max_length=200, blank=True)
    assigned_at = models.DateTimeField(_("assigned at"))
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment of a duty")
        verbose_name_plural = _("assignments of duties")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(ended_at=None), name="duty_assigned_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="duty_assignment_ended_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["post"], condition=Q(ended_at=None), name="duty_assigned_to")]

    def __str__(self) -> str:
        return f"{self.duty} {self.post}"
