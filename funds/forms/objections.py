"""A fixed set of fields for anybody; the answers of the village and of the township."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from funds.models import Objection
from funds.publishing.personal import check_public, names_kept_in


class Checked(forms.Form):
    """Words for everybody: what is personal is held back at the field."""

    def __init__(self, *args, village, **options):
        super().__init__(*args, **options)
        self.village = village

    def clean_words(self):
        try:
            check_public([self.cleaned_data["words"]], names_kept_in(self.village))
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return self.cleaned_data["words"]


class AskForm(Checked):
    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("kind"), choices=Objection.Kind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("what you want to know, or what is wrong"), max_length=500, widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody reads it together with the answer. No names, no numbers of people."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("how to reach you"), max_length=60, required=False,
        help_text=_("Only if you like. Only the village and the township see it; it is never public."),
    )  # fmt: skip

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid.uuid4
        self.fields["kind"].initial = Objection.Kind.QUESTION


class AnswerForm(Checked):
    words = forms.CharField(
        label=_("answer"), max_length=1000, widget=forms.Textarea({"rows": 4}),
        help_text=_("Everybody reads it beside the question. No names, no numbers of people."),
    )  # fmt: skip
    hides_words = forms.BooleanField(label=_("the words tell about persons: show the answer alone"), required=False)


class SecondAnswerForm(Checked):
    words = AnswerForm.base_fields["words"]
