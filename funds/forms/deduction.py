"""What the finance person types for the deduction sheet. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.deduction import Gift, TaxYear, deduct, years_needed
from funds.sheets import GiftLine

MOST = Decimal("999999999999.99")


def yuan_field(label, **options) -> forms.DecimalField:
    field = forms.DecimalField(label=label, max_digits=14, decimal_places=2, **options)
    field.widget.attrs["autocomplete"] = "off"
    return field


class SheetForm(forms.Form):
    """A profit and other gifts for each year that decides; a tick for each gift that may be deducted in full."""

    def __init__(self, *args, lines: Sequence[GiftLine], until: int, **options):
        super().__init__(*args, **options)
        self.gift_lines, self.until = lines, until
        self.years = years_needed([line.gift for line in lines], until)
        for year in self.years:
            label = _("Accounting profit of %(year)s (yuan)") % {"year": year}
            self.fields[f"profit_{year}"] = yuan_field(label, min_value=-MOST, max_value=MOST)
            other = _("Other gifts of %(year)s with channel and receipt (yuan)") % {"year": year}
            self.fields[f"other_{year}"] = yuan_field(other, min_value=0, max_value=MOST, required=False)
        for line in lines:
            if line.may_be_relief:
                self.fields[f"relief_{line.entry.pk}"] = forms.BooleanField(
                    label=_("against poverty, to a listed county"), required=False
                )

    @property
    def rows(self) -> list[tuple]:
        return [(self[f"profit_{year}"], self[f"other_{year}"]) for year in self.years]

    @property
    def gifts(self) -> list[tuple]:
        """Each gift with its tick, where it has one."""
        names = [f"relief_{line.entry.pk}" for line in self.gift_lines]
        return [
            (line, self[name] if name in self.fields else None)
            for line, name in zip(self.gift_lines, names, strict=True)
        ]

    def sheet(self) -> list[TaxYear]:
        data = self.cleaned_data
        gifts = [replace(line, is_relief=bool(data.get(f"relief_{line.entry.pk}"))).gift for line in self.gift_lines]
        gifts += [other_gift(year, data[f"other_{year}"]) for year in self.years if data.get(f"other_{year}")]
        return deduct(gifts, {year: data[f"profit_{year}"] for year in self.years}, self.until)


def other_gift(year: int, amount: Decimal) -> Gift:
    """Typed as one sum for a year; of 2016 as of its last months, which may be carried on."""
    return Gift(date(year, 12, 31), amount, is_eligible_channel=True, receipt_number="—")
