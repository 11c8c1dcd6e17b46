"""The forms of inspections: plan, replace a village, the checklist, a finding."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_spans import SpanForm
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.models import Issue
from reports.actions.inspections import Plan
from reports.forms.of_round import OfRoundForm, plan_in
from reports.inspection.states import Among, CheckResult, Strata
from reports.models import CheckLine, InspectedVillage

MOST_VILLAGES = 500
WORDS, REMARK = "words", "remark"


class PlanForm(OfRoundForm, SpanForm):
    """`rounds`: those from whose directory can be drawn."""

    title = forms.CharField(label=_("Name of the inspection"), max_length=80)
    is_planned = forms.TypedChoiceField(
        label=_("Kind of inspection"),
        choices=[("yes", _("regular, in the plan of the year")), ("no", _("irregular, for a reason at hand"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    on = date_field(_("Begins on"))
    since = date_field(_("Looks at the days from"))
    until = date_field(_("up to"))
    among = forms.ChoiceField(label=_("Drawn from"), choices=Among.choices, initial=Among.PAIRED)
    strata = forms.ChoiceField(
        label=_("Strata"),
        choices=Strata.choices,
        initial=Strata.BOTH,
        help_text=_("Each stratum gets its share of the sample, in proportion to its villages."),
    )
    size = forms.IntegerField(
        label=_("Number of villages"),
        min_value=1,
        max_value=MOST_VILLAGES,
        help_text=_("A sample says enough: not every village need prepare for an inspection."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500})
    )

    @staticmethod
    def plan_of(fields: dict) -> Plan:
        return Plan(**plan_in(fields))


class ReplaceForm(forms.Form):
    village = OrganisationField(label=_("Village instead"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        field: Any = self.fields["village"]
        field.among = among


class CheckForm(forms.Form):
    """A result and a remark for each line of the checklist, then the remarks on the whole."""

    looked_on = date_field(_("Looked at on"))
    words = forms.CharField(
        label=_("Remarks of the inspectors"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
        help_text=_("No names of persons in need."),
    )

    def __init__(self, *args, place: InspectedVillage, lines: list[CheckLine], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["looked_on"].initial = place.looked_on or timezone.localdate()
        fields["words"].initial = place.words
        self.lines = lines
        for line in lines:
            fields[f"result_{line.item}"] = forms.ChoiceField(
                label=_("Result"), choices=[("", _("not looked at yet")), *CheckResult.choices], required=False,
                initial=line.result,
            )  # fmt: skip
            fields[f"remark_{line.item}"] = forms.CharField(
                label=_("Remark"), max_length=300, required=False, initial=line.words
            )

    @property
    def rows(self) -> list[tuple[CheckLine, Any, Any]]:
        return [(line, self[f"result_{line.item}"], self[f"remark_{line.item}"]) for line in self.lines]

    @staticmethod
    def results_of(fields: dict) -> dict[str, tuple[str, str]]:
        codes = [name.removeprefix("result_") for name in fields if name.startswith("result_")]
        return {code: (fields[f"result_{code}"], fields[f"remark_{code}"].strip()) for code in codes}


class FindingForm(forms.Form):
    title = forms.CharField(label=_("What was found"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Issue.Kind.choices)
    words = forms.CharField(
        label=_("More about it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 2000}),
    )


def villages_below(organisation: Organisation):
    return Organisation.objects.under(organisation).villages()
