"""Merged, split, renamed, closed: what became of which organisation, by whose decision. Never changed."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models.organisation import Organisation
from organisations.models.people import User
from organisations.protection import append_only
from organisations.querysets import within


class SuccessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that concern an organisation in the subtree of one of the user's appointments."""
        scopes = user.scopes()
        steps = SuccessionStep.objects.filter(within(scopes, "predecessor__path") | within(scopes, "successor__path"))
        return self.filter(pk__in=steps.values("succession"))

    def of(self, organisation: Organisation):
        steps = SuccessionStep.objects.filter(Q(predecessor=organisation) | Q(successor=organisation))
        return self.filter(pk__in=steps.values("succession")).prefetch_related("steps__predecessor", "steps__successor")


@with_history(exclude=["outcome"])
class Succession(models.Model):
    """One decision on the tree. `on` is the first day on which it counts; `outcome` says all that it did."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merger")
        SPLIT = "split", _("split")
        RENAME = "rename", _("renaming")
        CLOSE = "close", _("closure")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    on = models.DateField(_("counts from"))
    reason = models.CharField(_("reason"), max_length=300)
    outcome = models.JSONField(_("what was done"), default=list)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))

    objects = SuccessionQuerySet.as_manager()
    history_parts = ("steps",)

    class Meta:
        verbose_name = _("change of organisations")
        verbose_name_plural = _("changes of organisations")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="succession_has_a_reason",
                violation_error_message=_("Give the reason."),
            )
        ]
        triggers = [append_only("succession")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("succession", args=[self.pk])


@with_history()
class SuccessionStep(models.Model):
    """From one organisation to its successor - itself where it was renamed, nobody where it was closed."""

    succession = models.ForeignKey(
        Succession, models.PROTECT, related_name="steps", verbose_name=_("change of organisations")
    )
    predecessor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="steps_from", verbose_name=_("former organisation")
    )
    successor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="steps_to", verbose_name=_("organisation that follows")
    )
    old_name = models.CharField(_("name before"), max_length=120)
    old_code = models.CharField(_("code before"), max_length=18, blank=True)
    new_name = models.CharField(_("name after"), max_length=120, blank=True)
    new_code = models.CharField(_("code after"), max_length=18, blank=True)

    class Meta:
        verbose_name = _("step of a change of organisations")
        verbose_name_plural = _("steps of changes of organisations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["succession", "predecessor", "successor"], name="succession_step_once")
        ]
        triggers = [append_only("succession_step")]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_name or '—'}"
