"""The forms of a reported figure: written as its source writes it, “4000余万元”."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation, User
from pairing.forms.figures import day_field
from pairing.models import Round
from reports.actions.figures import Of, Said
from reports.figures.measures import choices, measures
from reports.figures.wording import read


def figure_field() -> forms.CharField:
    words = _("As the source writes it: 26万元, 4000余万元, 近90万元, 20多, 2.4万亩.")
    return forms.CharField(label=_("Number"), max_length=40, help_text=words)


class SaidForm(forms.Form):
    """What is said, in which document, by whom."""

    figure = figure_field()
    document = forms.CharField(
        label=_("Document it stands in"), max_length=200, help_text=_("Title and date: the year's summary, a ledger.")
    )
    said_by = forms.CharField(
        label=_("Who says so"), max_length=100, help_text=_("A desk or a post, not a person in need.")
    )

    unit = ""

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if data.get("figure") and self.unit_of(data):
            try:
                data["number"], data["qualifier"] = read(data["figure"], self.unit_of(data))
            except Refused as refusal:
                self.add_error("figure", refusal.sentence)
        return data

    def unit_of(self, _data: dict) -> str:
        return self.unit

    @property
    def said(self) -> Said:
        data = self.cleaned_data
        return Said(data["number"], data["qualifier"], data["document"].strip(), data["said_by"].strip())


class ReportFigureForm(SaidForm):
    field_order = ("measure", "place", "figure", "since", "until", "round", "document", "said_by")
    measure = forms.ChoiceField(label=_("Measure"))
    place = OrganisationField(label=_("Of which place or unit"))
    since = day_field(_("From the day"))
    until = forms.DateField(
        label=_("Up to the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Alone: the figure is as of this day."),
    )  # fmt: skip
    round = forms.ModelChoiceField(
        label=_("Round"), queryset=Round.objects.none(), required=False, empty_label=_("no round")
    )

    def __init__(self, *args, user: User, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["measure"].choices = [("", "—"), *choices()]
        fields["place"].among = among
        fields["round"].queryset = Round.objects.visible_to(user).select_related("organiser")
        today = timezone.localdate()
        fields["since"].initial, fields["until"].initial = today.replace(month=1, day=1), today

    def unit_of(self, data: dict) -> str:
        measure = measures().get(data.get("measure", ""))
        return measure.unit if measure else ""

    @property
    def of(self) -> Of:
        data = self.cleaned_data
        return Of(data["measure"], data["place"], data["until"], data.get("since"), data.get("round"))


class CorrectFigureForm(SaidForm):
    reason = forms.CharField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args, unit: str, **options):
        super().__init__(*args, **options)
        self.unit = unit


class WithdrawFigureForm(forms.Form):
    reason = forms.CharField(label=_("Why it is taken back"), max_length=200)
