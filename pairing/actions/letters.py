"""Responsibility letters: drawn from the yearly targets as they stand, signed by the unit and the organiser (QX-05)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from organisations.history import act
from organisations.models import Appointment, User
from pairing.actions.standing import lock_standing
from pairing.models import LetterSignature, Pairing, ResponsibilityLetter
from pairing.notices import plans as notices
from pairing.plans.letters import content_of, letter_hash
from pairing.states import LetterState, Signatory, check_transition

PERMISSIONS = {Signatory.UNIT: "unit.sign", Signatory.ORGANISER: "round.manage"}


@act(_("drew up the responsibility letter"))
def draw_letter(*, by: User, pairing: Pairing, year: int, at: datetime) -> ResponsibilityLetter:
    """By the unit or the organiser. One that nobody has signed yet gives way to the new one."""
    if not by.can("round.manage", pairing.round.organiser):
        by.acting("unit.act", pairing.unit)
    pairing = lock_standing(pairing)
    if not pairing.round.rules.promises.responsibility_letter:
        raise Refused(_("The scheme of this round knows no responsibility letter."))
    letters = ResponsibilityLetter.objects.filter(pairing=pairing, year=year).order_by("-number")
    newest = letters.first()
    if newest and newest.state in (LetterState.SIGNING, LetterState.SIGNED):
        raise Refused(_("The letter of this year is signed, by one party at least. Declare it void first."))
    content = content_of(pairing, year)
    if not content["lines"]:
        raise Refused(_("No target has a planned value for %(year)s yet. Plan the year first.") % {"year": year})
    if newest and newest.state == LetterState.DRAWN:
        if newest.content == content:
            return newest
        end(newest, str(_("Drawn up anew after the targets changed.")), at)
    letter = ResponsibilityLetter.objects.create(
        pairing=pairing, year=year, number=newest.number + 1 if newest else 1, content=content, drawn_at=at, drawn_by=by
    )
    notices.tell_to_sign(letter, at)
    return letter


@act(_("signed the responsibility letter"))
def sign_letter(
    *, by: User, letter: ResponsibilityLetter, party: Signatory, name: str, shown_hash: str, at: datetime
) -> ResponsibilityLetter:
    """A person signs for one party over exactly the text that was shown; the second signature seals it."""
    letter, post = locked_letter(by, letter, party)
    signatures = list(letter.signatures.all())
    if any(each.party == party and each.signed_by_id == by.pk for each in signatures):
        return letter
    check_may_sign(letter, signatures, by, party, name, shown_hash)
    then = LetterState.SIGNED if signatures else LetterState.SIGNING
    check_transition(
        letter.state, then, _("This can't be signed now: %(state)s.") % {"state": letter.get_state_display()}
    )
    LetterSignature.objects.create(
        letter=letter,
        party=party,
        signed_by=by,
        signed_as=post,
        name=by.name,
        signed_at=at,
        content_hash=shown_hash,
    )
    letter.state = then
    if then == LetterState.SIGNED:
        letter.signed_at = at
    letter.save()
    notices.settle_letter(letter, at, party)
    return letter


@act(_("declared the responsibility letter void"))
def void_letter(*, by: User, letter: ResponsibilityLetter, party: Signatory, words: str, at: datetime):
    """Before both have signed, with a reason; its text stays on record."""
    letter, _post = locked_letter(by, letter, party)
    if not words.strip():
        raise Refused(_("Give the reason; the other party will read it."))
    check_transition(letter.state, LetterState.VOID, _("Both have signed this letter, or it is void already."))
    return end(letter, words, at)


def end(letter: ResponsibilityLetter, words: str, at: datetime) -> ResponsibilityLetter:
    letter.state, letter.void_reason = LetterState.VOID, words
    letter.save()
    notices.settle_letter(letter, at)
    return letter


def locked_letter(by: User, letter: ResponsibilityLetter, party: Signatory) -> tuple[ResponsibilityLetter, Appointment]:
    """The letter as it is now, locked after its pairing, and the post in which `by` signs for `party`."""
    organisation = letter.pairing.unit if party == Signatory.UNIT else letter.pairing.round.organiser
    post = by.acting(PERMISSIONS[party], organisation)
    pairing = lock_standing(letter.pairing)
    letter = ResponsibilityLetter.objects.select_for_update(no_key=True, of=("self",)).get(pk=letter.pk)
    letter.pairing = pairing
    return letter, post


def check_may_sign(letter, signatures: list, by: User, party: Signatory, name: str, shown_hash: str) -> None:
    if any(each.party == party for each in signatures):
        raise Refused(_("Your side has signed already."))
    if any(each.signed_by_id == by.pk for each in signatures):
        raise Refused(_("The same person can't sign for both sides."))
    if name.strip() != by.name:
        raise Refused(_("Type your own name exactly as it stands above the line."))
    if shown_hash != letter_hash(letter):
        raise Refused(_("The text is no longer the one that you were shown: read it again, then sign."))
