"""Forms of the market: proposing, answering, deciding."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

WORDS = 300


def words_field(label, *, required: bool, help_text="") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": WORDS})
    return forms.CharField(label=label, required=required, max_length=WORDS, widget=area, help_text=help_text)


class ProposeForm(forms.Form):
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
