"""Forms of an agreement: its terms, its commitments, signing, sending back, the signed scan."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from pairing.agreements.content import SCALARS, Promise, Terms, terms_of
from pairing.forms.market import words_field
from pairing.models import Agreement, Commitment

MOST_COMMITMENTS = 60


def date_field(label) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class TermsForm(forms.Form):
    starts_on = date_field(_("first day"))
    ends_on = date_field(_("last day"))
    leader_in_charge = forms.CharField(
        label=_("leader in charge"), max_length=60, required=False, help_text=_("Of the aiding unit.")
    )
    responsible_dept = forms.CharField(
        label=_("responsible department"), max_length=80, required=False, help_text=_("Of the aiding unit.")
    )
    terms = forms.CharField(
        label=_("further terms"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    version = forms.IntegerField(widget=forms.HiddenInput())

    @classmethod
    def of(cls, agreement: Agreement) -> "TermsForm":
        return cls(initial={name: getattr(agreement, name) for name in (*SCALARS, "version")})

    def clean(self):
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and first > last:
            self.add_error("ends_on", _("The first day must not be after the last."))
        return data

    def renew(self, version: int) -> None:
        """Go on from the version that somebody else stored meanwhile, with what was typed here."""
        typed: Any = self.data
        self.data = typed = typed.copy()
        typed["version"] = version


class CommitmentForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=Commitment.Kind.choices)
    title = forms.CharField(label=_("what is promised"), max_length=120)
    amount = forms.DecimalField(label=_("yuan a year"), max_digits=14, decimal_places=2, min_value=0, required=False)
    times_a_year = forms.IntegerField(label=_("times a year"), min_value=1, max_value=366, required=False)

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("kind") == Commitment.Kind.MONEY and not data.get("amount"):
            self.add_error("amount", _("Name the amount in yuan."))
        return data

    def has_changed(self) -> bool:
        """A row in which only the kind was chosen is an empty row."""
        return any(self[name].data for name in ("title", "amount", "times_a_year"))


CommitmentFormSet = formset_factory(CommitmentForm, extra=2, max_num=MOST_COMMITMENTS, validate_max=True)
PREFIX = "commitments"


def typed_commitments(data):
    """Any row may be left empty, also one that held a commitment before."""
    return CommitmentFormSet(data, prefix=PREFIX, form_kwargs={"empty_permitted": True})


def commitments_of(agreement: Agreement):
    rows = [
        {"kind": row.kind, "title": row.title, "amount": row.amount, "times_a_year": row.times_a_year}
        for row in agreement.commitments.all()
    ]
    return CommitmentFormSet(initial=rows, prefix=PREFIX)


def with_more_rows(data):
    """What was typed, with two rows more."""
    data = data.copy()
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    data[f"{PREFIX}-TOTAL_FORMS"] = min(int(total) + 2, MOST_COMMITMENTS) if total.isdecimal() else 2
    return data


def typed_terms(form: TermsForm, formset) -> Terms:
    """What two valid forms say."""
    rows = [row.cleaned_data for row in formset if row.cleaned_data]
    promises = [Promise(row["kind"], row["title"], row["amount"], row["times_a_year"]) for row in rows]
    return Terms(**{name: form.cleaned_data[name] for name in SCALARS}, commitments=promises)


def choose(mine: Terms, theirs: Terms, take: list[str]) -> Terms:
    """`mine`, but what `take` names from `theirs`."""
    names = (*SCALARS, "commitments")
    return Terms(**{name: getattr(theirs if name in take else mine, name) for name in names})


def differences(form: TermsForm, mine: Terms, agreement: Agreement) -> list[dict]:
    """What was stored meanwhile and differs from what was typed here, each with its label."""
    theirs = terms_of(agreement)
    found = [
        {
            "name": name,
            "label": form.fields[name].label,
            "theirs": getattr(theirs, name),
            "is_day": name.endswith("_on"),
        }
        for name in SCALARS
        if getattr(theirs, name) != getattr(mine, name)
    ]
    if theirs.commitments != mine.commitments:
        lines = [row.line for row in agreement.commitments.all()]
        found.append({"name": "commitments", "label": _("Commitments"), "theirs_list": lines})
    return found


class SendBackForm(forms.Form):
    words = words_field(_("What should change"), required=True, help_text=_("The other side will read it."))


class SignForm(forms.Form):
    """`person`: who signs; their name is typed again and the text is consented to."""

    name = forms.CharField(label=_("Your name, typed again"), max_length=60)
    consent = forms.BooleanField(
        label=_("I have read the whole text and sign it for my side. Nothing can be changed afterwards.")
    )
    shown_hash = forms.CharField(widget=forms.HiddenInput(), max_length=64)

    def __init__(self, *args, person: str, **options):
        super().__init__(*args, **options)
        self.person = person
        self.fields["name"].help_text = _("Exactly: %(name)s") % {"name": person}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if name != self.person:
            raise forms.ValidationError(_("Type your own name exactly as it stands above the line."))
        return name


class ScanForm(forms.Form):
    file = forms.FileField(label=_("Signed scan"), help_text=_("PDF, JPG or PNG."))
