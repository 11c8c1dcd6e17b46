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


class SentForm(forms.Form):
    """`waiting`: the letters of the batch that were not sent yet; all are ticked."""

    letters = forms.ModelMultipleChoiceField(
        label=_("Letters"), queryset=GreetingLetter.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices, initial=Channel.LETTER)
    on = date_field(_("Sent on"))

    def __init__(self, *args, waiting: QuerySet, **options):
        ticked = [letter.pk for letter in waiting]
        options["initial"] = {"on": timezone.localdate(), "letters": ticked}
        super().__init__(*args, **options)
        letters: Any = self.fields["letters"]
        letters.queryset = waiting
        letters.label_from_instance = "{0.member} · {0.record.origin.name}".format
