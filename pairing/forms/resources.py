"""Forms of the board of resources."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.kinds import Resource
from organisations.models import Facility, Organisation
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import ResourceEntry


class SearchForm(forms.Form):
    q = forms.CharField(label=_("What or who"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *Resource.choices], required=False)


class EntryForm(forms.ModelForm):
    """`own`: the organisations for which the person speaks; whose an entry is does not change."""

    class Meta:
        model = ResourceEntry
        fields = (
            "direction", "organisation", "resource", "title", "details", "quantity", "facility", "since", "until",
            "for_several",
        )  # fmt: skip
        widgets = {name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("since", "until")} | {
            "details": forms.Textarea(attrs={"rows": 4, "maxlength": 1000})
        }
        help_texts = {
            "details": _("No phone numbers: whoever is interested answers here."),
            "quantity": _("In words, as: 3 experts for 2 days each."),
            "facility": _("Only where you offer one of your own."),
            "for_several": _("It stays on the board after somebody has taken it up."),
        }

    def __init__(self, *args, own: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["facility"].queryset = Facility.objects.open().filter(organisation__in=own.order_by().values("pk"))
        if self.instance.pk:
            del self.fields["direction"], self.fields["organisation"]
            return
        fields["organisation"].queryset, fields["organisation"].empty_label = own, None


class AskForm(forms.Form):
    asker = forms.ModelChoiceField(label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None)
    words = words_field(
        _("What you have in mind"), required=True, help_text=_("When, for whom, how much. No phone numbers.")
    )

    def __init__(self, *args, own: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        asker: Any = self.fields["asker"]
        asker.queryset = own


class ExchangeForm(forms.Form):
    """`with_day`: where it may be reported as done."""

    words = words_field(_("Words to the other side"), required=False)
    on = date_field(_("Done on"))

    def __init__(self, *args, with_day: bool, **options):
        super().__init__(*args, **options)
        self.fields["on"].required = False
        if not with_day:
            del self.fields["on"]
