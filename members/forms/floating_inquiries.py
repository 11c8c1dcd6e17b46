"""Forms of inquiries between destination and origin."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.floating.kinds import InquiryResult
from members.forms.fields import look_among
from members.forms.floating import area_field
from members.forms.floating_reports import said_field
from organisations.models import Organisation


class AskForm(forms.Form):
    """`askers`: on whose behalf the user may ask; `among`: who may be asked."""

    asker = forms.ModelChoiceField(label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=None)
    asked = area_field(
        _("Party organisation at home"), required=True, help_text=_("Where the member says to come from: name or code.")
    )
    person = forms.CharField(label=_("Name of the person"), max_length=60)
    words = said_field(_("What you want to know"), longest=500)

    def __init__(self, *args, askers: QuerySet[Organisation], among: QuerySet[Organisation], **options):
        super().__init__(*args, **options)
        asker: Any = self.fields["asker"]
        asker.queryset = askers
        look_among(self, asked=among)


class AskAboutForm(forms.Form):
    """About a member who is registered: both places are known."""

    words = said_field(_("What you want to know"), required=True, longest=500)


class AnswerForm(forms.Form):
    result = forms.ChoiceField(label=_("Result"), choices=InquiryResult.choices, widget=forms.RadioSelect)
    words = said_field(_("Answer"), help_text=_("What the other place needs to look after the member, nothing more."))
