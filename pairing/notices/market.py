"""What each side is told in the product when it is its turn, and when that is settled.

Messages go to the posts of an organisation, not to persons, and name organisations only.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop

from office import inbox
from organisations.models import Organisation
from pairing.models import Agreement, Decision, Intention, NegotiationNote, Pairing, SelectionBatch
from pairing.states import AgreementState, Side, Turn

TURN = "pairing"  # the kind of a message that asks for a step


def tell_side(side: Side, organisations: Iterable[Organisation], subject: str, *, kind: str = TURN, **message) -> None:
    inbox.tell(
        organisations=list(organisations), permission=f"{side}.act", subject=subject, body="", kind=kind, **message
    )


def answer_key(intention: Intention) -> str:
    return f"intention:{intention.pk}:answer"


def tell_proposed(intention: Intention, at: datetime) -> None:
    side = intention.answering_side
    tell_side(
        side,
        [intention.party(side)],
        gettext_noop("%(name)s proposes a pairing: please answer"),
        params={"name": intention.party(side.other).name},
        url=intention.get_absolute_url(),
        key=answer_key(intention),
        at=at,
    )


def tell_batch(batch: SelectionBatch, intentions: list[Intention], at: datetime) -> None:
    """Each village is asked; each unit learns what its committee did. Two statements, however many there are."""
    common = {"kind": TURN, "at": at, "permission": "village.act"}
    subject = gettext_noop("%(committee)s proposes %(name)s to you for a pairing: please answer")
    inbox.tell_each(
        {
            "organisation": intention.village,
            "subject": subject,
            "params": {"name": intention.unit.name, "committee": batch.committee.name},
            "url": intention.get_absolute_url(),
            "key": answer_key(intention),
            **common,
        }
        for intention in intentions
    )
    tell_side(
        Side.UNIT,
        [intention.unit for intention in intentions],
        gettext_noop("%(name)s proposed to a village for you"),
        params={"name": batch.committee.name},
        url=reverse("intentions"),
        kind=inbox.NOTICE,
        key=f"batch:{batch.pk}",
        at=at,
    )


def tell_countered(first: Intention, counter: Intention, at: datetime) -> None:
    """The first proposal is answered; the side that made it is asked now."""
    settle_answer([first], at)
    side = counter.answering_side
    tell_side(
        side,
        [counter.party(side)],
        gettext_noop("%(name)s proposes something else in turn: please answer"),
        params={"name": counter.party(side.other).name},
        url=counter.get_absolute_url(),
        key=answer_key(counter),
        at=at,
    )


def settle_answer(intentions: Iterable[Intention], at: datetime) -> None:
    inbox.settle_all([answer_key(intention) for intention in intentions], at=at)


def tell_accepted(intention: Intention, pairing: Pairing, at: datetime) -> None:
    settle_answer([intention], at)
    tell_proposer(intention, gettext_noop("%(name)s accepted your proposal"), pairing.get_absolute_url(), at)


def tell_ended(intention: Intention, at: datetime) -> None:
    """Declined or withdrawn: the other side learns of it."""
    settle_answer([intention], at)
    if intention.state == "declined":
        tell_proposer(intention, gettext_noop("%(name)s declined your proposal"), intention.get_absolute_url(), at)
        return
    side = intention.answering_side
    tell_side(
        side,
        [intention.party(side)],
        gettext_noop("%(name)s withdrew its proposal"),
        params={"name": intention.party(side.other).name},
        url=intention.get_absolute_url(),
        kind=inbox.NOTICE,
        key=f"intention:{intention.pk}:outcome",
        at=at,
    )


def tell_stepped_back(pairing: Pairing, side: Side, at: datetime) -> None:
    tell_side(
        side.other,
        [pairing.party(side.other)],
        gettext_noop("%(name)s withdrew from the pairing with you; you may choose again"),
        params={"name": pairing.party(side).name},
        url=pairing.get_absolute_url(),
        kind=inbox.NOTICE,
        key=f"pairing:{pairing.pk}:withdrawn",
        at=at,
    )


def tell_proposer(intention: Intention, subject: str, url: str, at: datetime) -> None:
    side = Side(intention.proposed_side)
    tell_side(
        side,
        [intention.party(side)],
        subject,
        params={"name": intention.party(side.other).name},
        url=url,
        kind=inbox.NOTICE,
        key=f"intention:{intention.pk}:outcome",
        at=at,
    )


def tell_lapsed(lapsed: list[Intention], at: datetime) -> None:
    """Each proposer whose proposal lost its place: one message per village or unit that has become full."""
    settle_answer(lapsed, at)
    _tell_proposers(lapsed, gettext_noop("Your proposal to %(name)s lapsed: the place is taken"), "lapsed", at)


def tell_overruled(overruled: list[Intention], at: datetime) -> None:
    settle_answer(overruled, at)
    subject = gettext_noop("The organiser decided about your proposal to %(name)s: another one was chosen")
    _tell_proposers(overruled, subject, "overruled", at)


def _tell_proposers(intentions: list[Intention], subject: str, what: str, at: datetime) -> None:
    """Grouped by whom they had proposed to, so that two hundred proposals for one village are one message; one
    statement for all."""
    groups: dict[tuple[Side, Organisation], list[Intention]] = {}
    for intention in intentions:
        side = Side(intention.proposed_side)
        groups.setdefault((side, intention.party(side.other)), []).append(intention)
    inbox.tell_each(
        {
            "organisation": intention.party(side),
            "permission": f"{side}.act",
            "subject": subject,
            "params": {"name": other.name},
            "url": reverse("intentions"),
            "kind": inbox.NOTICE,
            "key": f"round:{group[0].round_id}:{what}:{other.pk}:{group[0].pk}",
            "at": at,
        }
        for (side, other), group in groups.items()
        for intention in group
    )


def turn_key(agreement: Agreement) -> str:
    return f"agreement:{agreement.pk}:{agreement.version}"


TURN_SUBJECTS = {
    AgreementState.DRAFT: gettext_noop("Agreement with %(name)s: your turn to edit or confirm"),
    AgreementState.CONFIRMED: gettext_noop("Agreement with %(name)s: confirmed by both, please sign"),
    AgreementState.SIGNING: gettext_noop("Agreement with %(name)s: the other side has signed, please sign"),
    AgreementState.SIGNED: gettext_noop("Agreement with %(name)s: signed by both sides"),
}


def tell_turn(agreement: Agreement, at: datetime) -> None:
    """Tell whoever has to act now; once all is signed, tell both that it is done."""
    turn = Agreement.objects.with_turn().values_list("turn", flat=True).get(pk=agreement.pk)
    done = agreement.state == AgreementState.SIGNED
    sides = list(Side) if turn == Turn.BOTH or done else [Side(turn)]
    for side in sides:
        tell_side(
            side,
            [agreement.pairing.party(side)],
            TURN_SUBJECTS[AgreementState(agreement.state)],
            params={"name": agreement.pairing.party(side.other).name},
            url=agreement.pairing.get_absolute_url(),
            kind=inbox.NOTICE if done else TURN,
            key=turn_key(agreement),
            at=at,
        )


def settle_turn(pairing: Pairing, at: datetime) -> None:
    """Nobody's turn any more with the agreement as it was stored until now."""
    inbox.settle_all([turn_key(agreement) for agreement in Agreement.objects.filter(pairing=pairing)], at=at)


