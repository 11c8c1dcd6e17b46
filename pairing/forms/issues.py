"""Forms of the ledger and of suggestions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.forms.fields import OrganisationField
from organisations.models import Appointment, Organisation
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import Issue

LONG = forms.Textarea(attrs={"rows": 5, "maxlength": 2000})


class AboutForm(forms.Form):
    """Whom a new issue is about, by whoever is responsible for more than their own pairings."""

    organisation = OrganisationField(label=_("Whom it is about"))

    def __init__(self, *args, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        organisation: Any = self.fields["organisation"]
        organisation.among = among


class RaiseForm(forms.Form):
    """`parties`: those between whom it stands; each may be the owner. `kinds`: as the scheme calls them, by key."""

    title = forms.CharField(label=_("The issue in one line"), max_length=120)
    kind = forms.ChoiceField(label=_("kind"), choices=Issue.Kind.choices)
    words = forms.CharField(
        label=_("What it is about"), max_length=2000, required=False, widget=LONG, help_text=_("No personal data.")
    )
    source = forms.ChoiceField(label=_("Found by"), choices=Issue.Source.choices, initial=Issue.Source.VISIT)
    owner = forms.ModelChoiceField(
        label=_("Who solves it"), queryset=Organisation.objects.none(), required=False, empty_label=_("not decided yet")
    )
    due_on = date_field(_("Deadline"))

    def __init__(self, *args, parties: list[Organisation], kinds: dict[str, str], **options):
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        kind.choices = [(key, kinds.get(key, words)) for key, words in Issue.Kind.choices]
        owner: Any = self.fields["owner"]
        owner.queryset = Organisation.objects.filter(pk__in=[party.pk for party in parties])


class AssignForm(forms.Form):
    """`among`: whom the organiser may name besides the two sides; nobody for everybody else."""

    owner = forms.ModelChoiceField(label=_("Who solves it"), queryset=Organisation.objects.none(), required=False)
    other = OrganisationField(label=_("Or another organisation"), required=False)
    post = forms.ModelChoiceField(
        label=_("Who in particular"),
        queryset=Appointment.objects.none(),
        required=False,
        empty_label=_("nobody in particular"),
    )
    words = words_field(_("Explanation"), required=False)

    def __init__(self, *args, parties: list[Organisation], among: QuerySet[Organisation] | None, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        keys = [party.pk for party in parties]
        fields["owner"].queryset = Organisation.objects.filter(pk__in=keys)
        posts = Appointment.objects.current().filter(organisation__in=keys)
        fields["post"].queryset = posts.select_related("user", "organisation")
        fields["post"].label_from_instance = "{0} · {0.user.name}".format
        if among is None:
            del self.fields["other"]
        else:
            fields["other"].among = among

    def clean(self):
        data = super().clean() or self.cleaned_data
        chosen = data.get("other") or data.get("owner")
        if chosen is None and not self.errors:
            raise forms.ValidationError(_("Say who solves it."))
        return data | {"owner": chosen}


class DeadlineForm(forms.Form):
    due_on = date_field(_("New deadline"))
    words = words_field(_("Reason"), required=True, help_text=_("Both sides will read it."))


class StepForm(forms.Form):
    words = forms.CharField(
        label=_("Explanation"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        help_text=_("What was done or is missing, with day and figures. No personal data."),
    )


class SuggestionForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None
    )
    organiser = forms.ModelChoiceField(
        label=_("To the organisation department of"), queryset=Organisation.objects.none(), empty_label=None
    )
    title = forms.CharField(label=_("What you suggest, in one line"), max_length=120)
    words = forms.CharField(label=_("The suggestion in words"), max_length=2000, widget=LONG)

    def __init__(self, *args, organisations: QuerySet, organisers: QuerySet, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["organisation"].queryset, fields["organiser"].queryset = organisations, organisers


class ReplyForm(forms.Form):
    words = forms.CharField(label=_("Reply"), max_length=2000, widget=LONG)
