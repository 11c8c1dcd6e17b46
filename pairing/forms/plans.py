"""Forms of plans: the text, its lines, a reference in another plan; and the words of a step."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from pairing.forms.agreements import date_field
from pairing.forms.market import words_field
from pairing.models import PlanItem
from pairing.plans import asked as plans
from pairing.plans.content import SCALARS, Line, PlanText
from pairing.schemes.scheme import PlanKind, SchemeText

PREFIX = "lines"
MOST_LINES = 80
FILE_HELP = _("Word (.docx), PDF, JPG or PNG.")
KINDS_OF_FILE = ("docx", "pdf", "jpg", "jpeg", "png", "webp")
SHARED = ("responsibility", "target", "reward_penalty")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def file_field(label, help_text=FILE_HELP) -> forms.FileField:
    kinds = FileExtensionValidator(
        KINDS_OF_FILE, _("“%(extension)s” can't be taken. Choose a .docx, .pdf, .jpg or .png file.")
    )
    return forms.FileField(label=label, required=False, help_text=help_text, validators=[kinds])


class PlanForm(forms.Form):
    """What the scheme doesn't ask of this kind is left out, unless something stands there already."""

    body = forms.CharField(label=_("Text"), max_length=20_000, required=False, widget=area(8))
    file = file_field(
        _("Or the plan as a file"), _("Word (.docx), PDF, JPG or PNG. Add the rows first, choose the file last.")
    )
    principal = forms.CharField(label=_("Principal who takes charge"), max_length=60, required=False)
    branch_secretary = forms.CharField(label=_("Branch secretary who carries it out"), max_length=60, required=False)
    responsibility = forms.CharField(label=_("Shared responsibility"), max_length=2000, required=False, widget=area(2))
    target = forms.CharField(label=_("Shared target"), max_length=2000, required=False, widget=area(2))
    reward_penalty = forms.CharField(
        label=_("Shared reward and penalty"), max_length=2000, required=False, widget=area(2)
    )
    edition = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args, rules: SchemeText, kind: str, **options):
        super().__init__(*args, **options)
        rule = plans.rule_for(rules, kind)
        asked = {"principal": rule.needs_principal, "branch_secretary": rule.needs_secretary}
        asked |= dict.fromkeys(SHARED, plans.shares(rules, kind))
        for name, is_asked in asked.items():
            if not is_asked and not self.initial.get(name):
                del self.fields[name]
            elif is_asked:
                self.fields[name].help_text = _("The scheme asks for it before the plan is handed over.")
        if kind == PlanKind.KEY_POINTS:
            self.fields["body"].help_text = _("Everybody will read it: no names of people.")

    def renew(self, edition: int) -> None:
        """Go on from the edition that somebody else stored meanwhile, with what was typed here."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["edition"] = edition


class LineForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=PlanItem.Kind.choices)
    heading = forms.CharField(label=_("heading"), max_length=120)
    words = forms.CharField(label=_("In words"), max_length=500, required=False)
    on = date_field(_("day"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["on"].required = False

    def has_changed(self) -> bool:
        """A row in which only the kind was chosen is an empty row."""
        return any(self[name].data for name in ("heading", "words", "on"))


LineFormSet = formset_factory(LineForm, extra=2, max_num=MOST_LINES, validate_max=True)


def typed_lines(data):
    """Any row may be left empty, also one that held a line before."""
    return LineFormSet(data, prefix=PREFIX, form_kwargs={"empty_permitted": True})


def lines_of(text: PlanText, kind: str):
    """The lines with two empty ones, of the kind that fits the plan."""
    usual = PlanItem.Kind.MEASURE if kind == PlanKind.MEASURES else PlanItem.Kind.PROGRESS
    rows = [vars(line) for line in text.lines]
    empty = [{"kind": usual}] * 2
    formset = LineFormSet(initial=[*rows, *empty], prefix=PREFIX)
    formset.extra = 0
    return formset


def with_more_rows(data):
    """What was typed, with two rows more."""
    data = data.copy()
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    data[f"{PREFIX}-TOTAL_FORMS"] = min(int(total) + 2, MOST_LINES) if total.isdecimal() else 2
    return data


def typed_text(form: PlanForm, formset, before: PlanText) -> PlanText:
    """What two valid forms say; what the form doesn't ask for stays as it was."""
    rows = [row.cleaned_data for row in formset if row.cleaned_data]
    lines = [Line(row["kind"], row["heading"], row["words"], row["on"]) for row in rows]
    values = {name: form.cleaned_data.get(name, getattr(before, name)) for name in SCALARS}
    return PlanText(**values, lines=lines)


class ReturnForm(forms.Form):
    words = words_field(_("What should change"), required=True, help_text=_("The other side will read it."))


class DoneForm(forms.Form):
    on = date_field(_("Done on"))
    words = words_field(_("How it was done"), required=False)


class ReferenceForm(forms.Form):
    """`has_file`: a plan is attached already; another one takes its place."""

    title = forms.CharField(label=_("Title of the work plan"), max_length=120)
    consent = forms.BooleanField(label=_("The measures of this pairing stand in this plan."))
    file = file_field(_("The work plan"))

    def __init__(self, *args, has_file: bool, **options):
        super().__init__(*args, **options)
        self.fields["file"].required = not has_file


def years_field(years: range) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=_("Year"), choices=[(year, str(year)) for year in years], coerce=int)
