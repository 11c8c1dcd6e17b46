"""Forms of channels: a person's own, and the robot of a group."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.workdays import is_known
from office.models import ChannelChoice, Robot
from office.models.channels import member_name
from office.outbox.robots import robot, understood
from organisations.forms.fields import OrganisationField
from organisations.models import User

NOT_ALLOWED = gettext_noop(
    "This is no address of a robot that is allowed here: %(kinds)s. Copy the whole webhook address."
)
CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def workday_words(year: int) -> str:
    """Which holidays the product knows: those of a year are published the November before."""
    words = gettext("Holidays and shifted workdays follow the notices of the State Council.")
    unknown = [each for each in (year, year + 1) if not is_known(each)]
    if not unknown:
        return words
    missing = gettext("Those of %(years)s are not known yet: until then Monday to Friday count as workdays.")
    return f"{words} {missing % {'years': '、'.join(map(str, unknown))}}"


class ChannelsForm(forms.Form):
    """By which channels I am told, and when not."""

    by_mail = forms.BooleanField(label=_("Tell me by e-mail"), required=False)
    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("Used for nothing else. Nobody else is shown it.")
    )
    by_wecom = forms.BooleanField(label=_("Tell me by WeCom"), required=False)
    wecom_name = forms.CharField(
        label=_("WeCom account"), required=False, max_length=64, validators=[member_name],
        help_text=_("The account of your WeCom address book, not your nickname."),
    )  # fmt: skip
    only_deadlines = forms.BooleanField(
        label=_("Deadlines only"), required=False,
        help_text=_("Everything else stays in the product, among the messages."),
    )  # fmt: skip
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=CLOCK)
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=CLOCK,
        help_text=_("What falls into these hours is sent at their end. The same time twice: never quiet."),
    )  # fmt: skip
    workdays_only = forms.BooleanField(label=_("On workdays only"), required=False)

    def __init__(self, data=None, *, person: User, choice: ChannelChoice):
        names = ("by_mail", "by_wecom", "wecom_name", "only_deadlines", "quiet_from", "quiet_until", "workdays_only")
        initial = {name: getattr(choice, name) for name in names} | {"email": person.email}
        initial["by_mail"] = choice.by_mail and bool(person.email)
        super().__init__(data, initial=initial)
        self.fields["workdays_only"].help_text = workday_words(timezone.localdate().year)
        if not settings.WECOM_SECRET:
            del self.fields["by_wecom"], self.fields["wecom_name"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("by_mail") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the address to which the mails go, or leave e-mail unchosen."))
        if data.get("by_wecom") and not data.get("wecom_name") and "wecom_name" not in self.errors:
            self.add_error("wecom_name", _("Enter your WeCom account, or leave WeCom unchosen."))
        return data


class GroupChannelForm(forms.Form):
    """The robot of a group, by the address that the service shows."""

    organisation = OrganisationField(label=_("Organisation"))
    name = forms.CharField(label=_("Name of the group"), max_length=60)
    address = forms.CharField(
        label=_("Address of the robot"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "The webhook address that WeCom, DingTalk or Feishu shows for the robot. "
            "It is kept sealed and never shown again."
        ),
    )  # fmt: skip
    secret = forms.RegexField(
        label=_("Signing secret"), regex=r"^SEC[A-Za-z0-9]+$", required=False, max_length=100,
        help_text=_("Of a DingTalk robot with signing only; begins with SEC. With keywords instead, take 结对."),
        error_messages={"invalid": _("A signing secret of DingTalk begins with SEC, followed by letters and digits.")},
    )  # fmt: skip
    workdays_only = forms.BooleanField(label=_("On workdays only"), required=False, initial=True)

    def __init__(self, *args, among, **options):
        super().__init__(*args, **options)
        self.fields["organisation"].among = among  # type: ignore[attr-defined]  # of this field
        self.fields["workdays_only"].help_text = workday_words(timezone.localdate().year)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        address, secret = understood(data.get("address", "").strip()), data.pop("secret", "")
        if secret and address.startswith("dingtalk://"):
            address = address.replace("dingtalk://", f"dingtalk://{secret}@", 1)
        if address:
            try:
                robot(address)
            except ValueError:
                kinds = "、".join(str(Robot(scheme).label) for scheme in settings.CHANNEL_SCHEMES)
                words = gettext(
                    "This is no address of a robot that is allowed here: %(kinds)s. Copy the whole webhook address."
                )
                self.add_error("address", words % {"kinds": kinds})
        return data | {"address": address}
