"""The terms of a round, the choice of its directory, the file of a scheme."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.kinds import AREAS, UNITS, Kind, Level, VillageClass
from organisations.models import Organisation
from pairing.models import Round, Scheme
from pairing.scheme import INTENTION, SIGNING, SchemeText
from pairing.terms import MilestoneTerm, RoundTerms

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST_SCHEME = 200_000


class RoundBasisForm(forms.Form):
    """What the proposed terms are computed from."""

    scheme = forms.ModelChoiceField(Scheme.objects.all(), label=_("Scheme"), to_field_name="key", empty_label=None)
    starts_on = forms.DateField(label=_("First day"), widget=DAY, required=False)

    def clean_starts_on(self) -> date:
        return self.cleaned_data["starts_on"] or timezone.localdate()


class RoundForm(forms.ModelForm):
    """`terms()` gives what was typed as the terms that the verbs take."""

    intention_on = forms.DateField(
        label=_("Intentions to be confirmed by"),
        widget=DAY,
        required=False,
        help_text=_("Empty where the round has no such deadline."),
    )
    intention_inclusive = forms.BooleanField(label=_("That day itself still counts"), required=False, initial=True)
    signing_on = forms.DateField(
        label=_("Agreements to be signed by"),
        widget=DAY,
        required=False,
        help_text=_("Empty where the round has no such deadline."),
    )
    signing_inclusive = forms.BooleanField(label=_("That day itself still counts"), required=False, initial=True)

    class Meta:
        model = Round
        fields = (
            "organiser",
            "name",
            "number",
            "starts_on",
            "ends_on",
            "ends_printed",
            "units_per_village",
            "villages_per_unit",
            "open_proposals_per_village",
        )
        widgets = {"starts_on": DAY, "ends_on": DAY}
        labels = {"organiser": _("Area")}
        help_texts = {
            "organiser": _("The directory holds the villages and units below it."),
            "number": _("Which round it is, counting the earlier ones."),
            "ends_printed": _("As agreements print it, for example 2013年7月. Empty: the full date."),
            "units_per_village": _("How many units may join to aid one village. Empty: no limit."),
            "villages_per_unit": _("How many villages one unit may aid. Empty: no limit."),
            "open_proposals_per_village": _("How many proposals may wait for one village at once. Empty: no limit."),
        }

    def __init__(self, *args, user, rules: SchemeText, **options):
        super().__init__(*args, **options)
        self.rules = rules
        own = Q(kind__in=AREAS) | Q(path__in=user.scopes("round.manage"))
        organiser: Any = self.fields["organiser"]
        organiser.queryset = Organisation.objects.managed_by(user, "round.manage").open().filter(own)
        organiser.empty_label = None
        if self.instance.pk:
            del self.fields["organiser"]

    def clean(self):
        given = super().clean() or self.cleaned_data
        first, last = given.get("intention_on"), given.get("signing_on")
        if first and last and first > last:
            self.add_error("signing_on", _("Signing comes after the intentions: choose a later day."))
        for name in ("intention_on", "signing_on"):
            day, ends_on = given.get(name), given.get("ends_on")
            if day and ends_on and day > ends_on:
                self.add_error(name, _("This lies after the last day of the round."))
        return given

    def terms(self) -> RoundTerms:
        given = self.cleaned_data
        columns = {name: given[name] for name in self.Meta.fields if name != "organiser"}
        return RoundTerms(**columns, milestones=tuple(self._milestones()))

    def _milestones(self):
        printed = {rule.key: rule.name for rule in self.rules.milestones}
        names = {INTENTION: printed.get(INTENTION, "意向确认"), SIGNING: printed.get(SIGNING, "协议签订")}
        for key, name in names.items():
            if on := self.cleaned_data[f"{key}_on"]:
                yield MilestoneTerm(key, name, on, self.cleaned_data[f"{key}_inclusive"])


def initial_of(terms: RoundTerms) -> dict:
    """What a form shows at first."""
    initial = terms.columns()
    for step in terms.milestones:
        initial |= {f"{step.key}_on": step.on, f"{step.key}_inclusive": step.inclusive}
    return initial


def milestones_of(round: Round) -> dict:
    return {
        name: value
        for step in round.milestones.all()
        for name, value in ((f"{step.key}_on", step.on), (f"{step.key}_inclusive", step.inclusive))
    }


class DirectoryChoiceForm(forms.Form):
    """Which villages and units a directory holds; nothing ticked means all of them."""

    classes = forms.MultipleChoiceField(
        label=_("Villages of these classes"),
        choices=VillageClass.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all villages."),
    )
    levels = forms.MultipleChoiceField(
        label=_("Units of these levels"),
        choices=Level.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all units."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Units of these kinds"),
        choices=[(kind, Kind(kind).label) for kind in UNITS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    left_out = forms.CharField(
        label=_("Left out"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names of villages or units that this directory shall not hold, one a line."),
    )

    def __init__(self, *args, round: Round, **options):
        super().__init__(*args, **options)
        self.below = Organisation.objects.under(round.organiser).open()

    def clean_left_out(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["left_out"].splitlines() if name.strip()]
        known = set(self.below.filter(name__in=names).values_list("name", flat=True))
        if unknown := [name for name in names if name not in known]:
            raise forms.ValidationError(
                _("Not found below this area: %(names)s. Write each name as the roster has it."),
                params={"names": "、".join(unknown)},
            )
        return names

    def villages(self):
        found = self.below.villages().exclude(name__in=self.cleaned_data["left_out"])
        classes = self.cleaned_data["classes"]
        return found.filter(classes__overlap=classes) if classes else found

    def units(self):
        found = self.below.units().exclude(name__in=self.cleaned_data["left_out"])
        given = self.cleaned_data
        found = found.filter(level__in=given["levels"]) if given["levels"] else found
        return found.filter(kind__in=given["kinds"]) if given["kinds"] else found


class ClosingForm(forms.Form):
    words = forms.CharField(
        label=_("Words on closing"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Kept with the round: what was reached. "
            "Where the scheme closes nothing before its targets are met: how they were met."
        ),
    )


class SchemeForm(forms.Form):
    text = forms.CharField(
        label=_("Scheme file"),
        max_length=LONGEST_SCHEME,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "font-monospace"}),
        help_text=_("Left of each colon stands the fixed name of an item, right of it what may be changed."),
    )
