"""The grid in which a committee gives each of its units a village (SH-36)."""

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.forms.market import words_field
from pairing.models import DirectoryEntry


class BatchForm(forms.Form):
    """One row a unit: its village, or none. `units` and `villages` are lines of the directory."""

    words = words_field(_("Words to the other side"), required=False, help_text=_("Each village reads them."))

    def __init__(self, *args, units: Sequence[DirectoryEntry], villages: Sequence[DirectoryEntry], **options):
        super().__init__(*args, **options)
        self.units = {line.organisation_id: line.organisation for line in units}
        self.villages = {line.organisation_id: line.organisation for line in villages}
        offered = [("", "———"), *((line.organisation_id, self.named(line)) for line in villages)]
        for line in units:
            self.fields[name_of(line.organisation_id)] = forms.TypedChoiceField(
                label=line.name,
                choices=offered,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @staticmethod
    def named(line: DirectoryEntry) -> str:
        wanted = getattr(line, "interested", 0)
        named = f"{line.name}（{line.township}）" if line.township else line.name
        return _("%(name)s, wanted by %(wanted)s") % {"name": named, "wanted": wanted} if wanted else named

    def rows(self) -> Iterator[tuple[DirectoryEntry, forms.BoundField]]:
        for pk, unit in self.units.items():
            yield unit, self[name_of(pk)]

    def pairs(self) -> list[tuple[Organisation, Organisation]]:
        chosen = {pk: self.cleaned_data[name_of(pk)] for pk in self.units}
        return [(self.units[pk], self.villages[village]) for pk, village in chosen.items() if village]

    def mark(self, pairs: Sequence[tuple[Organisation, Organisation]], faults: dict[int, str]) -> None:
        """Each refusal at its row."""
        for number, sentence in faults.items():
            self.add_error(name_of(pairs[number][0].pk), sentence)


def name_of(unit: int) -> str:
    return f"unit_{unit}"
