"""Forms of floating members: registering, leaving, reporting in, coming back, contacts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import Channel, Desk
from members.forms.fields import look_among
from members.forms.people import NamedField
from organisations.forms.fields import OrganisationField
from organisations.models import Organisation
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field


def optional_date(label, help_text="") -> forms.DateField:
    field = date_field(label)
    field.required, field.help_text = False, help_text
    return field


def area_field(label, *, required: bool = False, help_text="") -> OrganisationField:
    return OrganisationField(label=label, required=required, **({"help_text": help_text} if help_text else {}))


class RecordForm(forms.Form):
    """What is known of somebody who leaves. `among`: the organisations that may be the destination."""

    leaves_on = date_field(_("Leaves on"))
    back_on = optional_date(_("Expected back on"), _("Where known. Less than six months away: only a warning."))
    destination = area_field(
        _("Destination organisation"),
        help_text=_("Where it works in this system: name or code. Otherwise leave it empty and write the place below."),
    )
    place = forms.CharField(
        label=_("Destination in words"), max_length=120, required=False, help_text=_("City and firm, as far as known.")
    )
    certificate_number = forms.CharField(label=_("Certificate number"), max_length=40, required=False)
    agreement_signed_on = optional_date(_("Management agreement signed on"), _("On the day of leaving at the latest."))
    scan = forms.FileField(
        label=_("Scan of the signed agreement"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text=_("PDF or picture; can be added later."),
    )
    trained_on = optional_date(_("Trained before leaving on"))

    def __init__(self, *args, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        look_among(self, destination=among)


class RegisterForm(RecordForm):
    """`members`: those whom the user may register."""

    field_order = ["member"]
    member = NamedField(label=_("Member"))

    def __init__(self, *args, members: QuerySet, **options):
        super().__init__(*args, **options)
        look_among(self, member=[members])


class DepartForm(forms.Form):
    on = date_field(_("Left on"))
    although = forms.CharField(
        label=_("Why they left before everything was done"),
        max_length=120,
        required=False,
        help_text=_("Only where something is still missing; it stays in the record."),
    )


class ReportInForm(forms.Form):
    on = date_field(_("Reported in on"))
    where = forms.CharField(label=_("Reported in where"), max_length=120)
    firm_has_organisation = forms.TypedChoiceField(
        label=_("Does the firm have a Party organisation?"),
        choices=[("yes", _("yes: it takes the member in")), ("no", _("no, or no firm: community or village"))],
        coerce="yes".__eq__,
        widget=forms.RadioSelect,
    )
    destination = area_field(
        _("Taken in by"), help_text=_("Only where it is another organisation than registered: its name or code.")
    )

    def __init__(self, *args, among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        look_among(self, destination=among)


class EndForm(forms.Form):
    returned = forms.TypedChoiceField(
        label=_("What happened"),
        choices=[("yes", _("came back")), ("no", _("ended for another reason"))],
        coerce="yes".__eq__,
        widget=forms.RadioSelect,
        initial="yes",
    )
    on = date_field(_("Day"))
    words = forms.CharField(label=_("Explanation"), max_length=120, required=False)


class ContactForm(forms.Form):
    """`desks`: those for which the user may speak."""

    desk = forms.ChoiceField(label=_("Who got in touch"))
    on = date_field(_("Day"))
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    words = words_field(_("What was said"), required=False, help_text=_("In short; both places read it."))

    def __init__(self, *args, desks: list[Desk], **options):
        options["initial"] = {"on": timezone.localdate(), **(options.get("initial") or {})}
        super().__init__(*args, **options)
        field: Any = self.fields["desk"]
        field.choices = [(desk.value, desk.label) for desk in desks]
