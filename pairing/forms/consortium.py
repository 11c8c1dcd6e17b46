"""Forms of a consortium and of the organiser's moves: which party, which share, why."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from pairing.consortium import LEAST_SHARE, even_shares
from pairing.forms.market import PreferForm, words_field
from pairing.models import Pairing, PairingPartner, Round
from pairing.models.consortium import WHOLE
from pairing.offering import listed, offered
from pairing.states import Side

CONTRIBUTION = 200


def share_field(label, **options) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=5, decimal_places=2, min_value=LEAST_SHARE, max_value=WHOLE - LEAST_SHARE, **options
    )


class PartyField(forms.Form):
    """One party of a directory, found by name: any may be sent, the first that fit are on show."""

    party = forms.ModelChoiceField(label="", queryset=Organisation.objects.none())

    def __init__(self, *args, round: Round, side: Side, label, sought: str = "", **options):
        super().__init__(*args, **options)
        party: Any = self.fields["party"]
        party.label, party.queryset = label, listed(round, side)
        found, self.more = offered(round, side, sought)
        party.choices = [("", "———"), *found]


class PartField(forms.Form):
    share = share_field(_("share (per cent)"), help_text=_("What is left over is the share of the lead."))
    contribution = forms.CharField(
        label=_("what it contributes"),
        max_length=CONTRIBUTION,
        required=False,
        help_text=_("It stands in the agreement. No personal data."),
    )


class InviteForm(PartField, PartyField):
    field_order = ("party", "share", "contribution")


class EndForm(forms.Form):
    """`partners`: those who were asked or joined."""

    partner = forms.ModelChoiceField(label=_("partner unit"), queryset=PairingPartner.objects.none(), empty_label=None)
    words = words_field(_("Reason"), required=True, help_text=_("The other units will read it."))

    def __init__(self, *args, partners: QuerySet[PairingPartner], **options):
        super().__init__(*args, **options)
        partner: Any = self.fields["partner"]
        partner.queryset = partners
        partner.label_from_instance = lambda row: row.unit.name


class SharesForm(forms.Form):
    """One field for each partner who joined, with the share of today or the one that is proposed."""

    def __init__(self, *args, partners: Sequence[PairingPartner], **options):
        super().__init__(*args, **options)
        for each in partners:
            label = _("Share of %(name)s (per cent)") % {"name": each.unit.name}
            self.fields[f"share_{each.pk}"] = share_field(label, initial=each.proposed_share or each.share)

    def shares(self) -> dict[int, Decimal]:
        return {int(name.removeprefix("share_")): share for name, share in self.cleaned_data.items()}


class ShareAnswerForm(forms.Form):
    """Yes or no to the share that is on show."""

    share = share_field("", widget=forms.HiddenInput)


class MoveForm(PreferForm, PartyField):
    field_order = ("party", "reason", "seen")


class AddForm(PreferForm, PartField, PartyField):
    field_order = ("party", "share", "contribution", "reason", "seen")


class MergeForm(PreferForm):
    """Which pairings of a village become one: its lead, and a share for each other one that is ticked."""

    lead = forms.ModelChoiceField(
        label=_("Which unit leads"), queryset=Pairing.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, pairings: Sequence[Pairing], **options):
        super().__init__(*args, **options)
        self.pairings = {pairing.pk: pairing for pairing in pairings}
        lead: Any = self.fields["lead"]
        lead.queryset = Pairing.objects.filter(pk__in=self.pairings)
        lead.choices = [(pairing.pk, pairing.unit.name) for pairing in pairings]
        even = even_shares(max(len(pairings) - 1, 1))
        for pairing in pairings:
            self.fields[f"share_{pairing.pk}"] = share_field(
                _("Share of %(name)s (per cent)") % {"name": pairing.unit.name}, required=False, initial=even
            )
        self.order_fields(["lead", *(f"share_{pk}" for pk in self.pairings), "reason", "seen"])

    def chosen(self) -> tuple[Pairing, list[Pairing], dict[int, Decimal]]:
        """The lead, the others with a share, and the shares by unit."""
        lead = self.pairings[self.cleaned_data["lead"].pk]
        shares = {pk: self.cleaned_data[f"share_{pk}"] for pk in self.pairings if pk != lead.pk}
        others = [self.pairings[pk] for pk, share in shares.items() if share]
        return lead, others, {each.unit_id: shares[each.pk] for each in others}
