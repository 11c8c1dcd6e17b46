"""What the units of a consortium (SH-13) are told: who is asked to join, who joined, declined or left."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_noop

from office import inbox
from office.models import Message
from organisations.models import Organisation
from pairing.models import Pairing, PairingPartner
from pairing.notices.market import TURN, tell_side
from pairing.states import Side


def invitation_key(partner: PairingPartner) -> str:
    return f"partner:{partner.pk}:answer"


def tell_invited(partner: PairingPartner, at: datetime) -> None:
    subject = gettext_noop("%(name)s asks you to aid %(village)s together: please answer")
    _tell(Side.UNIT, [partner.unit], subject, partner, "answer", at, kind=TURN)


def tell_answered(partner: PairingPartner, at: datetime) -> None:
    """Joined or declined: the lead learns of it, and of one who joined the village as well."""
    settle_invitations([partner], at)
    lead, village = partner.pairing.unit, partner.pairing.village
    if partner.state == "joined":
        subject = gettext_noop("%(partner)s joined you in aiding %(village)s")
        _tell(Side.UNIT, [lead], subject, partner, "joined", at)
        subject = gettext_noop("%(partner)s joined %(name)s in aiding you: please read the agreement again")
        _tell(Side.VILLAGE, [village], subject, partner, "joined", at)
    else:
        _tell(Side.UNIT, [lead], gettext_noop("%(partner)s won't join in aiding %(village)s"), partner, "declined", at)


def tell_left(partner: PairingPartner, by_lead: bool, had_joined: bool, at: datetime) -> None:
    settle_invitations([partner], at)
    lead, village = partner.pairing.unit, partner.pairing.village
    if by_lead:
        subject = gettext_noop("%(name)s no longer counts on you in aiding %(village)s")
        _tell(Side.UNIT, [partner.unit], subject, partner, "left", at)
    else:
        subject = gettext_noop("%(partner)s left you in aiding %(village)s")
        _tell(Side.UNIT, [lead], subject, partner, "left", at)
    if had_joined:
        subject = gettext_noop("%(partner)s no longer aids you: please read the agreement again")
        _tell(Side.VILLAGE, [village], subject, partner, "left", at)


def tell_share_proposed(partner: PairingPartner, at: datetime) -> None:
    """Again after an earlier proposal: the moment tells them apart."""
    subject = gettext_noop("%(name)s proposes another share to you in aiding %(village)s: please answer")
    _tell(Side.UNIT, [partner.unit], subject, partner, f"share:{at.timestamp():.0f}", at, kind=TURN)


def tell_share_declined(partner: PairingPartner, at: datetime) -> None:
    subject = gettext_noop("%(partner)s does not agree to another share in aiding %(village)s: all stay as they are")
    _tell(Side.UNIT, [partner.pairing.unit], subject, partner, f"share-declined:{at.timestamp():.0f}", at)


def tell_shares_changed(pairing: Pairing, at: datetime) -> None:
    """The two sides read it in the text that they confirm anew; its partners are told here."""
    subject = gettext_noop("All have agreed: the shares in aiding %(village)s are changed")
    for partner in PairingPartner.objects.joined().filter(pairing=pairing).select_related("unit"):
        partner.pairing = pairing
        _tell(Side.UNIT, [partner.unit], subject, partner, f"shares:{at.timestamp():.0f}", at)


def settle_share(partner: PairingPartner, at: datetime) -> None:
    Message.objects.open().filter(key__startswith=f"partner:{partner.pk}:share:").update(settled_at=at)


def tell_added(partner: PairingPartner, at: datetime) -> None:
    """By the organiser's decision; lead and village are told by that."""
    subject = gettext_noop("The organiser decided: you aid %(village)s together with %(name)s")
    _tell(Side.UNIT, [partner.unit], subject, partner, "joined", at)


def tell_released(partners: Iterable[PairingPartner], at: datetime) -> None:
    """The pairing is no more: those who had joined learn of it."""
    for partner in partners:
        subject = gettext_noop("The pairing of %(name)s with %(village)s, in which you took part, was released")
        _tell(Side.UNIT, [partner.unit], subject, partner, "released", at)


def settle_invitations(partners: Iterable[PairingPartner], at: datetime) -> None:
    """Nothing of theirs waits for an answer any more."""
    asked = list(partners)
    for partner in asked:
        settle_share(partner, at)
    inbox.settle_all([invitation_key(partner) for partner in asked], at=at)


def _tell(
    side: Side,
    organisations: list[Organisation],
    subject: str,
    partner: PairingPartner,
    what: str,
    at: datetime,
    kind: str = inbox.NOTICE,
) -> None:
    pairing = partner.pairing
    names = {"partner": partner.unit.name, "name": pairing.unit.name, "village": pairing.village.name}
    tell_side(
        side,
        organisations,
        subject,
        params=names,
        url=pairing.get_absolute_url(),
        kind=kind,
        key=f"partner:{partner.pk}:{what}",
        at=at,
    )
