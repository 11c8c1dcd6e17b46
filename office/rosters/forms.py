"""Forms of the roster import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.roster import Holds
from office.models import RosterImport, RosterRow, RosterSheet
from office.rosters.reporting import typed_value
from office.rosters.sheets import described_sheet, described_sheets
from organisations.models import Organisation
from organisations.rosters.placing import places_for

ACCEPTED = ".xlsx,.xls,.csv"
MONEY_UNITS = [("", _("as the cell says")), ("1", _("yuan")), ("10000", _("ten thousand yuan"))]


class PlaceForm(forms.Form):
    """Under which organisation the rows go, which year the facts are of, and what the sheets ask for."""

    place = forms.ChoiceField(label=_("Goes under"), required=False)
    year = forms.IntegerField(label=_("Year of the facts"), required=False, min_value=1949, max_value=2100)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.places = {str(place.pk): place for place in places_for(user)}
        choices = [(key, "　" * (place.depth - 1) + place.name) for key, place in self.places.items()]
        place: Any = self.fields["place"]
        place.choices = [("", _("as the file says")), *choices]
        self.fields["year"].help_text = _("Empty: as the title or the fill-in line says, else this year.")
        for ask in self.asks():
            offers = [("", _("none chosen")), *ask.offers(user)]
            self.fields[ask.key] = forms.ChoiceField(label=ask.label, choices=offers, required=False)

    @staticmethod
    def asks():
        return [ask for sheet in described_sheets() for ask in sheet.asks]

    @property
    def chosen_place(self) -> Organisation | None:
        return self.places.get(self.cleaned_data["place"])

    @property
    def options(self) -> dict:
        chosen = {ask.key: self.cleaned_data[ask.key] for ask in self.asks()}
        return {key: int(value) if value.isdigit() else value for key, value in chosen.items() if value}


class HandInForm(PlaceForm):
    file = forms.FileField(
        label=_("Workbook"), widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_(
            ".xlsx, .xls or .csv, as your office keeps it. Nothing is changed before you have seen the preview."
        ),
    )  # fmt: skip
    field_order = ["file", "place", "year"]


class HandInAgainForm(forms.Form):
    file = forms.FileField(label=_("Mended copy"), widget=forms.FileInput(attrs={"accept": ACCEPTED}))


class RowForm(forms.Form):
    """All cells of a row, by what their columns mean."""

    def __init__(self, *args, sheet: RosterSheet, row: RosterRow, **options):
        super().__init__(*args, **options)
        for column in described_sheet(sheet.described).printed:
            self.fields[column.key] = forms.CharField(
                label=column.heading, required=False, initial=typed_value(sheet, row, column.key), max_length=500,
                help_text=unit_words(sheet.scales.get(column.key, "")),
            )  # fmt: skip


def unit_words(scale: str) -> str:
    """What a bare number of this column is, where its heading or a person said so."""
    unit = dict(MONEY_UNITS).get(scale, "") if scale else ""
    return _("A bare number here is in %(unit)s.") % {"unit": unit} if unit else ""


class LayoutForm(forms.Form):
    """What a sheet is, and what each of its columns means."""

    described = forms.ChoiceField(label=_("This sheet is"), required=False)
    header_row = forms.IntegerField(label=_("Row of the headings"), min_value=1, max_value=100)

    def __init__(self, *args, sheet: RosterSheet, **options):
        super().__init__(*args, **options)
        self.sheet = sheet
        described: Any = self.fields["described"]
        described.choices = [
            ("", _("not imported")),
            *((known.key, known.name) for known in described_sheets()),
        ]
        described.initial = sheet.described
        self.fields["header_row"].initial = max(sheet.header_rows, default=1)
        for index, heading in enumerate(sheet.headings):
            if heading:
                self.add_column(index, heading)
        self.add_scales()

    def add_column(self, index: int, heading: str) -> None:
        columns = [
            (str(known.name), [(f"{known.key}.{column.key}", column.heading) for column in known.columns])
            for known in described_sheets()
        ]
        key = self.sheet.mapping.get(str(index), "")
        self.fields[f"column_{index}"] = forms.ChoiceField(
            label=heading, required=False, choices=[("", _("not read")), *columns],
            initial=f"{self.sheet.described}.{key}" if key else "",
        )  # fmt: skip

    def add_scales(self) -> None:
        known = described_sheet(self.sheet.described).columns if self.sheet.described else ()
        for column in known:
            if column.holds is Holds.MONEY:
                self.fields[f"scale_{column.key}"] = forms.ChoiceField(
                    label=_("Bare numbers of “%(column)s” are") % {"column": column.heading}, required=False,
                    choices=MONEY_UNITS, initial=self.sheet.scales.get(column.key, ""),
                )  # fmt: skip

    def clean(self) -> dict:
        chosen = list(self.mapping(super().clean()).values())
        for key in {key for key in chosen if chosen.count(key) > 1}:
            self.add_error(None, _("Two columns are given the same meaning: %(key)s.") % {"key": key})
        return self.cleaned_data

    def mapping(self, data: dict | None = None) -> dict[int, str]:
        data = data or self.cleaned_data
        prefix = f"{data.get('described')}."
        return {
            int(name.removeprefix("column_")): value.removeprefix(prefix)
            for name, value in data.items()
            if name.startswith("column_") and value and value.startswith(prefix)
        }

    def scales(self) -> dict[str, str]:
        return {
            name.removeprefix("scale_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("scale_") and value
        }


def initial_choices(roster: RosterImport) -> dict:
    """What was chosen for an import so far."""
    options = {key: str(value) for key, value in roster.options.items()}
    return {"place": str(roster.place_id or ""), "year": roster.year or None, **options}
