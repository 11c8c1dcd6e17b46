"""Negotiating and signing an agreement: edit, confirm, send back, sign (SH-37). `version` counts every step."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from office import files
from organisations.history import act
from organisations.models import Appointment, User
from pairing import rules
from pairing.actions.forming import draft_agreement
from pairing.actions.locking import fresh_round, lock_agreement
from pairing.agreements.content import SCALARS, Terms, content_hash, promises_of, terms_of
from pairing.consortium import printed_partners
from pairing.models import Agreement, AgreementScan, Commitment, NegotiationNote, Pairing, Signature
from pairing.notices import market as notices
from pairing.schemes.scheme import SIGNING
from pairing.states import UNDER_WAY, AgreementState, PairingState, Side, check_transition


class Outdated(Refused):
    """Somebody else changed the agreement since it was read."""

    def __init__(self):
        super().__init__(_("The agreement was changed meanwhile. Compare the two below; nothing you typed is lost."))


@act(_("edited the agreement"))
def revise_agreement(
    *, by: User, agreement: Agreement, side: Side, version: int, terms: Terms, at: datetime
) -> Agreement:
    """Take over `terms`; what was confirmed has to be confirmed anew. Raises Outdated where `version` is old."""
    agreement, _post = locked_for(by, agreement, side, "act")
    if agreement.state not in (AgreementState.DRAFT, AgreementState.CONFIRMED):
        raise Refused(_("One side has signed: send the agreement back first, then edit it."))
    if agreement.version != version:
        raise Outdated
    if terms.starts_on > terms.ends_on:
        raise Refused(_("The first day must not be after the last."))
    if terms == terms_of(agreement):
        return agreement
    take_over(agreement, terms)
    agreement.edited_side = side
    reopen(agreement)
    return moved(agreement, at)


@act(_("confirmed the agreement"))
def confirm_agreement(*, by: User, agreement: Agreement, side: Side, version: int, at: datetime) -> Agreement:
    """One side agrees with the text as it read it; once both have, it is to be signed."""
    agreement, _post = locked_for(by, agreement, side, "act")
    if agreement.confirmed_at(side) and agreement.version == version + 1:
        return agreement
    if agreement.confirmed_at(side):
        raise Refused(_("Your side has confirmed this already."))
    if agreement.version != version:
        raise Refused(_("The agreement was changed meanwhile: read it again, then confirm."))
    if agreement.state != AgreementState.DRAFT:
        raise Refused(_("There is nothing to confirm: %(state)s.") % {"state": agreement.get_state_display()})
    if side == Side.UNIT:
        rules.check_complete(agreement)
    setattr(agreement, f"{side}_confirmed_at", at)
    setattr(agreement, f"{side}_confirmed_by", by)
    if agreement.confirmed_at(side.other):
        rules.check_complete(agreement)
        check_transition(agreement.state, AgreementState.CONFIRMED, _("There is nothing to confirm."))
        agreement.state = AgreementState.CONFIRMED
        agreement.unit_name, agreement.village_name = agreement.pairing.unit.name, agreement.pairing.village.name
        agreement.partners = printed_partners(agreement.pairing)
    return moved(agreement, at)


@act(_("sent the agreement back"))
def return_agreement(*, by: User, agreement: Agreement, side: Side, words: str, at: datetime) -> Agreement:
    """Say what should change. After one signature the signed text becomes void and a new draft takes its place."""
    agreement, _post = locked_for(by, agreement, side, "act")
    if not words.strip():
        raise Refused(_("Say what should change; the other side will read it."))
    if agreement.state == AgreementState.DRAFT and not agreement.confirmed_at(side.other):
        raise Refused(_("The other side has not confirmed anything yet: edit the text or write a note."))
    if agreement.state not in UNDER_WAY:
        raise Refused(_("This can't be sent back any more: %(state)s.") % {"state": agreement.get_state_display()})
    write_note(agreement.pairing, side, words, by, at)
    if agreement.state == AgreementState.SIGNING:
        return start_anew(agreement, words, at)
    reopen(agreement)
    return moved(agreement, at)


@act(_("signed the agreement"))
def sign_agreement(
    *, by: User, agreement: Agreement, side: Side, name: str, shown_hash: str, at: datetime
) -> Agreement:
    """A person signs for a side over exactly the text that was shown; the second signature seals it (SH-32)."""
    agreement, post = locked_for(by, agreement, side, "sign")
    signatures = list(agreement.signatures.all())
    if any(each.side == side and each.signed_by_id == by.pk for each in signatures):
        return agreement
    check_may_sign(agreement, signatures, by, side, name, shown_hash)
    if not agreement.amends_id:
        rules.check_not_too_late(agreement.pairing.round, SIGNING, side, at)
    then = AgreementState.SIGNED if signatures else AgreementState.SIGNING
    check_transition(agreement.state, then, _("This can't be signed now: %(state)s.") % _state(agreement))
    Signature.objects.create(
        agreement=agreement,
        side=side,
        signed_by=by,
        signed_as=post,
        name=by.name,
        signed_at=at,
        content_hash=shown_hash,
    )
    agreement.state = then
    if then == AgreementState.SIGNED:
        seal(agreement, at)
    return moved(agreement, at)


@act(_("wrote a note"))
def add_note(*, by: User, pairing: Pairing, side: Side, words: str, at: datetime) -> NegotiationNote:
    by.acting(f"{side}.act", pairing.party(side))
    check_still_negotiated(pairing)
    note = write_note(pairing, side, words, by, at)
    notices.tell_note(note, at)
    return note


@act(_("attached the signed scan"))
def attach_scan(*, by: User, agreement: Agreement, side: Side, upload, at: datetime) -> AgreementScan:
    agreement, _post = locked_for(by, agreement, side, "act")
    if agreement.state not in (AgreementState.SIGNING, AgreementState.SIGNED):
        raise Refused(_("A scan of the signed paper can be attached once a side has signed."))
    file = files.store(upload=upload, by=by, kind="scan")
    return AgreementScan.objects.create(agreement=agreement, file=file, added_by=by, added_at=at)


def locked_for(by: User, agreement: Agreement, side: Side, verb: str) -> tuple[Agreement, Appointment]:
    """The agreement as it is now, locked, and the post in which `by` acts for `side`."""
    agreement = lock_agreement(agreement)
    post = by.acting(f"{side}.{verb}", agreement.pairing.party(side))
    agreement.pairing.round = fresh_round(agreement.pairing.round)
    check_still_negotiated(agreement.pairing)
    return agreement, post


def check_still_negotiated(pairing: Pairing) -> None:
    if pairing.state == PairingState.RELEASED:
        raise Refused(_("This pairing is released; nothing is negotiated any more."))
    if pairing.state == PairingState.ENDED:
        raise Refused(_("This pairing has ended; nothing is negotiated any more."))
    rules.check_round_is_not_closed(pairing.round)


def replace_commitments(agreement: Agreement, terms: Terms) -> None:
    """Rows that stay as they were stay; the order on the page is the order typed."""
    if promises_of(agreement.commitments.all()) == terms.commitments:
        return
    agreement.commitments.all().delete()
    rows = [
        Commitment(
            agreement=agreement, kind=each.kind, title=each.title, amount=each.amount, times_a_year=each.times_a_year
        )
        for each in terms.commitments
    ]
    Commitment.objects.bulk_create(rows)


def reopen(agreement: Agreement) -> None:
    agreement.state = AgreementState.DRAFT
    agreement.unit_confirmed_at = agreement.unit_confirmed_by = None
    agreement.village_confirmed_at = agreement.village_confirmed_by = None


def moved(agreement: Agreement, at: datetime) -> Agreement:
    """Store the next version and tell whose turn it is now."""
    notices.settle_turn(agreement.pairing, at)
    agreement.version += 1
    agreement.save()
    notices.tell_turn(agreement, at)
    return agreement


def start_anew(agreement: Agreement, words: str, at: datetime) -> Agreement:
    """A signature is never taken back: the text that carries it becomes void, its copy is negotiated on."""
    agreement.state, agreement.void_reason = AgreementState.VOID, words
    agreement.save()
    return moved(copy_of(agreement, edited_side=agreement.edited_side, amends=agreement.amends), at)


def copy_of(agreement: Agreement, **fields) -> Agreement:
    """A draft with the same terms under the next number, with the names that the two bear today."""
    numbers = Agreement.objects.filter(pairing=agreement.pairing).aggregate(last=Max("number"))
    draft = draft_agreement(agreement.pairing, number=numbers["last"] + 1, **fields)
    take_over(draft, terms_of(agreement))
    return draft


def take_over(agreement: Agreement, terms: Terms) -> None:
    """Write `terms` into an agreement that nobody has signed; its own row is stored by `moved`."""
    replace_commitments(agreement, terms)
    for name in SCALARS:
        setattr(agreement, name, getattr(terms, name))


def check_may_sign(agreement: Agreement, signatures: list, by: User, side: Side, name: str, shown_hash: str) -> None:
    if any(each.side == side for each in signatures):
        raise Refused(_("Your side has signed already."))
    if any(each.signed_by_id == by.pk for each in signatures):
        raise Refused(_("The same person can't sign for both sides."))
    if name.strip() != by.name:
        raise Refused(_("Type your own name exactly as it stands above the line."))
    if shown_hash != content_hash(agreement):
        raise Refused(_("The text is no longer the one that you were shown: read it again, then sign."))


def seal(agreement: Agreement, at: datetime) -> None:
    """Both have signed: from here on the database refuses every change."""
    agreement.signed_at = at
    pairing = agreement.pairing
    if agreement.amends_id:
        replace_amended(agreement)
    else:
        check_transition(pairing.state, PairingState.SIGNED, _("This pairing can't be signed any more."))
        agreement.is_late = rules.is_late_signing(pairing.round, at)
        pairing.state, pairing.signed_on = PairingState.SIGNED, timezone.localtime(at).date()
    pairing.ends_on = agreement.ends_on
    pairing.save()


def replace_amended(agreement: Agreement) -> None:
    """The amendment takes the place of the text that it was copied from, and of no other."""
    amended = Agreement.objects.in_force().filter(pk=agreement.amends_id, pairing__state=PairingState.SIGNED)
    if not amended.update(state=AgreementState.SUPERSEDED):
        raise Refused(_("What this amends is no longer in force: drop the amendment and start from today's text."))


def write_note(pairing: Pairing, side: Side, words: str, by: User, at: datetime) -> NegotiationNote:
    return NegotiationNote.objects.create(pairing=pairing, side=side, words=words, written_by=by, written_at=at)


def _state(agreement: Agreement) -> dict:
    return {"state": agreement.get_state_display()}