def tell_other_side(pairing: Pairing, side: Side, subject: str, *, key: str, at: datetime, url: str = "") -> None:
    """News for the side that did not act itself; `%(name)s` is the side that did."""
    tell_side(
        side.other,
        [pairing.party(side.other)],
        subject,
        params={"name": pairing.party(side).name},
        url=url or pairing.get_absolute_url(),
        kind=inbox.NOTICE,
        key=key,
        at=at,
    )


def tell_both(pairing: Pairing, subject: str, *, key: str, at: datetime, url: str = "") -> None:
    """News for either side; `%(name)s` is the other one."""
    for side in Side:
        tell_other_side(pairing, side, subject, key=key, url=url, at=at)


def tell_note(note: NegotiationNote, at: datetime) -> None:
    subject = gettext_noop("%(name)s wrote a note on the agreement")
    tell_other_side(note.pairing, Side(note.side), subject, key=f"note:{note.pk}", at=at)


DECISION_SUBJECTS = {
    Decision.Verb.ASSIGN: gettext_noop("The organiser assigned %(name)s to you"),
    Decision.Verb.PREFER: gettext_noop("The organiser decided: you are paired with %(name)s"),
    Decision.Verb.RELEASE: gettext_noop("The organiser released your pairing with %(name)s"),
    Decision.Verb.REASSIGN: gettext_noop("The organiser reassigned: you are now paired with %(name)s"),
    Decision.Verb.MERGE: gettext_noop("The organiser merged pairings: several units aid together, see %(name)s"),
    Decision.Verb.ADD: gettext_noop("The organiser added a unit to your pairing with %(name)s"),
    Decision.Verb.ARRANGE: gettext_noop("The organiser arranged your pairing with %(name)s with the other helpers"),
}


def tell_moved_away(decision: Decision, former: Pairing, side: Side, at: datetime) -> None:
    """The one that the pairing was taken from."""
    tell_side(
        side,
        [former.party(side)],
        DECISION_SUBJECTS[Decision.Verb.RELEASE],
        params={"name": former.party(side.other).name},
        url=former.get_absolute_url(),
        kind=inbox.NOTICE,
        key=f"decision:{decision.pk}",
        at=at,
    )


def tell_decided(decision: Decision, pairing: Pairing, at: datetime) -> None:
    """Both sides, with the reason to read on the page of the pairing."""
    tell_both(pairing, DECISION_SUBJECTS[Decision.Verb(decision.verb)], key=f"decision:{decision.pk}", at=at)
