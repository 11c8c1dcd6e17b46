"""The form of a diary entry, of its review, and of an issue found on the trip."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import Issue
from visits.actions.diary import Trip
from visits.models import DiaryEntry


def part_field(label) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "maxlength": 2000})
    return forms.CharField(label=label, max_length=2000, widget=area)


class EntryForm(forms.Form):
    """Day and village stand there already; three parts are asked for (XY-20)."""

    on = date_field(_("Day"))
    village = forms.ModelChoiceField(
        label=_("Village"), queryset=Organisation.objects.none(), required=False, empty_label=_("another place")
    )
    did = part_field(_("What was done there"))
    solved = part_field(_("What was solved"))
    reflection = part_field(_("What I think of it"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, villages: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["village"].queryset = villages
        first = villages.first()
        fields["village"].initial = first.pk if first else None
        fields["on"].initial, fields["key"].initial = timezone.localdate, uuid.uuid4

    @property
    def trip(self) -> Trip:
        return Trip(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class ReviewForm(forms.Form):
    mark = forms.ChoiceField(label=_("mark"), choices=DiaryEntry.Mark.choices, widget=forms.RadioSelect)
    words = words_field(_("Review note"), required=False)


class FoundForm(forms.Form):
    """An issue in one line; `kinds`: as the scheme calls them, by key."""

    title = forms.CharField(label=_("The issue in one line"), max_length=120, help_text=_("No personal data."))
    kind = forms.ChoiceField(label=_("kind"), choices=Issue.Kind.choices)
    words = words_field(_("What it is about"), required=False)

    def __init__(self, *args, kinds: dict[str, str], **options):
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(key, kinds.get(key, words)) for key, words in Issue.Kind.choices]
