"""The destination asks the origin about a member who arrived (SH-21)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import InquiryResult
from members.models.floating import FloatingRecord
from members.models.retained import Retained, kept_longer_with_a_reason
from members.querysets.floating import InquiryQuerySet
from members.states import InquiryState, tone
from organisations.history import with_history
from organisations.models import Organisation, User


@with_history(exclude=("person", "words", "answer"))
class FloatingInquiry(Retained):
    """`person`: the name as the destination heard it; `record` where the member is registered already."""

    asker = models.ForeignKey(Organisation, models.PROTECT, related_name="inquiries_sent", verbose_name=_("asks"))
    asked = models.ForeignKey(Organisation, models.PROTECT, related_name="inquiries_received", verbose_name=_("asked"))
    record = models.ForeignKey(
        FloatingRecord, models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name=_("record")
    )
    person = models.CharField(_("name of the person"), max_length=60, blank=True)
    words = models.TextField(_("what is asked"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    due_on = models.DateField(_("answer due on"))
    state = models.CharField(_("state"), max_length=20, choices=InquiryState.choices, default=InquiryState.ASKED)
    result = models.CharField(_("result"), max_length=20, choices=InquiryResult.choices, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="asked"), name="inquiry_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=InquiryState.ANSWERED, answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(result="")
                | ~Q(state=InquiryState.ANSWERED) & Q(answered_at=None, answered_by=None, result=""),
                name="inquiry_answered_with_state",
            ),
            models.CheckConstraint(
                condition=~Q(asker=F("asked")),
                name="inquiry_between_two",
                violation_error_message=_("An inquiry goes to another organisation."),
            ),
            kept_longer_with_a_reason("inquiry"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(person="", words="", answer=""), name="inquiry_erased_leaves_nothing"
            ),
        ]

    def __str__(self) -> str:
        return self.person or str(self.record or _("erased"))

    def get_absolute_url(self) -> str:
        return reverse("floating_inquiry", args=[self.pk])

    @property
    def state_tone(self) -> str:
        return tone(InquiryState(self.state))
