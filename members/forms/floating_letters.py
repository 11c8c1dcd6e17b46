"""Forms of greeting letters."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Channel
from members.models import GreetingLetter
from organisations.models import Organisation
from pairing.forms.agreements import date_field

LONG = forms.Textarea(attrs={"rows": 5, "maxlength": 1000})


class BatchForm(forms.Form):
    """`places`: the committees for which the user writes."""

    place = forms.ModelChoiceField(label=_("Sent by"), queryset=Organisation.objects.none(), empty_label=None)
    plans = forms.CharField(label=_("How we go about our work"), max_length=1000, widget=LONG)
    tasks = forms.CharField(label=_("Core tasks"), max_length=1000, widget=LONG)
    results = forms.CharField(label=_("What was achieved"), max_length=1000, widget=LONG)

    def __init__(self, *args, places: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        place: Any = self.fields["place"]
        place.queryset = places


class LettersForm(forms.Form):
    """`among`: the letters of the batch that can be chosen. What is done with them happened `on` a day."""

    letters = forms.ModelMultipleChoiceField(
        label=_("Letters"), queryset=GreetingLetter.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, among: QuerySet, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["letters"].queryset = among
        fields["letters"].label_from_instance = "{0.member} · {0.record.origin.name}".format
        fields["on"].initial = timezone.localdate

    def clean_letters(self) -> list[int]:
        return [letter.pk for letter in self.cleaned_data["letters"]]


class SentForm(LettersForm):
    """All that were not sent yet are ticked."""

    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.LETTER)
    on = date_field(_("Sent on"))

    def __init__(self, *args, among: QuerySet, **options):
        super().__init__(*args, among=among, **options)
        self.fields["letters"].initial = [letter.pk for letter in among]


class ReceivedForm(LettersForm):
    on = date_field(_("Receipt confirmed on"))
