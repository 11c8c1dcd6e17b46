"""Suggestions to an organisation department, with its reply (SH-22)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisations.history import with_history
from organisations.models import Appointment, Organisation, User
from pairing.querysets.issues import SuggestionQuerySet
from pairing.states import SuggestionState, tone


@with_history()
class Suggestion(models.Model):
    """What a unit, village or committee suggests to the organisation department of `organiser`; answered once."""

    organiser = models.ForeignKey(Organisation, models.PROTECT, related_name="suggestions", verbose_name=_("addressee"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="suggestions_made", verbose_name=_("comes from")
    )
    title = models.CharField(_("suggestion"), max_length=120)
    words = models.TextField(_("words"), max_length=2000)
    written_at = models.DateTimeField(_("written at"))
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("written by"))
    written_as = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+", verbose_name=_("acting as")
    )
    state = models.CharField(_("state"), max_length=20, choices=SuggestionState.choices, default=SuggestionState.SENT)
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(_("replied at"), null=True, blank=True)
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("replied by")
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=False, replied_by__isnull=False, state=SuggestionState.ANSWERED)
                & ~Q(reply="")
                | Q(replied_at=None, replied_by=None, reply="", state=SuggestionState.SENT),
                name="suggestion_answered_with_words",
                violation_error_message=_("A suggestion is answered in words."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("suggestion", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(SuggestionState(self.state))
