"""Questions and objections of anybody, without an account: answered by the village, then by the township (P-21)."""

import uuid
from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from funds.models.disclosure import Disclosure
from funds.models.entry import Entry
from funds.querysets.objection import ObjectionQuerySet
from organisations.history import with_history
from organisations.models import Organisation, User


def changed(*names: str) -> pgtrigger.Q:
    """A condition of a trigger: one of these columns changes."""
    found = pgtrigger.Q(**{f"old__{names[0]}__df": pgtrigger.F(f"new__{names[0]}")})
    for name in names[1:]:
        found |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return found


@with_history(exclude=["contact", "words", "token"])
class Objection(models.Model):
    """Raised by somebody who stays unknown; `token` is their own address, at which they read on and pass it on.

    `due_on`, `second_due_on`: last days of the answers. `hides_words`: everybody reads the answer alone.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", _("question")
        OBJECTION = "objection", _("objection")

    village = models.ForeignKey(Organisation, models.PROTECT, related_name="objections", verbose_name=_("village"))
    disclosure = models.ForeignKey(
        Disclosure, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name=_("disclosure")
    )
    entry = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name=_("entry of a ledger")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.QUESTION)
    words = models.CharField(_("what you want to know, or what is wrong"), max_length=500)
    contact = models.CharField(_("how to reach you"), max_length=60, blank=True)
    key = models.UUIDField(_("key"), unique=True, editable=False)
    token = models.UUIDField(_("own address"), default=uuid.uuid4, unique=True, editable=False)
    raised_at = models.DateTimeField(_("raised at"))
    due_on = models.DateField(_("to be answered by"))
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    hides_words = models.BooleanField(_("the words tell about persons: show the answer alone"), default=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    second_due_on = models.DateField(_("to be answered by the township by"), null=True, blank=True)
    second_answer = models.CharField(_("answer of the township"), max_length=1000, blank=True)
    second_answered_at = models.DateTimeField(_("answered by the township at"), null=True, blank=True)
    second_answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered for the township by")
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question or objection")
        verbose_name_plural = _("questions and objections")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="objection_answered_in_words",
            ),
            models.CheckConstraint(
                condition=Q(second_answered_at=None, second_answered_by=None, second_answer="")
                | Q(second_answered_at__isnull=False, second_answered_by__isnull=False, second_due_on__isnull=False)
                & ~Q(second_answer=""),
                name="objection_answered_by_the_township_in_words",
            ),
        ]
        indexes = [models.Index(fields=["village", "-raised_at"], name="objection_of_village")]
        triggers = [
            pgtrigger.Protect(name="objection_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="objection_words_stay",
                operation=pgtrigger.Update,
                condition=changed("village_id", "words", "key", "token", "raised_at", "due_on"),
            ),
            pgtrigger.Protect(
                name="objection_answer_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False) & changed("answer", "answered_at", "hides_words"),
            ),
            pgtrigger.Protect(
                name="objection_second_answer_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__second_answered_at__isnull=False)
                & changed("second_answer", "second_answered_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("objection", args=[self.pk])

    @property
    def waits_for_village(self) -> bool:
        return self.answered_at is None and self.second_due_on is None

    @property
    def waits_for_township(self) -> bool:
        return self.second_due_on is not None and self.second_answered_at is None

    @property
    def open_until(self) -> date | None:
        """The last day of the answer that it waits for."""
        if self.waits_for_township:
            return self.second_due_on
        return self.due_on if self.waits_for_village else None

    @property
    def state_words(self) -> str:
        if self.waits_for_township:
            return str(_("waits for the township"))
        return str(_("waits for the village") if self.waits_for_village else _("answered"))

    def may_be_passed_on(self, today: date) -> bool:
        """To the township: once the village has answered, or has let the days go by; once only."""
        return self.second_due_on is None and (self.answered_at is not None or today > self.due_on)
