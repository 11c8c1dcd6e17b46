"""The forum of lunar month 12 (SF-37, SF-38): duty reports, appraisals, opinions."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Appraisal
from members.models.floating import FloatingRecord
from members.querysets.floating import ForumQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history()
class FloatingForum(models.Model):
    """One per place and lunar year; `lunar_year` is the key, as 腊月 falls into two years of the other calendar."""

    place = models.ForeignKey(Organisation, models.PROTECT, related_name="floating_forums", verbose_name=_("place"))
    lunar_year = models.PositiveSmallIntegerField(_("lunar year"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))

    objects = ForumQuerySet.as_manager()
    history_parts = ("entries",)

    class Meta:
        verbose_name = _("forum of floating members")
        verbose_name_plural = _("forums of floating members")
        ordering = ["-lunar_year", "place__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "lunar_year"],
                name="floating_forum_once",
                violation_error_message=_("This place has its forum of this lunar year already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.lunar_year}"

    def get_absolute_url(self) -> str:
        return reverse("floating_forum", args=[self.pk])


@with_history(exclude=("report", "opinions"))
class ForumEntry(models.Model):
    """One member at the forum: came or not, what they reported, how the others appraised it, what they asked for."""

    forum = models.ForeignKey(FloatingForum, models.CASCADE, related_name="entries", verbose_name=_("forum"))
    record = models.ForeignKey(FloatingRecord, models.PROTECT, related_name="forum_entries", verbose_name=_("record"))
    attended = models.BooleanField(_("took part"))
    report = models.TextField(_("duty report"), max_length=1000, blank=True)
    appraisal = models.CharField(_("appraisal"), max_length=20, choices=Appraisal.choices, blank=True)
    opinions = models.TextField(_("opinions and difficulties"), max_length=1000, blank=True)
    noted_at = models.DateTimeField(_("noted at"), default=timezone.now)
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("entry of a forum")
        verbose_name_plural = _("entries of forums")
        ordering = ["record__origin__path", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "record"],
                name="forum_entry_once",
                violation_error_message=_("This member stands on the sheet already."),
            ),
            models.CheckConstraint(
                condition=Q(appraisal="") | Q(attended=True),
                name="forum_entry_appraised_when_there",
                violation_error_message=_("Only somebody who took part is appraised."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.record}"
