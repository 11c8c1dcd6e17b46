"""Forms of the market: proposing, answering, deciding."""

from dataclasses import fields
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.actions.choosing import Choice
from pairing.models import Round, VillagersChoice
from pairing.schemes.modes import choices_of

WORDS = 300


def words_field(label, *, required: bool, help_text="") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": WORDS})
    return forms.CharField(label=label, required=required, max_length=WORDS, widget=area, help_text=help_text)


class ModeField(forms.Form):
    """The form of pairing, where the scheme names some (AH-07)."""

    mode = forms.ChoiceField(label=_("Form of pairing"), required=False)

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        known, mode = choices_of(round), cast(forms.ChoiceField, self.fields["mode"])
        mode.choices = [("", _("left open")), *known]
        if not known:
            mode.widget = forms.HiddenInput()


class ProposeForm(ModeField):
    """`parties`: the organisations that the person may act for in this round."""

    party = forms.ModelChoiceField(label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None)
    words = words_field(
        _("Words to the other side"), required=False, help_text=_("What you could do together. No personal data.")
    )

    def __init__(self, *args, parties: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        party: Any = self.fields["party"]
        party.queryset = parties
        first = parties[:2]
        if len(first) == 1:
            party.initial = first[0].pk
            party.widget = forms.HiddenInput()


class AnswerForm(forms.Form):
    words = words_field(_("Words to the other side"), required=False)


class ReasonForm(forms.Form):
    words = words_field(_("Reason"), required=True, help_text=_("The other side will read it."))


class CounterForm(ModeField):
    """Neither yes nor no: a proposal of one's own."""

    words = words_field(_("What you propose instead"), required=False, help_text=_("No personal data."))
    field_order = ("mode", "words")


def day_field(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class ChoiceForm(ProposeForm):
    """A proposal with the record of how the villagers chose (TC-05)."""

    needs_posted_on = day_field(_("needs posted on"))
    held_on = day_field(_("held on"))
    way = forms.ChoiceField(label=_("way of choosing"), choices=VillagersChoice.Way.choices)
    persons_present = forms.IntegerField(label=_("persons present"), min_value=1)
    votes = forms.IntegerField(label=_("votes for this unit"), min_value=1)
    remark = forms.CharField(label=_("remark"), max_length=WORDS, required=False)
    scan = forms.FileField(label=_("scan of the record"), required=False, help_text=_("PDF, JPG or PNG."))

    def choice(self) -> Choice:
        return Choice(**{each.name: self.cleaned_data[each.name] for each in fields(Choice)})


class PreferForm(forms.Form):
    reason = words_field(_("Reason"), required=True, help_text=_("Both sides will read it."))
    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False)


class AssignForm(PreferForm):
    """`units`: those of the directory that have a place left."""

    unit = forms.ModelChoiceField(label=_("Aiding unit"), queryset=Organisation.objects.none())
    field_order = ("unit", "reason", "seen")

    def __init__(self, *args, units: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        self.unit_field.queryset = units

    @property
    def unit_field(self) -> Any:
        return self.fields["unit"]

    def offer(self, units: list[tuple[int, str]], *, more: bool) -> None:
        """Show these in the drop-down; `more`: there are others, to be found by name."""
        self.more_units = more
        self.unit_field.choices = [("", "———"), *units]


class NoteForm(forms.Form):
    words = words_field(_("Note to the other side"), required=True, help_text=_("No personal data."))
