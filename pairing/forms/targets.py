"""Forms of targets, letters and public commitments."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.actions.targets import TargetTerms
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.forms.plans import file_field, years_field
from pairing.models import PublicCommitment, Round, Target
from pairing.plans import asked as plans
from pairing.states import CommitmentState

TERMS = tuple(vars(TargetTerms()))
OLDEST_YEAR, LATEST_YEAR = 1990, 2100


def value_field(label, help_text="") -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, required=False, help_text=help_text)


def year_field(label, help_text="") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=OLDEST_YEAR, max_value=LATEST_YEAR, required=False, help_text=help_text
    )


class TargetForm(forms.Form):
    name = forms.CharField(label=_("Target"), max_length=120)
    words = words_field(_("What it means here"), required=False)
    unit_of_measure = forms.CharField(
        label=_("Unit of measure"), max_length=30, required=False, help_text=_("Empty where it is a target in words.")
    )
    baseline = value_field(_("Baseline"))
    baseline_year = year_field(_("Year of the baseline"))
    final = value_field(_("Value to be reached"))
    horizon_year = year_field(_("To be reached by the year"))

    @classmethod
    def of(cls, target: Target, data=None) -> "TargetForm":
        form = cls(data, initial={name: getattr(target, name) for name in TERMS})
        if target.goal_key:
            del form.fields["name"]
        return form

    def clean(self):
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if (data.get("baseline") is None) != (data.get("baseline_year") is None):
            self.add_error("baseline_year", _("A baseline needs its year, and a year its baseline."))
        return data

    def terms(self) -> TargetTerms:
        return TargetTerms(**self.cleaned_data)


class PlanYearForm(forms.Form):
    planned = value_field(_("Planned value"))
    planned_words = words_field(_("Planned, in words"), required=False)

    def clean(self):
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("planned") is None and not data.get("planned_words"):
            self.add_error("planned_words", _("Name the value, or say in words what should be reached."))
        return data


class ProofForm(forms.Form):
    """`has_file`: a proof is attached already."""

    proof_words = words_field(_("What shows it"), required=False)
    file = file_field(_("Proof as a file"))
    has_file = False

    def clean(self):
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("proof_words") or data.get("file") or self.has_file):
            self.add_error("proof_words", _("Add what shows it: a file, or words that can be checked."))
        return data


class ClaimYearForm(ProofForm):
    actual = value_field(_("Value reached"))
    field_order = ("actual", "proof_words", "file")


class SignLetterForm(forms.Form):
    """`person`: who signs; their name is typed again and the text is consented to."""

    name = forms.CharField(label=_("Your name, typed again"), max_length=60)
    consent = forms.BooleanField(label=_("I have read the whole letter and sign it. It can't be changed afterwards."))
    shown_hash = forms.CharField(widget=forms.HiddenInput(), max_length=64)

    def __init__(self, *args, person: str, **options):
        super().__init__(*args, **options)
        self.person = person
        self.fields["name"].help_text = _("Exactly: %(name)s") % {"name": person}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name != self.person:
            raise forms.ValidationError(_("Type your own name exactly as it stands above the line."))
        return name


class PromiseForm(forms.Form):
    year = forms.TypedChoiceField()
    text = words_field(_("What is promised"), required=True, help_text=_("Everybody will read it: no names of people."))
    due_on = date_field(_("Due on"))

    def __init__(self, *args, round: Round, today: date, **options):
        super().__init__(*args, **options)
        self.fields["year"] = years_field(plans.years_of(round))
        self.fields["year"].initial = plans.year_in(round, today)


class CorrectionForm(forms.Form):
    text = words_field(_("What is promised instead"), required=True)
    due_on = date_field(_("Due on"))
    reason = words_field(_("Reason of the correction"), required=True, help_text=_("Everybody will read it."))

    @classmethod
    def of(cls, promise: PublicCommitment, data=None) -> "CorrectionForm":
        return cls(data, initial={"text": promise.text, "due_on": promise.due_on})


class ReportForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How far is it"),
        choices=[
            (CommitmentState.UNDER_WAY.value, CommitmentState.UNDER_WAY.label),
            (CommitmentState.CLAIMED.value, _("fulfilled; the other side is asked to confirm")),
            (CommitmentState.UNFULFILLED.value, CommitmentState.UNFULFILLED.label),
        ],
    )
    words = words_field(_("In words"), required=True, help_text=_("Everybody will read it: no names of people."))
