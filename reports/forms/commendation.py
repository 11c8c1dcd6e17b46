"""The forms of the comparison of areas and of commendation lists."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_spans import SpanForm
from core.refusals import Refused
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.models import Round
from pairing.personal import check_nothing_personal
from reports.forms.of_round import OfRoundForm
from reports.models import Assessment, CommendationLine
from reports.praise.awarding import Basis
from reports.praise.comparing import Measure

MOST_COMMENDED = 50
ADVANCED = _("advanced collective")
LONGEST = CommendationLine._meta.get_field("reason").max_length


class DaysForm(SpanForm):
    """Bound to the address: of which round and which days. What is missing or wrong is this year so far."""

    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)
    since = date_field(_("From the day"))
    until = date_field(_("Up to the day"))

    def __init__(self, given, *, rounds: QuerySet[Round]):
        today, first = timezone.localdate(), rounds.first()
        usual: dict[str, Any] = {
            "round": first.pk if first else "",
            "since": today.replace(month=1, day=1),
            "until": today,
        }
        super().__init__({name: given.get(name) or usual[name] for name in self.base_fields})
        fields: Any = self.fields
        fields["round"].queryset = rounds
        self.usual, self.first = usual, first
        self.is_valid()

    @property
    def chosen(self) -> tuple[Round | None, date, date]:
        given: dict[str, Any] = {name: self.cleaned_data.get(name) or self.usual[name] for name in ("since", "until")}
        return self.cleaned_data.get("round") or self.first, given["since"], max(given.values())


class CommendationForm(OfRoundForm, SpanForm):
    """What the list is drafted from; everything in it can be changed afterwards."""

    since = date_field(_("From the day"))
    until = date_field(_("Up to the day"))
    measure = forms.ChoiceField(
        label=_("The best by the comparison"),
        required=False,
        choices=[("", _("not from the comparison")), *Measure.choices],
    )
    assessment = forms.ModelChoiceField(
        label=_("The best by an assessment"), queryset=Assessment.objects.none(), required=False,
        empty_label=_("not from an assessment"),
    )  # fmt: skip
    number = forms.IntegerField(label=_("How many of each"), min_value=1, max_value=MOST_COMMENDED, initial=3)
    award = forms.CharField(label=_("Commended as"), max_length=40, initial=ADVANCED)

    def __init__(self, *args, assessments: QuerySet[Assessment], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["assessment"].queryset = assessments

    @staticmethod
    def basis_of(fields: dict) -> Basis:
        return Basis(**{name: fields[name] for name in ("since", "until", "measure", "assessment", "number")})


class LineForm(forms.Form):
    """One line; whom it commends is asked only where it is new."""

    organisation = OrganisationField(label=_("Who is commended"))
    award = forms.CharField(label=_("Commended as"), max_length=40, initial=ADVANCED)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        help_text=_("With figures where there are some. Everybody can read it: no names of persons."),
    )  # fmt: skip

    def __init__(self, *args, below: Organisation | None = None, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        if below is None:
            del fields["organisation"]
        else:
            fields["organisation"].among = Organisation.objects.under(below).exclude(pk=below.pk)

    def clean_reason(self) -> str:
        reason = self.cleaned_data["reason"]
        try:
            check_nothing_personal(reason)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return reason
