"""The story of a pairing as sentences, newest first: proposal, answer, decisions, notes, confirmations, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.masking import mask_phones_in
from pairing.models import Agreement, Decision, Pairing
from pairing.states import AgreementState, Origin, Side


@dataclass(frozen=True)
class Entry:
    at: datetime
    sentence: object
    detail: str = ""


def of(pairing: Pairing, agreements: list[Agreement]) -> list[Entry]:
    """`agreements` come with their signatures."""
    entries = [*intention_entries(pairing), *note_entries(pairing), *decision_entries(pairing)]
    for agreement in agreements:
        entries += agreement_entries(pairing, agreement)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def intention_entries(pairing: Pairing) -> Iterator[Entry]:
    intention = pairing.intention
    if intention is None:
        assigned = pairing.origin == Origin.ASSIGNED
        yield Entry(
            pairing.formed_at, _("The two were paired by assignment.") if assigned else _("The two were paired.")
        )
        return
    proposer = pairing.party(Side(intention.proposed_side)).name
    yield Entry(intention.proposed_at, _("%(name)s proposed.") % {"name": proposer}, mask_phones_in(intention.words))
    answerer = pairing.party(Side(intention.proposed_side).other).name
    answer = _("Intention reached with %(name)s.") % {"name": answerer}
    yield Entry(pairing.formed_at, answer, mask_phones_in(intention.answer))


def note_entries(pairing: Pairing) -> Iterator[Entry]:
    for note in pairing.notes.all():
        name = pairing.party(Side(note.side)).name
        yield Entry(note.written_at, _("%(name)s wrote a note.") % {"name": name}, mask_phones_in(note.words))


def decision_entries(pairing: Pairing) -> Iterator[Entry]:
    decisions = Decision.objects.filter(round=pairing.round, unit=pairing.unit, village=pairing.village)
    for decision in decisions:
        words = _("The organiser decided: %(verb)s.") % {"verb": decision.get_verb_display()}
        yield Entry(decision.decided_at, words, decision.reason)


def agreement_entries(pairing: Pairing, agreement: Agreement) -> Iterator[Entry]:
    for side in Side:
        confirmed_at = agreement.confirmed_at(side)
        if confirmed_at:
            yield Entry(confirmed_at, _("%(name)s confirmed the agreement.") % {"name": pairing.party(side).name})
    for signature in agreement.signatures.all():
        words = _("%(name)s signed the agreement.") % {"name": pairing.party(Side(signature.side)).name}
        void = _("This text became void later.") if agreement.state == AgreementState.VOID else ""
        yield Entry(signature.signed_at, words, str(void))
