"""The forms of circulars and arrangement notices."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pairing.forms.agreements import date_field
from reports.forms.of_round import OfRoundForm
from reports.inspection.states import Addressee, Matter
from reports.models import Notice

YEARS = (1949, 2100)


class NoticeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=120)
    number = forms.CharField(
        label=_("Document number, proposed"),
        max_length=60,
        required=False,
        help_text=_("A proposal only, like 〔2026〕 with your own mark: the office's system gives number and seal."),
    )
    matter = forms.ChoiceField(label=pgettext_lazy("of a circular", "what it is about"), choices=Matter.choices)
    to = forms.MultipleChoiceField(
        label=_("Sent to"), choices=Addressee.choices, widget=forms.CheckboxSelectMultiple, required=True
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        help_text=_("One paragraph a line. Lines that begin with 一、 （一） 1. （1） are set as headings in Word."),
        widget=forms.Textarea(attrs={"rows": 24, "data-counted": ""}),
    )
    attachments = forms.CharField(
        label=_("Attachments, one a line"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @staticmethod
    def now_of(notice: Notice) -> dict[str, Any]:
        return {name: getattr(notice, name) for name in NoticeForm.base_fields}


class TaskForm(forms.Form):
    what = forms.CharField(label=_("Task"), max_length=200)
    who = forms.CharField(label=_("Who does it"), max_length=120, help_text=_("An organisation or a post, no person."))
    due_on = date_field(_("By"))


class ArrangementForm(OfRoundForm):
    year = forms.IntegerField(label=_("Year"), min_value=YEARS[0], max_value=YEARS[1])

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["year"].initial = timezone.localdate().year


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
