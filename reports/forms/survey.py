"""Opening a survey; entering a stack of answer sheets; answering by code."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.form_groups import Grouped
from core.refusals import Refused
from organisations.codes import as_printed
from pairing.schemes.survey import SurveyRules
from reports.actions.survey import Marks, check_rules
from reports.models import SurveyPlace, SurveySubject

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOST_HOUSEHOLDS, MOST_LEAST, MOST_SHEETS = 200, 100, 200


class OpenSurveyForm(Grouped, forms.Form):
    """`chosen()`: the rules of the scheme with the numbers that were typed."""

    year = forms.IntegerField(label=gettext_lazy("year"), min_value=2000, max_value=2100)
    until = forms.DateField(label=gettext_lazy("last day for answers"), widget=DAY)
    seed = forms.CharField(
        label=gettext_lazy("seed of the draw"), max_length=40, required=False,
        help_text=gettext_lazy("Empty: drawn now. Whoever knows it can draw the same households again."),
    )  # fmt: skip

    def __init__(self, *args, rules: SurveyRules, **options):
        super().__init__(*args, **options)
        self.rules = rules
        for channel in rules.channels:
            name = {"channel": channel.name}
            self.number(
                f"households-{channel.key}", _("%(channel)s: households of each village") % name, channel.households, 1,
                MOST_HOUSEHOLDS,
            )  # fmt: skip
            self.number(f"share-{channel.key}", _("%(channel)s: share of the score, per cent") % name, channel.weight)
        for option in rules.options:
            label = _("“%(option)s” counts, per cent") % {"option": option.name}
            help_text = _("Empty: such answers are told, and not counted.")
            field = forms.IntegerField(
                label=label, min_value=0, max_value=100, required=False, initial=option.weight, help_text=help_text
            )
            self.fields[f"weight-{option.key}"] = field
        self.number("least", _("Results are shown from so many answers"), rules.least, 3, MOST_LEAST)

    def number(self, name: str, label: str, now: int, least: int = 0, most: int = 100) -> None:
        self.fields[name] = forms.IntegerField(label=label, min_value=least, max_value=most, initial=now)

    def rows(self) -> list[list[str]]:
        channels = [[f"households-{each.key}", f"share-{each.key}"] for each in self.rules.channels]
        return [["year", "until", "seed"], *channels, [f"weight-{each.key}" for each in self.rules.options], ["least"]]

    def clean(self):
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                check_rules(self.chosen())
            except Refused as refusal:
                raise forms.ValidationError(refusal.sentence) from refusal
        return given

    def chosen(self) -> SurveyRules:
        given, rules = self.cleaned_data, self.rules
        channels = [
            each.model_copy(
                update={"households": given[f"households-{each.key}"], "weight": given[f"share-{each.key}"]}
            )
            for each in rules.channels
        ]
        options = [each.model_copy(update={"weight": given[f"weight-{each.key}"]}) for each in rules.options]
        return rules.model_copy(update={"channels": channels, "options": options, "least": given["least"]})


class Marked(forms.Form):
    """Fields for each subject and question of a village."""

    def __init__(self, *args, place: SurveyPlace, **options):
        super().__init__(*args, **options)
        self.place, self.rules = place, place.survey.rules
        self.subjects = list(place.subjects.select_related("organisation"))
        for subject in self.subjects:
            for question in self.rules.questions:
                self.add(subject, question)

    def add(self, subject: SurveySubject, question) -> None:
        raise NotImplementedError

    @property
    def about(self) -> Iterator[tuple[str, SurveySubject, list]]:
        """Each subject: what the scheme calls its kind, itself, and its questions with their fields."""
        for subject in self.subjects:
            yield (
                self.rules.subject(subject.kind),
                subject,
                [(question, self.of_line(subject, question)) for question in self.rules.questions],
            )

    def of_line(self, subject: SurveySubject, question) -> Any:
        raise NotImplementedError


class SheetsForm(Marked):
    """A stack of answer sheets, counted line by line."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=gettext_lazy("channel"), widget=forms.RadioSelect)
    sheets = forms.IntegerField(label=gettext_lazy("answer sheets"), min_value=1, max_value=MOST_SHEETS)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid.uuid4
        channel: Any = self.fields["channel"]
        channel.choices = [
            (
                each.key.value,
                _("%(channel)s (%(room)s more)") % {"channel": each.name, "room": self.place.room(each.key)},
            )
            for each in self.rules.channels
            if self.place.room(each.key)
        ]

    def add(self, subject: SurveySubject, question) -> None:
        for option in self.rules.options:
            label = f"{subject.organisation.name} {question.name} {option.name}"
            widget = forms.NumberInput(
                {"aria-label": label, "class": "form-control survey-count", "inputmode": "numeric"}
            )
            self.fields[f"n-{subject.pk}-{question.key}-{option.key}"] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_SHEETS, required=False, widget=widget
            )

    def of_line(self, subject: SurveySubject, question) -> list:
        return [self[f"n-{subject.pk}-{question.key}-{option.key}"] for option in self.rules.options]

    @property
    def head(self) -> list:
        return [self["channel"], self["sheets"]]

    def marks(self) -> Marks:
        return {
            (subject.pk, question.key, option.key): number
            for subject in self.subjects
            for question in self.rules.questions
            for option in self.rules.options
            if (number := self.cleaned_data[f"n-{subject.pk}-{question.key}-{option.key}"])
        }


class AnswerForm(Marked):
    """What somebody marks on a phone; a question may be left out."""

    def add(self, subject: SurveySubject, question) -> None:
        choices = [(option.key, option.name) for option in self.rules.options]
        self.fields[f"a-{subject.pk}-{question.key}"] = forms.ChoiceField(
            label=question.name, choices=choices, required=False, widget=forms.RadioSelect
        )

    def of_line(self, subject: SurveySubject, question) -> Any:
        return self[f"a-{subject.pk}-{question.key}"]

    def marks(self) -> Marks:
        return {
            (subject.pk, question.key, option): 1
            for subject in self.subjects
            for question in self.rules.questions
            if (option := self.cleaned_data[f"a-{subject.pk}-{question.key}"])
        }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("code on the slip"), max_length=20,
        help_text=gettext_lazy("Eight letters and digits, as 7K3M-Q0XD."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return as_printed(self.cleaned_data["code"])
