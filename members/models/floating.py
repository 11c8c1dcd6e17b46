"""Floating members (流动党员): who left where to, with which papers, how far they are; two places look after each."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Channel, Desk, Placement
from members.floating.rules import rules_of
from members.models.member import Member
from members.querysets.floating import FloatingQuerySet
from members.states import FLOATING, FloatingState, tone
from office.models import StoredFile
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import SchemeVersion
from pairing.schemes.scheme import FloatingRules

OVER = (FloatingState.RETURNED, FloatingState.ENDED)


@with_history(exclude=("certificate_number", "place", "left_although", "reported_in_where", "end_words"))
class FloatingRecord(models.Model):
    """A member away from home: `destination` is in charge, `origin` supports (AH-33).

    `destination` is an organisation of this system; `place` says in words where it is none; both may be unknown.
    `leaves_on` is planned until they left, then the day itself. The scheme holds as it was on registration.
    `registered_by` None: a roster was imported on the command line.
    `placement` and `placement_rule`: who takes the member in, and by which rule that was found (SF-09).
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="floating_records", verbose_name=_("member"))
    origin = models.ForeignKey(
        Organisation, models.PROTECT, related_name="flowing_out", verbose_name=_("place of origin")
    )
    destination = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="flowing_in", verbose_name=_("destination")
    )
    place = models.CharField(_("destination in words"), max_length=120, blank=True)
    scheme_version = models.ForeignKey(
        SchemeVersion, models.PROTECT, null=True, related_name="+", verbose_name=_("scheme")
    )
    leaves_on = models.DateField(_("leaves on"))
    back_on = models.DateField(_("expected back on"), null=True, blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=40, blank=True)
    agreement_signed_on = models.DateField(_("management agreement signed on"), null=True, blank=True)
    agreement_scan = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed scan")
    )
    trained_on = models.DateField(_("trained before leaving on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=FloatingState.choices, default=FloatingState.REGISTERED)
    left_although = models.CharField(_("why they left before everything was done"), max_length=120, blank=True)
    reported_in_on = models.DateField(_("reported in on"), null=True, blank=True)
    reported_in_where = models.CharField(_("reported in where"), max_length=120, blank=True)
    placement = models.CharField(_("taken in by"), max_length=20, choices=Placement.choices, blank=True)
    placement_rule = models.CharField(_("rule used"), max_length=120, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_words = models.CharField(_("why it ended"), max_length=120, blank=True)
    registered_at = models.DateTimeField(_("registered at"), default=timezone.now)
    registered_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("registered by")
    )

    objects = FloatingQuerySet.as_manager()
    history_parts = ("contacts", "reports", "deeds", "ticks", "links")

    class Meta:
        verbose_name = _("floating member")
        verbose_name_plural = _("floating members")
        ordering = ["origin__path", "leaves_on", "pk"]
        indexes = [
            models.Index(fields=["origin", "state"], name="floating_of_origin"),
            models.Index(fields=["destination", "state"], name="floating_of_destination"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=FLOATING),
                name="floating_once",
                violation_error_message=_("This member is registered as floating already."),
            ),
            models.CheckConstraint(
                condition=Q(agreement_signed_on=None) | Q(agreement_signed_on__lte=F("leaves_on")),
                name="floating_agreement_before_leaving",
                violation_error_message=_(
                    "The agreement must be signed before leaving, on the day itself at the latest."
                ),
            ),
            models.CheckConstraint(
                condition=Q(trained_on=None) | Q(trained_on__lte=F("leaves_on")),
                name="floating_training_before_leaving",
                violation_error_message=_("The training takes place before leaving, on the day itself at the latest."),
            ),
            models.CheckConstraint(
                condition=Q(back_on=None) | Q(back_on__gt=F("leaves_on")),
                name="floating_back_after_leaving",
                violation_error_message=_("The day of return must be after the day of leaving."),
            ),
            models.CheckConstraint(
                condition=Q(reported_in_on=None, placement="", placement_rule="")
                | Q(reported_in_on__isnull=False, reported_in_on__gte=F("leaves_on"))
                & ~Q(placement="")
                & ~Q(placement_rule=""),
                name="floating_placed_when_reported_in",
                violation_error_message=_("Nobody reports in before they left."),
            ),
            models.CheckConstraint(
                condition=~Q(state=FloatingState.REPORTED_IN) | Q(reported_in_on__isnull=False),
                name="floating_reported_in_with_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OVER, ended_on__isnull=False) | ~Q(state__in=OVER) & Q(ended_on=None),
                name="floating_ended_with_state",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    def get_absolute_url(self) -> str:
        return reverse("floating", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(FloatingState(self.state))

    @property
    def rules(self) -> FloatingRules:
        return rules_of(self.scheme_version)

    @property
    def where(self) -> str:
        """The destination as a person reads it."""
        return self.destination.name if self.destination else self.place

    def desk(self, desk: str) -> Organisation | None:
        return self.origin if desk == Desk.ORIGIN else self.destination


@with_history()
class FloatingTick(models.Model):
    """A step of the scheme that nothing else tells of was done, somebody says."""

    record = models.ForeignKey(FloatingRecord, models.CASCADE, related_name="ticks", verbose_name=_("record"))
    step = models.CharField(_("step"), max_length=40)
    on = models.DateField(_("done on"))
    ticked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("ticked by"))

    class Meta:
        verbose_name = _("step done")
        verbose_name_plural = _("steps done")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "step"],
                name="floating_tick_once",
                violation_error_message=_("This step is noted as done already."),
            )
        ]

    def __str__(self) -> str:
        return self.step


@with_history(exclude=("words",))
class FloatingContact(models.Model):
    """The two places told each other something about the member (XC-12)."""

    record = models.ForeignKey(FloatingRecord, models.PROTECT, related_name="contacts", verbose_name=_("record"))
    on = models.DateField(_("day"))
    desk = models.CharField(_("who got in touch"), max_length=20, choices=Desk.choices)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    words = models.TextField(_("what was said"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_desk_display()} {self.on}"
