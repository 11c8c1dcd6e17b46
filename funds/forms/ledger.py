"""Forms of the ledger: each kind of entry asks for what it needs (`funds/kinds.py`)."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_groups import Grouped, More
from core.refusals import Refused
from funds.actions.entering import Line, Particulars
from funds.kinds import ANSWERED_BACK, LEAST, MOST, RULES, Channel, EntryKind, FundKind, Hand, Source, Use
from funds.models import Entry, Fund, Project
from funds.models.entry import SITE_FUNCTIONS
from members.models import Household
from office import files
from office.models import StoredFile
from organisations.kinds import Resource
from organisations.models import Organisation, User
from pairing.forms.agreements import date_field
from pairing.forms.market import words_field

LINES = 6
LINE = ("name", "quantity", "unit", "value", "function")
GIVEN = (
    "on", "amount", "giver", "source", "use", "channel", "receipt_number", "project", "words", "household", "resources",
)  # fmt: skip
CHOOSE = [("", _("Choose"))]


class VouchersInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class VouchersField(forms.FileField):
    """Several scans or photos; those received with a form that was wrong elsewhere come signed in `kept`."""

    def __init__(self, **options):
        super().__init__(widget=VouchersInput(attrs={"accept": "image/*,.pdf"}), **options)

    def clean(self, data, initial=None):
        return [each for each in (data if isinstance(data, list | tuple) else [data]) if each]


def amount_field(label, **options) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=LEAST, max_value=MOST, decimal_places=2,
        error_messages={
            "min_value": _("An amount is more than 0 and at most 1,000,000,000.00 yuan."),
            "max_value": _("An amount is more than 0 and at most 1,000,000,000.00 yuan."),
            "max_decimal_places": _("An amount has at most two places behind the point."),
        }, **options,
    )  # fmt: skip


class EntryForm(Grouped, forms.Form):
    """What an entry of `kind` asks for. `particulars` after it was found valid; vouchers are stored already then."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    on = date_field(_("Day"))
    amount = amount_field(_("Amount (yuan)"))
    giver = forms.ModelChoiceField(Organisation.objects.none(), label=_("Given by"))
    source = forms.ChoiceField(label=_("Source of the money"), choices=[*CHOOSE, *Source.choices])
    channel = forms.ChoiceField(
        label=_("Channel of the gift"), choices=[*CHOOSE, *Channel.choices],
        help_text=_("Handed straight to the village, a gift is not deducted from tax."),
    )  # fmt: skip
    receipt_number = forms.CharField(
        label=_("Number of the donation receipt"), max_length=40, required=False,
        help_text=_("Given out by the first three channels. Empty where there is none."),
    )  # fmt: skip
    answers = forms.ModelChoiceField(
        Entry.objects.none(), label=_("Confirms what the other side entered"), required=False,
        help_text=_("Empty where the other side has not entered it yet."),
    )  # fmt: skip
    resources = forms.MultipleChoiceField(
        label=_("Resources"), choices=Resource.choices, widget=forms.CheckboxSelectMultiple
    )
    use = forms.ChoiceField(label=_("What it is for"), choices=[*CHOOSE, *Use.choices])
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("For the project (not required)"), required=False,
        help_text=_(
            "No more is spent for a project than was received or set aside for it; what is for none is spent without "
            "one."
        ),
    )  # fmt: skip
    household = forms.ModelChoiceField(
        Household.objects.none(), label=_("Household (not required)"), required=False,
        help_text=_("Seen only by those who see the household; never published."),
    )  # fmt: skip
    words = words_field(_("Note"), required=False)
    vouchers = VouchersField(
        label=_("Vouchers"), required=False, help_text=_("Invoice, receipt or signed list: photos or PDF.")
    )
    seldom = ("answers", "household")

    def __init__(
        self, *args, kind: str, user: User, givers: Sequence[Organisation], fund: Fund | None, holder: Organisation,
        projects: QuerySet[Project], **options,
    ):  # fmt: skip
        super().__init__(*args, **options)
        self.kind, self.rule, self.user = kind, RULES[kind], user
        fields: Any = self.fields
        fields["on"].initial, fields["key"].initial = timezone.localdate, uuid.uuid4
        fields["source"].initial = Source.OWN
        fields["use"].required, fields["project"].required = self.rule.has_voucher, bool(self.rule.aside)
        if self.rule.aside:
            fields["project"].label, fields["project"].help_text = _("For the project"), ""
            fields["project"].empty_label = _("Choose")
        fields["giver"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in givers])
        fields["giver"].initial = givers[0] if givers else None
        fields["household"].queryset = Household.objects.visible_to(user).filter(village=holder, left_on=None)
        fields["answers"].queryset = waiting(fund, kind, givers)
        fields["answers"].label_from_instance = as_line
        fields["project"].queryset = self.projects = projects
        if self.rule.has_lines:
            self.add_lines()
        for name in self.unasked(bool(fields["answers"].queryset)):
            del fields[name]

    def unasked(self, something_waits: bool) -> list[str]:
        """Fields that this kind does not ask for."""
        rule, is_keeper = self.rule, self.rule.hand == "keeper"
        asked = {
            "giver": rule.is_aid, "source": rule.is_aid, "channel": rule.has_channel,
            "receipt_number": rule.has_channel, "amount": not rule.has_lines, "vouchers": is_keeper and not rule.aside,
            "use": not rule.aside,
            "resources": rule.is_aid and rule.has_lines, "answers": something_waits,
            "project": self.projects.exists(),
            "household": self.kind in (EntryKind.SPENDING, EntryKind.HANDOUT),
        }  # fmt: skip
        return [name for name, is_asked in asked.items() if not is_asked]

    def add_lines(self) -> None:
        fields: Any = self.fields
        for number in range(1, LINES + 1):
            first = number == 1
            fields[f"name_{number}"] = forms.CharField(label=_("Thing"), max_length=80, required=first)
            fields[f"quantity_{number}"] = forms.DecimalField(
                label=_("Quantity"), min_value=LEAST, max_value=Decimal(99_999_999), decimal_places=2, required=first
            )
            fields[f"unit_{number}"] = forms.CharField(label=_("Unit of quantity"), max_length=10, required=first)
            fields[f"value_{number}"] = amount_field(_("Value of all (yuan)"), required=first)
            fields[f"function_{number}"] = forms.ChoiceField(
                label=_("For the village's site"), required=False,
                choices=[("", _("not for the site")), *SITE_FUNCTIONS],
            )  # fmt: skip

    def rows(self) -> list[tuple[str, ...] | More]:
        first, *others = [tuple(f"{part}_{number}" for part in LINE) for number in range(1, LINES + 1)]
        more = More(_("One more thing"), others)
        return [("on", "amount"), ("giver", "source"), ("channel", "receipt_number"), first, more]

    def clean(self) -> dict[str, Any]:
        data: Any = super().clean()
        if self.rule.has_lines:
            self.check_lines(data)
        self.stored = self.store_vouchers(data)
        if self.rule.has_voucher and not self.stored and "vouchers" not in self.errors:
            self.add_error("vouchers", _("Add a voucher: an invoice, a receipt, a signed list."))
        return data

    def check_lines(self, data: dict[str, Any]) -> None:
        for number in range(2, LINES + 1):
            needed = [f"{part}_{number}" for part in LINE[:4]]
            if any(data.get(name) for name in needed):
                for name in needed:
                    if not data.get(name) and name not in self.errors:
                        self.add_error(name, _("Fill in the whole line, or leave it empty."))

    def store_vouchers(self, data: dict[str, Any]) -> list[StoredFile]:
        """Those kept from an earlier try, and the new ones; signed again for the next."""
        try:
            known = signing.loads(data.get("kept") or signing.dumps([]), salt=str(self.user.pk))
        except signing.BadSignature:
            known = []
        found = list(StoredFile.objects.visible_to(self.user).filter(pk__in=known).order_by("pk"))
        try:
            for upload in data.get("vouchers") or []:
                found.append(files.store(upload=upload, by=self.user, kind=StoredFile.Kind.SCAN))
        except Refused as refusal:
            self.add_error("vouchers", refusal.sentence)
        typed: Any = self.data
        values = self.data = typed.copy()
        values["kept"] = signing.dumps([file.pk for file in found], salt=str(self.user.pk))
        return found

    @property
    def particulars(self) -> Particulars:
        data = self.cleaned_data
        given = {name: data[name] for name in GIVEN if data.get(name) not in (None, "")}
        lines = [
            Line(**{part: data[f"{part}_{number}"] for part in LINE})
            for number in range(1, LINES + 1) if self.rule.has_lines and data.get(f"name_{number}")
        ]  # fmt: skip
        return Particulars(**given, lines=lines, vouchers=self.stored)


