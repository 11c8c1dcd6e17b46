"""Forms about a signed pairing: ending it, renewing it, naming who answers for it; the terms of the next round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import Responsible, Round, SchemeVersion
from pairing.states import Side


class ReasonForm(forms.Form):
    words = words_field(_("Reason"), required=True, help_text=_("Both sides will read it."))


class WordsForm(forms.Form):
    """Words that only a refusal needs: the verb asks for them."""

    words = words_field(_("Words to the other side"), required=False, help_text=_("To decline, give the reason."))


class ResponsibleForm(forms.Form):
    kind = forms.ChoiceField(label=_("What changes"), choices=Responsible.Kind.choices)
    name = forms.CharField(label=_("From then on"), max_length=60, help_text=_("Name of the person or department."))
    since = date_field(_("since"))
    reason = words_field(_("Reason"), required=True, help_text=_("Both sides will read it."))

    def __init__(self, *args, side: Side, **options):
        super().__init__(*args, **options)
        kind: Any = self.fields["kind"]
        if side == Side.VILLAGE:
            kind.choices = [(Responsible.Kind.LIAISON, Responsible.Kind.LIAISON.label)]


class NextBasisForm(forms.Form):
    """Under which version of the scheme the next round runs, and from when."""

    version = forms.ModelChoiceField(SchemeVersion.objects.none(), label=_("Scheme"), empty_label=None)
    starts_on = date_field(_("First day"))

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        version: Any = self.fields["version"]
        newest = round.scheme_version.scheme.versions.first()
        offered = {each.pk for each in (newest, round.scheme_version) if each}
        version.queryset = SchemeVersion.objects.filter(pk__in=offered).select_related("scheme").order_by("-number")
