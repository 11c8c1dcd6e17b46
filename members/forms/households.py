"""Forms of households and of single persons of a village."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from core.refusals import Refused
from members.actions.households import GivenConsent
from members.forms.fields import KeptPhoneMixin, chosen_day
from members.kinds import MINORS, Hardship
from members.models import Household, Person
from office import files
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation, User

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
NEUTRAL_NAME = "同意书"  # of a scan: the name of a file must not give a person's name away


class VillageMixin(KeptPhoneMixin):
    """Asks for the village only where somebody is added and `household` does not say it; it does not change later."""

    village = OrganisationField(label=_("village"))

    def __init__(self, *args, by: User, household: Household | None = None, **options):
        super().__init__(*args, **options)
        self.household = household
        if self.instance.pk or household:
            del self.fields["village"]
            return
        village: Any = self.fields["village"]
        village.among = Organisation.objects.managed_by(by, "household.edit")


class ConsentMixin(forms.Form):
    """The consent that comes with a form: its day, and where there is one the signed paper."""

    consent_on = chosen_day(_("consent given on"), required=False)
    consent_scan = forms.FileField(
        label=_("scan of the consent"), required=False, help_text=_("A picture or PDF of the signed paper, if any.")
    )

    def clean_consent_scan(self) -> files.Checked | None:
        upload = self.cleaned_data.get("consent_scan")
        if not upload:
            return None
        try:
            return files.check(upload=(NEUTRAL_NAME, upload.read()), kind="scan")
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def clean(self):
        """Day and paper become one; nothing where no day was given."""
        data = super().clean() or self.cleaned_data
        on, scan = data.pop("consent_on", None), data.pop("consent_scan", None)
        return data | {"consent": GivenConsent(on, scan) if on else None}


class HouseholdForm(Grouped, VillageMixin):
    seldom = ("number", "is_able")

    class Meta:
        model = Household
        fields = ("head", "group", "number", "people", "is_needy", "is_able", "phone")
        help_texts = {
            "number": _("Only where the roster gives one: it tells households of one name apart."),
            "is_able": _("Well off, or with a skill, so that it helps another household."),
        }

    def rows(self):
        return ("village",), ("head", "phone"), ("group", "people"), ("is_needy",)


class SurveyForm(ConsentMixin, forms.ModelForm):
    """Causes are ticked; illness and disability need the consent below."""

    on = chosen_day(_("surveyed on"))
    causes = forms.MultipleChoiceField(
        label=_("causes"), choices=Hardship.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Household
        fields = ("people", "is_needy", "household_class", "wish", "wished_on")
        widgets = {"wished_on": DAY, "wish": forms.Textarea(attrs={"rows": 3, "maxlength": 500})}
        help_texts = {
            "household_class": _("Never public; read by those alone who help or keep the roster."),
            "wish": _("In the household's own words, before any measure is planned."),
        }

    field_order = ("on", "people", "is_needy", "household_class", "causes", "wish", "wished_on", "consent_on")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["consent_on"].help_text = _("Only where illness or disability is ticked for the first time.")
        self.initial.setdefault("on", timezone.localdate())
        self.initial["causes"] = self.instance.causes

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Record it when it has come."))
        return day


class PersonForm(ConsentMixin, VillageMixin):
    """`among`: the households of the village, where the person belongs to one that is on the roster."""

    class Meta:
        model = Person
        fields = ("name", "kind", "guardian", "need", "phone")
        help_texts = {
            "guardian": _("For a minor: who decides for the child."),
            "need": _("In a few words what the help is for; no diagnosis, no school results."),
        }

    field_order = ("village", "name", "kind", "guardian", "consent_on", "consent_scan", "need", "phone")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["consent_on"].help_text = _("For a minor: the day on which the guardian agreed.")

    def clean(self):
        data = super().clean()
        if data.get("kind") in MINORS and not data.get("guardian"):
            self.add_error("guardian", _("Name the guardian: a minor is kept only with the guardian's consent."))
        return data | ({"household": self.household, "village": self.household.village} if self.household else {})
