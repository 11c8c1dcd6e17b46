"""Forms of an adjustment: which pairing and why; the new partner; or why it stays."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.forms.market import words_field
from pairing.models import DirectoryEntry, Pairing, Round
from pairing.states import Side


class OpenCaseForm(forms.Form):
    pairing = forms.ChoiceField(label=_("Pairing"), choices=())
    reason = words_field(_("Reason"), required=True, help_text=_("Both sides can read it."))

    def __init__(self, *args, pairings: list[Pairing], **options):
        super().__init__(*args, **options)
        self.found = {str(each.pk): each for each in pairings}
        self.fields["pairing"].choices = [(key, str(each)) for key, each in self.found.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Pairing:
        return self.found[self.cleaned_data["pairing"]]


class PartnerForm(forms.Form):
    """`unit`: of the directory of the round."""

    unit = forms.ModelChoiceField(Organisation.objects.none(), label=_("New partner"))
    words = words_field(_("What was decided"), required=True)

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        listed = DirectoryEntry.objects.filter(directory=round.newest_directory_id, side=Side.UNIT)
        units = Organisation.objects.filter(pk__in=listed.order_by().values("organisation")).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DropForm(forms.Form):
    words = words_field(_("Why it stays as it is"), required=True)
