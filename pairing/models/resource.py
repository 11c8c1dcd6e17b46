"""The board of resources: offers, requests, and who took them up (SH-25)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.kinds import Resource
from organisations.models import Appointment, Facility, Organisation, User
from pairing.querysets.issues import EntryQuerySet, ExchangeQuerySet
from pairing.states import EntryState, ExchangeState, tone


class Direction(models.TextChoices):
    OFFER = "offer", _("offer")
    REQUEST = "request", _("request")

    @property
    def other(self) -> "Direction":
        return Direction.REQUEST if self == Direction.OFFER else Direction.OFFER


@with_history()
class ResourceEntry(models.Model):
    """What an organisation of the area offers or asks for, among them its venues and facilities (SH-24)."""

    direction = models.CharField(_("offer or request"), max_length=10, choices=Direction.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="resource_entries", verbose_name=_("organisation")
    )
    resource = models.CharField(_("aid resource"), max_length=20, choices=Resource.choices)
    title = models.CharField(_("in one line"), max_length=120)
    details = models.TextField(_("details"), max_length=1000, blank=True)
    quantity = models.CharField(_("how much"), max_length=60, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("venue or facility")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    for_several = models.BooleanField(_("for several, one after the other"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=EntryState.choices, default=EntryState.OPEN)
    posted_at = models.DateTimeField(_("posted at"))
    posted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("posted by"))
    posted_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))

    objects = EntryQuerySet.as_manager()
    history_parts = ("exchanges",)

    class Meta:
        verbose_name = _("offer or request")
        verbose_name_plural = _("offers and requests")
        ordering = ["-posted_at", "-pk"]
        indexes = [
            models.Index(
                fields=["resource", "direction"], condition=Q(state=EntryState.OPEN), name="resource_entry_open"
            ),
            models.Index(
                fields=["direction", "-posted_at", "-id"],
                condition=Q(state=EntryState.OPEN),
                name="resource_entry_newest",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="resource_entry_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(facility=None) | Q(direction=Direction.OFFER),
                name="resource_entry_facility_offered",
                violation_error_message=_("A facility is offered, not asked for: describe what you need in words."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(EntryState(self.state))


@with_history()
class ResourceExchange(models.Model):
    """`asker` wants what is offered, or offers what is asked for; the other side answers, then both say it was done."""

    entry = models.ForeignKey(
        ResourceEntry, models.PROTECT, related_name="exchanges", verbose_name=_("offer or request")
    )
    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="exchanges", verbose_name=_("asked by"))
    words = models.CharField(_("words"), max_length=300)
    state = models.CharField(_("state"), max_length=20, choices=ExchangeState.choices, default=ExchangeState.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    asked_as = models.ForeignKey(Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as"))
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True)
    done_by_asker = models.BooleanField(_("said by the asker"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("match on the board of resources")
        verbose_name_plural = _("matches on the board of resources")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "asker"],
                condition=Q(state__in=[ExchangeState.ASKED, ExchangeState.ACCEPTED, ExchangeState.DONE]),
                name="resource_exchange_open_once",
                violation_error_message=_("You have asked already; your question is still open."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="resource_exchange_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False, confirmed_by__isnull=False, state=ExchangeState.CONFIRMED)
                | Q(confirmed_at=None, confirmed_by=None) & ~Q(state=ExchangeState.CONFIRMED),
                name="resource_exchange_confirmed_with_state",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=False, done_by_asker__isnull=False)
                | Q(done_on=None, done_by_asker=None) & ~Q(state__in=[ExchangeState.DONE, ExchangeState.CONFIRMED]),
                name="resource_exchange_done_with_state",
            ),
        ]

    def __str__(self) -> str:
        return _("%(asker)s: “%(entry)s”") % {"asker": self.asker, "entry": self.entry}

    def get_absolute_url(self) -> str:
        return reverse("resource", args=[self.entry_id])

    @property
    def state_tone(self) -> str:
        return tone(ExchangeState(self.state))
