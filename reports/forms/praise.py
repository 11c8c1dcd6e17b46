"""The forms of on-site meetings and good cases."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.models import Round
from pairing.personal import check_nothing_personal
from reports.actions.good_cases import Words
from reports.actions.meetings import Plan
from reports.forms.of_round import OfRoundForm, plan_in
from reports.inspection.states import Addressee
from reports.models import GoodCase
from reports.praise.authors import check_words

MOST_PEOPLE = 100_000


def area(rows: int, length: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "maxlength": length})


class MeetingForm(OfRoundForm):
    """`rounds`: those whose directory says who can come."""

    title = forms.CharField(label=_("Name of the meeting"), max_length=80)
    on = date_field(_("Day"))
    venue = OrganisationField(label=_("Where it is held"))
    about = forms.CharField(label=_("What is to be seen there"), max_length=1000, widget=area(4, 1000))
    to = forms.MultipleChoiceField(
        label=_("Who is asked to come"), choices=Addressee.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("They and the place are told at once. Nobody ticked: only the place is told."),
    )  # fmt: skip

    def __init__(self, *args, below: Organisation, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["venue"].among = Organisation.objects.under(below)

    @staticmethod
    def plan_of(fields: dict) -> Plan:
        return Plan(**plan_in(fields))


class HeldForm(forms.Form):
    on = date_field(_("Day on which it was held"))
    attended = forms.CharField(label=_("Who took part"), max_length=500, help_text=_("Units and posts are enough."))
    came = forms.IntegerField(label=_("Number of people who came"), min_value=1, max_value=MOST_PEOPLE)
    minutes = forms.CharField(label=_("Minutes"), max_length=5000, widget=area(8, 5000))
    decided = forms.CharField(label=_("What was decided"), max_length=2000, required=False, widget=area(4, 2000))

    def clean_on(self):
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("The day must not lie in the future."))
        return self.cleaned_data["on"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class GoodCaseForm(forms.Form):
    """On a phone: who hands it in and for which round is asked only where there is a choice."""

    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None
    )
    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none(), empty_label=None)
    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("In one sentence, what was done differently and what it brought.")
    )
    practice = forms.CharField(
        label=_("What is done, and how"), max_length=3000, widget=area(7, 3000),
        help_text=_("Step by step, so that others can do the same. No names of people in need, no telephone numbers."),
    )  # fmt: skip
    outcome = forms.CharField(
        label=pgettext_lazy("good case", "What came of it"), max_length=1500, widget=area(4, 1500)
    )
    lesson = forms.CharField(
        label=_("What others can take from it"), max_length=1500, required=False, widget=area(3, 1500)
    )
    may_be_public = forms.BooleanField(
        label=_("May also stand on a page that everybody reads, without sign-in"), required=False,
        help_text=_("You can take this back at any time."),
    )  # fmt: skip

    def __init__(self, *args, authors, rounds, case: GoodCase | None = None, **options):
        super().__init__(*args, **options)
        self.case, fields = case, self.fields
        if case is not None:
            del fields["organisation"], fields["round"]
            return
        for name, rows in (("organisation", authors), ("round", rounds)):
            field: Any = fields[name]
            field.queryset = rows
            field.initial = first = rows.first()
            if first is not None and not rows.exclude(pk=first.pk).exists():
                field.widget = forms.HiddenInput()

    def clean(self):
        """What must not be read by everybody is said at its field."""
        cleaned = super().clean() or {}
        author = self.case.organisation if self.case else cleaned.get("organisation")
        round = self.case.round if self.case else cleaned.get("round")
        if author and round:
            for name in ("title", "practice", "outcome", "lesson"):
                try:
                    check_words([cleaned.get(name, "")], author, round)
                except Refused as refusal:
                    self.add_error(name, refusal.sentence)
        return cleaned

    @staticmethod
    def words_of(fields: dict) -> Words:
        return Words(**{name: value for name, value in fields.items() if name not in ("organisation", "round")})

    @staticmethod
    def now_of(case: GoodCase) -> dict[str, Any]:
        return {name: getattr(case, name) for name in Words.__dataclass_fields__}


class RemarkForm(forms.Form):
    """What is said in one sentence and read by others."""

    words = forms.CharField(label=_("What is to be written better"), max_length=300, widget=area(3, 300))

    def clean_words(self) -> str:
        return impersonal(self.cleaned_data["words"])


class WithdrawCaseForm(RemarkForm):
    words = forms.CharField(label=_("Why it is withdrawn"), max_length=300, required=False, widget=area(3, 300))


class PublishForm(forms.Form):
    remark = forms.CharField(
        label=_("What the organiser says of it"), max_length=300, required=False, widget=area(3, 300),
        help_text=_("Why it is worth doing elsewhere; it stands above the case."),
    )  # fmt: skip
    in_public = forms.BooleanField(label=_("Also on the public page"), required=False)

    def __init__(self, *args, case: GoodCase, **options):
        super().__init__(*args, **options)
        if not case.may_be_public:
            self.fields["in_public"].disabled = True
            self.fields["in_public"].help_text = _("The author did not agree to a public page.")

    def clean_remark(self) -> str:
        return impersonal(self.cleaned_data["remark"])


def impersonal(words: str) -> str:
    try:
        check_nothing_personal(words)
    except Refused as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal
    return words
