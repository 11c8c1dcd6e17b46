"""Forms of the pay of village secretaries: numbers and where they come from; nothing that follows from them."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from members.models import Member
from organisations.models import Organisation
from pairing.forms.agreements import date_field


class SecretaryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Member) -> str:
        return f"{obj.name} · {obj.post}" if obj.post else obj.name


def yuan_input(label, **options) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, min_value=0, **options)


def source_input(label) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False, help_text=_("A document, a roster, an office."))


class OfVillage(Grouped, forms.Form):
    """Whoever is or was on the roster of the village."""

    member = SecretaryField(Member.objects.none(), label=_("village secretary"))

    def __init__(self, *args, village: Organisation, present: bool, **options):
        super().__init__(*args, **options)
        people = Member.objects.filter(organisation=village, erased_at=None).order_by("-rank", "name")
        self.fields["member"].queryset = people.filter(left_on=None) if present else people  # type: ignore[attr-defined]

    def clean(self):
        data = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, forms.DecimalField) and data.get(name) is None and name not in self.errors:
                data[name] = Decimal(0)
        return data


class PayForm(OfVillage):
    base = yuan_input(_("yearly base"))
    base_source = source_input(_("where the base comes from"))
    score = forms.DecimalField(label=_("score"), max_digits=8, decimal_places=2, min_value=0)
    score_source = source_input(_("where the score comes from"))
    earned = yuan_input(_("what the village earned"), required=False)
    earned_source = source_input(_("where the earnings come from"))
    insurance = yuan_input(
        _("subsidy to two insurances"), required=False, help_text=_("Pension and medical insurance. Empty: none.")
    )

    def rows(self):
        return [("member",), ("base", "base_source"), ("score", "score_source"), ("earned", "earned_source")]


class LeavingForm(OfVillage):
    left_on = date_field(_("left the post on"))
    years_in_a_row = forms.IntegerField(label=_("years in a row in the post"), min_value=0, max_value=70)
    years_in_all = forms.IntegerField(label=_("years in all in the post"), min_value=0, max_value=70)
    one_off = yuan_input(
        _("single sum"), required=False, help_text=_("For those with fewer years in a row: as it was decided.")
    )
    one_off_source = source_input(_("by which decision"))

    def rows(self):
        return [("member", "left_on"), ("years_in_a_row", "years_in_all"), ("one_off", "one_off_source")]
