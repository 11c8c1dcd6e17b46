"""Forms of people and posts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_spans import SpanForm
from core.masking import mask_phone
from core.names import normal
from organisations.forms.fields import OrganisationField
from organisations.models import User
from organisations.models.people import mobile
from organisations.roles import role_choices


def day(label, **options) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class PersonFields(forms.Form):
    """A new person: known by user name, by mobile number, or by both."""

    name = forms.CharField(label=_("name of the person"), max_length=60)
    phone = forms.CharField(
        label=_("mobile number"), required=False, help_text=_("The person can sign in with it. Shown masked.")
    )
    username = forms.RegexField(
        label=_("user name"),
        regex=r"^[\w.@-]+$",
        max_length=60,
        required=False,
        help_text=_("Only where there is no mobile number: letters, digits, or a name in Chinese."),
    )

    def clean_phone(self) -> str:
        phone = normal(self.cleaned_data["phone"]).replace(" ", "")
        if phone:
            mobile(phone)
        return phone

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if not self.errors and not (data["phone"] or data["username"]):
            raise forms.ValidationError(_("Give a user name or a mobile number: the person signs in with it."))
        return data


class PhoneForm(forms.Form):
    """The stored number is not shown; an empty field keeps it."""

    phone = forms.CharField(label=_("mobile number"), required=False)

    def __init__(self, *args, person: User, **options):
        super().__init__(*args, **options)
        self.person = person
        self.fields["phone"].help_text = (
            _("Leave empty to keep %(masked)s; a hyphen removes it.") % {"masked": mask_phone(person.phone)}
            if person.phone
            else _("The person can sign in with it. Shown masked.")
        )

    def clean_phone(self) -> str:
        phone = normal(self.cleaned_data["phone"]).replace(" ", "")
        if phone == "-":
            return ""
        if phone:
            mobile(phone)
        return phone or self.person.phone or ""


class DetailsForm(PhoneForm):
    name = forms.CharField(label=_("name of the person"), max_length=60)
    field_order = ("name", "phone")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].initial = self.person.name


class PostFields(SpanForm):
    """A role at an organisation, from a day to a day."""

    role = forms.ChoiceField(label=_("role"))
    organisation = OrganisationField(label=_("organisation"))
    since = day(_("first day"))
    until = day(_("last day"), required=False, help_text=_("Leave empty where nobody knows yet."))

    def __init__(self, *args, roles, among, **options):
        super().__init__(*args, **options)
        role: Any = self.fields["role"]
        place: Any = self.fields["organisation"]
        role.choices = [("", "—"), *((key, name) for key, name in role_choices() if key in roles)]
        place.among = among
        self.fields["since"].initial = timezone.localdate


class InviteForm(PersonFields, PostFields):
    field_order = ("name", "phone", "username", "organisation", "role", "since", "until")


class AppointForm(PostFields):
    field_order = ("organisation", "role", "since", "until")


class EndForm(forms.Form):
    on = day(_("last day in the post"), help_text=_("The person may still act on this day."))


class SuccessorForm(forms.Form):
    """Somebody known here takes over."""

    successor = forms.CharField(
        label=_("successor"), help_text=_("User name or mobile number of somebody in your scope."), max_length=60
    )
    on = day(_("successor's first day"), help_text=_("The predecessor's last day is the day before."))

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        self.among = among

    def clean_successor(self) -> User:
        person = self.among.known_as(self.cleaned_data["successor"]).first()
        if person is None:
            raise forms.ValidationError(_("Nobody in your scope is known by this. Invite them as a new person."))
        return person


class NewSuccessorForm(PersonFields):
    """Somebody new takes over, with a printed code."""

    on = day(_("successor's first day"), help_text=_("The predecessor's last day is the day before."))
