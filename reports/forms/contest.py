"""The forms of contests: what is opened, the sheet of a contestant, the selection, the support."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_spans import SpanForm
from core.refusals import Refused
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from reports.actions.contests import Plan, Written
from reports.forms.of_round import OfRoundForm, plan_in
from reports.forms.praise import area, impersonal
from reports.models import Contest, ContestEntry
from reports.praise.authors import check_words
from reports.praise.states import Contestant, SupportKind

DAYS_TO_WRITE = 14
LONGEST = 1000
PARTS = ("done", "outcome")


class ContestForm(OfRoundForm, SpanForm):
    """`rounds`: those whose scheme names comparisons."""

    title = forms.CharField(label=_("Name of the contest"), max_length=80)
    among = forms.ChoiceField(label=_("Who competes"), choices=Contestant.choices)
    since = date_field(_("Counts the days from"))
    until = date_field(_("Up to the day"))
    due_on = date_field(_("Sheets are handed in by"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        today = timezone.localdate()
        fields["since"].initial, fields["until"].initial = today.replace(month=1, day=1), today
        fields["due_on"].initial = today + timedelta(days=DAYS_TO_WRITE)

    @staticmethod
    def plan_of(fields: dict) -> Plan:
        return Plan(**plan_in(fields))


class SheetForm(forms.Form):
    """On a phone: for each comparison two boxes below the figures that the records give."""

    def __init__(
        self, *args, contest: Contest, organisation: Organisation, entry: ContestEntry | None = None, **options
    ):
        self.contest, self.organisation = contest, organisation
        now = {
            f"{part}_{line.item}": getattr(line, part)
            for line in (entry.lines.all() if entry else [])
            for part in PARTS
        }
        super().__init__(*args, **{"initial": now, **options})
        for each in contest.comparisons:
            done = _("%(name)s: what was done") % {"name": each.name}
            outcome = _("%(name)s: what it is now") % {"name": each.outcome}
            for part, label in (("done", done), ("outcome", outcome)):
                self.fields[f"{part}_{each.key}"] = forms.CharField(
                    label=label, max_length=LONGEST, widget=area(3, LONGEST)
                )

    def rows(self, figures: dict[str, list]) -> list[tuple]:
        """Each comparison with the figures beside it and its two boxes."""
        return [
            (each, figures.get(each.key, []), [self[f"{part}_{each.key}"] for part in PARTS])
            for each in self.contest.comparisons
        ]

    def clean(self):
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            try:
                check_words([text], self.organisation, self.contest.round)
            except Refused as refusal:
                self.add_error(name, refusal.sentence)
        return cleaned

    @property
    def written(self) -> Written:
        return {
            each.key: (self.cleaned_data[f"done_{each.key}"], self.cleaned_data[f"outcome_{each.key}"])
            for each in self.contest.comparisons
        }


class SelectForm(forms.Form):
    why = forms.CharField(
        label=_("Why it is selected"), max_length=300, required=False, widget=area(3, 300),
        help_text=_("Left empty, the selection is taken back."),
    )  # fmt: skip

    def clean_why(self) -> str:
        return impersonal(self.cleaned_data["why"])


class SupportForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of support"), choices=SupportKind.choices)
    words = forms.CharField(label=_("What it was given"), max_length=300, widget=area(3, 300))
    amount = forms.DecimalField(
        label=_("Amount (yuan)"), required=False, max_digits=12, decimal_places=2, min_value=Decimal("0.01"),
        help_text=_("Of funds only. The money itself is entered in the ledger of the village."),
    )  # fmt: skip
    on = date_field(_("Day"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate

    def clean_words(self) -> str:
        return impersonal(self.cleaned_data["words"])

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("amount") and cleaned.get("kind") != SupportKind.FUNDS:
            self.add_error("amount", _("Only funds have an amount."))
        if cleaned.get("on") and cleaned["on"] > timezone.localdate():
            self.add_error("on", _("The day must not lie in the future."))
        return cleaned
