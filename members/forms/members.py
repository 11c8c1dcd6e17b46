"""Forms of the roster of members and cadres."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped
from members.forms.fields import AccountField, KeptPhoneMixin, chosen_day
from members.kinds import Mark
from members.models import Member, Registration
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation, User


class MemberForm(Grouped, KeptPhoneMixin):
    """`by`: whoever types. The organisation is asked for only where somebody is added; it does not change later."""

    organisation = OrganisationField(label=_("organisation"))
    marks = forms.MultipleChoiceField(
        label=_("marks"), choices=Mark.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    account = AccountField(
        label=_("account"),
        required=False,
        max_length=60,
        help_text=_("User name or mobile number with which the person signs in; so they see whom they help."),
    )

    class Meta:
        model = Member
        fields = ("name", "rank", "post", "is_party_member", "number", "phone", "marks")
        widgets = {
            "is_party_member": forms.NullBooleanSelect(),
        }
        help_texts = {"number": _("Only where the roster gives one: it tells people of one name apart.")}

    seldom = ("marks", "number", "account")

    def rows(self):
        return ("organisation",), ("name", "phone"), ("rank", "post"), ("is_party_member",)

    def __init__(self, *args, by: User, **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["account"].among = User.objects.visible_to(by)
        if self.instance.pk:
            del self.fields["organisation"]
            self.initial["account"] = self.instance.user.username if self.instance.user else ""
            return
        fields["organisation"].among = Organisation.objects.managed_by(by, "member.edit")

    def clean(self):
        super().clean()
        self.cleaned_data["user"] = self.cleaned_data.pop("account", None)
        return self.cleaned_data


class RegistrationForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=Registration.Kind.choices)
    organisation = OrganisationField(label=_("registered at"))
    since = chosen_day(_("first day"), initial=timezone.localdate)

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        organisation: Any = self.fields["organisation"]
        organisation.among = among


class EndRegistrationForm(forms.Form):
    on = chosen_day(_("last day"), initial=timezone.localdate)


class MoveForm(forms.Form):
    """`among`: the organisations whose rosters the user keeps."""

    to = OrganisationField(label=_("moves to"))
    on = chosen_day(_("first day there"), initial=timezone.localdate)
    ends_pairs = forms.BooleanField(
        label=_("End the pairs that can't go on from there; the reason is recorded with each."), required=False
    )

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        to.among = among


class LeaveForm(forms.Form):
    """`pairs`: how many are in force; with none there is nothing to agree to."""

    on = chosen_day(_("last day on the roster"), initial=timezone.localdate)
    ends_pairs = forms.BooleanField(
        label=_("End these pairs on the same day; the reason is recorded with each."), required=False
    )

    def __init__(self, *args, pairs: int, **options):
        super().__init__(*args, **options)
        if not pairs:
            del self.fields["ends_pairs"]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Record it when it has come."))
        return day

    def clean(self):
        return {"ends_pairs": False} | (super().clean() or self.cleaned_data)