def waiting(fund: Fund | None, kind: str, givers: Sequence[Organisation]) -> QuerySet[Entry]:
    """What the other side entered of which this may be the answer."""
    if fund is None:
        return Entry.objects.none()
    rows = Entry.objects.alone().filter(fund=fund).select_related("giver")
    if RULES[kind].answers:
        return rows.filter(kind=RULES[kind].answers)
    back = [other for other, own in ANSWERED_BACK.items() if own == kind]
    return rows.filter(kind__in=back, giver__in=[unit.pk for unit in givers])


def as_line(entry: Entry) -> str:
    return f"{entry.on:%Y-%m-%d} {entry.giver} ¥{entry.amount:,.2f}"


class ConfirmForm(forms.Form):
    """One tap; what came may have been another amount."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    amount = amount_field(_("Amount that arrived (yuan)"), required=False)
    on = forms.DateField(label=_("Day on which it arrived"), required=False, widget=date_field("").widget)

    def __init__(self, *args, entry: Entry, **options):
        super().__init__(*args, **options)
        self.fields["amount"].initial, self.fields["on"].initial = entry.amount, timezone.localdate
        if entry.rule.hand == Hand.KEEPER:
            self.fields["amount"].label, self.fields["on"].label = _("Amount that was sent (yuan)"), _("Day of sending")
            self.fields["on"].initial = entry.on
        if entry.rule.has_lines:
            del self.fields["amount"]


class LateVoucherForm(forms.Form):
    upload = forms.FileField(
        label=_("Voucher"), widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
        help_text=_("Invoice, receipt or signed list: a photo or PDF."),
    )  # fmt: skip
    words = words_field(_("Why it comes later"), required=True)


class ReverseForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    reason = words_field(_("Why it is reversed"), required=True)


class TransferForm(forms.Form):
    """`funds`: where the money may go."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    target = forms.ModelChoiceField(Fund.objects.none(), label=_("To the fund"))
    on = date_field(_("Day"))
    amount = amount_field(_("Amount (yuan)"))
    giver = forms.ModelChoiceField(Organisation.objects.none(), label=_("Whose money it is"), required=False)
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("For the project (not required)"), required=False,
        help_text=_("One of the fund that takes it over."),
    )  # fmt: skip
    words = words_field(_("Note"), required=False)

    def __init__(
        self, *args, funds: QuerySet[Fund], givers: Sequence[Organisation], projects: QuerySet[Project], **options
    ):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["on"].initial, fields["target"].queryset = timezone.localdate, funds
        fields["giver"].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in givers])
        fields["giver"].initial = givers[0] if len(givers) == 1 else None
        fields["project"].queryset = projects
        if not projects.exists():
            del fields["project"]


class FundForm(forms.Form):
    holder = forms.ModelChoiceField(Organisation.objects.none(), label=_("Keeper of the fund"))
    kind = forms.ChoiceField(
        label=_("Kind of fund"), choices=[each for each in FundKind.choices if each[0] != FundKind.PAIRING]
    )
    name = forms.CharField(label=_("Name of the fund"), max_length=120)

    def __init__(self, *args, holders: Sequence[Organisation], **options):
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["holder"].queryset = Organisation.objects.filter(pk__in=[each.pk for each in holders])
        fields["holder"].initial = holders[0]
