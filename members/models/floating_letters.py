"""Greeting letters before 1 July (SF-36): one per floating member per year, written in batches."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Channel
from members.models.floating import FloatingRecord
from members.models.member import Member
from members.querysets.floating import GreetingBatchQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history()
class GreetingBatch(models.Model):
    """The three parts that SF-36 names, the same for everybody who is away from `place` and below."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="greeting_batches", verbose_name=_("sent by"))
    year = models.PositiveSmallIntegerField(_("year"))
    plans = models.TextField(_("how we go about our work"), max_length=1000)
    tasks = models.TextField(_("core tasks"), max_length=1000)
    results = models.TextField(_("what was achieved"), max_length=1000)
    window_starts_on = models.DateField(_("sent from"))
    window_ends_on = models.DateField(_("sent until"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))

    objects = GreetingBatchQuerySet.as_manager()
    history_parts = ("letters",)

    class Meta:
        verbose_name = _("greeting letters")
        verbose_name_plural = _("greeting letters")
        ordering = ["-year", "-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.place}"

    def get_absolute_url(self) -> str:
        return reverse("greeting_batch", args=[self.pk])


@with_history()
class GreetingLetter(models.Model):
    """One letter. `member` stands beside the record, because one member gets one letter a year. `received_on`: the day
    on which the member confirmed that it arrived, by whatever way."""

    batch = models.ForeignKey(GreetingBatch, models.CASCADE, related_name="letters", verbose_name=_("batch"))
    record = models.ForeignKey(FloatingRecord, models.PROTECT, related_name="letters", verbose_name=_("record"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="greeting_letters", verbose_name=_("member"))
    year = models.PositiveSmallIntegerField(_("year"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    received_on = models.DateField(_("receipt confirmed on"), null=True, blank=True)
    noted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("noted by")
    )

    class Meta:
        verbose_name = _("greeting letter")
        verbose_name_plural = _("greeting letters")
        ordering = ["record__origin__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year"],
                name="greeting_letter_once_a_year",
                violation_error_message=_("This member has a letter of this year already."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None, channel="", noted_by=None)
                | Q(sent_on__isnull=False, noted_by__isnull=False) & ~Q(channel=""),
                name="greeting_letter_sent_with_channel",
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(sent_on__isnull=False, received_on__gte=F("sent_on")),
                name="greeting_letter_received_after_it_was_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.record}"
