"""Forms of organisations: what each field wants, and what to do when it does not fit."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from core.masking import mask_phone
from core.names import normal
from organisations import causes, credit_codes
from organisations.forms.fields import ListField, OrganisationField
from organisations.kinds import Cause, LaggingReason, VillageClass
from organisations.models import Alias, Need, Organisation, Strength, VillageFacts
from organisations.models.organisation import digits as division_digits

# Far above any village: a larger number is a slip of the pen, or another unit.
MOST_OF_A_VILLAGE = {"households": 100_000, "population": 500_000, "party_members": 50_000}
TOO_MANY = _("Check this number: no village has more than %(limit_value)s.")


class PhoneKept(forms.ModelForm):
    """A form that changes a phone number without showing the one that is stored."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial["contact_phone"] = ""
        self.stored_phone = self.instance.contact_phone
        if self.stored_phone:
            masked = mask_phone(self.stored_phone)
            self.fields["contact_phone"].help_text = _("Leave empty to keep %(masked)s; a hyphen removes it.") % {
                "masked": masked
            }

    def clean_contact_phone(self) -> str:
        typed = normal(self.cleaned_data["contact_phone"])
        return "" if typed == "-" else typed or self.stored_phone


class OrganisationForm(PhoneKept):
    classes = forms.MultipleChoiceField(
        label=_("classes"),
        choices=VillageClass.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For villages only."),
    )
    # Longer than the code itself: people copy it with spaces.
    uscc = forms.CharField(
        label=_("unified social credit code"),
        max_length=40,
        required=False,
        help_text=_("18 characters from the certificate; leave empty where there is none."),
    )
    division_code = forms.CharField(
        label=_("division code"),
        max_length=30,
        required=False,
        help_text=_("6, 9 or 12 digits; leave empty for units."),
    )
    tags = ListField(label=_("tags"), required=False, help_text=_("Words of your own, separated by commas."))

    class Meta:
        model = Organisation
        fields = (
            "name",
            "kind",
            "level",
            "division_code",
            "uscc",
            "classes",
            "tags",
            "party_members",
            "contact_name",
            "contact_phone",
        )
        help_texts = {
            "name": _("The full official name. The former one stays findable."),
            "level": _("Whose unit it is; leave empty for townships and villages."),
            "contact_phone": _("Shown masked; whoever reads it in full is recorded."),
        }

    def clean_division_code(self) -> str:
        code = normal(self.cleaned_data["division_code"]).replace(" ", "")
        if not code:
            return ""
        division_digits(code)
        others = Organisation.objects.open().filter(division_code=code).exclude(pk=self.instance.pk)
        if self.instance.closed_on is None and others.exists():
            raise forms.ValidationError(_("Another organisation has this division code."))
        return code

    def clean_uscc(self) -> str:
        code = credit_codes.compact(self.cleaned_data["uscc"])
        sentence = credit_codes.mistake(code) if code else None
        if sentence:
            raise forms.ValidationError(sentence)
        return code

    @property
    def warning(self):
        """A doubt that does not keep anything from being saved."""
        code = self.cleaned_data.get("uscc", "")
        return credit_codes.doubt(code) if code else None


class ContactForm(PhoneKept):
    class Meta:
        model = Organisation
        fields = ("contact_name", "contact_phone")
        help_texts = OrganisationForm.Meta.help_texts


class FactsForm(Grouped, forms.ModelForm):
    """How the village is judged - tier, reasons - only who may change organisations says (`judges`)."""

    known_causes = forms.MultipleChoiceField(
        label=_("causes of poverty"), choices=Cause.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    causes = ListField(label=_("other causes, in words"), required=False, help_text=_("Separated by commas."))
    lagging_reasons = forms.MultipleChoiceField(
        label=_("why it is lagging"),
        choices=LaggingReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a village of the class “lagging village”."),
    )

    class Meta:
        model = VillageFacts
        fields = (
            "year",
            "households",
            "population",
            "party_members",
            "collective_income",
            "villagers_income",
            "tier",
            "lagging_reasons",
            "causes",
        )
        help_texts = {
            "collective_income": _("In yuan for the whole year, not in units of ten thousand."),
            "villagers_income": _("Net income of one villager in the year, in yuan."),
        }

    field_order = (*Meta.fields[:-1], "known_causes", "causes")

    def __init__(self, *args, judges: bool, **options):
        super().__init__(*args, **options)
        ours = {causes.word_of(code): code for code in Cause}
        self.initial["known_causes"] = [ours[word] for word in self.instance.causes if word in ours]
        self.initial["causes"] = [word for word in self.instance.causes if word not in ours]
        for name, most in MOST_OF_A_VILLAGE.items():
            self.fields[name].validators.insert(0, MaxValueValidator(most, TOO_MANY))
        if not judges:
            del self.fields["tier"], self.fields["lagging_reasons"]

    def rows(self) -> list[list[str]]:
        return [
            ["year", "households", "population"],
            ["party_members", "collective_income", "villagers_income"],
            ["tier"],
            ["lagging_reasons"],
            ["known_causes"],
            ["causes"],
        ]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        known = [causes.word_of(code) for code in data.pop("known_causes", [])]
        data["causes"] = list(dict.fromkeys([*known, *data.get("causes", [])]))
        return data

    def validate_unique(self) -> None:
        """Recording the same year again replaces it."""


class MoveForm(forms.Form):
    parent = OrganisationField(label=_("new superior organisation"))

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        parent: Any = self.fields["parent"]
        parent.among = among


class AliasForm(forms.ModelForm):
    class Meta:
        model = Alias
        fields = ("kind", "value")


NeedFormSet = inlineformset_factory(
    Organisation,
    Need,
    fields=("name", "resource", "takes_money", "note"),
    extra=2,
    fk_name="village",
    can_delete_extra=False,
)
StrengthFormSet = inlineformset_factory(
    Organisation, Strength, fields=("name", "resource", "note"), extra=2, fk_name="unit", can_delete_extra=False
)
