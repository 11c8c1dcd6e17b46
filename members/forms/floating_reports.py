"""Forms of what floating members tell: short enough for a phone."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.floating.halves import HalfYear
from members.floating.kinds import Channel, DeedKind
from pairing.forms.agreements import date_field


def said_field(label, *, required: bool = False, help_text="", longest: int = 1000) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": longest})
    return forms.CharField(label=label, required=required, max_length=longest, widget=area, help_text=help_text)


class CheckInForm(forms.Form):
    """The member's own form. `halves`: the half-years that still want a report, the most urgent first."""

    half = forms.TypedChoiceField(label=_("Half-year"))
    work = said_field(_("Work and life"), required=True, help_text=_("Where you work, how you live, what has changed."))
    thinking = said_field(_("Thinking"), help_text=_("What you think about, what you learnt at study meetings."))
    skills = said_field(_("New skills"))
    difficulty = said_field(
        _("Is something difficult?"),
        help_text=_("It goes to the issue ledger; your Party branch at home has to deal with it and answers."),
    )

    def __init__(self, *args, halves: list[HalfYear], **options):
        super().__init__(*args, **options)
        field: Any = self.fields["half"]
        known = {f"{half.year}-{half.half}": half for half in halves}
        field.choices = [(key, str(half)) for key, half in known.items()]
        field.coerce = known.__getitem__


class DelegateForm(CheckInForm):
    """Entered for the member by somebody at one of the two places."""

    field_order = ["half", "channel", "on"]
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices)
    on = date_field(_("Reported on"))
    delegate_reason = forms.CharField(
        label=_("Why you enter it for the member"), max_length=120, help_text=_("For instance: reported by telephone.")
    )


class DeedForm(forms.Form):
    prefix = "deed"

    kind = forms.ChoiceField(label=_("What it is"), choices=DeedKind.choices)
    on = date_field(_("Day"))
    people = forms.IntegerField(
        label=_("How many people"),
        min_value=1,
        max_value=30_000,
        required=False,
        help_text=_("Only where people were led into work or business."),
    )
    words = said_field(pgettext_lazy("deed", "What was done"), required=True, longest=500)

    def __init__(self, *args, **options):
        options["initial"] = {"on": timezone.localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("kind") == DeedKind.LED_OTHERS and not data.get("people") and "people" not in self.errors:
            self.add_error("people", _("Say how many people were led into work."))
        return data
