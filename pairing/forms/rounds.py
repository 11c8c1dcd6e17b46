"""The terms of a round, the choice of its directory, the file of a scheme."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from organisations.kinds import AREAS, UNITS, Kind, Level, VillageClass
from organisations.models import Organisation
from organisations.querysets import OrganisationQuerySet
from pairing.directories import reachable, usual
from pairing.levels import Level as PairingLevel
from pairing.models import Round, Scheme
from pairing.schemes.scheme import INTENTION, SIGNING, SchemeText
from pairing.schemes.terms import MilestoneTerm, RoundTerms
from pairing.states import Side

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LONGEST_SCHEME = 200_000
USUAL_NAMES = {INTENTION: "意向确认", SIGNING: "协议签订"}
MILESTONE_LABELS = {
    INTENTION: _("Intentions to be confirmed by"),
    SIGNING: _("Agreements to be signed by"),
}


class RoundBasisForm(forms.Form):
    """What the proposed terms are computed from."""

    scheme = forms.ModelChoiceField(Scheme.objects.all(), label=_("Scheme"), to_field_name="key", empty_label=None)
    starts_on = forms.DateField(label=_("First day"), widget=DAY, required=False)

    def clean_starts_on(self) -> date:
        return self.cleaned_data["starts_on"] or timezone.localdate()


class RoundForm(Grouped, forms.ModelForm):
    """`terms()` gives what was typed as the terms that the verbs take."""

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
        self.milestone_names = milestone_names(rules)
        for key in self.milestone_names:
            self._add_milestone(key)
        own = Q(kind__in=AREAS) | Q(path__in=user.scopes("round.manage"))
        organiser: Any = self.fields["organiser"]
        organiser.queryset = Organisation.objects.managed_by(user, "round.manage").open().filter(own)
        organiser.empty_label = None
        if self.instance.pk:
            del self.fields["organiser"]

    def _add_milestone(self, key: str) -> None:
        """A day, empty where the round has no such deadline or waits for an event (AH-04), and whether it counts."""
        rule = next((each for each in self.rules.milestones if each.key == key), None)
        help_text = str(_("Empty where the round has no such deadline."))
        if rule and rule.event:
            help_text = _("Waits for: %(event)s. Empty until the day is known.") % {"event": rule.event}
        label = MILESTONE_LABELS.get(key, self.milestone_names[key])
        self.fields[f"{key}_on"] = forms.DateField(label=label, widget=DAY, required=False, help_text=help_text)
        self.fields[f"{key}_inclusive"] = forms.BooleanField(
            label=_("That day itself still counts"), required=False, initial=rule.inclusive if rule else True
        )

    def rows(self) -> list[list[str]]:
        limits = ["units_per_village", "villages_per_unit", "open_proposals_per_village"]
        milestones = [[f"{key}_on", f"{key}_inclusive"] for key in self.milestone_names]
        return [["organiser", "name", "number"], ["starts_on", "ends_on", "ends_printed"], limits, *milestones]

    def clean(self):
        given = super().clean() or self.cleaned_data
        for name in ("units_per_village", "villages_per_unit", "open_proposals_per_village"):
            if given.get(name) == 0:
                self.add_error(name, _("Give 1 or more; leave it empty for no limit."))
        if given.get("starts_on") and given.get("ends_on") and given["starts_on"] > given["ends_on"]:
            self.add_error("ends_on", _("The first day must not be after the last."))
        first, last = given.get("intention_on"), given.get("signing_on")
        if first and last and first > last:
            self.add_error("signing_on", _("Signing comes after the intentions: choose a later day."))
        for name in (f"{key}_on" for key in self.milestone_names):
            day, ends_on = given.get(name), given.get("ends_on")
            if day and ends_on and day > ends_on:
                self.add_error(name, _("This lies after the last day of the round."))
        return given

    def terms(self) -> RoundTerms:
        given = self.cleaned_data
        columns = {name: given[name] for name in self.Meta.fields if name != "organiser"}
        return RoundTerms(**columns, milestones=tuple(self._milestones()))

    def _milestones(self):
        for key, name in self.milestone_names.items():
            if on := self.cleaned_data[f"{key}_on"]:
                yield MilestoneTerm(key, name, on, self.cleaned_data[f"{key}_inclusive"])


def milestone_names(rules: SchemeText) -> dict[str, str]:
    """The two that every round may have, and those of the scheme."""
    return USUAL_NAMES | {rule.key: rule.name for rule in rules.milestones}


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
    """Which villages and units a directory holds; nothing ticked means all of them.

    Where the scheme pairs at several levels, those can be chosen, and which districts aid (SH-06).
    """

    pairing_levels = forms.MultipleChoiceField(
        label=_("Levels of pairing"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all levels that the scheme has."),
    )
    aiding = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Districts that aid"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: districts without villages aid, the others are aided."),
    )
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
        self.round = round
        self.below = Organisation.objects.under(round.organiser).open()
        levels = round.rules.pairing.levels
        self.fields["pairing_levels"].choices = [(level, level.label) for level in levels]  # type: ignore[attr-defined]
        districts = reachable(round, Side.UNIT, [PairingLevel.DISTRICT_COUNTY])
        self.fields["aiding"].queryset = districts  # type: ignore[attr-defined]
        if len(levels) == 1:
            del self.fields["pairing_levels"]
        if PairingLevel.DISTRICT_COUNTY not in levels or not districts.exists():
            del self.fields["aiding"]

    def clean_left_out(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["left_out"].splitlines() if name.strip()]
        known = set(self.below.filter(name__in=names).values_list("name", flat=True))
        if unknown := [name for name in names if name not in known]:
            raise forms.ValidationError(
                _("Not found below this area: %(names)s. Write each name as the roster has it."),
                params={"names": "、".join(unknown)},
            )
        return names

    def villages(self) -> OrganisationQuerySet:
        found, classes = self._on(Side.VILLAGE), self.cleaned_data["classes"]
        return found.filter(~Q(kind=Kind.VILLAGE) | Q(classes__overlap=classes)) if classes else found

    def units(self) -> OrganisationQuerySet:
        found, given = self._on(Side.UNIT), self.cleaned_data
        a_district = Q(kind=Kind.COUNTY)
        found = found.filter(a_district | Q(level__in=given["levels"])) if given["levels"] else found
        return found.filter(a_district | Q(kind__in=given["kinds"])) if given["kinds"] else found

    def _on(self, side: Side) -> OrganisationQuerySet:
        levels = [PairingLevel(level) for level in self.cleaned_data.get("pairing_levels", ())]
        found = usual(self.round, side, levels)
        if aiding := self.cleaned_data.get("aiding"):
            chosen = Q(pk__in=[district.pk for district in aiding])
            fits = chosen if side == Side.UNIT else ~chosen
            found = reachable(self.round, side, levels).filter(~Q(kind=Kind.COUNTY) | fits)
        return found.exclude(name__in=self.cleaned_data["left_out"])

    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind the aided side holds, and how many stand on the aiding side."""
        kinds = self.villages().order_by("kind").values_list("kind").annotate(number=Count("pk"))
        aided = [(str(Kind(kind).label), number) for kind, number in kinds]
        return [*aided, (str(_("Units")), self.units().count())]


class ClosingForm(forms.Form):
    words = forms.CharField(
        label=_("Words on closing"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the round: what was reached."),
    )


class SchemeForm(forms.Form):
    text = forms.CharField(
        label=_("Scheme file"),
        max_length=LONGEST_SCHEME,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "font-monospace"}),
        help_text=_("Left of each colon stands the fixed name of an item, right of it what may be changed."),
    )
