"""Secondments down and up, liaison officers, trainings of persons, and the two trainings with two leads."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.member import Member
from members.querysets.postings import LiaisonQuerySet, SecondmentQuerySet, TrainingQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Pairing


@with_history()
class Secondment(models.Model):
    """Somebody works in another organisation for a time (AH-20, AH-32, XC-07). The days say how far it is."""

    class Kind(models.TextChoices):
        """The five of AH-32."""

        YOUNG_CADRE = "young_cadre", _("excellent young cadre of an agency")
        GRADUATE = "graduate", _("university graduate")
        MANAGER = "manager", _("manager of an enterprise")
        RETIRED = "retired", _("retired member or cadre of an agency")
        EARLY_RETIRED = "early_retired", _("cadre who left their post early")

    class Direction(models.TextChoices):
        DOWN = "down", _("downward posting")
        UP = "up", _("upward secondment")

    member = models.ForeignKey(Member, models.PROTECT, related_name="secondments", verbose_name=_("member"))
    kind = models.CharField(_("kind of person"), max_length=20, choices=Kind.choices)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.DOWN)
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="secondments_sent", verbose_name=_("sent by"))
    host = models.ForeignKey(
        Organisation, models.PROTECT, related_name="secondments_hosted", verbose_name=_("works at")
    )
    post = models.CharField(_("post held there"), max_length=60)
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    objects = SecondmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("secondment")
        verbose_name_plural = _("secondments")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="secondment_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("host")),
                name="secondment_elsewhere",
                violation_error_message=_("A secondment leads to another organisation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} → {self.host} {self.post}"

    def get_absolute_url(self) -> str:
        return reverse("secondment", args=[self.pk])


@with_history()
class Liaison(models.Model):
    """Who keeps in touch with the other side of a pairing, named by one of the two (AH-20)."""

    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="liaisons", verbose_name=_("pairing"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="liaisons", verbose_name=_("liaison officer"))
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = LiaisonQuerySet.as_manager()

    class Meta:
        verbose_name = _("liaison officer")
        verbose_name_plural = _("liaison officers")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pairing", "member"],
                condition=Q(until=None),
                name="liaison_once",
                violation_error_message=_("This person is liaison officer of this pairing already."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="liaison_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.pairing}"


@with_history()
class Training(models.Model):
    """A programme for persons. `persons` counts heads, `person_times` each of them at each session: never the same."""

    class Kind(models.TextChoices):
        PRACTICAL = "practical", _("practical technique")
        DISTANCE = "distance", _("key operators of distance education")
        VILLAGE_CADRE = "village_cadre", _("village cadres")
        MEMBER = "member", _("education of Party members")
        FARMER = "farmer", _("new-type farmers")
        LABOUR = "labour", _("transfer of labour")
        OTHER = "other", _("other")

    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="trainings", verbose_name=_("organiser"))
    village = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the village")
    )
    pairing = models.ForeignKey(
        Pairing, models.PROTECT, null=True, blank=True, related_name="trainings", verbose_name=_("pairing")
    )
    title = models.CharField(_("programme"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    sessions = models.PositiveSmallIntegerField(_("sessions"), default=1)
    persons = models.PositiveIntegerField(_("number of persons"))
    person_times = models.PositiveIntegerField(_("person-times"))
    technicians = models.PositiveIntegerField(_("of them technicians by now"), default=0)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    objects = TrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainings")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="training_ends_after_it_starts",
                violation_error_message=_("The first day must not be after the last."),
            ),
            models.CheckConstraint(
                condition=Q(person_times__gte=F("persons")),
                name="training_person_times_not_below_persons",
                violation_error_message=_(
                    "Person-times count every attendance: they are never fewer than the persons."
                ),
            ),
            models.CheckConstraint(
                condition=Q(person_times__lte=F("persons") * F("sessions")),
                name="training_person_times_within_sessions",
                violation_error_message=_("More person-times than persons times sessions can't be. Mend one of them."),
            ),
            models.CheckConstraint(
                condition=Q(technicians__lte=F("persons")),
                name="training_technicians_among_persons",
                violation_error_message=_("There can't be more technicians than persons."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training", args=[self.pk])


@with_history()
class Advancement(models.Model):
    """双培双带: a member became a leader in getting rich, or such a leader became a member."""

    class Way(models.TextChoices):
        MEMBER_TO_LEADER = "member_to_leader", _("member became a leader in getting rich")
        LEADER_TO_MEMBER = "leader_to_member", _("leader in getting rich became a member")

    member = models.ForeignKey(Member, models.PROTECT, related_name="advancements", verbose_name=_("member"))
    way = models.CharField(_("way"), max_length=20, choices=Way.choices)
    on = models.DateField(_("day"))
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by"))

    class Meta:
        verbose_name = _("double training")
        verbose_name_plural = _("double trainings")
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "way"],
                name="advancement_once",
                violation_error_message=_("This was recorded for this person already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.get_way_display()}"
