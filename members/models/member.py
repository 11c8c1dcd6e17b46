"""Party members and cadres: a working roster, not a dossier (P-38). Affiliation is the national system's business."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.kinds import SENSITIVE_MARKS, Mark, Rank
from members.models.retained import kept_longer_with_a_reason
from members.models.rostered import SEARCHED, Rostered
from members.querysets.people import MemberQuerySet, RegistrationQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history(exclude=("name", "phone", "number", "post", "identity_hash", *SEARCHED))
class Member(Rostered):
    """A Party member or cadre, on the roster of one organisation. `user` is the account, where there is one.

    `number` is the running number or code that the office's own roster gives, and `identity_hash` the keyed hash of an
    identity number that itself is not stored: both only tell namesakes apart.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="members", verbose_name=_("organisation")
    )
    name = models.CharField(_("name of the person"), max_length=60)
    number = models.CharField(_("number on the roster"), max_length=30, blank=True)
    is_party_member = models.BooleanField(_("Party member"), null=True, blank=True)
    rank = models.CharField(_("rank"), max_length=20, choices=Rank.choices, blank=True)
    post = models.CharField(_("post"), max_length=60, blank=True)
    marks = ArrayField(
        models.CharField(max_length=20, choices=Mark.choices), verbose_name=_("marks"), default=list, blank=True
    )
    identity_hash = models.CharField(max_length=64, blank=True, editable=False)
    user = models.OneToOneField(
        User, models.SET_NULL, null=True, blank=True, related_name="member", verbose_name=_("account")
    )

    objects = MemberQuerySet.as_manager()
    history_parts = ("registrations", "consents")

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organisation__path", "pk"]
        indexes = [
            GinIndex(fields=["search_grams"], name="member_grams"),
            models.Index(fields=["left_on"], condition=Q(left_on__isnull=False), name="member_left"),
            GinIndex(fields=["marks"], name="member_marks"),
            models.Index(fields=["organisation", "rank"], condition=Q(left_on=None), name="member_of_organisation"),
            models.Index(fields=["organisation", "name"], name="member_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "identity_hash"],
                condition=~Q(identity_hash="") & Q(left_on=None),
                name="member_identity_once",
                violation_error_message=_("This person is on the roster already."),
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", phone="", identity_hash="", search_text=""),
                name="member_erased_leaves_nothing",
            ),
            kept_longer_with_a_reason("member"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.pk])

    @property
    def is_sensitive(self) -> bool:
        """A working roster shows names; of those in need only to whoever is near."""
        return not set(SENSITIVE_MARKS).isdisjoint(self.marks)

    @property
    def mark_names(self) -> list[str]:
        return [str(Mark(each).label) for each in self.marks]


@with_history()
class Registration(models.Model):
    """Where a member takes part beside their own organisation: at work or at home (SF-07, TC-04)."""

    class Kind(models.TextChoices):
        WORK = "work", _("at work")
        RESIDENCE = "residence", _("at home")

    member = models.ForeignKey(Member, models.CASCADE, related_name="registrations", verbose_name=_("member"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="registrations", verbose_name=_("organisation")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    since = models.DateField(_("first day"), default=timezone.localdate)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(until=None),
                name="registration_once",
                violation_error_message=_("The member is registered in this way already; end that first."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="registration_until_after_since",
                violation_error_message=_("The first day must not be after the last."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.organisation}"
