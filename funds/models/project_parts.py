"""What stands with a project: milestones, what the villagers said, pictures, figures, and every step that was taken."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funds.models.project import OF_PROJECT, Project
from funds.projects.kinds import ConsentForm, Measure, Qualifier
from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Appointment, User
from organisations.protection import append_only
from pairing.protection import kept_with_its_round

PRINTED = {Qualifier.OVER: "{}余", Qualifier.NEARLY: "近{}", Qualifier.ABOUT: "约{}"}


@with_history()
class ProjectMilestone(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", verbose_name=_("project"))
    name = models.CharField(_("milestone"), max_length=60)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted as done by")
    )

    class Meta:
        verbose_name = _("milestone of a project")
        verbose_name_plural = _("milestones of projects")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="project_milestone_once",
                violation_error_message=_("The project has a milestone of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="project_milestone_done_paired",
            ),
        ]
        triggers = kept_with_its_round("project", OF_PROJECT)

    def __str__(self) -> str:
        return self.name


@with_history()
class VillagersConsent(models.Model):
    """What the villagers said to it, in numbers (YD-05); `minutes` names who was there and is read by few."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="consent", verbose_name=_("project"))
    on = models.DateField(_("day"))
    form = models.CharField(_("how they were asked"), max_length=20, choices=ConsentForm.choices)
    asked = models.PositiveIntegerField(_("asked"))
    agreed = models.PositiveIntegerField(_("agreed"))
    minutes = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("minutes")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("consent of the villagers")
        verbose_name_plural = _("consents of villagers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed__lte=F("asked")) & Q(agreed__gt=F("asked") - F("agreed")),
                name="villagers_consent_by_more_than_half",
                violation_error_message=_("More than half of those who were asked have to agree."),
            )
        ]
        triggers = kept_with_its_round("project", OF_PROJECT)

    def __str__(self) -> str:
        return f"{self.agreed}/{self.asked}"


@with_history()
class ProjectPhoto(models.Model):
    """Before, during, after. Append-only."""

    class Moment(models.TextChoices):
        BEFORE = "before", pgettext_lazy("photo of a project", "before")
        DURING = "during", _("during the work")
        AFTER = "after", pgettext_lazy("photo of a project", "after")

    project = models.ForeignKey(Project, models.PROTECT, related_name="photos", verbose_name=_("project"))
    moment = models.CharField(_("taken"), max_length=10, choices=Moment.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("photo of a project")
        verbose_name_plural = _("photos of projects")
        ordering = ["pk"]
        triggers = [append_only("project_photo")]

    def __str__(self) -> str:
        return f"{self.get_moment_display()} {self.added_at:%Y-%m-%d}"


@with_history()
class ProjectOutcome(models.Model):
    """One figure of what came of it, where it comes from and of which day (SH-19). Withdrawn ones stay readable."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="outcomes", verbose_name=_("project"))
    measure = models.CharField(_("figure"), max_length=20, choices=Measure.choices)
    value = models.DecimalField(_("number"), max_digits=14, decimal_places=2)
    qualifier = models.CharField(_("how exact"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    source = models.CharField(_("where it comes from"), max_length=120)
    on = models.DateField(_("as of"))
    noted_at = models.DateTimeField(_("noted at"))
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )

    class Meta:
        verbose_name = _("outcome of a project")
        verbose_name_plural = _("outcomes of projects")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="project_outcome_above_nothing",
                violation_error_message=_("A figure is more than 0."),
            ),
            models.CheckConstraint(condition=~Q(source=""), name="project_outcome_has_a_source"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="project_outcome_withdrawn_paired",
            ),
        ]
        triggers = kept_with_its_round("project", OF_PROJECT)

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.printed}"

    @property
    def printed(self) -> str:
        """1,200余 - as the source prints it."""
        whole = self.value == self.value.to_integral_value()
        number = f"{self.value:,.0f}" if whole else f"{Decimal(self.value).normalize():,f}"
        return PRINTED.get(Qualifier(self.qualifier), "{}").format(number)


@with_history()
class ProjectStep(models.Model):
    """One thing said or done about a project, as it was. Append-only."""

    class Verb(models.TextChoices):
        PLANNED = "planned", _("planned it")
        CHANGED = "changed", _("changed the plan")
        SHARED = "shared", _("set the shares")
        AGREED = "agreed", _("agreed to the share")
        DECLINED = "declined", _("declined the share")
        CONSENTED = "consented", _("recorded that the villagers agree")
        STARTED = "started", _("agreed that it begins")
        FINISHED = "finished", _("reported it finished")
        RETURNED = "returned", _("does not accept it yet")
        ACCEPTED = "accepted", _("accepted it")
        STOPPED = "stopped", _("stopped it")
        PROMOTED = "promoted", _("shows it as an example")

    project = models.ForeignKey(Project, models.PROTECT, related_name="steps", verbose_name=_("project"))
    verb = models.CharField(_("step"), max_length=20, choices=Verb.choices)
    words = models.CharField(_("words"), max_length=300, blank=True)
    at = models.DateTimeField(_("moment"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    acting_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    class Meta:
        verbose_name = _("step of a project")
        verbose_name_plural = _("steps of projects")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verb__in=["returned", "stopped", "declined"]) | ~Q(words=""),
                name="project_step_with_reason",
            )
        ]
        triggers = [append_only("project_step")]

    def __str__(self) -> str:
        return f"{self.project} {self.get_verb_display()}"
