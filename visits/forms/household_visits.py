"""The forms at the door: the visit, what it left open, nobody met."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Household, Member
from members.nearness import Rosterable
from pairing.forms.agreements import date_field
from pairing.schemes.visits import VisitRules
from visits import doorstep
from visits.actions.household_visits import Call
from visits.models import Finding, HouseholdVisit

Met = HouseholdVisit.Met
NEEDS = "needs_"  # before the topic, in the name of the box that makes a finding of it


def answer_field(label) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    return forms.CharField(label=label, max_length=500, required=False, widget=area)


def met_at(target: Rosterable) -> list[tuple[str, Any]]:
    """Whom one may meet at this door, the most likely first."""
    found: tuple[HouseholdVisit.Met, ...]
    if isinstance(target, Household):
        found = (Met.HEAD, Met.FAMILY, Met.OTHER)
    elif isinstance(target, Member) or not target.guardian:
        found = (Met.SELF, Met.FAMILY, Met.OTHER)
    else:
        found = (Met.SELF, Met.GUARDIAN, Met.FAMILY, Met.OTHER)
    return [(each.value, each.label) for each in found]


def needs_field(initial: bool) -> forms.BooleanField:
    return forms.BooleanField(label=_("Needs a measure"), required=False, initial=initial)


def ticked(data: dict) -> list[str]:
    """The topics that need a measure."""
    return [name.removeprefix(NEEDS) for name, value in data.items() if name.startswith(NEEDS) and value]


class DoorForm(forms.Form):
    on = date_field(_("Day"))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["on"].initial, fields["key"].initial = timezone.localdate, uuid.uuid4


class VisitForm(DoorForm):
    """Day, who was met, words; before them the questions, as long as the scheme wants them asked (XY-08)."""

    met = forms.ChoiceField(label=_("Who was met"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What was seen and said"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
        help_text=_("No illness, no phone number."),
    )
    kinds = forms.MultipleChoiceField(label=_("On whom"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, target: Rosterable, rules: VisitRules, asked: list[str], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        self.asked = asked
        fields["met"].choices = met_at(target)
        fields["met"].initial = fields["met"].choices[0][0]
        fields["kinds"].choices = [(each.key, each.name) for each in rules.kinds]
        fields["kinds"].initial = doorstep.likely_kinds(target)
        if doorstep.is_left_behind(target):
            fields["care"] = forms.MultipleChoiceField(
                label=_("What was looked after"),
                choices=HouseholdVisit.Care.choices,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Say what was looked after: daily life, schooling or growing up.")},
            )
        self.questions = [question.key for question in rules.questions]
        for question in rules.questions:
            fields[question.key] = answer_field(question.name)
            fields[f"{NEEDS}{question.key}"] = needs_field(bool(asked) and question.key != Finding.Topic.SITUATION)
        fields[f"{NEEDS}words"] = needs_field(False)

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("words", *self.questions)):
            name = self.questions[0] if self.asked else "words"
            self.add_error(name, _("Write a few words, or the answer to one of the questions."))
        return data

    @property
    def call(self) -> Call:
        data = self.cleaned_data
        answers = {str(key): data[key] for key in self.questions}
        return Call(data["on"], data["met"], data["words"], answers, data["kinds"], ticked(data), data.get("care", ()))

    @property
    def question_fields(self):
        return [(self[key], self[f"{NEEDS}{key}"]) for key in self.questions]


class MissedForm(DoorForm):
    words = forms.CharField(
        label=_("Why the visit could not take place"),
        max_length=200,
        help_text=_("Nobody at home, a road under water … No illness, no phone number."),
    )


class OpenQuestionsForm(forms.Form):
    """What a first visit left open; one answer is enough to be saved."""

    def __init__(self, *args, visit: HouseholdVisit, **options):
        super().__init__(*args, **options)
        for key in visit.missing:
            self.fields[key] = answer_field(visit.rules.question(key))
            self.fields[f"{NEEDS}{key}"] = needs_field(key != Finding.Topic.SITUATION)

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if not any(self.answers(data).values()):
            self.add_error(None, _("Answer one of the open questions."))
        return data

    def answers(self, data: dict) -> dict[str, str]:
        return {name: value for name, value in data.items() if not name.startswith(NEEDS)}

    @property
    def given(self) -> dict:
        """What `complete_visit` takes."""
        needs = [
            name.removeprefix(NEEDS) for name, value in self.cleaned_data.items() if name.startswith(NEEDS) and value
        ]
        return {"answers": self.answers(self.cleaned_data), "needs": needs}


class WithdrawVisitForm(forms.Form):
    words = forms.CharField(label=_("Reason"), max_length=200)
