"""The diary of the people's situation: one for each cadre, an entry for each trip (XY-18 to XY-21)."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Member
from organisations.history import with_history
from organisations.models import Organisation, User
from pairing.models import Round
from pairing.schemes.diary import DiaryRules
from pairing.schemes.words import DiaryEdition
from visits.querysets.diary import DiaryEntryQuerySet, DiaryQuerySet


@with_history()
class Diary(models.Model):
    """The booklet of one cadre in one round; `edition` by rank and organisation on the day it was begun (XY-19)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="diaries", verbose_name=_("whose diary"))
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="diaries", verbose_name=_("round")
    )
    edition = models.CharField(_("edition of the diary"), max_length=20, choices=DiaryEdition.choices)
    begun_at = models.DateTimeField(_("begun at"))
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("begun by"))

    objects = DiaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("diary")
        verbose_name_plural = _("diaries")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "round"], nulls_distinct=False, name="diary_once_in_a_round")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("diary_booklet", args=[self.pk])

    @property
    def rules(self) -> DiaryRules:
        return self.round.rules.diary if self.round else DiaryRules()

    @property
    def title(self) -> str:
        return self.rules.name_of(self.edition)


@with_history(exclude=["did", "solved", "reflection", "review_words"])
class DiaryEntry(models.Model):
    """A trip in three parts, each of which is asked for (XY-20). Changed by its author until a leader reviewed it."""

    class Mark(models.TextChoices):
        GOOD = "good", _("good")
        FAIR = "fair", _("fair")
        THIN = "thin", _("to be improved")

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    diary = models.ForeignKey(Diary, models.PROTECT, related_name="entries", verbose_name=_("diary"))
    on = models.DateField(_("day"))
    village = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("village")
    )
    did = models.TextField(_("what was done"), max_length=2000)
    solved = models.TextField(_("what was solved"), max_length=2000)
    reflection = models.TextField(_("what one thinks of it"), max_length=2000)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))
    mark = models.CharField(_("mark"), max_length=10, choices=Mark.choices, blank=True)
    review_words = models.CharField(_("review note"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewed by")
    )

    objects = DiaryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("diary entry")
        verbose_name_plural = _("diary entries")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["diary", "on"], name="diary_entry_of_diary")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(did="") & ~Q(solved="") & ~Q(reflection=""),
                name="diary_entry_in_three_parts",
                violation_error_message=_("An entry says what was done, what was solved and what one thinks of it."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, reviewed_by=None, mark="", review_words="")
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(mark=""),
                name="diary_entry_reviewed_with_a_mark",
            ),
        ]
        triggers = [pgtrigger.Protect(name="diary_entry_not_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.diary} {self.on}"

    def get_absolute_url(self) -> str:
        return reverse("diary_entry", args=[self.pk])
