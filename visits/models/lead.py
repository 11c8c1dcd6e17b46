"""Firms that are to be won for a village: how far each lead is, step by step (XY-23)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Organisation, User
from organisations.protection import append_only
from visits.querysets.around import LeadQuerySet
from visits.states import LeadStage


@with_history()
class InvestmentLead(models.Model):
    """A firm or a project for a village; `unit`: who brought it, empty where the township or the village did."""

    village = models.ForeignKey(
        Organisation, models.PROTECT, related_name="investment_leads", verbose_name=_("village")
    )
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brought by")
    )
    name = models.CharField(_("firm or project"), max_length=80)
    words = models.TextField(_("about the project"), max_length=500, blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=LeadStage.choices, default=LeadStage.TALKS)
    stage_on = models.DateField(_("at this stage since"))
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    objects = LeadQuerySet.as_manager()
    history_parts = ("steps",)

    class Meta:
        verbose_name = _("investment lead")
        verbose_name_plural = _("investment leads")
        ordering = ["-stage_on", "-pk"]
        indexes = [models.Index(fields=["village", "stage"], name="investment_lead_of_village")]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="investment_lead_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("investment_lead", args=[self.pk])

    @property
    def stage_tone(self) -> str:
        return {LeadStage.LANDED: "done", LeadStage.SITING: "soon"}.get(LeadStage(self.stage), "wait")


@with_history()
class LeadStep(models.Model):
    """One stage that a lead reached, with a few words. Append-only."""

    lead = models.ForeignKey(InvestmentLead, models.PROTECT, related_name="steps", verbose_name=_("investment lead"))
    stage = models.CharField(_("stage"), max_length=20, choices=LeadStage.choices)
    on = models.DateField(_("day"))
    words = models.CharField(_("in a few words"), max_length=300, blank=True)
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("step of an investment lead")
        verbose_name_plural = _("steps of investment leads")
        ordering = ["-on", "-pk"]
        triggers = [append_only("lead_step")]

    def __str__(self) -> str:
        return f"{self.lead} {self.get_stage_display()}"
