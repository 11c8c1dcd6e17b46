"""Forms of secondments, liaison officers, trainings, zones and services."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.form_spans import SpanForm
from members.forms.fields import look_among
from members.forms.people import NamedField
from members.models import Advancement, CentreService, Household, Member, Secondment, Training, Zone
from organisations.forms.fields import OrganisationField
from organisations.forms.people import day
from organisations.models import Organisation, User


def kept_members(user: User):
    return Member.objects.kept_by(user)


class SecondmentForm(SpanForm):
    member = NamedField(label=_("member"))
    kind = forms.ChoiceField(label=_("kind of person"), choices=Secondment.Kind.choices)
    direction = forms.ChoiceField(label=_("direction"), choices=Secondment.Direction.choices)
    host = OrganisationField(label=_("works at"))
    post = forms.CharField(label=_("post held there"), max_length=60)
    since = day(_("first day"))
    until = day(_("last day"), required=False, help_text=_("Leave empty where nobody knows yet."))

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        look_among(self, member=[kept_members(user)], host=Organisation.objects.readable_by(user))


class EndForm(forms.Form):
    on = day(_("last day"))


class LiaisonForm(forms.Form):
    member = NamedField(label=_("liaison officer"))
    since = day(_("first day"))

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        look_among(self, member=[Member.objects.visible_to(user)])
        self.fields["since"].initial = timezone.localdate


class TrainingForm(forms.ModelForm):
    organiser = OrganisationField(label=_("organiser"))
    village = OrganisationField(label=_("for the village"), required=False)

    class Meta:
        model = Training
        fields = ("title", "kind", "starts_on", "ends_on", "sessions", "persons", "person_times", "technicians")
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("starts_on", "ends_on")
        }
        help_texts = {
            "persons": _("Heads: who came to three sessions counts once."),
            "person_times": _("Attendances: who came to three sessions counts three times."),
            "technicians": _("Who can do the work alone now."),
        }

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        look_among(
            self,
            organiser=Organisation.objects.managed_by(user, "member.edit"),
            village=Organisation.objects.readable_by(user).villages(),
        )
        if self.instance.pk:
            del self.fields["organiser"]
            self.initial["village"] = self.instance.village.name if self.instance.village else ""


class AdvancementForm(forms.Form):
    member = NamedField(label=_("member"))
    way = forms.ChoiceField(label=_("way"), choices=Advancement.Way.choices)
    on = day(_("day"))

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        look_among(self, member=[kept_members(user)])
        self.fields["on"].initial = timezone.localdate


class ZoneForm(forms.Form):
    village = OrganisationField(label=_("village"))
    kind = forms.ChoiceField(label=_("kind"), choices=Zone.Kind.choices)
    name = forms.CharField(label=_("name"), max_length=60)
    area = forms.CharField(label=_("area or purpose"), max_length=200, required=False)

    def __init__(self, *args, user: User, **options):
        super().__init__(*args, **options)
        look_among(self, village=Organisation.objects.managed_by(user, "household.edit").villages())


class ZoneFillForm(forms.Form):
    members = forms.ModelMultipleChoiceField(
        label=_("members who look after it"),
        queryset=Member.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    households = forms.ModelMultipleChoiceField(
        label=_("households that they serve"),
        queryset=Household.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, zone: Zone, **options):
        super().__init__(*args, **options)
        members: Any = self.fields["members"]
        households: Any = self.fields["households"]
        members.queryset = Member.objects.present().filter(organisation__path__startswith=zone.village.path)
        households.queryset = Household.objects.present().filter(village=zone.village)


class ServiceForm(forms.Form):
    kind = forms.ChoiceField(label=_("kind"), choices=CentreService.Kind.choices)
    on = day(_("day"))
    persons = forms.IntegerField(label=_("persons served"), min_value=1, max_value=100_000)
    words = forms.CharField(
        label=pgettext_lazy("service", "what was done"),
        max_length=200,
        required=False,
        help_text=_("Without the names of those served."),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["on"].initial = timezone.localdate
