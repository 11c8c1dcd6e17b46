"""Forms of person-to-person pairs: the helper by name, the reason of an end, what was given, a wish, a plan."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.actions.pairs import MANAGE
from members.forms.people import NamedField
from members.kinds import SIDES, EndReason, PairKind
from members.models import Aid, Household, Member
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation, User
from organisations.querysets import within
from pairing.forms.agreements import date_field
from pairing.schemes.persons import PersonRules

TALK = "talk"
HELP = "help"


class HelperForm(forms.Form):
    """Whoever helps in a pair of this kind: of those whose pairs the user manages, and whose names they may know.

    `place` is where the target lives: a chain stays within it.
    """

    def __init__(self, *args, user: User, kind: str, place: Organisation, **options):
        super().__init__(*args, **options)
        self.place = place
        self.fields = {"helper": helper_field(user, kind, place), **self.fields}


def helper_field(user: User, kind: str, place: Organisation) -> forms.Field:
    helpers, _targets = SIDES[kind]
    if "helper_organisation" in helpers:
        field = OrganisationField(label=_("helper"))
        managed = Organisation.objects.managed_by(user, MANAGE).open()
        field.among = managed.villages() if kind == PairKind.VILLAGE_VILLAGE else managed
        return field
    scopes = user.scopes(MANAGE)
    members = Member.objects.filter(within(scopes, "organisation__path")).readable_names(user)
    households = Household.objects.filter(within(scopes, "village__path")).readable_names(user)
    if kind == PairKind.CHAIN:
        members, households = members.filter(organisation=place), households.filter(village=place)
    found = {"helper_member": members, "helper_household": households}
    return NamedField(label=_("helper"), among=[found[column] for column in helpers])


class EndForm(forms.Form):
    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason.choices)
    words = forms.CharField(
        label=_("In a few words"), max_length=200, required=False, help_text=_("No illness, no phone number.")
    )


class ReplaceForm(EndForm, HelperForm):
    """The former pair ends for the reason, the new one begins in the same step."""


class AidForm(forms.Form):
    """One tap leads here: what, when, a few words. The services are those of the scheme."""

    what = forms.ChoiceField(label=pgettext_lazy("aid", "What"), widget=forms.RadioSelect)
    on = date_field(_("Day"))
    words = forms.CharField(
        label=_("In a few words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500}),
    )

    def __init__(self, *args, rules: PersonRules, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        services: list[tuple] = [(each.key, each.name) for each in rules.services] or [(HELP, _("help given"))]
        fields["what"].choices = [*services, (TALK, _("Heart-to-heart talk"))]
        fields["what"].initial = fields["what"].choices[0][0]
        fields["on"].initial = timezone.localdate

    def clean(self):
        """What was tapped is the sort of the note and the service of the scheme."""
        data = super().clean() or self.cleaned_data
        what = data.pop("what", "")
        sort = Aid.Sort.TALK if what == TALK else Aid.Sort.AID
        return data | {"sort": sort, "service": "" if what in (TALK, HELP) else what}


class WithdrawForm(forms.Form):
    words = forms.CharField(label=_("Reason"), max_length=200)


class WishForm(forms.Form):
    words = forms.CharField(
        label=_("What the household wishes for its own development"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text=_("In its own words: what it wants to grow, learn or begin, and what it lacks for that."),
    )


class PlanForm(forms.Form):
    content = forms.CharField(
        label=_("Where things stand and what is aimed at"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
    )
    measures = forms.CharField(
        label=_("Measures"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000})
    )
    leaves_on = date_field(_("Out of hardship by"))
