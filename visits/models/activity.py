"""What was done together: a visit, a lecture, a training … with whom, and what shows it."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.kinds import Rank
from office.models import StoredFile
from organisations.history import with_history
from organisations.kinds import Resource
from organisations.models import Appointment, Organisation, User
from organisations.protection import append_only
from pairing.models import Pairing
from pairing.protection import kept_with_its_round
from pairing.schemes.words import Nature
from pairing.states import Side
from visits.models.tally import kept_counted
from visits.querysets.activities import ActivityQuerySet
from visits.states import ActivityState, tone


@with_history(exclude=["words", "missed_words", "ranks"])
class Activity(models.Model):
    """Something that the two sides of a pairing did or plan: recorded by one side, confirmed by the other (TN-25).

    `nature` is as what it counts; `kind` and `name` are what the scheme of the round calls it, the code and the words
    of that day. `unit` went: the lead, or a partner of a consortium. `persons` and `person_times` are those whom a
    training or a lecture reached - not the same (XC-16). `items`: how many things were given (TN-19). `ranks`: of those
    who went for the unit, one for each, in order; computed from the participants.
    """

    class Mode(models.TextChoices):
        """How a training was held (TN-09, QX-20)."""

        CENTRAL = "central", _("held together")
        ENTRUSTED = "entrusted", _("entrusted to a school or firm")
        EXPERT = "expert", _("by experts")
        BASE = "base", _("at a training base")
        DISTANCE = "distance", _("distance education")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="activities", verbose_name=_("pairing"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="activities", verbose_name=_("aiding unit"))
    side = models.CharField(_("side that recorded it"), max_length=10, choices=Side.choices)
    nature = models.CharField(_("kind of activity"), max_length=20, choices=Nature.choices)
    kind = models.CharField(_("code in the scheme"), max_length=40, blank=True)
    name = models.CharField(_("activity"), max_length=60)
    on = models.DateField(_("day"))
    words = models.TextField(_("what was seen and done"), max_length=2000, blank=True)
    resources = ArrayField(
        models.CharField(max_length=20, choices=Resource.choices), verbose_name=_("resources"), default=list, blank=True
    )
    tags = ArrayField(models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True)
    persons = models.PositiveIntegerField(_("number of persons"), null=True, blank=True)
    person_times = models.PositiveIntegerField(_("person-times"), null=True, blank=True)
    items = models.PositiveIntegerField(_("things given"), null=True, blank=True)
    mode = models.CharField(_("way of training"), max_length=20, choices=Mode.choices, blank=True)
    ranks = ArrayField(
        models.CharField(max_length=20, choices=Rank.choices, blank=True),
        verbose_name=_("ranks of those who went"), default=list, blank=True, editable=False,
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=20, choices=ActivityState.choices)
    late_words = models.CharField(_("why it was recorded late"), max_length=200, blank=True)
    missed_words = models.CharField(_("why it could not take place"), max_length=200, blank=True)
    returned_words = models.CharField(_("why it was sent back"), max_length=200, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("corrects")
    )
    entered_at = models.DateTimeField(_("recorded at"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    entered_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    objects = ActivityQuerySet.as_manager()
    history_parts = ("participants", "evidence")
    history_hidden = ("kind",)  # for programs; nature and name say it in words
    undone_as = {"state": ActivityState.CANCELLED}  # where the import that brought it is undone: it stays readable

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["pairing", "on"], name="activity_pairing_on"),
            models.Index(fields=["-on", "-id"], name="activity_newest"),
            models.Index(fields=["nature", "-on", "-id"], name="activity_of_nature"),
            models.Index(
                fields=["state", "-on", "-id"],
                condition=~Q(state=ActivityState.CONFIRMED),
                name="activity_not_confirmed",
            ),
            models.Index(
                fields=["pairing"], condition=Q(state=ActivityState.SUBMITTED), name="activity_waits_for_answer"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(state__in=[ActivityState.SUBMITTED, ActivityState.RETURNED, ActivityState.CONFIRMED]),
                name="activity_corrected_once",
                violation_error_message=_("This activity is being corrected already."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.MISSED) | ~Q(missed_words=""), name="activity_missed_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=ActivityState.RETURNED) | ~Q(returned_words=""), name="activity_returned_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ActivityState.CONFIRMED, ActivityState.RETURNED, ActivityState.REPLACED])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="activity_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(person_times=None) | Q(persons__isnull=False, person_times__gte=F("persons")),
                name="activity_person_times_not_below_persons",
                violation_error_message=_("There are at least as many person-times as persons."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="activity_not_deleted", operation=pgtrigger.Delete),
            *kept_with_its_round("pairing"),
            *kept_counted(),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("activity", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(self.state)

    @property
    def is_planned(self) -> bool:
        return self.state == ActivityState.PLANNED

    @property
    def resource_names(self) -> list[str]:
        return [str(Resource(each).label) for each in self.resources]


@with_history(exclude=["name", "rank"])
class Participant(models.Model):
    """Who took part, in which leadership role that day (SH-44, SH-45); young cadres are counted (SH-12).

    `rank`: what the roster of the unit said of somebody of this name when it was recorded; empty where it said nothing.
    """

    class Role(models.TextChoices):
        PRINCIPAL = "principal", _("principal leader")
        TEAM = "team", _("member of the leading team")
        LEADER = "leader", _("leader in charge")
        DEPARTMENT = "department", _("responsible department")
        SPECIALIST = "specialist", _("specialist")
        MEMBER = "member", _("member or cadre")
        VILLAGE = "village", _("for the village")

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="participants", verbose_name=_("activity"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    name = models.CharField(_("name"), max_length=80)
    is_young = models.BooleanField(_("young cadre"), default=False)
    rank = models.CharField(_("rank"), max_length=20, choices=Rank.choices, blank=True, editable=False)

    undone_as: dict = {}

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "name"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.name}"


@with_history()
class Evidence(models.Model):
    """What shows that it took place: a photo, a scan, minutes, a signature given on the screen. Append-only."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("photo")
        SCAN = "scan", _("scan of a paper")
        MINUTES = "minutes", _("minutes")
        SIGNATURE = "signature", _("signature of those present")
        VILLAGER = "villager", _("signature of a villager")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence", verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("added by"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        triggers = [append_only("evidence")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.added_at:%Y-%m-%d}"


@with_history()
class MarkedCopy(models.Model):
    """A photo as others see it, with time and uploader drawn on it; as it was received it is kept beside. Append-only.

    A correction takes the photo of what it corrects along, so several pieces of evidence may share a copy.
    """

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="marked", verbose_name=_("evidence"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("photo with time and uploader")
        verbose_name_plural = _("photos with time and uploader")
        ordering = ["pk"]
        triggers = [append_only("marked_copy")]

    def __str__(self) -> str:
        return str(self.evidence)


@with_history()
class Position(models.Model):
    """Where it was recorded, if somebody said so: nobody has to. Seen by the two sides, never on a public page."""

    class Coordinates(models.TextChoices):
        """The browser answers in WGS-84; maps of the country are drawn in GCJ-02, some hundred metres aside."""

        WGS84 = "wgs84", "WGS-84"

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="position", verbose_name=_("activity"))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6)
    accuracy = models.PositiveIntegerField(_("exact to metres"), null=True, blank=True)
    coordinates = models.CharField(
        _("coordinate system"), max_length=10, choices=Coordinates.choices, default=Coordinates.WGS84
    )

    class Meta:
        verbose_name = _("where it was recorded")
        verbose_name_plural = _("where activities were recorded")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="position_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
