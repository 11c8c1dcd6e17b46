"""The story of a pairing as sentences, newest first: proposal, answer, decisions, notes, confirmations, signatures."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.masking import mask_phones_in
from pairing.agreements import course_timeline
from pairing.agreements.timeline_entry import Entry
from pairing.models import Agreement, Decision, Pairing
from pairing.states import AgreementState, Origin, PartnerState, Side


def of(pairing: Pairing, agreements: list[Agreement]) -> list[Entry]:
    """`agreements` come with their signatures."""
    entries = [*intention_entries(pairing), *decision_entries(pairing), *partner_entries(pairing)]
    entries += course_timeline.entries(pairing)
    for agreement in agreements:
        entries += agreement_entries(pairing, agreement)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def intention_entries(pairing: Pairing) -> Iterator[Entry]:
    intention = pairing.intention
    if intention is None:
        assigned = pairing.origin == Origin.ASSIGNED
        paired = _("The two were paired by assignment.") if assigned else _("The two were paired.")
        yield Entry(pairing.formed_at, _("The pairing was renewed.") if pairing.renews_id else paired)
        return
    proposer = pairing.party(Side(intention.proposed_side)).name
    yield Entry(intention.proposed_at, _("%(name)s proposed.") % {"name": proposer}, mask_phones_in(intention.words))
    answerer = pairing.party(Side(intention.proposed_side).other).name
    answer = _("Intention reached with %(name)s.") % {"name": answerer}
    yield Entry(pairing.formed_at, answer, mask_phones_in(intention.answer))


def decision_entries(pairing: Pairing) -> Iterator[Entry]:
    between = Q(unit=pairing.unit, village=pairing.village) | Q(touched__contains=[pairing.pk])
    for decision in Decision.objects.filter(between, round=pairing.round):
        words = _("The organiser decided: %(verb)s.") % {"verb": decision.get_verb_display()}
        yield Entry(decision.decided_at, words, decision.reason)


def partner_entries(pairing: Pairing) -> Iterator[Entry]:
    """Who joined the consortium with which share, and who left it (SH-13)."""
    for partner in pairing.partners.select_related("unit"):
        words = {"name": partner.unit.name, "share": f"{partner.share.normalize():f}"}
        if partner.answered_at and partner.state != PartnerState.DECLINED:
            joined = _("%(name)s joined with a share of %(share)s per cent.")
            yield Entry(partner.answered_at, joined % words, mask_phones_in(partner.answer))
        if partner.left_at and partner.answered_at:
            yield Entry(partner.left_at, _("%(name)s left.") % words, mask_phones_in(partner.left_words))


def agreement_entries(pairing: Pairing, agreement: Agreement) -> Iterator[Entry]:
    for side in Side:
        confirmed_at = agreement.confirmed_at(side)
        if confirmed_at:
            words = {"name": pairing.party(side).name, "number": agreement.number}
            sentence = _("%(name)s confirmed the agreement.")
            amended = _("%(name)s confirmed the amendment (no. %(number)s).")
            yield Entry(confirmed_at, (amended if agreement.amends_id else sentence) % words)
    for signature in agreement.signatures.all():
        words = {"name": pairing.party(Side(signature.side)).name, "number": agreement.number}
        amended = _("%(name)s signed the amendment (no. %(number)s).")
        sentence = amended if agreement.amends_id else _("%(name)s signed the agreement.")
        yield Entry(signature.signed_at, sentence % words, str(LATER.get(AgreementState(agreement.state), "")))


LATER = {
    AgreementState.VOID: _("This text became void later."),
    AgreementState.SUPERSEDED: _("An amendment took its place later."),
}
