"""Long work in the background: who started it, how far it is, how it ended."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.models.files import StoredFile
from office.states import ENDED, TONES, JobState
from organisations.history import with_history
from organisations.models import Organisation
from organisations.querysets import within


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those started in the scope of a post that grants `job.manage`."""
        return self.filter(Q(started_by=user) | within(user.scopes("job.manage"), "organisation__path"))

    def unfinished(self):
        return self.exclude(state__in=ENDED)

    def silent_since(self, moment):
        """Running, yet without a sign of life after `moment`."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=moment)


@with_history(exclude=["done", "total", "message", "heartbeat_at", "arguments", "result"])
class Job(models.Model):
    """One piece of work. `arguments` and `result` are JSON; `error` is a sentence for the person."""

    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("started for")
    )
    arguments = models.JSONField(_("arguments"), default=dict)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    url = models.CharField(_("leads to"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs", verbose_name=_("started by")
    )
    queued_at = models.DateTimeField(_("started at"), default=timezone.now)
    running_at = models.DateTimeField(_("running since"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancel asked for at"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cancel asked for by"),
    )
    done = models.PositiveBigIntegerField(_("done so far"), default=0)
    total = models.PositiveBigIntegerField(_("of"), default=0)
    message = models.CharField(_("what is being done"), max_length=300, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True, encoder=DjangoJSONEncoder)
    result_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resulting file")
    )
    error = models.TextField(_("why it failed"), blank=True)
    history_hidden = ("kind", "url", "language")  # for the worker, not for a reader

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("background work")
        verbose_name_plural = _("background work")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["started_by", "-queued_at"], name="job_starter"),
            models.Index(fields=["heartbeat_at"], condition=Q(state="running"), name="job_heartbeat"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(cancelled_by__isnull=False),
                name="job_cancelled_at_with_by",
                violation_error_message=_("A cancellation names the person."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, state__in=["queued", "running"])
                | Q(ended_at__isnull=False, state__in=["done", "failed", "cancelled"]),
                name="job_ended_at_when_ended",
                violation_error_message=_("Work that ended has a moment at which it ended, other work has none."),
            ),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")),
                name="job_done_within_total",
                violation_error_message=_("More was done than there is."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_being_cancelled(self) -> bool:
        return self.cancelled_at is not None and not self.has_ended

    @property
    def may_be_cancelled(self) -> bool:
        return self.cancelled_at is None and not self.has_ended

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 is only reached by the last one."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def state_tone(self) -> str:
        return TONES[JobState(self.state)]
