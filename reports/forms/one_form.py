"""What a one-form export is asked for, and what the columns of a local form mean."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.forms.figures import FiguresForm
from reports.figures.measures import measures
from reports.models import LocalForm
from reports.oneform.asked import About, Asked
from reports.oneform.fields import fields_of
from reports.oneform.recognising import SERIAL


class AskedForm(FiguresForm):
    """Area, round and days, of villages or units; bound to the address. `about`: where a form tells of one of them."""

    def __init__(self, given, *, user, about: About | None = None):
        self.about = about
        super().__init__(given, user=user, by=About)

    def prepare(self, fields: Any) -> None:
        fields["by"].label = _("One row for each")
        if self.about is not None:
            fields["by"].widget = forms.HiddenInput()

    def asked(self) -> Asked:
        since, until = self.days()
        places = self.places if self.words else None
        return Asked(self.user, self.about or self.chosen_by, since, until, self.chosen_round, places)


def picked(label) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class FieldsForm(forms.Form):
    """Which fields the workbook has."""

    known = picked(_("Known from the records"))
    reported = picked(_("Reported figures"))

    def __init__(self, *args, about: About, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        (_name, known), (_name, reported) = grouped(about)
        fields["known"].choices, fields["reported"].choices = known, reported
        fields["known"].initial = [key for key, _heading in known]

    def clean(self) -> dict:
        data = super().clean() or self.cleaned_data
        if not self.errors and not (data["known"] or data["reported"]):
            self.add_error("known", _("Choose one column at least."))
        return data

    @property
    def chosen(self) -> list[str]:
        """In the order of the list, whatever the address says."""
        asked = {*self.cleaned_data["known"], *self.cleaned_data["reported"]}
        fields: Any = self.fields
        return [key for name in fields for key, _heading in fields[name].choices if key in asked]


def grouped(about: About) -> list[tuple[object, list[tuple[str, str]]]]:
    counted = [(key, each.heading) for key, each in fields_of(about).items() if not key.startswith("figure_")]
    reported = [(f"figure_{code}", each.words) for code, each in measures().items()]
    return [(_("Known from the records"), counted), (_("Reported figures"), reported)]


class HandInForm(forms.Form):
    office = forms.ModelChoiceField(label=_("Office"), queryset=Organisation.objects.none(), empty_label=None)
    file = forms.FileField(
        label=_("Workbook"), widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Your own form (.xlsx), empty or with the names in it. Its look is kept."),
    )  # fmt: skip

    def __init__(self, *args, offices: list[Organisation], **options):
        super().__init__(*args, **options)
        office: Any = self.fields["office"]
        office.queryset = Organisation.objects.filter(pk__in=[each.pk for each in offices])
        office.initial = offices[0].pk if offices else None
        if len(offices) == 1:
            office.widget = forms.HiddenInput()


class ColumnsForm(forms.Form):
    """What each column means; what is left empty stays empty in the workbook."""

    name = forms.CharField(label=_("Name of the form"), max_length=120)
    sheet = forms.ChoiceField(label=_("Sheet to be filled"))
    about = forms.ChoiceField(label=_("One row for each"), choices=About.choices)
    header_row = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=30)

    def __init__(self, *args, form: LocalForm, **options):
        super().__init__(*args, **options)
        self.form = form
        about = About(self.data.get("about") or form.about) if self.is_fitting() else About(form.about)
        fields: Any = self.fields
        fields["name"].initial, fields["about"].initial = form.name, form.about
        fields["header_row"].initial = max(form.header_rows)
        fields["sheet"].choices, fields["sheet"].initial = [(name, name) for name in form.sheets], form.sheet
        if len(form.sheets) < 2:
            del fields["sheet"]
        choices = [("", _("left empty")), (SERIAL, _("running number")), *grouped(about)]
        for index, heading in enumerate(form.headings):
            if heading:
                fields[f"column_{index}"] = forms.ChoiceField(
                    label=heading, required=False, choices=choices, initial=form.mapping.get(str(index), "")
                )

    def is_fitting(self) -> bool:
        return self.is_bound and self.data.get("about") in About.values

    def clean(self) -> dict:
        chosen = list(self.mapping(super().clean()).values())
        for key in {key for key in chosen if key and chosen.count(key) > 1}:
            heading = fields_of(About(self.cleaned_data.get("about") or self.form.about))[key].heading
            self.add_error(None, _("Two columns are given the same meaning: %(key)s.") % {"key": heading})
        return self.cleaned_data

    def mapping(self, data: dict | None = None) -> dict[int, str]:
        data = data or self.cleaned_data
        columns = {name: value for name, value in data.items() if name.startswith("column_") and value}
        return {int(name.removeprefix("column_")): value for name, value in columns.items()}
