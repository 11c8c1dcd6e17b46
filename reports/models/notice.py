"""Circulars (通报), arrangements (部署通知) and commendations (表彰): drafts until issued (TN-28, AH-22, AH-28)."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from reports.inspection.states import Addressee, Matter, NoticeKind, NoticeState, tone
from reports.models.inspection import Inspection
from reports.protection import changed_beside, kept_with
from reports.querysets.notice import NoticeQuerySet

SENT = [NoticeState.ISSUED, NoticeState.CORRECTED, NoticeState.WITHDRAWN]
OVER = [NoticeState.CORRECTED, NoticeState.WITHDRAWN]


@with_history()
class Notice(models.Model):
    """Written by a committee to those below it; inside the Party, never public - but who was commended, and why.

    `number`: what the author proposes; the office's own system gives the number and the seal (P-29). `corrects`: in
    whose place it was issued.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notices", verbose_name=_("issuing organisation")
    )
    round = models.ForeignKey(Round, models.PROTECT, related_name="notices", verbose_name=_("round"))
    inspection = models.ForeignKey(
        Inspection, models.PROTECT, null=True, blank=True, related_name="circulars", verbose_name=_("inspection")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=120)
    number = models.CharField(_("document number, proposed"), max_length=60, blank=True)
    matter = models.CharField(
        pgettext_lazy("of a circular", "what it is about"),
        max_length=10,
        choices=Matter.choices,
        default=Matter.SPECIAL,
    )
    to = ArrayField(
        models.CharField(max_length=12, choices=Addressee.choices), verbose_name=_("sent to"), default=list, blank=True
    )
    body = models.TextField(_("text"), max_length=20_000, blank=True)
    attachments = models.CharField(_("attachments, one a line"), max_length=600, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("takes the place of")
    )
    state = models.CharField(_("state"), max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )
    reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()
    history_parts = ("tasks", "awards")

    class Meta:
        verbose_name = _("circular or notice")
        verbose_name_plural = _("circulars and notices")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=NoticeKind.CIRCULAR, inspection__isnull=False)
                | ~Q(kind=NoticeKind.CIRCULAR) & Q(inspection=None),
                name="circular_of_an_inspection",
            ),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(state=NoticeState.ISSUED), name="circular_issued_once"
            ),
            models.CheckConstraint(
                condition=Q(state=NoticeState.DRAFT, issued_at=None, issued_by=None)
                | ~Q(state=NoticeState.DRAFT) & Q(issued_at__isnull=False, issued_by__isnull=False),
                name="notice_issued_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | ~Q(state__in=OVER) & Q(withdrawn_at=None, withdrawn_by=None),
                name="notice_withdrawn_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="notice_issued_unchangeable",
                operation=pgtrigger.Update,
                condition=changed_beside(
                    [NoticeState.ISSUED], "organisation_id", "state", "withdrawn_at", "withdrawn_by_id", "reason"
                ),
            ),
            pgtrigger.Protect(
                name="notice_over_unchangeable",
                operation=pgtrigger.Update,
                condition=changed_beside(OVER, "organisation_id"),
            ),
            pgtrigger.Protect(
                name="notice_issued_not_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=SENT),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notice", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(NoticeState(self.state))

    @property
    def to_names(self) -> list[str]:
        return [str(Addressee(each).label) for each in self.to]


@with_history()
class NoticeTask(models.Model):
    """What a notice arranges: what, who, by when (AH-22)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tasks", verbose_name=_("notice"))
    what = models.CharField(_("task"), max_length=200)
    who = models.CharField(_("who does it"), max_length=120)
    due_on = models.DateField(_("by"))

    class Meta:
        verbose_name = _("task of a notice")
        verbose_name_plural = _("tasks of notices")
        ordering = ["due_on", "pk"]
        triggers = [*kept_with("JOIN reports_notice whole ON whole.id = touched.notice_id", SENT)]

    def __str__(self) -> str:
        return self.what


@with_history()
class NoticeReceipt(models.Model):
    """To whom a notice was sent, and who read it there first."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts", verbose_name=_("notice"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notices_received", verbose_name=_("recipient")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    read_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("receipt of a notice")
        verbose_name_plural = _("receipts of notices")
        ordering = ["organisation__path"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "organisation"], name="notice_sent_once_to_each"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
                name="notice_read_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="notice_read_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__read_at__isnull=False),
            ),
            pgtrigger.Protect(name="notice_receipt_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.organisation}"
