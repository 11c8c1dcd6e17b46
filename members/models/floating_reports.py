"""What a floating member tells: the half-yearly report, deeds, and the personal link by which a phone sends them."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.halves import HalfYear
from members.floating.kinds import Channel, DeedKind
from members.models.floating import FloatingRecord
from organisations.history import with_history
from organisations.models import User


@with_history(exclude=("token_hash",))
class CheckInLink(models.Model):
    """A personal address without a password, for one member's own form only. The token is kept as a keyed hash.

    Valid until `expires_at`, unless revoked; a new link revokes the one before. `revoked_by` None: the member was
    erased when the time was over.
    """

    record = models.ForeignKey(FloatingRecord, models.CASCADE, related_name="links", verbose_name=_("record"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    token = ""  # readable only on the object that was made a moment ago

    class Meta:
        verbose_name = _("check-in link")
        verbose_name_plural = _("check-in links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(revoked_at=None), name="check_in_link_once"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_by=None),
                name="check_in_link_revoked_by",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="check_in_link_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.made_at}"

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at


@with_history(exclude=("work", "thinking", "skills", "delegate_reason"))
class HalfYearReport(models.Model):
    """One report to the origin per half-year (SF-33). `entered_by` None: the member sent it by their own link.

    `delegate_reason`: why somebody else entered it; empty where the member did.
    """

    record = models.ForeignKey(FloatingRecord, models.PROTECT, related_name="reports", verbose_name=_("record"))
    year = models.PositiveSmallIntegerField(_("year"))
    half = models.PositiveSmallIntegerField(_("half-year"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    work = models.TextField(_("work and life"), max_length=1000)
    thinking = models.TextField(_("thinking"), max_length=1000, blank=True)
    skills = models.TextField(_("new skills"), max_length=1000, blank=True)
    reported_on = models.DateField(_("reported on"))
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    delegate_reason = models.CharField(_("why somebody else entered it"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("half-yearly report")
        verbose_name_plural = _("half-yearly reports")
        ordering = ["-year", "-half", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "year", "half"],
                name="half_year_report_once",
                violation_error_message=_("The report of this half-year is here already."),
            ),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="half_year_report_half"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.half_year}"

    @property
    def half_year(self) -> HalfYear:
        return HalfYear(self.year, self.half)


@with_history(exclude=("words",))
class FloatingDeed(models.Model):
    """A good deed for home, one a year at least (SF-35), or people led into work, with their number (SF-34).

    The member enters it, the origin confirms it afterwards.
    """

    record = models.ForeignKey(FloatingRecord, models.PROTECT, related_name="deeds", verbose_name=_("record"))
    kind = models.CharField(_("kind"), max_length=20, choices=DeedKind.choices)
    on = models.DateField(_("day"))
    people = models.PositiveSmallIntegerField(_("number of people"), null=True, blank=True)
    words = models.TextField(_("what was done"), max_length=500)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("deed")
        verbose_name_plural = _("deeds")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DeedKind.GOOD_DEED) | Q(people__isnull=False, people__gt=0),
                name="floating_deed_counts_people",
                violation_error_message=_("Say how many people were led into work."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="floating_deed_confirmed_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
